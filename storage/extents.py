"""Where rows of deliveries lie: read in the order of their ids, a million takes a tenth of what an index costs."""

from __future__ import annotations

from sqlalchemy import ColumnElement, Connection, func, select

from storage.schema import DeliveryRow


def extent(connection: Connection, rows: ColumnElement[bool]) -> range:
    """The ids between which such rows lie, others among them; empty when there are none."""
    found = connection.execute(select(func.min(DeliveryRow.id), func.max(DeliveryRow.id)).where(rows)).all()
    ends = [end for row in found for end in row if end is not None]
    return range(min(ends), max(ends) + 1) if ends else range(0)


def within(ids: range) -> ColumnElement[bool]:
    """Whether a row lies there."""
    return DeliveryRow.id.between(ids.start, ids.stop - 1)
