from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.issue import SectionName
from domain.measures import Measure
from newsroom.measuring.readability import syllables_in
from tests.unit.newsroom.measuring.papers import (
    bullet,
    figure,
    found,
    issue,
    item,
    lead,
    named,
    part,
    quoted,
    row,
    said,
)

ALPHA = item("owner/alpha")


@pytest.mark.parametrize(
    ("word", "count"),
    [
        ("—", 0),
        ("the", 1),
        ("list", 1),
        ("models", 2),
        ("likes", 1),
        ("gained", 1),
        ("counted", 2),
        ("places", 2),
        ("table", 2),
        ("repository", 5),
        ("Face's", 1),
        ("day-old", 2),
        ("comments", 2),
    ],
)
def test_syllables_are_counted_as_they_are_spoken(word: str, count: int) -> None:
    assert syllables_in(word) == count


@given(st.text())
def test_syllables_of_anything_are_no_fewer_than_none(word: str) -> None:
    assert syllables_in(word) >= 0


def test_a_name_is_one_word_and_a_quotation_its_words() -> None:
    sentence = said(named(ALPHA), " says ", quoted(ALPHA, "one two three"), ".")
    finding = found(Measure.LONGEST_SENTENCE, issue(lead(said("Headlines do not count"), sentence, about=ALPHA)))
    assert finding.found == 5
    assert finding.note.startswith("lead: owner/alpha says")


def test_plain_short_words_are_easy_and_long_ones_are_not() -> None:
    easy = issue(lead(said("A"), said("The list has a new name on it today."), about=ALPHA))
    hard = issue(
        lead(said("A"), said("Organizational considerations necessitate institutional reconfiguration."), about=ALPHA)
    )
    assert found(Measure.FLESCH, easy).met
    assert not found(Measure.FLESCH, hard).met


def test_an_issue_without_sentences_has_no_reading_ease() -> None:
    whole = issue(part(SectionName.TRENDING, row(ALPHA, "=")))
    for name in (Measure.FLESCH, Measure.MEDIAN_SENTENCE):
        assert found(name, whole).found is None


def test_the_words_of_rows_labels_and_titles_count_and_heads_of_columns_once() -> None:
    table = part(SectionName.TRENDING, row(ALPHA, "="), row(item("owner/beta"), "new"))
    # Trending, Place Name Change, 1 owner/alpha (= is no word), 1 owner/beta new
    assert found(Measure.WORDS, issue(table)).found == 1 + 3 + 2 + 3


def test_words_are_those_of_the_whole_issue() -> None:
    whole = issue(
        lead(said("Two words"), said("Then ", figure("1,204"), " stars."), about=ALPHA),
        part(SectionName.TOOLS, bullet(said("Five words stand in here."), about=ALPHA)),
    )
    assert found(Measure.WORDS, whole).found == 2 + 2 + 3 + 4 + 5
