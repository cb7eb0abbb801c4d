"""A paper that has just begun to read: what it cannot say yet, and from which day on it can."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from newsroom.desk import Desk
from newsroom.formulas.records import MIN_LISTS, MIN_READINGS
from newsroom.lists import RANKED


@dataclass(frozen=True, slots=True)
class Beginning:
    """How many mornings of its longest list the paper holds, and the days (UTC) from which it can look back.

    ``histories_from``: an item against its own readings; ``records_from``: a list against all before it.
    """

    mornings: int
    histories_from: date
    records_from: date


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
