"""What is stored, as the audit asks for it: each piece fetched once and kept for the length of one audit."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime

from domain.items import Item, ItemKey
from domain.readings import Harvest, Reading
from storage.archive import Archive
from storage.doubts import Doubted


class StoredFacts:
    """The audit's door to storage; nothing that the newsroom believed passes through it.

    Evidence that is doubted (``docs/corrections.md``) is as if it were not stored.
    """

    def __init__(self, archive: Archive) -> None:
        self._archive = archive
        self._doubted = Doubted.of(archive.doubts())
        self._readings: dict[int, Reading | None] = {}
        self._items: dict[int, Item | None] = {}
        self._harvests: dict[int, Harvest | None] = {}
        self._listed: dict[int, Sequence[Reading]] = {}
        self._words: dict[datetime, dict[ItemKey, Item | None]] = {}

    def reading(self, reading_id: int) -> Reading | None:
        """Fetch one reading."""
        if reading_id not in self._readings:
            found = self._archive.readings_by_id([reading_id]).get(reading_id)
            self._readings[reading_id] = found if found is not None and self._is_trusted(found) else None
        return self._readings[reading_id]

    def _is_trusted(self, reading: Reading) -> bool:
        return reading.id not in self._doubted.readings and reading.harvest_id not in self._doubted.harvests

    def item(self, version: int) -> Item | None:
        """Fetch an item in the words of one version."""
        if version not in self._items:
            found = self._archive.items_by_version([version]).get(version)
            self._items[version] = None if version in self._doubted.versions else found
        return self._items[version]

    def harvest(self, harvest_id: int) -> Harvest | None:
        """Fetch one harvest."""
        if harvest_id not in self._harvests:
            found = self._archive.harvests_by_id([harvest_id]).get(harvest_id)
            self._harvests[harvest_id] = None if harvest_id in self._doubted.harvests else found
        return self._harvests[harvest_id]

    def listed(self, harvest_id: int) -> Sequence[Reading]:
        """Everything that stood on the list of one harvest."""
        if harvest_id not in self._listed:
            self._listed[harvest_id] = [each for each in self._archive.listed([harvest_id]) if self._is_trusted(each)]
        return self._listed[harvest_id]

    def words(self, items: Collection[ItemKey], at: datetime) -> Mapping[ItemKey, Item]:
        """Fetch items in the words last seen at a moment."""
        known = self._words.setdefault(at, {})
        missing = [key for key in items if key not in known]
        if missing:
            stored = self._archive.items(at, missing)
            known.update((key, stored.get(key)) for key in missing)
        found = {key: item for key in items if (item := known[key]) is not None}
        return {key: item for key, item in found.items() if item.version not in self._doubted.versions}
