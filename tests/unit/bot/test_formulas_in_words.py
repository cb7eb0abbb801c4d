from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.languages.lookup import words_of
from bot.texts.formulas import computed
from domain.claims import Figure
from domain.evidence import (
    Evidence,
    EvidenceId,
    Expression,
    Formula,
    HarvestEvidence,
    NamedFormula,
    Operand,
    QuoteEvidence,
    ReadingEvidence,
)
from domain.items import ItemKey, Kind, Source
from domain.readings import HarvestStatus

AT = datetime(2026, 7, 4, 5, 30, tzinfo=UTC)
ROVER = ItemKey(Source.GITHUB, Kind.REPOSITORY, "fieldnotes/rover")


def reading(value: int, rank: int) -> ReadingEvidence:
    return ReadingEvidence(1, Source.GITHUB, "trending/daily", ROVER, "stars", value, rank, AT, "https://github.com")


EVIDENCE: dict[EvidenceId, Evidence] = {
    EvidenceId("r1"): reading(11_020, 9),
    EvidenceId("r2"): reading(16_444, 4),
    EvidenceId("h1"): HarvestEvidence(1, Source.GITHUB, "trending/daily", 25, HarvestStatus.OK, AT),
    EvidenceId("q1"): QuoteEvidence(1, Source.GITHUB, ROVER, "title", 0, "rover", AT, "https://github.com"),
}
OPERANDS: dict[str, Operand] = {
    "a": EvidenceId("r1"),
    "b": EvidenceId("r2"),
    "h": EvidenceId("h1"),
    "q": EvidenceId("q1"),
    "gone": EvidenceId("r99"),
    "all": (EvidenceId("r1"), EvidenceId("r2")),
}


def told(formula: Formula, language: str = "en") -> str:
    figure = Figure("1", 1, "stars", formula, OPERANDS)
    return computed(words_of(language), figure, EVIDENCE, lambda named: f"the meaning of {named.name}")


@pytest.mark.parametrize(
    ("expression", "expected"),
    [
        ("a", ""),
        ("a.rank", ""),
        ("b - a", "16,444 − 11,020"),
        ("a.rank - b.rank", "9 − 4"),
        ("100 * (b - a) / a", "(100 × (16,444 − 11,020)) ÷ 11,020"),
        ("b.stars / h.items", "16,444 ÷ 25"),
        ("h / 2.5", "25 ÷ 2.50"),
        ("b.forks - -a", "forks − −11,020"),
        ("sum(all)", "the sum of 2 readings"),
        ("max(a, b)", "the largest of 11,020 and 16,444"),
        ("round(b / a, 2)", "16,444 ÷ 11,020, rounded"),
        ("days(a, b)", "the days between 11,020 and 16,444"),
        ("gone - q", "gone − q"),
        ("gone.rank - 1", "gone.rank − 1"),
        ("open('x')", "open('x')"),
        ("b -", "b -"),
        ("\x00", "\x00"),
    ],
)
def test_an_expression_is_told_with_the_numbers_that_it_was_computed_from(expression: str, expected: str) -> None:
    assert told(Expression(expression)) == expected


def test_numbers_are_written_as_the_reader_writes_them() -> None:
    assert told(Expression("b - a"), "de") == "16.444 − 11.020"


def test_a_named_formula_is_told_by_its_meaning_and_its_arguments() -> None:
    assert told(NamedFormula("share", 1, {"pattern": "gguf"})) == "the meaning of share (pattern = gguf)"
    assert told(NamedFormula("owners", 1)) == "the meaning of owners"


def test_a_growth_is_written_out() -> None:
    assert told(NamedFormula("growth_percent", 1, {"floor": 1})) == "(100 × (16,444 − 11,020)) ÷ 11,020"


def test_a_printed_day_needs_no_formula() -> None:
    assert told(NamedFormula("date", 1, {"zone": "UTC"})) == ""


@given(st.text(max_size=60))
def test_no_stored_formula_breaks_the_page(expression: str) -> None:
    assert isinstance(told(Expression(expression)), str)
