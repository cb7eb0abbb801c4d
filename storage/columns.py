"""Column types that mean the same on SQLite and PostgreSQL: aware moments, enums by value, wide integers."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import UTC, datetime
from enum import StrEnum

from sqlalchemy import BigInteger, DateTime, Dialect, Integer, Text
from sqlalchemy import Enum as EnumColumn
from sqlalchemy.types import TypeDecorator

#: A number of 64 bits that can count up by itself: SQLite does that only for a column called INTEGER.
WIDE_ID = BigInteger().with_variant(Integer(), "sqlite")


class Moment(TypeDecorator[datetime]):
    """An aware datetime in UTC, to the microsecond; a naive one is refused, never guessed.

    PostgreSQL keeps ``timestamptz``; SQLite has no such type and keeps text that sorts as the moments do.
    """

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Raises ValueError for a naive datetime."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(f"{value.isoformat()} has no time zone; moments are stored aware")
        moment = value.astimezone(UTC)
        return moment.replace(tzinfo=None) if dialect.name == "sqlite" else moment

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Always UTC, whatever zone the session of the server speaks in."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if dialect.name == "sqlite" else value.astimezone(UTC)


class Names(TypeDecorator[tuple[str, ...]]):
    """A few words in their order, as an array of JSON in plain text: unlike JSON it may have a default."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: Iterable[str] | None, dialect: Dialect) -> str | None:
        """The words as JSON."""
        return None if value is None else json.dumps(list(value), ensure_ascii=False)

    def process_result_value(self, value: str | None, dialect: Dialect) -> tuple[str, ...] | None:
        """The words again."""
        return None if value is None else tuple(json.loads(value))


def by_value(kind: type[StrEnum]) -> EnumColumn:
    """An enum kept as its value in plain text, so that a new member needs no migration."""
    return EnumColumn(
        kind,
        native_enum=False,
        length=32,
        values_callable=lambda members: [member.value for member in members],
    )
