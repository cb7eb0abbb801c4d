"""What the sources said: harvests, readings and the words of items, added to and never rewritten."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import datetime

from domain.items import Item, ItemKey
from domain.readings import Harvest, Haul, Reading
from storage import archive_reading as reading
from storage import archive_writing as writing
from storage.database import Database, Turn
from storage.doubts import Doubt, doubts, write_doubt
from storage.schema import HarvestRow, ItemRow, ItemVersionRow, ReadingRow
from storage.thinning import thin


class Archive:
    """The paper's own memory of what stood on which list, and when. Every method raises StorageError."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def store(self, haul: Haul) -> Harvest:
        """Keep what one list brought home, and return its harvest with the id that it got.

        An item that the list holds twice is kept once, where it stood first, and ``items`` counts what was kept.
        A list has one answer for one moment: storing a second changes nothing and returns the first.
        The words of an item are kept when they are new, as seen at the time of the harvest.
        """
        with self._database.write(Turn.ARCHIVE) as connection:
            return writing.store(connection, haul)

    def harvests(self, since: datetime, until: datetime) -> list[Harvest]:
        """The harvests from ``since`` to ``until``, both included, in the order of time."""
        with self._database.read() as connection:
            return reading.harvests(connection, HarvestRow.observed_at.between(since, until))

    def readings(self, since: datetime, until: datetime) -> list[Reading]:
        """The readings from ``since`` to ``until``, both included, in the order in which they were stored."""
        with self._database.read() as connection:
            return list(reading.readings(connection, ReadingRow.observed_at.between(since, until)))

    def items(self, as_of: datetime, keys: Iterable[ItemKey] | None = None) -> dict[ItemKey, Item]:
        """Items in the words last seen at ``as_of``: those of ``keys``, or all that were seen until then.

        ``seen_at`` of an item is when its words were first seen; an item of ``keys`` whose words were all seen
        later has the earliest.
        """
        with self._database.read() as connection:
            if keys is None:
                return reading.items(connection, as_of, [ItemRow.first_seen_at <= as_of])
            ids = reading.item_ids(connection, set(keys)).values()
            return reading.items(connection, as_of, [ItemRow.id.in_(batch) for batch in reading.batches(ids)])

    def readings_by_id(self, ids: Collection[int]) -> dict[int, Reading]:
        """The readings of these ids; those that don't exist are left out."""
        with self._database.read() as connection:
            return {
                found.id: found
                for batch in reading.batches(ids)
                for found in reading.readings(connection, ReadingRow.id.in_(batch))
            }

    def harvests_by_id(self, ids: Collection[int]) -> dict[int, Harvest]:
        """The harvests of these ids; those that don't exist are left out."""
        with self._database.read() as connection:
            return {
                found.id: found
                for batch in reading.batches(ids)
                for found in reading.harvests(connection, HarvestRow.id.in_(batch))
            }

    def items_by_version(self, versions: Collection[int]) -> dict[int, Item]:
        """The items in exactly the words of these versions; those that don't exist are left out."""
        with self._database.read() as connection:
            return {
                found.version: found
                for batch in reading.batches(versions)
                for found in reading.worded_items(connection, ItemVersionRow.id.in_(batch))
            }

    def listed(self, harvest_ids: Collection[int]) -> list[Reading]:
        """Everything that stood on the lists of these harvests, each list in its order."""
        with self._database.read() as connection:
            return [
                found
                for batch in reading.batches(harvest_ids)
                for found in reading.readings(connection, ReadingRow.harvest_id.in_(batch))
            ]

    def doubt(self, doubt: Doubt) -> None:
        """Mark a reading, a list or an item's words as not to be trusted. Raises NotFound: it is not stored."""
        with self._database.write(Turn.ARCHIVE) as connection:
            write_doubt(connection, doubt)

    def doubts(self) -> list[Doubt]:
        """Everything that is not trusted, the oldest mark first."""
        with self._database.read() as connection:
            return doubts(connection)

    def thin(self, before: datetime) -> int:
        """Leave one harvest a day (UTC) of each list before a moment, and return how many harvests went.

        What the evidence of an issue cites stays, and its whole list with it.
        """
        with self._database.write(Turn.ARCHIVE) as connection:
            return thin(connection, before)
