"""How the paper does with its readers, gathered from where each count is kept."""

from __future__ import annotations

from datetime import UTC, datetime, time
from typing import TYPE_CHECKING, Final

from domain.audiences import Audience, Circle
from domain.deliveries import BroadcastKind
from domain.statistics import USUAL_PERIOD, Statistics, first_of
from storage.readership import Readership
from storage.usage import Usage

if TYPE_CHECKING:
    from morningpost.wiring import House

#: Of so many issues it is told what became of them.
ISSUES: Final = 3


def statistics_of(house: House, days: int = USUAL_PERIOD) -> Statistics:
    """The counts of so many days that end today."""
    now = house.clock()
    until = now.astimezone(UTC).date()
    since = first_of(until, days)
    readership = Readership(house.database)
    return Statistics(
        until=until,
        days=days,
        readers=house.subscribers.counts(),
        inactive=house.outbox.audience_size(Audience(Circle.INACTIVE), now),
        languages=readership.languages(),
        styles=readership.styles(),
        campaigns=readership.campaigns(),
        movement=readership.movement(datetime.combine(since, time(), UTC)),
        issues=house.outbox.receipts(ISSUES, BroadcastKind.ISSUE),
        views=Usage(house.database).views(since),
        opinions=house.desk.feedback.summed(since),
    )
