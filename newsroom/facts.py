"""The door to what is stored: what a recomputation may ask for, answered by storage or by a record in memory."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Protocol

from domain.items import Item, ItemKey
from domain.readings import Harvest, Reading


class Facts(Protocol):
    """Stored facts by their ids; None for an id that storage does not hold."""

    def reading(self, reading_id: int) -> Reading | None:
        """One reading."""
        ...

    def item(self, version: int) -> Item | None:
        """An item in the words of one stored version."""
        ...

    def harvest(self, harvest_id: int) -> Harvest | None:
        """One reading of a whole list."""
        ...

    def listed(self, harvest_id: int) -> Sequence[Reading]:
        """Every reading of a harvest; empty for a list that was empty or is not stored."""
        ...

    def words(self, items: Collection[ItemKey], at: datetime) -> Mapping[ItemKey, Item]:
        """The items in the words last seen at a moment (aware UTC); those that are not stored are left out."""
        ...
