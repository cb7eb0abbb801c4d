from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.languages.lookup import LANGUAGES, words_of
from bot.languages.templates import END, ISOLATE, places
from bot.texts.formulas import MOMENTS, computed
from bot.texts.meanings import MEANINGS
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
from newsroom.formulas.registry import REGISTRY

AT = datetime(2026, 7, 4, 5, 30, tzinfo=UTC)
ROVER = ItemKey(Source.GITHUB, Kind.REPOSITORY, "fieldnotes/rover")


def reading(value: int, rank: int, at: datetime = AT) -> ReadingEvidence:
    return ReadingEvidence(1, Source.GITHUB, "trending/daily", ROVER, "stars", value, rank, at, "https://github.com")


EVIDENCE: dict[EvidenceId, Evidence] = {
    EvidenceId("r1"): reading(11_020, 9, AT - timedelta(days=1)),
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


#: The operands of a formula over lists.
LISTED: dict[str, Operand] = OPERANDS | {"list": EvidenceId("h1"), "lists": (EvidenceId("h1"),) * 3}

ABOUT_AI = (
    "the number of entries of the list that are about AI by the paper's rule (entries of the list: 25 · lists: 3)"
)


def told(formula: Formula, language: str = "en", operands: Mapping[str, Operand] = OPERANDS) -> str:
    figure = Figure("1", 1, "stars", formula, operands)
    return computed(words_of(language), figure, EVIDENCE)


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
        ("days(a, b)", ""),
        ("b / days(a, b)", "16,444 ÷ the days between 3 July 2026 and 4 July 2026"),
        ("b / days(a, gone)", "16,444 ÷ the days between 3 July 2026 and gone"),
        ("gone - q", "gone − q"),
        ("gone.rank - 1", "gone.rank − 1"),
        ("open('x')", "open('x')"),
        ("b -", "b -"),
        ("\x00", ""),
    ],
)
def test_an_expression_is_told_with_the_numbers_that_it_was_computed_from(expression: str, expected: str) -> None:
    assert told(Expression(expression)) == expected


def test_numbers_are_written_as_the_reader_writes_them() -> None:
    assert told(Expression("b - a"), "de") == "16.444 − 11.020"


@pytest.mark.parametrize(
    ("formula", "expected"),
    [
        (NamedFormula("growth_percent", 1, {"floor": 1}), "100 × (16,444 − 11,020) ÷ 11,020"),
        (NamedFormula("passed", 1, {"mark": 12_000}), "the mark 12,000, which lies between 11,020 and 16,444"),
        (NamedFormula("largest_climb", 1), "from place 9 to place 4; no other entry of both lists climbed more"),
        (
            NamedFormula("share", 1, {"pattern": "gguf|awq", "field": "owner"}),
            "100 × the entries that contain one of the words ÷ all entries of the list "
            "(words: gguf, awq · looked for in: the owner's name · entries of the list: 25 · lists: 3)",
        ),
        (NamedFormula("about_ai", 1, {"edition": 1, "at": "2026-07-04T05:30:00+00:00"}), ABOUT_AI),
        (
            NamedFormula("agreement", 1, {"one": "likes", "other": "stars_today"}),
            "how closely two figures of the list follow each other (likes, stars of the day): Spearman's rank "
            "correlation (entries of the list: 25 · lists: 3)",
        ),
        (
            NamedFormula("named_count", 1, {"name": "gpt 5", "kind": "story"}),
            "the number of different entries that name “gpt 5” (kind: story · entries of the list: 25 · lists: 3)",
        ),
        (NamedFormula("no_such_formula", 3), "computed from the readings below (entries of the list: 25 · lists: 3)"),
    ],
)
def test_a_named_formula_is_told_with_its_figures_filled_in(formula: NamedFormula, expected: str) -> None:
    operands = OPERANDS if expected.count("lists: 3") == 0 else LISTED
    assert told(formula, operands=operands) == expected


def test_a_formula_of_which_evidence_is_gone_is_told_all_the_same() -> None:
    assert told(NamedFormula("largest_gain", 1), operands={}) == "b − a; no other entry of both lists gained more"


def test_a_word_that_turns_the_line_around_is_told_without_that() -> None:
    said = told(NamedFormula("said_count", 1, {"word": "a\u202eb\nc"}))
    assert said == "the number of different entries that say “ab c”"


def test_in_an_arabic_line_each_number_keeps_its_place() -> None:
    assert f"{ISOLATE}16,444{END} − {ISOLATE}11,020{END}" in told(NamedFormula("largest_gain", 1), "ar")


def test_every_named_formula_has_words_or_prints_a_moment_of_its_evidence() -> None:
    assert set(MEANINGS) == {key for key in REGISTRY if key[0] not in MOMENTS}


def test_what_is_filled_into_the_words_is_an_argument_or_an_operand_of_the_formula() -> None:
    for key, text in MEANINGS.items():
        formula = REGISTRY[key]
        said = (*formula.operands, *formula.args)
        known = {name.strip() for each in said for name in each.partition(":")[0].split(",")}
        assert {place.removesuffix("_rank") for place in places(text)} <= known, key


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_named_formula_is_told_in_every_language_without_its_name(language: str) -> None:
    for (name, version), formula in REGISTRY.items():
        given = {said.partition(":")[0].split(",")[0]: "7" for said in formula.args}
        said = told(NamedFormula(name, version, given), language, LISTED)
        assert bool(said) is (name not in MOMENTS)
        assert "_" not in said, said


def test_a_printed_day_needs_no_formula() -> None:
    assert told(NamedFormula("date", 1, {"zone": "UTC"})) == ""


@given(st.text(max_size=60))
def test_no_stored_formula_breaks_the_page(expression: str) -> None:
    assert isinstance(told(Expression(expression)), str)
