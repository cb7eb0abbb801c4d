"""The turns that an admin gives to a broadcast: paused, resumed, cancelled, sent again. Each is safe to repeat."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, Select, Update, literal_column, select, update

from domain.deliveries import BroadcastId, BroadcastState, DeliveryState
from domain.errors import NotAllowed, NotFound
from storage.admin_actions import AdminAction, record_action
from storage.database import Database
from storage.schema import BroadcastRow, DeliveryRow

#: Rows that are changed in one transaction, so that replies can write in between.
CHUNK = 50_000


@dataclass(frozen=True, slots=True)
class _Turn:
    """Its name, the states it fits, and where it leads."""

    name: str
    fits: tuple[BroadcastState, ...]
    leads_to: BroadcastState
    done: str


_PAUSE = _Turn("pause", (BroadcastState.RUNNING,), BroadcastState.PAUSED, "paused")
_RESUME = _Turn("resume", (BroadcastState.PAUSED, BroadcastState.STOPPED), BroadcastState.RUNNING, "resumed")
_CANCEL = _Turn("cancel", (BroadcastState.RUNNING, *_RESUME.fits), BroadcastState.CANCELLED, "cancelled")


class Turns:
    """The turns of broadcasts. Raises StorageError."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def pause(self, broadcast: BroadcastId, *, at: datetime, by: str) -> None:
        """Send nothing more of it until it is resumed; what is on its way arrives. Raises NotFound, NotAllowed."""
        self._turn(broadcast, _PAUSE, at, by)

    def resume(self, broadcast: BroadcastId, *, at: datetime, by: str) -> None:
        """Go on with a paused or stopped broadcast where it stands. Raises NotFound, NotAllowed."""
        self._turn(broadcast, _RESUME, at, by)

    def cancel(self, broadcast: BroadcastId, *, at: datetime, by: str) -> None:
        """Send nothing more of it, ever. Raises NotFound, NotAllowed."""
        self._turn(broadcast, _CANCEL, at, by)
        change_in_chunks(self._database, _queued(broadcast), {"state": DeliveryState.CANCELLED})

    def _turn(self, broadcast: BroadcastId, turn: _Turn, at: datetime, by: str) -> None:
        with self._database.write() as connection:
            row = found(connection, broadcast)
            if row.state not in turn.fits:
                raise NotAllowed(f"Broadcast {broadcast} is {row.state}: it cannot be {turn.done} now.")
            change: dict[str, Any] = {"state": turn.leads_to, "error": "", "token_refused": False}
            if turn is _CANCEL:
                change["finished_at"] = at
            connection.execute(update(BroadcastRow).where(BroadcastRow.id == broadcast).values(change))
            _note(connection, broadcast, turn.name, at, by)

    def token_accepted(self, *, at: datetime) -> int:
        """Telegram knows the token again: what its refusal stopped goes on. Returns how many broadcasts."""
        with self._database.write() as connection:
            refused = select(BroadcastRow.id).where(
                BroadcastRow.state == BroadcastState.STOPPED, BroadcastRow.token_refused
            )
            broadcasts = connection.execute(refused).scalars().all()
            for broadcast in broadcasts:
                reopen(connection, broadcast)
                _note(connection, broadcast, "resume", at, "")
            return len(broadcasts)

    def retry_failed(self, broadcast: BroadcastId, *, at: datetime, by: str) -> int:
        """Owe it again to those who were refused it for a passing reason; never to who blocked us or is gone.

        Returns how many. Raises NotFound, and NotAllowed for a broadcast that was cancelled.
        """
        refused = _changing(broadcast, DeliveryState.REFUSED).where(DeliveryRow.passing)
        return self._again(broadcast, refused.values(queued_again(at)), "retry", at, by)

    def resend_uncertain(self, broadcast: BroadcastId, *, at: datetime, by: str) -> int:
        """An admin's word: send once more, silently, whatever may or may not have arrived, the channel's copy too.

        Returns how many. Raises NotFound, and NotAllowed for a broadcast that was cancelled.
        """
        uncertain = _changing(broadcast, DeliveryState.UNCERTAIN)
        return self._again(broadcast, uncertain.values(resent=True, **queued_again(at)), "resend", at, by)

    def _again(self, broadcast: BroadcastId, queueing: Update, act: str, at: datetime, by: str) -> int:
        with self._database.write() as connection:
            if found(connection, broadcast).state is BroadcastState.CANCELLED:
                raise NotAllowed(f"Broadcast {broadcast} is cancelled: nothing of it is sent any more.")
            count = connection.execute(queueing).rowcount
            if count:
                reopen(connection, broadcast)
                _note(connection, broadcast, act, at, by)
            return count


def change_in_chunks(database: Database, chosen: Select[Any], change: dict[str, Any]) -> None:
    """Change the chosen deliveries, some thousands in a transaction; what was changed must not be chosen any more."""
    some = chosen.limit(CHUNK).scalar_subquery()
    with database.session() as session:
        while True:
            with session.write() as connection:
                changed = connection.execute(update(DeliveryRow).where(DeliveryRow.id.in_(some)).values(change))
            if changed.rowcount < CHUNK:
                return


def found(connection: Connection, broadcast: int) -> Row[Any]:
    """The row of a broadcast. Raises NotFound."""
    row = connection.execute(select(*BroadcastRow.__table__.columns).where(BroadcastRow.id == broadcast)).first()
    if row is None:
        raise NotFound(f"There is no broadcast {broadcast}: `morningpost broadcasts` lists them.")
    return row


def reopen(connection: Connection, broadcast: int) -> None:
    """There is something to send again; a paused one stays paused."""
    closed = BroadcastRow.state.in_([BroadcastState.DONE, BroadcastState.STOPPED])
    connection.execute(
        update(BroadcastRow)
        .where(BroadcastRow.id == broadcast, closed)
        .values(state=BroadcastState.RUNNING, error="", token_refused=False, finished_at=None)
    )


def queued_again(at: datetime) -> dict[str, Any]:
    """What becomes of a row that is to be sent as if it had never been tried."""
    return {
        "state": DeliveryState.QUEUED,
        "due_at": at,
        "next_attempt_at": at,
        "attempts": 0,
        "passing": False,
        "settled_at": None,
        "error": "",
    }


def _queued(broadcast: int) -> Select[Any]:
    """The rows that are still owed; the state is written out, because SQLite must see that their index serves."""
    stands = DeliveryRow.state == literal_column(f"'{DeliveryState.QUEUED.value}'")
    return select(DeliveryRow.id).where(DeliveryRow.broadcast_id == broadcast, stands)


def _changing(broadcast: int, state: DeliveryState) -> Update:
    return update(DeliveryRow).where(DeliveryRow.broadcast_id == broadcast, DeliveryRow.state == state)


def hasten(database: Database, broadcast: int, at: datetime) -> None:
    """Let everything that is still owed be due at once."""
    later = _queued(broadcast).where(DeliveryRow.next_attempt_at > at, DeliveryRow.due_at > at)
    change_in_chunks(database, later, {"due_at": at, "next_attempt_at": at})


def _note(connection: Connection, broadcast: int, act: str, at: datetime, by: str) -> None:
    record_action(connection, AdminAction(at, by, f"broadcast.{act}", str(broadcast)))
