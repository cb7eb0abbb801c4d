"""Expressions: what they may say, what they give, and what they refuse."""

from __future__ import annotations

from contextlib import suppress
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.evidence import Expression, HarvestEvidence, QuoteEvidence, ReadingEvidence
from domain.items import ItemKey, Kind, Source
from domain.readings import HarvestStatus, Lists, Metric
from newsroom.formulas import FormulaError, Operands, evaluate
from tests.unit.newsroom.checking.world import ALPHA, TODAY, morning


def reading(value: int, rank: int | None = None, days: float = 0) -> ReadingEvidence:
    key = ItemKey(Source.GITHUB, Kind.REPOSITORY, "ann/brook")
    at = TODAY + timedelta(days=days)
    return ReadingEvidence(1, Source.GITHUB, Lists.GITHUB_DAILY, key, "stars", value, rank, at, "")


def quote(text: str) -> QuoteEvidence:
    key = ItemKey(Source.HACKERNEWS, Kind.STORY, "1")
    return QuoteEvidence(1, Source.HACKERNEWS, key, "title", 0, text, TODAY, "")


LIST = HarvestEvidence(1, Source.GITHUB, Lists.GITHUB_DAILY, 25, HarvestStatus.OK, TODAY)
OPERANDS: Operands = {
    "a": reading(100, 9),
    "b": reading(160, 4, days=7.01),
    "c": reading(7, None),
    "h": LIST,
    "many": (reading(3), reading(5), reading(5), reading(11)),
    "words": (quote("one"), quote("two"), quote("one")),
    "none": (),
}


def value(text: str, operands: Operands = OPERANDS) -> float:
    return evaluate(Expression(text), operands)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("b - a", 60),
        ("a", 100),
        ("-a + 2 * b", 220),
        ("100 * (b - a) / a", 60),
        ("a.rank - b.rank", 5),
        ("b.stars - a.stars", 60),
        ("h", 25),
        ("h.items / 5", 5),
        ("count(many)", 4),
        ("len(a)", 1),
        ("sum(many)", 24),
        ("sum(many, a)", 124),
        ("min(many)", 3),
        ("max(many, 12)", 12),
        ("mean(many)", 6),
        ("median(many)", 5),
        ("distinct(many)", 3),
        ("count(distinct(many))", 3),
        ("sum(distinct(many))", 19),
        ("distinct(words)", 2),
        ("count(words) / h", 0.12),
        ("abs(a - b)", 60),
        ("round(days(a, b))", 7),
        ("days(b, a)", 7.01),
        ("round(2.345, 1)", 2.3),
        (" b - a ", 60),
    ],
)
def test_an_expression_gives_its_value(text: str, expected: float) -> None:
    assert value(text) == pytest.approx(expected)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("a / 0", "has no value"),
        ("median(none)", "an empty list"),
        ("d", "the operand 'd' is missing"),
        ("c.rank", "has no place"),
        ("a.likes", "shows no 'likes'"),
        ("h.rank", "only a reading"),
        ("many", "a list stands where a number is needed"),
        ("many + 1", "a list stands where a number is needed"),
        ("count(3)", "a list is needed"),
        ("words + 1", "a list stands"),
        ("sum(words)", "is no number"),
        ("sum(distinct(words))", "is no number"),
        ("abs(a, b)", "takes one argument"),
        ("days(a)", "two pieces of evidence"),
        ("days(a, 1)", "not numbers or lists"),
        ("round(a, 1, 2)", "round takes"),
        ("a ** 9", "only"),
        ("a // 2", "only"),
        ("a < b", "may not hold"),
        ("True", "no truth values"),
        ("'a'", "may not hold"),
        ("a.__class__", "shows no '__class__'"),
        ("(a).rank.real", "may not hold"),
        ("__import__('os')", "may not hold"),
        ("exec(a)", "there is no function 'exec'"),
        ("round(a, ndigits=1)", "may not hold"),
        ("[a for a in many]", "may not hold"),
        ("lambda: 1", "may not hold"),
        ("a if a else b", "may not hold"),
        ("a; b", "is no expression"),
        ("a +", "is no expression"),
        ("", "is no expression"),
        ("1e999", "not finite"),
        ("distinct(none)", "an empty list"),
    ],
)
def test_an_expression_without_a_value_says_why(text: str, why: str) -> None:
    with pytest.raises(FormulaError, match=why):
        value(text)


def test_a_long_expression_is_refused() -> None:
    with pytest.raises(FormulaError, match="longer than 400 characters"):
        value("+".join(["a"] * 201))


def test_a_deep_expression_is_refused() -> None:
    with pytest.raises(FormulaError, match="nested deeper than 20 levels"):
        value("-" * 30 + "a")


def test_brackets_without_end_exhaust_nothing() -> None:
    with pytest.raises(FormulaError):
        value("(" * 390)


def test_numbers_and_words_have_no_common_distinct_values() -> None:
    with pytest.raises(FormulaError, match="numbers or words"):
        value("distinct(x)", {"x": (reading(1), quote("one"))})


def test_another_metric_of_a_reading_comes_from_storage() -> None:
    paper = morning()
    cited = paper.world.cite(paper.models[-1], ALPHA, Metric.LIKES)
    operands: Operands = {"a": paper.world.evidence[cited]}
    stored = paper.world.on(paper.models[-1], ALPHA).metrics[Metric.DOWNLOADS]
    assert evaluate(Expression("a.downloads"), operands, paper.world) == stored
    with pytest.raises(FormulaError, match="shows no 'forks'"):
        evaluate(Expression("a.forks"), operands, paper.world)


numbers = st.integers(-(10**6), 10**6)


@given(a=numbers, b=numbers, c=st.integers(1, 10**6))
def test_arithmetic_is_that_of_numbers(a: int, b: int, c: int) -> None:
    operands = {"a": reading(a), "b": reading(b), "c": reading(c)}
    assert value("(a - b) * 100 / c", operands) == pytest.approx((a - b) * 100 / c)


@given(st.text(max_size=60))
def test_any_text_gives_a_number_or_a_formula_error(text: str) -> None:
    with suppress(FormulaError):
        assert isinstance(value(text), float)
