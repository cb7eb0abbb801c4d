"""The day's curve: nobody before his hour, no minute above the rate, the order kept, and no time lost."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.curve import curve

MIDNIGHT = datetime(2026, 7, 4, tzinfo=UTC)
_MOMENTS = st.integers(0, 2 * 86400).map(lambda second: MIDNIGHT + timedelta(seconds=second))
_READERS = st.dictionaries(_MOMENTS, st.integers(1, 400), min_size=1, max_size=12)
_RATES = st.integers(1, 1000)


def planned(readers: Mapping[datetime, int], rate: int, not_before: datetime | None = None) -> list[datetime]:
    """When everybody is due, in the day's order."""
    places = iter(range(sum(readers.values())))
    stretches = curve(readers, rate, not_before=not_before)
    return [stretch.due(next(places)) for stretch in stretches for _ in range(readers[stretch.moment])]


def test_a_day_without_readers_has_no_curve() -> None:
    assert curve({}, 30) == ()


def test_readers_of_one_hour_follow_one_another_at_the_rate() -> None:
    assert planned({MIDNIGHT: 4}, 2) == [MIDNIGHT + timedelta(seconds=half / 2) for half in range(4)]


def test_the_next_hour_waits_for_one_that_overflows_and_not_for_one_that_does_not() -> None:
    later = MIDNIGHT + timedelta(seconds=10)
    assert planned({MIDNIGHT: 30, later: 1}, 2)[-1] == MIDNIGHT + timedelta(seconds=15)
    assert planned({MIDNIGHT: 20, later: 1}, 2)[-1] == later
    assert planned({MIDNIGHT: 3, later: 1}, 2)[-1] == later


def test_nobody_is_due_before_those_who_were_owed_it_earlier() -> None:
    after = MIDNIGHT + timedelta(minutes=5)
    assert planned({MIDNIGHT: 2}, 1, after) == [after, after + timedelta(seconds=1)]


@given(_READERS, _RATES)
def test_nobody_is_due_before_his_hour_and_the_hours_keep_their_order(readers: dict[datetime, int], rate: int) -> None:
    due = planned(readers, rate)
    hours = [moment for moment in sorted(readers) for _ in range(readers[moment])]
    assert all(moment <= planned_at for moment, planned_at in zip(hours, due, strict=True))
    assert due == sorted(due)


@given(_READERS, _RATES)
def test_no_minute_needs_more_than_the_rate(readers: dict[datetime, int], rate: int) -> None:
    due = planned(readers, rate)
    for place, begin in enumerate(due):
        assert bisect_left(due, begin + timedelta(minutes=1)) - place <= rate * 60


@given(_READERS, _RATES)
def test_no_second_needs_more_than_the_rate(readers: dict[datetime, int], rate: int) -> None:
    due = planned(readers, rate)
    for place, begin in enumerate(due):
        assert bisect_left(due, begin + timedelta(seconds=1)) - place <= rate


@given(_READERS, _RATES)
def test_the_last_one_is_due_as_early_as_any_plan_allows(readers: dict[datetime, int], rate: int) -> None:
    """The bound: from each hour on, everybody of that hour and later must pass at the rate."""
    moments = sorted(readers)
    bound = max(
        moment + timedelta(seconds=(sum(readers[later] for later in moments[number:]) - 1) / rate)
        for number, moment in enumerate(moments)
    )
    assert planned(readers, rate)[-1] <= bound


@pytest.mark.parametrize("rate", [30, 1000])
def test_a_million_readers_of_one_hour_take_a_million_turns(rate: int) -> None:
    (stretch,) = curve({MIDNIGHT: 1_000_000}, rate)
    assert stretch.due(999_999) - MIDNIGHT == timedelta(milliseconds=999_999 * 1000 // rate)
