"""Acts of sending: opened, paused, resumed, cancelled, retried, and accounted for. Each act is one transaction."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, Row, Select, literal, select, update
from sqlalchemy.sql.dml import Update

from domain.deliveries import Broadcast, BroadcastId, BroadcastKind, BroadcastState, DeliveryState, Receipt
from domain.errors import NotAllowed, NotFound
from domain.issue import IssueState
from domain.readers import ChatId, SubscriberState
from storage.admin_actions import AdminAction, record_action
from storage.audience import Channel, channel_row, owe, readers, readers_by_hour
from storage.columns import Moment
from storage.conflicts import insert_into
from storage.database import Database
from storage.receipts import broadcast_of, receipt_of
from storage.schema import BroadcastRow, DeliveryRow, IssueRow, SubscriberRow


@dataclass(frozen=True, slots=True)
class _Act:
    """A turn that an admin gives to a broadcast: its name, the states it fits, and where it leads."""

    name: str
    fits: tuple[BroadcastState, ...]
    leads_to: BroadcastState
    done: str


_PAUSE = _Act("pause", (BroadcastState.RUNNING,), BroadcastState.PAUSED, "paused")
_RESUME = _Act("resume", (BroadcastState.PAUSED, BroadcastState.STOPPED), BroadcastState.RUNNING, "resumed")
_CANCEL = _Act("cancel", (BroadcastState.RUNNING, *_RESUME.fits), BroadcastState.CANCELLED, "cancelled")


class Broadcasts:
    """The acts on broadcasts. Raises StorageError."""

    def __init__(self, database: Database, channel: Channel | None = None) -> None:
        self._database = database
        self._channel = channel

    def open_issue(self, day: date, *, at: datetime, now: bool = False, by: str = "") -> Broadcast:
        """Owe a published issue to the channel, at once, and to every active reader of that weekday, at his hour.

        Doing it again changes nothing, except that ``now`` makes everything still owed due at once.
        Raises NotFound and NotAllowed: there is no such issue, or it is not published.
        """
        with self._database.write() as connection:
            _require_published(connection, day)
            broadcast = self._opened(connection, day, at, by)
            if broadcast is not None:
                self._owe(connection, broadcast, day, at, now=now)
            row = connection.execute(_issue_broadcast(day)).one()
            if now:
                _hasten(connection, row.id, at)
            return broadcast_of(row)

    def _opened(self, connection: Connection, day: date, at: datetime, by: str) -> int | None:
        """The new broadcast of an issue; None when it has one already."""
        opening = insert_into(connection, BroadcastRow).values(
            kind=BroadcastKind.ISSUE, state=BroadcastState.RUNNING, issue_date=day, by=by, created_at=at
        )
        return connection.execute(opening.on_conflict_do_nothing().returning(BroadcastRow.id)).scalar()

    def _owe(self, connection: Connection, broadcast: int, day: date, at: datetime, *, now: bool) -> None:
        if self._channel is not None:
            row = channel_row(broadcast, self._channel, at)
            connection.execute(insert_into(connection, DeliveryRow).values(**row))
        audience = [readers(day, literal(at, Moment()))] if now else readers_by_hour(connection, day, at)
        for part in audience:
            owe(connection, broadcast, at, part)

    def add_late(self, chat_id: ChatId, *, at: datetime, day: date | None = None) -> bool:
        """Owe the newest issue that went out (or that of ``day``) to one active reader, due at once.

        False when there is none, or when he has had it or will get it; so he gets each issue once, however often he
        leaves and comes back.
        """
        with self._database.write() as connection:
            row = connection.execute(_open_to_late(day)).first()
            if row is None:
                return False
            reader = readers(None, literal(at, Moment())).where(SubscriberRow.chat_id == chat_id)
            added = owe(connection, row.id, at, reader) or _owe_again(connection, row.id, chat_id, at)
            if added:
                _reopen(connection, row.id)
            return added

    def pause(self, broadcast: BroadcastId, *, at: datetime, by: str) -> None:
        """Send nothing more of it until it is resumed; what is on its way arrives. Raises NotFound, NotAllowed."""
        self._turn(broadcast, _PAUSE, at, by)

    def resume(self, broadcast: BroadcastId, *, at: datetime, by: str) -> None:
        """Go on with a paused or stopped broadcast where it stands. Raises NotFound, NotAllowed."""
        self._turn(broadcast, _RESUME, at, by)

    def cancel(self, broadcast: BroadcastId, *, at: datetime, by: str) -> None:
        """Send nothing more of it, ever. Raises NotFound, NotAllowed."""
        self._turn(broadcast, _CANCEL, at, by)

    def _turn(self, broadcast: BroadcastId, act: _Act, at: datetime, by: str) -> None:
        with self._database.write() as connection:
            row = _found(connection, broadcast)
            if row.state not in act.fits:
                raise NotAllowed(f"broadcast {broadcast} is {row.state}: it cannot be {act.done} now")
            change = {"state": act.leads_to, "error": "", "token_refused": False}
            connection.execute(update(BroadcastRow).where(BroadcastRow.id == broadcast).values(change))
            if act is _CANCEL:
                _cancel_queued(connection, broadcast, at)
            _note(connection, broadcast, act.name, at, by)

    def token_accepted(self, *, at: datetime) -> int:
        """Telegram knows the token again: what its refusal stopped goes on. Returns how many broadcasts."""
        with self._database.write() as connection:
            refused = select(BroadcastRow.id).where(
                BroadcastRow.state == BroadcastState.STOPPED, BroadcastRow.token_refused
            )
            broadcasts = connection.execute(refused).scalars().all()
            for broadcast in broadcasts:
                _reopen(connection, broadcast)
                _note(connection, broadcast, "resume", at, "")
            return len(broadcasts)

    def retry_failed(self, broadcast: BroadcastId, *, at: datetime, by: str) -> int:
        """Owe it again to those who were refused it for a passing reason; never to who blocked us or is gone.

        Returns how many. Raises NotFound.
        """
        refused = _standing(broadcast, DeliveryState.REFUSED).where(DeliveryRow.passing)
        return self._again(broadcast, refused.values(_queued_again(at)), "retry", at, by)

    def resend_uncertain(self, broadcast: BroadcastId, *, at: datetime, by: str) -> int:
        """An admin's word: send once more, silently, whatever may or may not have arrived, the channel's copy too.

        Returns how many. Raises NotFound.
        """
        uncertain = _standing(broadcast, DeliveryState.UNCERTAIN)
        return self._again(broadcast, uncertain.values(resent=True, **_queued_again(at)), "resend", at, by)

    def _again(self, broadcast: BroadcastId, queueing: Update, act: str, at: datetime, by: str) -> int:
        with self._database.write() as connection:
            _found(connection, broadcast)
            count = connection.execute(queueing).rowcount
            if count:
                _reopen(connection, broadcast)
                _note(connection, broadcast, act, at, by)
            return count

    def receipt(self, broadcast: BroadcastId) -> Receipt:
        """What became of it so far. Raises NotFound."""
        with self._database.read() as connection:
            return receipt_of(connection, _found(connection, broadcast))

    def latest_receipt(self) -> Receipt | None:
        """What became of the newest broadcast so far; None before the first."""
        with self._database.read() as connection:
            newest = connection.execute(select(BroadcastRow).order_by(BroadcastRow.id.desc()).limit(1)).first()
            return None if newest is None else receipt_of(connection, newest)

    def in_state(self, broadcast: BroadcastId, state: DeliveryState, limit: int = 100) -> tuple[ChatId, ...]:
        """The first chats whose deliveries stand so: whom the uncertain ones concern."""
        chats = select(DeliveryRow.chat_id).where(
            DeliveryRow.broadcast_id == broadcast, DeliveryRow.state == state, DeliveryRow.chat_id.is_not(None)
        )
        with self._database.read() as connection:
            found = connection.execute(chats.order_by(DeliveryRow.id).limit(limit)).scalars()
            return tuple(ChatId(chat_id) for chat_id in found if chat_id is not None)


def _reopen(connection: Connection, broadcast: int) -> None:
    """There is something to send again; a paused one stays paused."""
    closed = BroadcastRow.state.in_([BroadcastState.DONE, BroadcastState.STOPPED])
    connection.execute(
        update(BroadcastRow)
        .where(BroadcastRow.id == broadcast, closed)
        .values(state=BroadcastState.RUNNING, error="", token_refused=False, finished_at=None)
    )


def _standing(broadcast: int, state: DeliveryState) -> Update:
    """The deliveries of a broadcast in a state, about to be changed."""
    return update(DeliveryRow).where(DeliveryRow.broadcast_id == broadcast, DeliveryRow.state == state)


def _queued_again(at: datetime) -> dict[str, Any]:
    return {
        "state": DeliveryState.QUEUED,
        "due_at": at,
        "next_attempt_at": at,
        "attempts": 0,
        "passing": False,
        "settled_at": None,
        "error": "",
    }


def _require_published(connection: Connection, day: date) -> None:
    state = connection.execute(select(IssueRow.state).where(IssueRow.date == day)).scalar()
    if state is None:
        raise NotFound(f"There is no issue of {day}: assemble it first.")
    if state is not IssueState.PUBLISHED:
        raise NotAllowed(f"The issue of {day} is {state}: publish it, then it can be delivered.")


def _issue_broadcast(day: date) -> Select[Any]:
    return _all_of(BroadcastRow).where(BroadcastRow.kind == BroadcastKind.ISSUE, BroadcastRow.issue_date == day)


def _all_of(table: type[BroadcastRow]) -> Select[Any]:
    return select(*table.__table__.columns)


def _open_to_late(day: date | None) -> Select[Any]:
    """The issue that a late reader gets: one that went out, or is going out."""
    live = (BroadcastState.RUNNING, BroadcastState.PAUSED, BroadcastState.DONE)
    found = select(BroadcastRow.id).where(BroadcastRow.kind == BroadcastKind.ISSUE, BroadcastRow.state.in_(live))
    if day is not None:
        found = found.where(BroadcastRow.issue_date == day)
    return found.order_by(BroadcastRow.issue_date.desc()).limit(1)


def _owe_again(connection: Connection, broadcast: int, chat_id: ChatId, at: datetime) -> bool:
    """A reader who came back before he ever got his copy is owed it again."""
    active = select(SubscriberRow.chat_id).where(
        SubscriberRow.chat_id == chat_id, SubscriberRow.state == SubscriberState.ACTIVE
    )
    ended_unsent = update(DeliveryRow).where(
        DeliveryRow.broadcast_id == broadcast,
        DeliveryRow.chat_id.in_(active),
        DeliveryRow.state.in_([DeliveryState.CANCELLED, DeliveryState.REFUSED]),
    )
    return connection.execute(ended_unsent.values(_queued_again(at))).rowcount > 0


def _hasten(connection: Connection, broadcast: int, at: datetime) -> None:
    later = _standing(broadcast, DeliveryState.QUEUED).where(DeliveryRow.due_at > at)
    connection.execute(later.values(due_at=at, next_attempt_at=at))


def _cancel_queued(connection: Connection, broadcast: int, at: datetime) -> None:
    connection.execute(_standing(broadcast, DeliveryState.QUEUED).values(state=DeliveryState.CANCELLED))
    connection.execute(update(BroadcastRow).where(BroadcastRow.id == broadcast).values(finished_at=at))


def _note(connection: Connection, broadcast: int, act: str, at: datetime, by: str) -> None:
    record_action(connection, AdminAction(at, by, f"broadcast.{act}", str(broadcast)))


def _found(connection: Connection, broadcast: BroadcastId) -> Row[Any]:
    row = connection.execute(_all_of(BroadcastRow).where(BroadcastRow.id == broadcast)).first()
    if row is None:
        raise NotFound(f"There is no broadcast {broadcast}.")
    return row
