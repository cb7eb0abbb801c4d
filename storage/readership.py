"""Who the readers are, in numbers: by language, topic and campaign, and who joined and left on which day."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from datetime import date, datetime

from sqlalchemy import Connection, select
from sqlalchemy.orm import InstrumentedAttribute
from sqlalchemy.sql.functions import count

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
        with self._database.read() as connection:
            joined = _by_day(connection, since)
            went = select(SubscriberRow.state_since).where(
                SubscriberRow.state.in_(_GONE), SubscriberRow.state_since >= since
            )
            left = Counter(at.date() for (at,) in connection.execute(went))
            came = (
                select(SubscriberRow.came_from, count())
                .where(SubscriberRow.joined_at >= since, SubscriberRow.came_from != "")
                .group_by(SubscriberRow.came_from)
            )
            campaigns = Counter({str(campaign): int(readers) for campaign, readers in connection.execute(came)})
        return Movement(joined, dict(sorted(left.items())), dict(campaigns.most_common()))

    def _grouped(self, column: InstrumentedAttribute[str]) -> list[tuple[str, int]]:
        wanted = select(column, count()).where(SubscriberRow.state == SubscriberState.ACTIVE).group_by(column)
        with self._database.read() as connection:
            return [(str(value), int(readers)) for value, readers in connection.execute(wanted)]


def _by_day(connection: Connection, since: datetime) -> Mapping[date, int]:
    came = select(SubscriberRow.joined_at).where(SubscriberRow.joined_at >= since)
    return dict(sorted(Counter(at.date() for (at,) in connection.execute(came)).items()))
