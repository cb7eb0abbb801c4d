"""Readers who want the same of an issue have one combination, and one key."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from domain.combinations import PLAIN, READER_SECTIONS, Combination
from domain.readers import ChatId, Subscriber

ANNA = Subscriber(ChatId(1), datetime(2026, 7, 4, tzinfo=UTC))

readers = st.builds(
    replace,
    st.just(ANNA),
    sections=st.frozensets(st.sampled_from((*READER_SECTIONS, "gone"))),
    order=st.lists(st.sampled_from((*READER_SECTIONS, "gone")), unique=True).map(tuple),
    topics=st.frozensets(st.sampled_from(["vision", "speech"])),
    keywords=st.lists(st.text(max_size=8), max_size=3).map(tuple),
    language=st.sampled_from(["en", "ru", "ar"]),
)


def test_a_reader_without_wishes_has_the_paper_as_it_is() -> None:
    assert Combination.of(ANNA).key == PLAIN == 0


def test_all_sections_in_the_papers_order_are_the_paper_as_it_is() -> None:
    assert Combination.of(replace(ANNA, sections=frozenset(READER_SECTIONS), order=READER_SECTIONS)).key == PLAIN


def test_the_spelling_and_the_order_of_keywords_make_no_difference() -> None:
    one, other = replace(ANNA, keywords=("LLaMA", "open-weights")), replace(ANNA, keywords=("Open weights", "llama"))
    assert Combination.of(one) == Combination.of(other)


def test_an_order_of_sections_that_are_off_makes_no_difference() -> None:
    one = replace(ANNA, sections=frozenset({"lead", "tools"}), order=("movers", "lead", "tools"))
    assert Combination.of(one) == Combination.of(replace(one, order=("lead", "movers", "tools")))


@given(readers, readers)
def test_keys_are_equal_when_combinations_are(one: Subscriber, other: Subscriber) -> None:
    first, second = Combination.of(one), Combination.of(other)
    assert (first.key == second.key) == (first == second)
    assert 0 <= first.key < 2**63
    assert (first.key == PLAIN) == (first == Combination())


@given(readers)
def test_a_combination_is_read_back_from_its_json(reader: Subscriber) -> None:
    combination = Combination.of(reader)
    assert Combination.from_json(combination.to_json()) == combination


def test_a_reader_of_another_language_has_the_paper_as_it_is_with_buttons_of_his_own() -> None:
    russian = Combination.of(replace(ANNA, language="ru"))
    assert russian == Combination(language="ru")
    assert russian.is_of_the_paper
    assert russian.key not in {PLAIN, Combination(language="ar").key}
    assert not Combination.of(replace(ANNA, language="ru", topics=frozenset({"vision"}))).is_of_the_paper


def test_a_key_is_the_same_in_every_process() -> None:
    assert Combination(topics=("vision",)).key == 1956945230415597143
