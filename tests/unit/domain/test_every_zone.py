"""Hours in every zone of the time zone database, through every gap and fold of ten years."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from zoneinfo import ZoneInfo, available_timezones

import pytest

from domain.hours import CATCH_UP, delivery_moment, local_moment

FIRST, LAST = datetime(2026, 1, 1, tzinfo=UTC), datetime(2036, 1, 1, tzinfo=UTC)

#: Two changes of a zone are never closer than this: Ramadan's in Morocco are four weeks apart.
_STEP = timedelta(days=7)


@cache
def changes(name: str) -> tuple[datetime, ...]:
    """The moments within the ten years from which another offset holds, to the second."""
    return tuple(_changes(ZoneInfo(name)))


def _changes(zone: ZoneInfo) -> Iterator[datetime]:
    at, offset = FIRST, FIRST.astimezone(zone).utcoffset()
    while at < LAST:
        following = at + _STEP
        after = following.astimezone(zone).utcoffset()
        if after != offset:
            yield _first_with_another(zone, at, following)
        at, offset = following, after


def _first_with_another(zone: ZoneInfo, low: datetime, high: datetime) -> datetime:
    before = low.astimezone(zone).utcoffset()
    while high - low > timedelta(seconds=1):
        middle = (low + (high - low) / 2).replace(microsecond=0)
        if middle.astimezone(zone).utcoffset() == before:
            low = middle
        else:
            high = middle
    return high


def distinct() -> list[str]:
    """A zone for each way in which clocks change; many names share one."""
    zones = sorted(available_timezones())
    ways = {(changes(name), FIRST.astimezone(ZoneInfo(name)).utcoffset()): name for name in reversed(zones)}
    return sorted(ways.values())


def test_the_zones_that_are_walked_through_change_their_clocks() -> None:
    assert len(changes("Europe/Berlin")) == 20
    assert changes("Asia/Kolkata") == ()
    assert len(distinct()) > 40
    assert sum(len(changes(name)) for name in distinct()) > 500


@pytest.mark.parametrize("name", distinct())
def test_around_every_change_an_hour_is_when_clocks_first_show_it_or_have_jumped_over_it(name: str) -> None:
    zone = ZoneInfo(name)
    for change in changes(name):
        today = change.astimezone(zone).date()
        for day in (today - timedelta(days=1), today, today + timedelta(days=1)):
            for hour in range(24):
                assert_first_shown(day, hour, zone, local_moment(day, time(hour), name))


def assert_first_shown(day: date, hour: int, zone: ZoneInfo, moment: datetime) -> None:
    """Clocks show the hour at the moment, or later than it at the end of a gap; and never showed it before."""
    wanted = datetime.combine(day, time(hour))
    shown = moment.astimezone(zone).replace(tzinfo=None)
    just_before = (moment - timedelta(seconds=1)).astimezone(zone).replace(tzinfo=None)
    assert just_before < wanted <= shown
    if shown > wanted:
        assert shown - just_before > timedelta(seconds=1), "only a gap leaves an hour out"
    # Had they shown it before a fold, that would have been within the fold's length, at most a day (a date line).
    offsets = {(moment + timedelta(hours=shift)).astimezone(zone).utcoffset() for shift in (-25, -1, 0, 1, 25)}
    others = [wanted.replace(tzinfo=UTC) - offset for offset in offsets if offset is not None]
    shows = [other for other in others if other.astimezone(zone).replace(tzinfo=None) == wanted]
    assert moment <= min(shows, default=moment)


@pytest.mark.parametrize("name", distinct())
def test_around_every_change_each_day_brings_every_reader_one_paper(name: str) -> None:
    """Papers published at one time of day on three days: due at his hour, at once, or at his next, and in order."""
    zone = ZoneInfo(name)
    for change in changes(name):
        first = change.date() - timedelta(days=1)
        for hour in range(0, 24, 3):
            due = [_due(first + timedelta(days=ahead), hour, name) for ahead in range(3)]
            assert due == sorted(set(due)), "no two of them at once"
            for published_at, moment in zip(_mornings(first), due, strict=True):
                assert published_at <= moment
                local = moment.astimezone(zone)
                at_his_hour = (local.hour, local.minute) == (hour, 0)
                in_the_gap = moment in changes(name)
                assert at_his_hour or in_the_gap or moment == published_at


def _mornings(first: date) -> list[datetime]:
    return [datetime.combine(first + timedelta(days=ahead), time(6, 30), tzinfo=UTC) for ahead in range(3)]


def _due(day: date, hour: int, name: str) -> datetime:
    return delivery_moment(day, hour, name, datetime.combine(day, time(6, 30), tzinfo=UTC), CATCH_UP)
