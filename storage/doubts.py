"""Evidence that is no longer trusted: marked with a reason, never rewritten, and found in every issue that cites it."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import ColumnElement, Connection, exists, insert, or_, select

from domain.errors import NotFound
from storage.admin_actions import AdminAction, record_action
from storage.schema import (
    CitationKind,
    CitationRow,
    DoubtRow,
    HarvestRow,
    IssueRow,
    ItemVersionRow,
    ReadingRow,
)


@dataclass(frozen=True, slots=True)
class Doubt:
    """A reading, a harvest (a whole list) or a version of an item's words that is not to be trusted, and why."""

    kind: CitationKind
    id: int
    why: str
    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Doubted:
    """The ids of everything doubted, by kind."""

    readings: frozenset[int] = frozenset()
    harvests: frozenset[int] = frozenset()
    versions: frozenset[int] = frozenset()

    @classmethod
    def of(cls, doubts: Collection[Doubt]) -> Doubted:
        """The ids of some doubts."""
        ids: Mapping[CitationKind, set[int]] = {kind: set() for kind in CitationKind}
        for doubt in doubts:
            ids[doubt.kind].add(doubt.id)
        return cls(*(frozenset(ids[kind]) for kind in _IN_ORDER))


_IN_ORDER = (CitationKind.READING, CitationKind.HARVEST, CitationKind.VERSION)
_ROWS = {
    CitationKind.READING: ReadingRow.id,
    CitationKind.HARVEST: HarvestRow.id,
    CitationKind.VERSION: ItemVersionRow.id,
}


def write_doubt(connection: Connection, doubt: Doubt) -> None:
    """Mark evidence; marking it again keeps the first reason. Raises NotFound: nothing stored has that id."""
    if not connection.scalar(select(exists().where(_ROWS[doubt.kind] == doubt.id))):
        raise NotFound(f"There is no {doubt.kind} {doubt.id}: the JSON edition names the evidence of each sentence.")
    marked = exists().where(DoubtRow.kind == doubt.kind, DoubtRow.cited_id == doubt.id)
    if connection.scalar(select(marked)):
        return
    connection.execute(
        insert(DoubtRow).values(kind=doubt.kind, cited_id=doubt.id, why=doubt.why, by=doubt.by, at=doubt.at)
    )
    record_action(connection, AdminAction(doubt.at, doubt.by, "doubt", f"{doubt.kind} {doubt.id}", doubt.why))


def doubts(connection: Connection) -> list[Doubt]:
    """Everything doubted, the oldest mark first."""
    columns = select(DoubtRow.kind, DoubtRow.cited_id, DoubtRow.why, DoubtRow.by, DoubtRow.at)
    return [Doubt(*row) for row in connection.execute(columns.order_by(DoubtRow.at, DoubtRow.kind, DoubtRow.cited_id))]


def issues_citing(connection: Connection, kind: CitationKind, cited: int) -> Sequence[date]:
    """The days whose issues rest on the evidence: on itself, on the list it stood on, on what stood on the list."""
    query = (
        select(IssueRow.date)
        .where(exists().where(CitationRow.issue_date == IssueRow.date, or_(*_resting_on(kind, cited))))
        .order_by(IssueRow.date)
    )
    return connection.scalars(query).all()


def _resting_on(kind: CitationKind, cited: int) -> list[ColumnElement[bool]]:
    itself = (CitationRow.kind == kind) & (CitationRow.cited_id == cited)
    if kind is CitationKind.READING:
        list_of_it = select(ReadingRow.harvest_id).where(ReadingRow.id == cited).scalar_subquery()
        return [itself, (CitationRow.kind == CitationKind.HARVEST) & (CitationRow.cited_id == list_of_it)]
    if kind is CitationKind.HARVEST:
        on_it = select(ReadingRow.id).where(ReadingRow.harvest_id == cited)
        return [itself, (CitationRow.kind == CitationKind.READING) & CitationRow.cited_id.in_(on_it)]
    return [itself]
