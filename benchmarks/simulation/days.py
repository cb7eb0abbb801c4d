"""A day of many readers: who gets his paper how late, by where he lives, at which hour, and what the bots may send.

The plan of the day is the product's own (``domain.curve``). Where people live is a model: shares of the world's
population by time zone, rounded by us; at which hour they read is an assumption.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from domain.curve import curve
from domain.hours import CATCH_UP, local_moment
from domain.price import FREE_RATE, stars

DAY = date(2026, 7, 4)
#: Readers in a hundred that chose an hour.
HOURS: Mapping[int, int] = {6: 20, 7: 45, 8: 25, 9: 10}
#: Readers in a hundred by zone.
AUDIENCES: Mapping[str, Mapping[str, int]] = {
    "one country": {"Europe/Berlin": 100},
    "Europe and America": {
        "Europe/London": 15,
        "Europe/Berlin": 35,
        "America/New_York": 25,
        "America/Chicago": 12,
        "America/Los_Angeles": 13,
    },
    "the world": {
        "Asia/Shanghai": 23,
        "Asia/Kolkata": 19,
        "Europe/Berlin": 10,
        "Africa/Lagos": 7,
        "Africa/Johannesburg": 7,
        "Europe/Moscow": 7,
        "Asia/Jakarta": 6,
        "America/New_York": 5,
        "Asia/Dhaka": 4,
        "Asia/Karachi": 4,
        "America/Sao_Paulo": 3,
        "Asia/Tokyo": 3,
        "America/Chicago": 2,
    },
}
#: Points at which the readers of one hour are looked at.
_POINTS = 50


@dataclass(frozen=True, slots=True)
class Setting:
    """How a paper is sent: by ``bots`` with so many messages a second each that really leave."""

    name: str
    bots: int
    rate: float

    @property
    def paid(self) -> bool:
        """Whether Stars are paid."""
        return self.rate > FREE_RATE


@dataclass(frozen=True, slots=True)
class Day:
    """What became of it: seconds late in the median and for one in a hundred, shares, hours, and Stars.

    ``skipped``: who would get it so late that it is left out. ``hours``: from the first message to the last.
    """

    median: float
    slow: float
    skipped: float
    hours: float
    stars: float


def live(readers: int, audience: Mapping[str, int], setting: Setting) -> Day:
    """Send an issue to so many readers, each bot to its share of them."""
    share = -(-readers // setting.bots)
    moments = _moments(share, audience)
    late = sorted(_lateness(moments, setting.rate))
    total = sum(weight for _, weight in late)
    skipped = sum(weight for seconds, weight in late if seconds > CATCH_UP.total_seconds()) / total
    sent = share * (1 - skipped)
    cost = setting.bots * stars(round(sent * (1 - FREE_RATE / setting.rate))) if setting.paid else 0.0
    first, last = min(moments), _last(moments, setting.rate)
    return Day(
        _quantile(late, total * 0.5), _quantile(late, total * 0.99), skipped, (last - first) / timedelta(hours=1), cost
    )


def _moments(readers: int, audience: Mapping[str, int]) -> Mapping[datetime, int]:
    counts: Counter[datetime] = Counter()
    for zone, people in audience.items():
        for hour, choose in HOURS.items():
            counts[local_moment(DAY, time(hour), zone)] += readers * people * choose // 10_000
    return {moment: count for moment, count in counts.items() if count}


def _lateness(moments: Mapping[datetime, int], rate: float) -> Iterator[tuple[float, float]]:
    """Seconds late, and how many readers are so."""
    place = 0
    for stretch in curve(moments, round(rate)):
        count = moments[stretch.moment]
        for point in range(_POINTS):
            due = stretch.due(place + count * point // _POINTS)
            yield (due - stretch.moment).total_seconds(), count / _POINTS
        place += count


def _last(moments: Mapping[datetime, int], rate: float) -> datetime:
    *_, stretch = curve(moments, round(rate))
    return stretch.due(sum(moments.values()) - 1)


def _quantile(late: list[tuple[float, float]], at: float) -> float:
    passed = 0.0
    for seconds, weight in late:
        passed += weight
        if passed >= at:
            return seconds
    return late[-1][0]
