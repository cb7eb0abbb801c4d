"""Statements for the bare driver: the few that run with every tick, too often to be built and typed each time.

A statement is written once, with ``:name`` for what is put in, and with words in ``{braces}`` where the engines differ.
Moments go in and come out as each driver keeps them, as ``storage.columns.Moment`` does elsewhere.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import Connection

_NAME = re.compile(r"(?<!:):(\w+)")

_SQLITE = {
    "among_ids": "IN (SELECT value FROM json_each(:ids))",
    "and_lock": "",
    "clock": "NULL",
    "true": "1",
    "false": "0",
}
_POSTGRESQL = {
    "among_ids": "= ANY (CAST(:ids AS bigint[]))",
    "and_lock": "FOR UPDATE",
    "clock": "clock_timestamp()",
    "true": "true",
    "false": "false",
}


class Statement:
    """One statement in the words of both engines."""

    def __init__(self, words: str) -> None:
        self.sqlite = words.format_map(_SQLITE)
        self.postgresql = _NAME.sub(r"%(\1)s", words.format_map(_POSTGRESQL))


class Bare:
    """The driver's cursor of a transaction that SQLAlchemy began and will end."""

    def __init__(self, connection: Connection) -> None:
        self.is_sqlite = connection.dialect.name == "sqlite"
        driver: Any = connection.connection.driver_connection
        self._cursor = driver.cursor()

    def run(self, statement: Statement, asked: Mapping[str, Any]) -> int:
        """Run a statement; returns how many rows it touched."""
        self._cursor.execute(statement.sqlite if self.is_sqlite else statement.postgresql, asked)
        touched: int = self._cursor.rowcount
        return touched

    def run_many(self, statement: str, every: Sequence[tuple[Any, ...]]) -> None:
        """Run one statement with each of many things put in: only SQLite does it fast."""
        self._cursor.executemany(statement, every)

    def rows(self, statement: Statement, asked: Mapping[str, Any]) -> list[tuple[Any, ...]]:
        """Every row that a statement answers with."""
        self._cursor.execute(statement.sqlite if self.is_sqlite else statement.postgresql, asked)
        found: list[tuple[Any, ...]] = self._cursor.fetchall()
        return found

    def moment(self, moment: datetime) -> Any:
        """An aware moment as the driver takes it."""
        return moment.astimezone(UTC).isoformat(" ", "microseconds")[:26] if self.is_sqlite else moment

    def read_moment(self, kept: Any) -> datetime:
        """A moment as the driver gives it, aware in UTC."""
        moment: datetime = datetime.fromisoformat(f"{kept}+00:00") if self.is_sqlite else kept.astimezone(UTC)
        return moment

    def moment_or_none(self, kept: Any) -> datetime | None:
        """The same where there may be none."""
        return None if kept is None else self.read_moment(kept)

    def read_day(self, kept: Any) -> date:
        """A day as the driver gives it."""
        day: date = date.fromisoformat(kept) if self.is_sqlite else kept
        return day

    def read_json(self, kept: Any) -> Any:
        """A JSON column as the driver gives it."""
        return json.loads(kept) if self.is_sqlite else kept

    def ids(self, numbers: Iterable[int]) -> str:
        """Numbers as ``{among_ids}`` of a statement reads them."""
        written = ",".join(map(str, numbers))
        return f"[{written}]" if self.is_sqlite else f"{{{written}}}"

    @staticmethod
    def moments(moments: Iterable[datetime]) -> str:
        """Moments as PostgreSQL reads an array of them."""
        return "{" + ",".join(moment.isoformat() for moment in moments) + "}"
