"""Rows of the archive back into harvests, readings and items; tens of thousands at a time, so no ORM objects."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import datetime

from sqlalchemy import ColumnElement, Connection, ScalarSelect, func, select
from sqlalchemy.orm import aliased

from domain.items import Item, ItemKey, Kind, Source
from domain.readings import Harvest, Metric, Reading
from storage.schema import HarvestRow, ItemRow, ItemVersionRow, ReadingRow
from storage.words import Words

#: How many values one statement names at most; SQLite takes 32,766 of them.
_BATCH = 1000

#: Rows that wait in memory while a long answer is read.
_ROWS_AT_ONCE = 2000

#: The words of an item, beside those that a query is about.
_Version = aliased(ItemVersionRow)

_WORDS = (
    ItemVersionRow.title,
    ItemVersionRow.url,
    ItemVersionRow.publisher,
    ItemVersionRow.summary,
    ItemVersionRow.tags,
    ItemVersionRow.created_at,
)

_METRICS: Mapping[str, Metric] = {metric.value: metric for metric in Metric}


def batches(ids: Collection[int]) -> Iterator[list[int]]:
    """Ids in order, in lists that a statement can name."""
    ordered = sorted(ids)
    for start in range(0, len(ordered), _BATCH):
        yield ordered[start : start + _BATCH]


def harvests(connection: Connection, *conditions: ColumnElement[bool]) -> list[Harvest]:
    """Harvests in the order of time."""
    columns = HarvestRow.__table__.columns
    rows = connection.execute(select(*columns).where(*conditions).order_by(HarvestRow.observed_at, HarvestRow.id))
    return [Harvest(**row) for row in rows.mappings()]


def readings(connection: Connection, condition: ColumnElement[bool]) -> Iterator[Reading]:
    """Readings in the order of their ids; those of one item share its key, those of one harvest its moment."""
    keys = _keys_read(connection, condition)
    moments = _moments_read(connection, condition)
    rows = connection.execute(
        select(ReadingRow.id, ReadingRow.harvest_id, ReadingRow.item_id, ReadingRow.rank, ReadingRow.metrics)
        .where(condition)
        .order_by(ReadingRow.id)
        .execution_options(yield_per=_ROWS_AT_ONCE)
    )
    for reading_id, harvest_id, item_id, rank, metrics in rows:
        figures = {_METRICS[name]: figure for name, figure in metrics.items()}
        yield Reading(reading_id, harvest_id, keys[item_id], moments[harvest_id], rank, figures)


def _keys_read(connection: Connection, condition: ColumnElement[bool]) -> dict[int, ItemKey]:
    rows = connection.execute(
        select(ItemRow.id, ItemRow.source, ItemRow.kind, ItemRow.external_id).where(
            ItemRow.id.in_(select(ReadingRow.item_id).where(condition))
        )
    )
    return {row.id: ItemKey(row.source, row.kind, row.external_id) for row in rows}


def _moments_read(connection: Connection, condition: ColumnElement[bool]) -> dict[int, datetime]:
    rows = connection.execute(
        select(HarvestRow.id, HarvestRow.observed_at).where(
            HarvestRow.id.in_(select(ReadingRow.harvest_id).where(condition))
        )
    )
    return {row.id: row.observed_at for row in rows}


def items(connection: Connection, as_of: datetime, conditions: Iterable[ColumnElement[bool]]) -> dict[ItemKey, Item]:
    """Items that fulfil one of the conditions, in the words last seen at a moment, or else in their first ones."""
    of_the_time = ItemVersionRow.id == func.coalesce(version_at(as_of), _first_version())
    return {item.key: item for condition in conditions for item in worded_items(connection, of_the_time, condition)}


def worded_items(connection: Connection, *conditions: ColumnElement[bool]) -> Iterator[Item]:
    """Items in the words of the versions that fulfil the conditions."""
    rows = connection.execute(
        select(
            ItemRow.source,
            ItemRow.kind,
            ItemRow.external_id,
            ItemRow.first_seen_at,
            ItemVersionRow.id.label("version"),
            ItemVersionRow.seen_at,
            *_WORDS,
        )
        .join(ItemVersionRow, ItemVersionRow.item_id == ItemRow.id)
        .where(*conditions)
        .execution_options(yield_per=_ROWS_AT_ONCE)
    )
    for row in rows:
        yield Item(
            key=ItemKey(row.source, row.kind, row.external_id),
            url=row.url,
            title=row.title,
            seen_at=row.seen_at,
            publisher=row.publisher,
            summary=row.summary,
            tags=tuple(row.tags),
            created_at=row.created_at,
            first_seen_at=row.first_seen_at,
            version=row.version,
        )


def version_at(moment: datetime) -> ScalarSelect[int]:
    """The id of the words of an item that were last seen at a moment."""
    return (
        select(_Version.id)
        .where(_Version.item_id == ItemRow.id, _Version.seen_at <= moment)
        .order_by(_Version.seen_at.desc(), _Version.id.desc())
        .limit(1)
        .correlate(ItemRow)
        .scalar_subquery()
    )


def _first_version() -> ScalarSelect[int]:
    return (
        select(_Version.id)
        .where(_Version.item_id == ItemRow.id)
        .order_by(_Version.seen_at, _Version.id)
        .limit(1)
        .correlate(ItemRow)
        .scalar_subquery()
    )


def latest_words(connection: Connection, item_ids: Collection[int], at: datetime) -> dict[int, Words]:
    """The words of items that were last seen at a moment; an item of which none were is left out."""
    return {
        row.item_id: Words(row.title, row.url, row.publisher, row.summary, tuple(row.tags), row.created_at)
        for batch in batches(item_ids)
        for row in connection.execute(
            select(ItemVersionRow.item_id, *_WORDS)
            .join(ItemRow, ItemVersionRow.id == version_at(at))
            .where(ItemRow.id.in_(batch))
        )
    }


def item_ids(connection: Connection, keys: Collection[ItemKey]) -> dict[ItemKey, int]:
    """The ids of those items that are known."""
    sorts: defaultdict[tuple[Source, Kind], dict[str, ItemKey]] = defaultdict(dict)
    for key in keys:
        sorts[key.source, key.kind][key.external_id] = key
    return {
        named[external_id]: item_id
        for (source, kind), named in sorts.items()
        for external_id, item_id in _ids_of_sort(connection, source, kind, list(named))
    }


def _ids_of_sort(connection: Connection, source: Source, kind: Kind, names: list[str]) -> Iterator[tuple[str, int]]:
    for start in range(0, len(names), _BATCH):
        rows = connection.execute(
            select(ItemRow.external_id, ItemRow.id).where(
                ItemRow.source == source,
                ItemRow.kind == kind,
                ItemRow.external_id.in_(names[start : start + _BATCH]),
            )
        )
        yield from ((row.external_id, row.id) for row in rows)
