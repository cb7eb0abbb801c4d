"""Which moment a reader's hour is: local time to aware UTC, through every gap and fold of daylight saving."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo


def local_moment(day: date, at: time, zone: str) -> datetime:
    """The moment (aware UTC) when clocks in ``zone`` first show ``at`` on ``day``.

    An hour that daylight saving skips is the moment of the skip's end; of an hour that comes twice it is the first.
    Raises ZoneInfoNotFoundError for an unknown zone.
    """
    local = datetime.combine(day, at, tzinfo=ZoneInfo(zone))
    moment = local.astimezone(UTC)
    shown = moment.astimezone(ZoneInfo(zone)).replace(tzinfo=None)
    if shown == local.replace(tzinfo=None):
        return moment
    return _end_of_gap(local)


def _end_of_gap(local: datetime) -> datetime:
    """The first moment after the gap that ``local`` falls into: where the offset changes."""
    before, after = local.replace(fold=1).astimezone(UTC), local.replace(fold=0).astimezone(UTC)
    low, high = min(before, after) - timedelta(seconds=1), max(before, after) + timedelta(seconds=1)
    zone = local.tzinfo
    offset = low.astimezone(zone).utcoffset()
    while high - low > timedelta(seconds=1):
        middle = low + (high - low) / 2
        if middle.astimezone(zone).utcoffset() == offset:
            low = middle
        else:
            high = middle
    return high.replace(microsecond=0)


#: How long after a reader's hour a paper is still this morning's for him, unless it is set otherwise.
CATCH_UP = timedelta(hours=6)

#: What is late by less was not missed: a busy rate, a flood or a restart may hold a paper up so long.
NOT_YET_MISSED = timedelta(minutes=30)


def grace(catch_up: timedelta) -> timedelta:
    """How late a paper may be after a reader's hour and still be sent: ``catch_up``, and never nothing at all.

    The one rule for a missed hour: within the grace it is caught up at once. Beyond it, a paper that was published
    too late for the hour waits for the reader's next one, and a paper that waited too long to be sent is skipped, for
    by then the next morning's is near.
    """
    return max(catch_up, NOT_YET_MISSED)


def delivery_moment(
    day: date, hour: int, zone: str, published_at: datetime, catch_up: timedelta = CATCH_UP
) -> datetime:
    """When the issue of ``day``, published at ``published_at`` (aware UTC), is due to a reader of that hour and zone.

    At his hour of that day; at once if that passed before publication, within the ``grace``; else at the next time his
    clock shows the hour. Raises ZoneInfoNotFoundError for an unknown zone.
    """
    moment = local_moment(day, time(hour), zone)
    if moment >= published_at:
        return moment
    if published_at - moment <= grace(catch_up):
        return published_at
    today = published_at.astimezone(ZoneInfo(zone)).date()
    mornings = (local_moment(today + timedelta(days=ahead), time(hour), zone) for ahead in (0, 1, 2))
    return next(morning for morning in mornings if morning >= published_at)
