"""What is stored, as the audit asks for it: each piece fetched once and kept for the length of one audit."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime

from domain.items import Item, ItemKey
from domain.readings import Harvest, Reading
from storage.archive import Archive


class StoredFacts:
    """The audit's door to storage; nothing that the newsroom believed passes through it."""

    def __init__(self, archive: Archive) -> None:
        self._archive = archive
        self._readings: dict[int, Reading | None] = {}
        self._items: dict[int, Item | None] = {}
        self._harvests: dict[int, Harvest | None] = {}
        self._listed: dict[int, Sequence[Reading]] = {}
        self._words: dict[datetime, dict[ItemKey, Item | None]] = {}

    def reading(self, reading_id: int) -> Reading | None:
        """Fetch one reading."""
        if reading_id not in self._readings:
            self._readings[reading_id] = self._archive.readings_by_id([reading_id]).get(reading_id)
        return self._readings[reading_id]

    def item(self, version: int) -> Item | None:
        """Fetch an item in the words of one version."""
        if version not in self._items:
            self._items[version] = self._archive.items_by_version([version]).get(version)
        return self._items[version]

    def harvest(self, harvest_id: int) -> Harvest | None:
        """Fetch one harvest."""
        if harvest_id not in self._harvests:
            self._harvests[harvest_id] = self._archive.harvests_by_id([harvest_id]).get(harvest_id)
        return self._harvests[harvest_id]

    def listed(self, harvest_id: int) -> Sequence[Reading]:
        """Everything that stood on the list of one harvest."""
        if harvest_id not in self._listed:
            self._listed[harvest_id] = self._archive.listed([harvest_id])
        return self._listed[harvest_id]

    def words(self, items: Collection[ItemKey], at: datetime) -> Mapping[ItemKey, Item]:
        """Fetch items in the words last seen at a moment."""
        known = self._words.setdefault(at, {})
        missing = [key for key in items if key not in known]
        if missing:
            stored = self._archive.items(at, missing)
            known.update((key, stored.get(key)) for key in missing)
        return {key: item for key in items if (item := known[key]) is not None}
