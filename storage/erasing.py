"""Erasing rows that are no longer wanted: looked for first, so that nobody waits for a lock when there are none."""

from __future__ import annotations

from sqlalchemy import ColumnElement, delete, literal, select

from storage.database import Database
from storage.schema import Table


def erase(database: Database, rows: type[Table], unwanted: ColumnElement[bool]) -> int:
    """Delete the rows of a table for which a condition holds; how many. Raises StorageError."""
    with database.read() as connection:
        if connection.scalar(select(literal(1)).select_from(rows).where(unwanted).limit(1)) is None:
            return 0
    with database.write() as connection:
        return connection.execute(delete(rows).where(unwanted)).rowcount
