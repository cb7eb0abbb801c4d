"""How the paper does with its readers, in numbers, over the last days. Days are those of UTC."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from domain.deliveries import Receipt
from domain.editions import Style
from domain.feedback import Tally
from domain.movement import Movement
from domain.readers import SubscriberState
from domain.usage import Views

#: How far it may be looked back, days; a week unless something else is asked for.
PERIODS = (7, 30, 90)
USUAL_PERIOD = PERIODS[0]


@dataclass(frozen=True, slots=True)
class Opinions:
    """What came back on the issues of some days.

    ``pages``: votes by section, the most first; ``words``: how many readers' words; ``reactions``: in the channel, by
    emoji, the most first.
    """

    pages: Mapping[str, Tally]
    words: int
    reactions: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Statistics:
    """Counts of ``days`` days that end with ``until``, the last of them not yet over.

    ``readers``: chats by the state of their subscription. Of the active ones: ``inactive`` who have not been seen for
    long, ``languages`` and ``styles`` they read in, ``campaigns`` that brought them, each the most first. ``issues``:
    what became of the newest issues, the newest first, however old.
    """

    until: date
    days: int
    readers: Mapping[SubscriberState, int]
    inactive: int
    languages: Mapping[str, int]
    styles: Mapping[Style, int]
    campaigns: Mapping[str, int]
    movement: Movement
    issues: Sequence[Receipt]
    views: Views
    opinions: Opinions

    @property
    def since(self) -> date:
        """The first of the days."""
        return first_of(self.until, self.days)


def first_of(until: date, days: int) -> date:
    """The first of so many days that end with ``until``."""
    return until - timedelta(days=days - 1)
