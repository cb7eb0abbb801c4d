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
