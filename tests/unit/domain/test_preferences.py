"""The rules on what a reader may wish, and what follows from it."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfoNotFoundError

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.combinations import READER_SECTIONS
from domain.hours import local_moment
from domain.preferences import (
    LONGEST_KEYWORD,
    MOST_KEYWORDS,
    Nearness,
    Refusal,
    all_sections_of,
    clean_keyword,
    follow,
    move_section,
    next_paper,
    reads_on,
    sections_of,
    toggle_section,
    toggle_topic,
    toggle_weekday,
    unfollow,
)
from domain.readers import Cadence, ChatId, Subscriber, SubscriberState
from domain.text import spelled

SATURDAY = date(2026, 7, 4)
NOW = datetime(2026, 7, 4, 5, 30, tzinfo=UTC)
ANNA = Subscriber(ChatId(1), NOW)

names = st.sampled_from(READER_SECTIONS)


def due_at(reader: Subscriber, day: date) -> datetime:
    return local_moment(day, time(reader.hour), reader.zone)


def next_of(reader: Subscriber, now: datetime = NOW) -> tuple[datetime, Nearness] | None:
    found = next_paper(reader, now, lambda day: due_at(reader, day))
    return None if found is None else (found.at, found.nearness)


def test_a_section_that_is_not_of_the_paper_is_neither_switched_nor_moved() -> None:
    assert toggle_section(ANNA, "horoscope") is Refusal.UNKNOWN
    assert toggle_section(ANNA, "subscribe") is Refusal.UNKNOWN
    assert move_section(ANNA, "horoscope", 1) is Refusal.UNKNOWN


def test_the_last_section_stays_on() -> None:
    assert toggle_section(replace(ANNA, sections=frozenset({"lead"})), "lead") is Refusal.LAST


def test_a_section_that_is_off_is_not_moved() -> None:
    assert move_section(replace(ANNA, sections=frozenset({"lead", "tools"})), "movers", -1) is Refusal.UNKNOWN


def test_the_first_section_goes_no_higher_and_the_last_no_lower() -> None:
    assert move_section(ANNA, READER_SECTIONS[0], -1) is Refusal.AT_THE_END
    assert move_section(ANNA, READER_SECTIONS[-1], 3) is Refusal.AT_THE_END


@given(st.frozensets(names), st.permutations(READER_SECTIONS), names)
def test_switching_twice_is_not_switching(sections: frozenset[str], order: list[str], name: str) -> None:
    reader = replace(ANNA, sections=sections, order=tuple(order))
    once = toggle_section(reader, name)
    if not isinstance(once, Refusal):
        twice = toggle_section(replace(reader, sections=once), name)
        assert not isinstance(twice, Refusal)
        assert sections_of(replace(reader, sections=twice)) == sections_of(reader)


@given(st.frozensets(names), st.permutations(READER_SECTIONS), names, st.sampled_from([-1, 1, 9]))
def test_moving_loses_no_section_and_keeps_the_others_in_their_order(
    sections: frozenset[str], order: list[str], name: str, places: int
) -> None:
    reader = replace(ANNA, sections=sections, order=tuple(order))
    moved = move_section(reader, name, places)
    if not isinstance(moved, Refusal):
        after = replace(reader, order=moved)
        assert sorted(all_sections_of(after)) == sorted(READER_SECTIONS)
        before, now = list(sections_of(reader)), list(sections_of(after))
        assert now.index(name) == min(max(before.index(name) + places, 0), len(before) - 1)
        before.remove(name)
        now.remove(name)
        assert before == now


def test_an_order_moved_back_is_the_papers() -> None:
    down = move_section(ANNA, "lead", 1)
    assert down == ("numbers", "lead", *READER_SECTIONS[2:])
    assert move_section(replace(ANNA, order=down), "lead", -1) == ()


def test_sections_that_an_order_does_not_name_follow_in_the_papers() -> None:
    assert sections_of(replace(ANNA, order=("movers",))) == ("movers", *(n for n in READER_SECTIONS if n != "movers"))


def test_the_last_weekday_stays() -> None:
    assert toggle_weekday(replace(ANNA, weekdays=frozenset({3})), 3) is Refusal.LAST
    assert toggle_weekday(ANNA, 7) is Refusal.UNKNOWN
    assert toggle_weekday(ANNA, 6) == frozenset(range(6))


def test_a_topic_that_the_taxonomy_dropped_is_dropped_with_the_next_change() -> None:
    reader = replace(ANNA, topics=frozenset({"vision", "blockchain"}))
    known = frozenset({"vision", "speech"})
    assert toggle_topic(reader, "blockchain", known) is Refusal.UNKNOWN
    assert toggle_topic(reader, "speech", known) == frozenset({"vision", "speech"})
    assert toggle_topic(reader, "vision", known) == frozenset()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", Refusal.NO_WORD),
        ("  \n\t", Refusal.NO_WORD),
        (".*", Refusal.NO_WORD),
        ("🤖🤖", Refusal.NO_WORD),
        ("x", Refusal.TOO_SHORT),
        ("w" * 41, Refusal.TOO_LONG),
        ("w" * 1_000_000, Refusal.TOO_LONG),
        ("w" * 40, "w" * 40),
        (" open   weights\n", "open weights"),
        ("<b>llama</b>", "b llama /b"),
        ("(a+)+$", "a+ +"),
        ("C++", "C++"),
        ("Qwen3.8", "Qwen3.8"),
        ("a;b", "a b"),
        ("/start", "start"),
        ("l\u202ela\u200bma", "llama"),
        ("机器人", "机器人"),
    ],
)
def test_a_keyword_is_one_plain_line_or_refused_with_its_reason(text: str, expected: str | Refusal) -> None:
    assert clean_keyword(text) == expected


@given(st.text(max_size=60))
def test_a_keyword_that_is_kept_stays_as_it_is_and_holds_no_markup(text: str) -> None:
    keyword = clean_keyword(text)
    if not isinstance(keyword, Refusal):
        assert clean_keyword(keyword) == keyword
        assert len(keyword) <= LONGEST_KEYWORD
        assert not set(keyword) & set('<>&"`*_[](){}\\|^$?;,\n\x00')
        assert spelled(keyword)


def test_a_keyword_followed_already_is_known_however_it_is_spelled() -> None:
    reader = replace(ANNA, keywords=("Open Weights",))
    assert follow(reader, "open-weights") is Refusal.KNOWN
    assert follow(reader, "llama") == ("Open Weights", "llama")
    assert unfollow(reader, "OPEN weights") == ()
    assert unfollow(reader, "llama") is Refusal.UNKNOWN


def test_there_is_room_for_twenty_keywords() -> None:
    reader = ANNA
    for number in range(MOST_KEYWORDS):
        keywords = follow(reader, f"word {number}")
        assert not isinstance(keywords, Refusal)
        reader = replace(reader, keywords=keywords)
    assert follow(reader, "one more") is Refusal.TOO_MANY


@pytest.mark.parametrize("state", [SubscriberState.LEFT, SubscriberState.BLOCKED, SubscriberState.GONE])
def test_who_is_away_reads_nothing(state: SubscriberState) -> None:
    reader = replace(ANNA, state=state, paused_until=SATURDAY)
    assert not any(reads_on(reader, SATURDAY + timedelta(days=ahead)) for ahead in range(7))
    assert next_of(reader) is None


def test_a_pause_without_a_day_does_not_end_by_itself() -> None:
    assert next_of(replace(ANNA, state=SubscriberState.PAUSED)) is None


def test_a_pause_ends_with_the_paper_of_its_day() -> None:
    reader = replace(ANNA, state=SubscriberState.PAUSED, paused_until=SATURDAY + timedelta(days=20))
    assert not reads_on(reader, SATURDAY + timedelta(days=19))
    assert reads_on(reader, SATURDAY + timedelta(days=20))
    assert next_of(reader) == (datetime(2026, 7, 24, 7, tzinfo=UTC), Nearness.LATER)


def test_a_weekly_reader_gets_sundays_digest_whatever_his_weekdays() -> None:
    reader = replace(ANNA, cadence=Cadence.WEEKLY, weekdays=frozenset({2}))
    assert [day for day in range(7) if reads_on(reader, SATURDAY + timedelta(days=day))] == [1]
    assert next_of(reader) == (datetime(2026, 7, 5, 7, tzinfo=UTC), Nearness.TOMORROW)


@pytest.mark.parametrize(
    ("now", "nearness", "day"),
    [
        (datetime(2026, 7, 4, 6, 59, tzinfo=UTC), Nearness.TODAY, 4),
        (datetime(2026, 7, 4, 7, 0, tzinfo=UTC), Nearness.TOMORROW, 5),
    ],
)
def test_after_todays_hour_the_next_paper_is_tomorrows(now: datetime, nearness: Nearness, day: int) -> None:
    assert next_of(ANNA, now) == (datetime(2026, 7, day, 7, tzinfo=UTC), nearness)


def test_the_next_paper_is_told_by_the_readers_own_clock() -> None:
    reader = replace(ANNA, zone="Pacific/Auckland", hour=6, weekdays=frozenset({0}))
    found = next_of(reader)
    assert found is not None
    assert (found[0].weekday(), found[0].hour, found[1]) == (0, 6, Nearness.THIS_WEEK)  # there it is Saturday evening


def test_an_unknown_zone_is_not_guessed() -> None:
    with pytest.raises(ZoneInfoNotFoundError):
        next_of(replace(ANNA, zone="Mars/Olympus"))


def test_a_reader_of_no_weekday_has_no_next_paper() -> None:
    assert next_of(replace(ANNA, weekdays=frozenset())) is None
