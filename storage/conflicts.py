"""``INSERT … ON CONFLICT`` in the dialect of a connection: both engines know it, SQLAlchemy names it twice."""

from __future__ import annotations

from sqlalchemy import Connection
from sqlalchemy.dialects import postgresql, sqlite

from storage.schema import Table


def insert_into(connection: Connection, table: type[Table]) -> postgresql.Insert | sqlite.Insert:
    """An INSERT that has ``on_conflict_do_nothing`` and ``on_conflict_do_update``."""
    if connection.dialect.name == "sqlite":
        return sqlite.insert(table)
    return postgresql.insert(table)
