"""One item among all that were ever read: found by a name that a reader knows, with every reading of it."""

from __future__ import annotations

from sqlalchemy import ColumnElement, Connection, case, desc, func, or_, select

from domain.following import Candidate, Course, Standing
from domain.readings import Metric
from storage.archive_reading import worded_items
from storage.database import Database
from storage.schema import HarvestRow, ItemRow, ItemVersionRow, ReadingRow


class Following:
    """Items by name and number, and their readings. Every method raises StorageError."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def named(self, name: str, limit: int) -> tuple[Candidate, ...]:
        """Items of a name: those that bear it, or else that end on it, or else in whose name or title it stands.

        ``name`` is compared without regard to case; a name comes before a title, and what was read last before what was
        read long ago. Signs alone find nothing.
        """
        wanted = name.strip().strip("/").lower()
        if not any(map(str.isalnum, wanted)):
            return ()
        own = func.lower(ItemRow.external_id)
        with self._database.read() as connection:
            for condition in (own == wanted, own.endswith(f"/{wanted}", autoescape=True), _says(own, wanted)):
                numbers = _numbers(connection, condition, own.contains(wanted, autoescape=True), limit)
                if numbers:
                    return tuple(_candidate(connection, number) for number in numbers)
        return ()

    def course(self, number: int) -> Course | None:
        """An item and all its readings; None when there is no such item, or nothing was read of it."""
        with self._database.read() as connection:
            standings = tuple(_standings(connection, number))
            return Course(_candidate(connection, number), standings) if standings else None


def _says(own: ColumnElement[str], wanted: str) -> ColumnElement[bool]:
    titled = select(ItemVersionRow.item_id).where(func.lower(ItemVersionRow.title).contains(wanted, autoescape=True))
    return or_(own.contains(wanted, autoescape=True), ItemRow.id.in_(titled))


def _numbers(
    connection: Connection, condition: ColumnElement[bool], by_name: ColumnElement[bool], limit: int
) -> list[int]:
    """The items that fulfil a condition and were read at least once."""
    read_last = select(func.max(ReadingRow.id)).where(ReadingRow.item_id == ItemRow.id).scalar_subquery()
    last = read_last.label("last")
    found = (
        select(ItemRow.id, last)
        .where(condition, read_last.is_not(None))
        .order_by(case((by_name, 0), else_=1), desc("last"))
        .limit(limit)
    )
    return [row.id for row in connection.execute(found)]


def _candidate(connection: Connection, number: int) -> Candidate:
    """An item in the words that were seen last."""
    newest = select(func.max(ItemVersionRow.id)).where(ItemVersionRow.item_id == number).scalar_subquery()
    (item,) = worded_items(connection, ItemVersionRow.id == newest)
    return Candidate(number, item)


def _standings(connection: Connection, number: int) -> list[Standing]:
    rows = connection.execute(
        select(HarvestRow.source, HarvestRow.list, ReadingRow.observed_at, ReadingRow.rank, ReadingRow.metrics)
        .join(HarvestRow, HarvestRow.id == ReadingRow.harvest_id)
        .where(ReadingRow.item_id == number)
        .order_by(ReadingRow.observed_at, ReadingRow.id)
    )
    return [
        Standing(
            row.source, row.list, row.observed_at, row.rank, {Metric(name): row.metrics[name] for name in row.metrics}
        )
        for row in rows
    ]
