"""What is asked, in how many characters, and how votes weigh."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.deliveries import BroadcastId, DeliveryState
from domain.feedback import Tally
from domain.items import ItemKey
from domain.polls import (
    FEWEST_CHOICES,
    LONGEST_CHOICE,
    MOST_CHOICES,
    QUESTION,
    Choice,
    Count,
    Poll,
    choice_text,
    choices,
    option_key,
    polled,
    post_link,
    result,
)
from domain.readings import Metric

SUNDAY = date(2026, 8, 16)
FRIDAY = datetime(2026, 8, 21, 18, tzinfo=UTC)

headlines = st.text(st.characters(exclude_categories=["Cs"]), max_size=250)


def poll(*votes: int, kinds: tuple[str, ...] = ("gain", "climb", "echo")) -> Poll:
    asked = tuple(
        Choice(f"Headline {number}", SUNDAY - timedelta(days=number), kind)
        for number, kind in enumerate(kinds[: len(votes)])
    )
    return Poll(
        SUNDAY, BroadcastId(3), asked, FRIDAY, DeliveryState.SENT, -1001234567890, 55, votes=votes, closed_at=FRIDAY
    )


def test_a_headline_that_fits_is_asked_whole() -> None:
    assert choice_text("Aster-7B gains 900 likes in a day") == "Aster-7B gains 900 likes in a day"


def test_a_longer_headline_is_cut_behind_a_word() -> None:
    cut = choice_text("A model that nobody knew, " * 8)
    assert len(cut) <= LONGEST_CHOICE
    assert cut == "A model that nobody knew, A model that nobody knew, A model that nobody knew, A model that nobody…"


def test_a_word_without_end_is_cut_inside() -> None:
    assert choice_text("x" * 150) == "x" * (LONGEST_CHOICE - 1) + "…"


@given(headlines)
def test_an_answer_is_never_longer_than_telegram_takes_and_begins_as_its_headline(headline: str) -> None:
    text, whole = choice_text(headline), " ".join(headline.split())
    assert len(text) <= LONGEST_CHOICE
    assert text == whole or (text.endswith("…") and whole.startswith(text[:-1]) and len(whole) > LONGEST_CHOICE)
    assert text == text.strip()


@given(st.lists(st.builds(Choice, headlines, st.dates(date(2026, 8, 1), date(2026, 8, 31))), max_size=20))
def test_what_is_asked_is_what_telegram_takes_or_nothing(leads: list[Choice]) -> None:
    asked = choices(leads)
    texts = [choice.text for choice in asked]
    assert asked == () or FEWEST_CHOICES <= len(asked) <= MOST_CHOICES
    assert len(set(texts)) == len(texts)
    assert all(0 < len(text) <= LONGEST_CHOICE for text in texts)
    assert [choice.issue_date for choice in asked] == sorted(choice.issue_date for choice in asked)


@pytest.mark.parametrize("leads", [[], ["One"], ["One", "One"], ["", "  ", "One"]])
def test_one_story_alone_is_no_question(leads: list[str]) -> None:
    assert choices(Choice(text, SUNDAY - timedelta(days=at)) for at, text in enumerate(leads)) == ()


def test_a_public_post_is_linked_by_its_name_and_a_private_one_by_its_number() -> None:
    assert post_link("@ai_morning_post", -1001234567890, 55) == "https://t.me/ai_morning_post/55"
    assert post_link(None, -1001234567890, 55) == "https://t.me/c/1234567890/55"


def test_a_closed_poll_is_a_list_of_its_answers_with_their_votes() -> None:
    haul = result(poll(41, 12, 0), (41, 12, 0), FRIDAY, "@paper")
    assert [sighting.metrics for sighting in haul.sightings] == [{Metric.VOTES: each} for each in (41, 12, 0)]
    assert {sighting.item.url for sighting in haul.sightings} == {"https://t.me/paper/55"}
    assert haul.sightings[0].item.key == option_key(SUNDAY, 1) == ItemKey.parse("poll:20260816.1")
    assert (haul.harvest.list, haul.harvest.items, haul.harvest.ranked) == ("poll/2026-08-16", 3, False)


def test_a_count_is_of_a_poll_when_question_and_answers_are_its_own() -> None:
    votes = {"Headline 0": 4, "Headline 1": 2, "Headline 2": 1}
    asked = poll(0, 0, 0)
    assert asked.is_of(Count("1", QUESTION, votes, closed=False))
    assert asked.counted(Count("1", QUESTION, dict(reversed(votes.items())), closed=False)) == (4, 2, 1)
    assert not asked.is_of(Count("1", "Another question", votes, closed=False))
    assert not asked.is_of(Count("1", QUESTION, votes | {"Headline 3": 0}, closed=False))


def test_an_equal_share_of_the_votes_is_neither_for_nor_against() -> None:
    assert polled([poll(20, 20, 20)]) == {
        kind: Tally(20, 20, readers=60, issues=1) for kind in ("gain", "climb", "echo")
    }


def test_a_vote_for_one_is_a_part_of_one_against_each_other() -> None:
    found = polled([poll(40, 10, 0)])
    assert found == {
        "gain": Tally(40, 5, readers=50, issues=1),
        "climb": Tally(10, 20, readers=50, issues=1),
        "echo": Tally(0, 25, readers=50, issues=1),
    }


def test_people_of_several_polls_are_not_counted_twice_but_issues_are_added() -> None:
    first = poll(40, 10, 0)
    later = Poll(
        SUNDAY + timedelta(days=7),
        BroadcastId(4),
        (Choice("Another", SUNDAY + timedelta(days=6), "gain"), Choice("Third", SUNDAY + timedelta(days=5), "gain")),
        FRIDAY,
        DeliveryState.SENT,
        1,
        votes=(20, 10),
    )
    assert polled([first, later])["gain"] == Tally(40 + 30, 5 + 30, readers=50, issues=3)


def test_a_story_of_no_kind_weighs_nothing() -> None:
    assert polled([poll(30, 20, kinds=("", "gain"))]) == {"gain": Tally(20, 30, readers=50, issues=1)}


@given(st.lists(st.lists(st.integers(0, 400), min_size=3, max_size=3), max_size=5))
def test_all_votes_of_polls_together_are_as_many_for_as_against(counts: list[list[int]]) -> None:
    found = polled(poll(*votes) for votes in counts)
    liked, disliked = sum(each.liked for each in found.values()), sum(each.disliked for each in found.values())
    assert liked == sum(map(sum, counts))
    assert abs(liked - disliked) <= 1.5 * len(counts)  # the parts are rounded to whole votes
