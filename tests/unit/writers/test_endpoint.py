from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.plans import NoAnswer, Usage
from writers.endpoint import Endpoint, Prices, Purse
from writers.reading import object_of, sentences_of, text_of, usage_of


def test_the_key_is_in_no_representation() -> None:
    assert "secret" not in repr(Endpoint("https://api.example/v1", "m", "secret"))


def test_a_purse_without_a_budget_counts_and_allows() -> None:
    purse = Purse(Prices(1.0, 1.0), None)
    purse.pay(Usage(1_000_000, 0), 0, 0)
    assert purse.allows(10**9, 10**9)
    assert purse.spent == 1.0


@given(st.lists(st.tuples(st.integers(0, 5000), st.integers(0, 5000)), max_size=30), st.floats(0, 1))
def test_a_purse_never_spends_more_than_its_budget(questions: list[tuple[int, int]], budget: float) -> None:
    purse = Purse(Prices(3.0, 15.0), budget)
    for letters, tokens in questions:
        if purse.allows(letters, tokens):
            purse.pay(None, letters, tokens)
    assert purse.spent <= budget


def test_two_usages_together_know_the_costs_that_are_known() -> None:
    assert Usage(1, 2, 0.5) + Usage(3, 4) == Usage(4, 6, 0.5)
    assert (Usage(1, 2) + Usage(3, 4)).cost is None


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(
                ["choices", "message", "content", "usage", "error", "finish_reason", "cost", "text", "type"]
            )
            | st.text(max_size=4),
            inner,
            max_size=4,
        )
    ),
    max_leaves=20,
)


@given(st.dictionaries(st.sampled_from(["choices", "usage", "error", "model"]), json_values, max_size=4))
def test_any_body_is_read_or_is_no_answer(body: dict[str, object]) -> None:
    usage_of(body)
    try:
        text = text_of(body)
    except NoAnswer:
        return
    assert text.strip()


@given(st.text(max_size=80) | st.sampled_from(['{"sentences":[]}', "```json\n{}\n```", "<think>", "{" * 50, "[]"]))
def test_any_text_is_read_or_is_no_answer(text: str) -> None:
    with suppress(NoAnswer):
        assert len(sentences_of(text)) <= 60


@pytest.mark.parametrize(
    "text",
    [
        '{"a": 1}',
        'Here:\n```json\n{"a": 1}\n```\nDone.',
        'Here it is: {"a": 1} and that is all',
        '<think>{"b": 2}</think>\n{"a": 1}',
        '<thinking>hm</thinking>```\n{"a": 1}\n```',
    ],
)
def test_the_object_of_an_answer_is_found(text: str) -> None:
    assert object_of(text) == {"a": 1}
