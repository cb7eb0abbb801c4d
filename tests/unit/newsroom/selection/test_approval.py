"""Readers' votes move newsworthiness a little, by kinds and never by a single item."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.feedback import Tally
from newsroom.selection.approval import ISSUES, LEAST, MOST, NO_VOTES, READERS, VOTES, Approval

COUNTS = st.integers(0, 10_000)
TALLIES = st.builds(Tally, liked=COUNTS, disliked=COUNTS, readers=COUNTS, issues=st.integers(0, 28))


@given(st.dictionaries(st.sampled_from(["gain", "climb", "thread", "mark"]), TALLIES))
def test_a_factor_is_always_between_its_bounds(kinds: dict[str, Tally]) -> None:
    approval = Approval(kinds)
    for kind in [*kinds, "unheard of"]:
        assert LEAST <= approval.factor(kind) <= MOST
        assert bool(approval.in_words(kind)) is (approval.factor(kind) != 1)


@pytest.mark.parametrize(
    "few",
    [
        Tally(VOTES - 1, 0, READERS, ISSUES),
        Tally(VOTES, 0, READERS - 1, ISSUES),
        Tally(VOTES, 0, READERS, ISSUES - 1),
    ],
)
def test_few_votes_of_few_readers_or_on_few_issues_change_nothing(few: Tally) -> None:
    assert Approval({"gain": few, "climb": Tally(0, 500, 90, 20)}).factor("gain") == 1


def test_what_readers_like_more_than_the_rest_weighs_more_and_says_why() -> None:
    approval = Approval({"gain": Tally(90, 10, 40, 12), "climb": Tally(60, 40, 40, 12)})
    assert approval.factor("gain") == 1.06
    assert approval.factor("climb") == 0.94
    assert approval.weighed() == {
        "climb": "60 of 100 votes liked its kind in 28 days: times 0.94",
        "gain": "90 of 100 votes liked its kind in 28 days: times 1.06",
    }


def test_a_kind_that_alone_is_voted_on_is_no_better_than_itself() -> None:
    assert Approval({"gain": Tally(99, 1, 50, 20)}).factor("gain") == 1


def test_without_votes_everything_weighs_what_it_weighs() -> None:
    assert NO_VOTES.factor("gain") == 1
    assert NO_VOTES.weighed() == {}


def test_votes_in_polls_add_to_those_under_stories_each_held_against_its_own() -> None:
    pressed = {"gain": Tally(90, 10, 40, 12), "climb": Tally(80, 20, 40, 12)}
    polled = {"gain": Tally(60, 40, 80, 6), "climb": Tally(40, 60, 80, 6)}
    assert Approval(pressed).factor("gain") == 1.02
    assert Approval({}, polled).factor("gain") == 1.04
    assert Approval(pressed, polled).factor("gain") == 1.06
    assert Approval(pressed, polled).factor("climb") == 0.94


def test_a_kind_that_few_polls_asked_about_does_not_count() -> None:
    polled = {"gain": Tally(60, 40, 80, 4), "climb": Tally(40, 60, 80, 6), "echo": Tally(20, 20, 80, 6)}
    assert Approval({}, polled).factor("gain") == 1
    assert Approval({}, polled).factor("echo") == 1
    assert Approval({}, polled).weighed() == {
        "climb": "40 of 100 votes in polls were for its kind in 28 days: times 0.96",
    }


def test_an_editor_is_told_both_kinds_of_votes() -> None:
    approval = Approval(
        {"gain": Tally(90, 10, 40, 12), "climb": Tally(80, 20, 40, 12)},
        {"gain": Tally(60, 40, 80, 6), "climb": Tally(40, 60, 80, 6)},
    )
    assert approval.in_words("gain") == (
        "90 of 100 votes liked its kind and 60 of 100 votes in polls were for its kind in 28 days: times 1.06"
    )
