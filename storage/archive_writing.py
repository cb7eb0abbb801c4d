"""One haul into the archive: who its items are, what is new in their words, the harvest, and its readings."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import fields, replace
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, insert, update

from domain.items import Item, ItemKey
from domain.readings import Harvest, HarvestStatus, Haul, Sighting
from storage.archive_reading import batches, harvests, item_ids, latest_words
from storage.schema import HarvestRow, ItemRow, ItemVersionRow, ReadingRow
from storage.words import Words


def store(connection: Connection, haul: Haul) -> Harvest:
    """Keep a haul, unless its list has answered for this very moment before; return the harvest that stands."""
    standing = _standing_answer(connection, haul.harvest)
    if standing is not None:
        return standing
    sightings = _distinct(haul.sightings)
    at = haul.harvest.observed_at
    ids = _identified(connection, sightings.keys(), at)
    _keep_words(connection, {ids[key]: sighting.item for key, sighting in sightings.items()}, at)
    harvest = _keep_harvest(connection, replace(haul.harvest, items=len(sightings)))
    _keep_readings(connection, harvest, {ids[key]: sighting for key, sighting in sightings.items()})
    return harvest


def _standing_answer(connection: Connection, harvest: Harvest) -> Harvest | None:
    """The answer that a list gave for a moment already; a failure is none."""
    if harvest.status is HarvestStatus.FAILED:
        return None
    found = harvests(
        connection,
        HarvestRow.source == harvest.source,
        HarvestRow.list == harvest.list,
        HarvestRow.observed_at == harvest.observed_at,
        HarvestRow.status != HarvestStatus.FAILED,
    )
    return found[0] if found else None


def _distinct(sightings: Iterable[Sighting]) -> dict[ItemKey, Sighting]:
    kept: dict[ItemKey, Sighting] = {}
    for sighting in sightings:
        kept.setdefault(sighting.item.key, sighting)
    return kept


def _identified(connection: Connection, keys: Collection[ItemKey], at: datetime) -> dict[ItemKey, int]:
    """The ids of items, given to those that are new; one is known from the earliest moment that it was seen."""
    known = item_ids(connection, keys)
    for batch in batches(known.values()):
        later = ItemRow.id.in_(batch), ItemRow.first_seen_at > at
        connection.execute(update(ItemRow).where(*later).values(first_seen_at=at))
    new = [key for key in keys if key not in known]
    if not new:
        return known
    connection.execute(insert(ItemRow), [{**_fields(key), "first_seen_at": at} for key in new])
    return known | item_ids(connection, new)


def _fields(value: ItemKey | Words | Harvest) -> dict[str, Any]:
    """The fields of a dataclass as columns of a row; not copied, as ``asdict`` would."""
    return {field.name: getattr(value, field.name) for field in fields(value)}


def _keep_words(connection: Connection, items: Mapping[int, Item], at: datetime) -> None:
    """Add a version for each item whose words differ from those last seen at that time."""
    known = latest_words(connection, items, at)
    new = []
    for item_id, item in items.items():
        before, words = known.get(item_id), Words.of(item)
        if before is not None:
            words = words.after(before)
        if words != before:
            new.append({**_fields(words), "item_id": item_id, "seen_at": at})
    if new:
        connection.execute(insert(ItemVersionRow), new)


def _keep_harvest(connection: Connection, harvest: Harvest) -> Harvest:
    row = _fields(harvest)
    del row["id"]  # the database gives it
    return replace(harvest, id=connection.execute(insert(HarvestRow).values(row).returning(HarvestRow.id)).scalar_one())


def _keep_readings(connection: Connection, harvest: Harvest, sightings: Mapping[int, Sighting]) -> None:
    rows = [
        {
            "harvest_id": harvest.id,
            "item_id": item_id,
            "observed_at": harvest.observed_at,
            "rank": sighting.rank,
            "metrics": {metric.value: figure for metric, figure in sighting.metrics.items()},
        }
        for item_id, sighting in sightings.items()
    ]
    if rows:
        connection.execute(insert(ReadingRow), rows)
