"""Who the readers are, in numbers: by language, layout, topic and campaign, and who joined and left on which day."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Text, cast, func, select
from sqlalchemy.orm import InstrumentedAttribute
from sqlalchemy.sql.functions import count

from domain.editions import Style
from domain.movement import Movement
from domain.readers import SubscriberState
from storage.database import Database
from storage.schema import SubscriberRow

#: How a reader goes: by his word, by blocking us, or with his account.
_GONE = (SubscriberState.LEFT, SubscriberState.BLOCKED, SubscriberState.GONE)


class Readership:
    """Counts over the readers' list. Every method raises StorageError."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def languages(self) -> Mapping[str, int]:
        """Active readers by language, as ``de``; the most first."""
        found: Counter[str] = Counter()
        for language, readers in self._grouped(SubscriberRow.language):
            found[language.partition("-")[0].lower() or "en"] += readers
        return dict(found.most_common())

    def styles(self) -> Mapping[Style, int]:
        """Active readers by the layout in which they read; the most first."""
        return dict(Counter(dict(self._grouped(SubscriberRow.style))).most_common())

    def campaigns(self) -> Mapping[str, int]:
        """Active readers by the link that brought them; those without one are left out; the most first."""
        found = {campaign: readers for campaign, readers in self._grouped(SubscriberRow.came_from) if campaign}
        return dict(Counter(found).most_common())

    def topics(self) -> Mapping[str, int]:
        """Active readers by topic; one with two topics counts for each; the most first."""
        wanted = select(SubscriberRow.topics).where(SubscriberRow.state == SubscriberState.ACTIVE)
        found: Counter[str] = Counter()
        with self._database.read() as connection:
            for (topics,) in connection.execution_options(yield_per=10_000).execute(wanted):
                found.update(topics)
        return dict(found.most_common())

    def movement(self, since: datetime) -> Movement:
        """Who came and went since a moment (aware UTC)."""
        came = SubscriberRow.joined_at >= since
        went = SubscriberRow.state.in_(_GONE) & (SubscriberRow.state_since >= since)
        with self._database.read() as connection:
            return Movement(
                _by_day(connection, SubscriberRow.joined_at, came),
                _by_day(connection, SubscriberRow.state_since, went),
                _by_campaign(connection, came),
                _by_campaign(connection, went),
            )

    def _grouped(self, column: InstrumentedAttribute[Any]) -> list[tuple[Any, int]]:
        wanted = select(column, count()).where(SubscriberRow.state == SubscriberState.ACTIVE).group_by(column)
        with self._database.read() as connection:
            return [(value, readers) for value, readers in connection.execute(wanted)]


def _by_campaign(connection: Connection, which: ColumnElement[bool]) -> Mapping[str, int]:
    counted = select(SubscriberRow.came_from, count()).where(which, SubscriberRow.came_from != "")
    rows = connection.execute(counted.group_by(SubscriberRow.came_from)).all()
    return dict(Counter(dict(rows)).most_common())


def _by_day(
    connection: Connection, moment: InstrumentedAttribute[datetime], which: ColumnElement[bool]
) -> Mapping[date, int]:
    """Readers by the day (UTC) of a moment of theirs, the earliest first."""
    if connection.dialect.name == "sqlite":
        day: ColumnElement[str] = func.substr(cast(moment, Text), 1, len("2026-07-04"))
    else:
        day = func.to_char(func.timezone("UTC", moment), "YYYY-MM-DD")
    counted = select(day.label("day"), count()).where(which).group_by("day").order_by("day")
    return {date.fromisoformat(found): readers for found, readers in connection.execute(counted)}
