"""Old harvests thinned to one a day of each list; what an issue rests on stays, and its whole list with it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby

from sqlalchemy import Connection, delete, select

from domain.items import Source
from domain.readings import HarvestStatus
from storage.archive_reading import batches
from storage.schema import CitationKind, CitationRow, HarvestRow, ReadingRow


@dataclass(frozen=True, slots=True)
class Candidate:
    """A harvest that is old enough to go."""

    id: int
    source: Source
    list: str
    observed_at: datetime
    status: HarvestStatus
    cited: bool

    @property
    def day(self) -> tuple[Source, str, date]:
        """Of which list it is, and of which day (UTC)."""
        return self.source, self.list, self.observed_at.date()


def thin(connection: Connection, before: datetime) -> int:
    """Remove every harvest before a moment that may go, with its readings; return how many went."""
    doomed = list(superfluous(_candidates(connection, before)))
    for batch in batches(doomed):
        connection.execute(delete(ReadingRow).where(ReadingRow.harvest_id.in_(batch)))
        connection.execute(delete(HarvestRow).where(HarvestRow.id.in_(batch)))
    return len(doomed)


def superfluous(candidates: Iterable[Candidate]) -> Iterator[int]:
    """The harvests that may go: of one list on one day the cited stay, or else its last good one, or its last.

    A list is kept whole or not at all: with holes in it, it would prove absences that never were.
    """
    ordered = sorted(candidates, key=lambda harvest: (harvest.day, harvest.observed_at, harvest.id))
    for _, day in groupby(ordered, key=lambda harvest: harvest.day):
        harvests = list(day)
        kept = {harvest.id for harvest in harvests if harvest.cited} or {_last_good(harvests).id}
        yield from (harvest.id for harvest in harvests if harvest.id not in kept)


def _last_good(harvests: list[Candidate]) -> Candidate:
    good = [harvest for harvest in harvests if harvest.status is not HarvestStatus.FAILED]
    return (good or harvests)[-1]


def _candidates(connection: Connection, before: datetime) -> Iterator[Candidate]:
    cited = _cited(connection)
    rows = connection.execute(
        select(HarvestRow.id, HarvestRow.source, HarvestRow.list, HarvestRow.observed_at, HarvestRow.status).where(
            HarvestRow.observed_at < before
        )
    )
    return (Candidate(*row, cited=row.id in cited) for row in rows)


def _cited(connection: Connection) -> set[int]:
    """The harvests that an issue cites, by themselves or by one of their readings."""
    lists = select(CitationRow.cited_id).where(CitationRow.kind == CitationKind.HARVEST)
    figures = select(ReadingRow.harvest_id).where(
        ReadingRow.id.in_(select(CitationRow.cited_id).where(CitationRow.kind == CitationKind.READING))
    )
    return set(connection.execute(lists.union(figures)).scalars())
