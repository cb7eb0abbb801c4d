from __future__ import annotations

from datetime import timedelta

import pytest

from domain.issue import SectionName
from domain.measures import Measure
from tests.unit.newsroom.measuring.papers import DAY, figure, found, issue, item, lead, named, part, quoted, row, said

ALPHA, BETA = item("owner/alpha"), item("owner/beta")
YESTERDAY = DAY - timedelta(days=1)


def test_sentences_of_fewer_than_five_tokens_have_no_wording_to_compare() -> None:
    short = issue(lead(said("One two three four"), about=ALPHA))
    before = issue(lead(said("One two three four"), about=ALPHA), day=YESTERDAY)
    assert found(Measure.SEEN_YESTERDAY, short, before).found is None


def test_other_figures_names_and_quotations_make_no_other_wording() -> None:
    today = issue(
        lead(said(named(ALPHA), " gained ", figure("12"), " stars, it says ", quoted(ALPHA, "x")), about=ALPHA)
    )
    before = issue(
        lead(said(named(BETA), " gained ", figure("7"), " stars, it says ", quoted(BETA, "y")), about=BETA),
        day=YESTERDAY,
    )
    finding = found(Measure.SEEN_YESTERDAY, today, before)
    assert finding.found == 1
    assert "@ gained # stars ," in finding.note


def test_half_of_a_sentence_said_again_is_half_seen() -> None:
    today = issue(lead(said("one two three four five six"), about=ALPHA))
    before = issue(lead(said("one two three four five other"), about=ALPHA), day=YESTERDAY)
    assert found(Measure.SEEN_YESTERDAY, today, before).found == 0.5


def test_what_an_older_issue_said_is_seen_in_the_week_and_not_yesterday() -> None:
    today, other = (issue(lead(said(f"{word} two three four five"), about=ALPHA)) for word in ("one", "six"))
    yesterday = issue(*other.sections, day=YESTERDAY)
    older = issue(*today.sections, day=DAY - timedelta(days=2))
    assert found(Measure.SEEN_YESTERDAY, today, yesterday, older).found == 0
    assert found(Measure.SEEN_THIS_WEEK, today, yesterday, older).found == 1


def test_an_issue_of_eight_issues_ago_is_forgotten() -> None:
    today = issue(lead(said("one two three four five"), about=ALPHA))
    others = [
        issue(lead(said("six seven eight nine ten"), about=ALPHA), day=DAY - timedelta(days=n)) for n in range(1, 8)
    ]
    forgotten = issue(*today.sections, day=DAY - timedelta(days=8))
    assert found(Measure.SEEN_THIS_WEEK, today, *others, forgotten).found == 0


def test_cells_of_tables_are_no_wording() -> None:
    table = part(SectionName.TRENDING, row(ALPHA, "one two three four five six seven"))
    assert found(Measure.SEEN_YESTERDAY, issue(table), issue(table, day=YESTERDAY)).found is None


def test_a_gram_does_not_reach_over_the_end_of_a_sentence() -> None:
    today = issue(lead(said("one two three"), said("four five six"), about=ALPHA))
    assert found(Measure.SEEN_YESTERDAY, today, issue(*today.sections, day=YESTERDAY)).found is None


@pytest.mark.parametrize("word", ["driven", "revolutionary", "will"])
def test_words_of_hype_cause_and_forecast_are_counted_in_our_own_words_only(word: str) -> None:
    ours = issue(lead(said(f"Alpha is {word}"), about=ALPHA))
    theirs = issue(lead(said("Alpha says ", quoted(ALPHA, word)), about=ALPHA))
    assert found(Measure.BANNED_WORDS, ours).found == 1
    assert word in found(Measure.BANNED_WORDS, ours).note
    assert found(Measure.BANNED_WORDS, theirs).found == 0
