"""What is wrong since when, and whether it was told: whoever tells takes it first, so that one does it."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, and_, delete, or_, select, update

from domain.alarms import Alarm, Standing
from storage.conflicts import insert_into
from storage.database import Database
from storage.erasing import erase
from storage.schema import AlarmRow


class AlarmBook:
    """The alarms that stand. Every method raises StorageError."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def standing(self, places: Collection[str]) -> Sequence[Standing]:
        """The alarms of some places that stand, oldest first."""
        columns = AlarmRow.what, AlarmRow.place, AlarmRow.why, AlarmRow.since, AlarmRow.told_at
        wanted = select(*columns).where(AlarmRow.place.in_(list(places))).order_by(AlarmRow.since, AlarmRow.what)
        with self._database.read() as connection:
            return [
                Standing(Alarm(row.what, row.why, row.place), row.since, row.told_at)
                for row in connection.execute(wanted)
            ]

    def take_raised(self, alarm: Alarm, now: datetime, until: datetime) -> bool:
        """Take an alarm to tell it; False when it was told, or when another is at it."""
        row = {"what": alarm.what, "place": alarm.place, "why": alarm.why, "since": now, "lease_until": until}
        free = update(AlarmRow).where(_named(alarm), AlarmRow.told_at.is_(None), _is_free(now))
        with self._database.write() as connection:
            first = insert_into(connection, AlarmRow).values(**row).on_conflict_do_nothing().returning(AlarmRow.what)
            if connection.execute(first).first() is not None:
                return True
            return connection.execute(free.values(lease_until=until)).rowcount > 0

    def raised(self, alarm: Alarm, at: datetime) -> None:
        """Note that it was told."""
        told = update(AlarmRow).where(_named(alarm), AlarmRow.told_at.is_(None))
        with self._database.write() as connection:
            connection.execute(told.values(told_at=at, lease_until=None))

    def take_over(self, alarm: Alarm, now: datetime, until: datetime) -> bool:
        """Take an alarm that is over to tell that; False when another did, or is at it."""
        ending = update(AlarmRow).where(_named(alarm), _is_free(now))
        with self._database.write() as connection:
            return connection.execute(ending.values(lease_until=until)).rowcount > 0

    def over(self, alarm: Alarm) -> None:
        """Note that it was told that it is over."""
        with self._database.write() as connection:
            connection.execute(delete(AlarmRow).where(_named(alarm)))

    def prune(self, place: str, before: datetime) -> int:
        """Forget the alarms of a place that stand since before a moment, for nobody tells their end; how many."""
        return erase(self._database, AlarmRow, and_(AlarmRow.place == place, AlarmRow.since < before))


def _named(alarm: Alarm) -> ColumnElement[bool]:
    return and_(AlarmRow.what == alarm.what, AlarmRow.place == alarm.place)


def _is_free(now: datetime) -> ColumnElement[bool]:
    return or_(AlarmRow.lease_until.is_(None), AlarmRow.lease_until <= now)
