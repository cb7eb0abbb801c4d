"""A paper that has just begun to read: what it cannot say yet, and from which day on it can."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from domain.claims import Claim
from newsroom import rounding
from newsroom.desk import Desk
from newsroom.formulas.records import MIN_LISTS, MIN_READINGS
from newsroom.insights.insight import slots
from newsroom.lists import RANKED


@dataclass(frozen=True, slots=True)
class Beginning:
    """How many mornings of its longest list the paper holds, and the days (UTC) from which it can look back.

    ``histories_from``: an item against its own readings; ``records_from``: a list against all before it.
    """

    mornings: int
    histories_from: date
    records_from: date


def told(desk: Desk) -> tuple[Claim, ...]:
    """How much of its longest list a young paper holds, and what it cannot say yet; nothing once it can."""
    found = beginning(desk)
    if found is None or found.histories_from <= desk.day:
        return ()
    read = {key: mornings.read for key in RANKED if (mornings := desk.mornings(key)) is not None}
    key, lists = max(read.items(), key=lambda pair: len(pair[1]))
    count = desk.figures.make("len(all)", {"all": desk.cite.lists(lists)}, "readings", form=rounding.count)
    if count is None:
        return ()
    held = desk.phrases.maybe("beginning.held", slots(count=count, list=desk.list_name(key)))
    return (*held, desk.phrases.house("beginning.unsaid")) if held else ()


def beginning(desk: Desk) -> Beginning | None:
    """None once the paper holds enough lists for records, or where it has read none at all."""
    counted = [len(mornings.read) for key in RANKED if (mornings := desk.mornings(key)) is not None]
    longest = max(counted, default=0)
    if not longest or longest > MIN_LISTS:
        return None
    return Beginning(
        mornings=longest,
        histories_from=desk.day + timedelta(days=max(MIN_READINGS + 1 - longest, 0)),
        records_from=desk.day + timedelta(days=MIN_LISTS + 1 - longest),
    )
