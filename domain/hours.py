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

#: Later than this is missed, however small the grace: within his hour nobody calls a paper late.
ON_TIME = timedelta(hours=1)


def missed_before(now: datetime, catch_up: timedelta) -> datetime:
    """What was due before this moment is missed: it is not sent any more, for the next morning's paper is near.

    ``catch_up``: how long after its hour a paper is still sent; zero skips whatever was missed.
    """
    return now - max(catch_up, ON_TIME)


def delivery_moment(
    day: date, hour: int, zone: str, published_at: datetime, catch_up: timedelta = CATCH_UP
) -> datetime:
    """When the issue of ``day``, published at ``published_at`` (aware UTC), is due to a reader of that hour and zone.

    At his hour of that day; at once if that passed before publication and is not missed by ``missed_before``; else at
    the next time his clock shows the hour. Raises ZoneInfoNotFoundError for an unknown zone.
    """
    moment = local_moment(day, time(hour), zone)
    if moment >= published_at:
        return moment
    if moment >= missed_before(published_at, catch_up):
        return published_at
    today = published_at.astimezone(ZoneInfo(zone)).date()
    mornings = (local_moment(today + timedelta(days=ahead), time(hour), zone) for ahead in (0, 1, 2))
    return next(morning for morning in mornings if morning >= published_at)
