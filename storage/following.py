"""One item among all that were ever read: found by a name that a reader knows, with every reading of it.

What two sites list under one name of one kind (a repository on GitHub and OSS Insight, a paper on arXiv and Hugging
Face) is one item to a reader.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from sqlalchemy import ColumnElement, Connection, and_, case, func, literal, or_, select
from sqlalchemy.orm import aliased

from domain.following import Candidate, Course, Standing
from domain.items import NEWS, Source
from domain.readings import Metric
from storage.archive_reading import worded_items
from storage.database import Database
from storage.schema import HarvestRow, ItemRow, ItemVersionRow, ReadingRow

#: Of several sites, whose item stands for all: the one that counts most about it.
_SITE: Final = case({site: place for place, site in enumerate(Source)}, value=ItemRow.source, else_=len(Source))


class Following:
    """Items by name and number, and their readings. Every method raises StorageError."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def named(self, name: str, limit: int) -> tuple[Candidate, ...]:
        """Items of a name: those that bear it; else those that end on it, then those that have it in a name or title.

        ``name`` is compared without regard to case; a name comes before a title, and what was read last before what was
        read long ago. Signs alone find nothing.
        """
        wanted = name.strip().strip("/").lower()
        if not any(map(str.isalnum, wanted)):
            return ()
        own = func.lower(ItemRow.external_id)
        with self._database.read() as connection:
            numbers = _numbers(connection, own == wanted, (), limit)
            if not numbers:
                ending, inside = own.endswith(f"/{wanted}", autoescape=True), own.contains(wanted, autoescape=True)
                numbers = _numbers(connection, _says(own, wanted), (ending, inside), limit)
            return tuple(_candidate(connection, number) for number in numbers)

    def course(self, number: int) -> Course | None:
        """An item and all its readings; None when there is no such item, or nothing was read of it."""
        with self._database.read() as connection:
            numbers = _same(connection, number)
            standings = tuple(_standings(connection, numbers))
            return Course(_candidate(connection, numbers[0]), standings) if standings else None


def _says(own: ColumnElement[str], wanted: str) -> ColumnElement[bool]:
    titled = select(ItemVersionRow.item_id).where(func.lower(ItemVersionRow.title).contains(wanted, autoescape=True))
    return or_(own.contains(wanted, autoescape=True), ItemRow.id.in_(titled))


def _numbers(
    connection: Connection, condition: ColumnElement[bool], first: Sequence[ColumnElement[bool]], limit: int
) -> list[int]:
    """The items that fulfil a condition and were read at least once, one of each name and kind, ``first`` before all.

    Of one that several sites list, the first site's in the order of ``Source`` stands for it.
    """
    name = func.lower(ItemRow.external_id)
    read_last = select(func.max(ReadingRow.id)).where(ReadingRow.item_id == ItemRow.id).scalar_subquery()
    within = ItemRow.kind, name
    first_ones = [(each, place) for place, each in enumerate(first)]
    ranked = (
        select(
            ItemRow.id,
            (case(*first_ones, else_=len(first)) if first_ones else literal(0)).label("place"),
            func.max(read_last).over(partition_by=within).label("last"),
            func.row_number().over(partition_by=within, order_by=(_SITE, ItemRow.id)).label("site"),
        )
        .where(condition, ItemRow.source.in_(NEWS), read_last.is_not(None))
        .subquery()
    )
    found = select(ranked.c.id).where(ranked.c.site == 1).order_by(ranked.c.place, ranked.c.last.desc()).limit(limit)
    return list(connection.scalars(found))


def _same(connection: Connection, number: int) -> list[int]:
    """The numbers of an item on every site that lists it under the same name, in the order of ``Source``."""
    asked = aliased(ItemRow)
    alike = and_(ItemRow.kind == asked.kind, func.lower(ItemRow.external_id) == func.lower(asked.external_id))
    same = select(ItemRow.id).join(asked, alike).where(asked.id == number)
    return list(connection.scalars(same.order_by(_SITE, ItemRow.id)))


def _candidate(connection: Connection, number: int) -> Candidate:
    """An item in the words that were seen last."""
    newest = select(func.max(ItemVersionRow.id)).where(ItemVersionRow.item_id == number).scalar_subquery()
    (item,) = worded_items(connection, ItemVersionRow.id == newest)
    return Candidate(number, item)


def _standings(connection: Connection, numbers: list[int]) -> list[Standing]:
    rows = connection.execute(
        select(HarvestRow.source, HarvestRow.list, ReadingRow.observed_at, ReadingRow.rank, ReadingRow.metrics)
        .join(HarvestRow, HarvestRow.id == ReadingRow.harvest_id)
        .where(ReadingRow.item_id.in_(numbers))
        .order_by(ReadingRow.observed_at, ReadingRow.id)
    )
    return [
        Standing(
            row.source, row.list, row.observed_at, row.rank, {Metric(name): row.metrics[name] for name in row.metrics}
        )
        for row in rows
    ]
