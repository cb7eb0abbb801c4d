"""Updates from Telegram, each kept until it is answered, so that it is answered once, whoever is killed meanwhile."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, Connection, and_, delete, or_, select, update

from domain.updates import Incoming, Inheritance, Kept, Progress
from storage.conflicts import insert_into
from storage.database import Database
from storage.schema import UpdateRow

#: Taken over in one transaction at most.
MOST_AT_ONCE = 500


class Updates:
    """The updates of one bot (``bot_id``, the number its token begins with). Every method raises StorageError.

    A row is *waiting* until its first answer is about to leave, then *begun*, and *ended* when it was handled. Its body
    goes when it is begun, for from then on nobody handles it again; its number stays until it is pruned, so that
    Telegram may repeat it.
    """

    def __init__(self, database: Database, bot_id: int) -> None:
        self._database = database
        self._bot_id = bot_id

    def keep(self, progress: Progress, worker: str, now: datetime, until: datetime) -> Kept:
        """Write a progress down in one transaction; what is taken is the worker's until ``until``."""
        with self._database.write() as connection:
            new = self._take(connection, progress.taken, worker, now, until) if progress.taken else ()
            ours = self._begin(connection, progress.begun, worker, now) if progress.begun else ()
            if progress.ended:
                self._end(connection, progress.ended, worker, now)
        return Kept(frozenset(new), frozenset(ours))

    def renew(self, worker: str, until: datetime) -> None:
        """Keep what a worker has not ended yet for longer."""
        with self._database.write() as connection:
            connection.execute(update(UpdateRow).where(self._held_by(worker)).values(lease_until=until))

    def release(self, worker: str, now: datetime) -> None:
        """Give what a worker has not begun to whoever comes next."""
        waiting = update(UpdateRow).where(self._held_by(worker), UpdateRow.begun_at.is_(None))
        with self._database.write() as connection:
            connection.execute(waiting.values(lease_until=now))

    def holders(self) -> Sequence[str]:
        """The workers that hold updates which are not ended."""
        with self._database.read() as connection:
            return connection.scalars(select(UpdateRow.worker).where(self._open).distinct()).all()

    def inherit(self, worker: str, dead: Collection[str], now: datetime, until: datetime) -> Inheritance:
        """Take over what the ``dead`` left behind, and everyone whose lease has run out; oldest first.

        What they had begun is ended, as uncertain: nobody can tell whether the answer left.
        """
        left = and_(self._open, or_(UpdateRow.worker.in_(list(dead)), UpdateRow.lease_until <= now))
        with self._database.write() as connection:
            uncertain = (
                update(UpdateRow).where(left, UpdateRow.begun_at.is_not(None)).values(ended_at=now, uncertain=True)
            )
            doubtful = sorted(connection.scalars(uncertain.returning(UpdateRow.update_id)))
            oldest = select(UpdateRow.update_id).where(left, UpdateRow.begun_at.is_(None))
            oldest = oldest.order_by(UpdateRow.update_id).limit(MOST_AT_ONCE).with_for_update(skip_locked=True)
            taken = update(UpdateRow).where(self._open, UpdateRow.update_id.in_(connection.scalars(oldest).all()))
            columns = UpdateRow.update_id, UpdateRow.body
            rows = connection.execute(taken.values(worker=worker, lease_until=until).returning(*columns)).all()
        return Inheritance(sorted((Incoming(*row) for row in rows), key=lambda each: each.number), doubtful)

    def prune(self, before: datetime) -> int:
        """Forget the numbers of updates that were ended before a moment; how many."""
        old = delete(UpdateRow).where(self._own, UpdateRow.ended_at < before)
        with self._database.write() as connection:
            return connection.execute(old).rowcount

    def uncertain(self) -> Sequence[int]:
        """The numbers of updates that may have been answered or not, oldest first."""
        doubtful = select(UpdateRow.update_id).where(self._own, UpdateRow.uncertain).order_by(UpdateRow.update_id)
        with self._database.read() as connection:
            return connection.scalars(doubtful).all()

    @property
    def _own(self) -> ColumnElement[bool]:
        return UpdateRow.bot_id == self._bot_id

    @property
    def _open(self) -> ColumnElement[bool]:
        return and_(self._own, UpdateRow.ended_at.is_(None))

    def _held_by(self, worker: str) -> ColumnElement[bool]:
        return and_(self._open, UpdateRow.worker == worker)

    def _take(
        self, connection: Connection, taken: Sequence[Incoming], worker: str, now: datetime, until: datetime
    ) -> Sequence[int]:
        held = {"bot_id": self._bot_id, "worker": worker, "taken_at": now, "lease_until": until}
        rows = [{"update_id": each.number, "body": each.body, **held} for each in taken]
        first = insert_into(connection, UpdateRow).on_conflict_do_nothing().returning(UpdateRow.update_id)
        return connection.scalars(first, rows).all()

    def _begin(self, connection: Connection, begun: Sequence[int], worker: str, now: datetime) -> Sequence[int]:
        waiting = self._held_by(worker), UpdateRow.begun_at.is_(None), UpdateRow.update_id.in_(begun)
        values = update(UpdateRow).where(*waiting).values(begun_at=now, body="")
        return connection.scalars(values.returning(UpdateRow.update_id)).all()

    def _end(self, connection: Connection, ended: Sequence[int], worker: str, now: datetime) -> None:
        own = update(UpdateRow).where(self._held_by(worker), UpdateRow.update_id.in_(ended))
        connection.execute(own.values(ended_at=now, body=""))
