"""How the endings of sends are written down: the rows, the readers, the broadcasts and the gate, in one transaction."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

from sqlalchemy import Connection, and_, bindparam, delete, exists, func, null, or_, select, update

from domain.deliveries import (
    BroadcastId,
    BroadcastState,
    ContentRejected,
    Delayed,
    DeliveryState,
    Moved,
    Refused,
    Sent,
    ThreadLost,
    Unknown,
    Unsupported,
    WireClosed,
)
from domain.ledger import Ask, Settlement, WorkerId
from domain.readers import ChatId, ChatKind, SubscriberState
from storage.bare import Bare
from storage.gate import Gate
from storage.gatekeeper import AtGate
from storage.schema import BroadcastRow, DeliveryRow, SubscriberRow
from storage.sent import owe_next_parts, write_sent

#: Longer than any wait that a server means seriously; keeps moments within what a database can hold.
_LONGEST_WAIT = 7 * 86400.0


def settle(connection: Connection, bare: Bare, ask: Ask, locked: AtGate) -> set[BroadcastId]:
    """Write the outcomes of a worker's sends. Returns the broadcasts that one of them stopped.

    Only the attempt that a row stands in changes it, so writing the same outcomes twice does nothing; a late truth
    also heals a row that was given up as uncertain.
    """
    sent = [(each, each.outcome) for each in ask.settlements if isinstance(each.outcome, Sent)]
    clocks = locked.clocks
    write_sent(bare, ask.worker, sent, clocks)
    if sent and locked.in_parts:
        owe_next_parts(bare, [settlement.delivery for settlement, _ in sent], clocks)
    others = [each for each in ask.settlements if not isinstance(each.outcome, Sent)]
    if not others:
        return set()
    ended = [replace(each, at=clocks.ended(each.at)) for each in others]
    return _settle_others(connection, ask.worker, ended, locked.gate)


def _settle_others(
    connection: Connection, worker: WorkerId, settlements: Sequence[Settlement], gate: Gate
) -> set[BroadcastId]:
    """Write what did not simply arrive. Returns the broadcasts that were stopped."""
    connection.execute(_SETTLED, [_Ending.of(settlement).values(worker) for settlement in settlements])
    stopped: set[BroadcastId] = set()
    for settlement in settlements:
        match settlement.outcome:
            case Refused(subscriber=SubscriberState() as state):
                _reader_is(connection, settlement, state)
            case Delayed(everyone=True, seconds=seconds):
                gate.pause(settlement.at + _wait(seconds))
            case Moved(to=to):
                _follow(connection, settlement, to)
            case ThreadLost(thread=thread):
                _leave_thread(connection, settlement, thread)
            case ContentRejected(reason=reason) | Unsupported(reason=reason):
                stopped |= _stop(connection, reason, settlement)
            case WireClosed(reason=reason):
                stopped |= _stop(connection, reason)
            case _:
                pass
    _cancel_what_came_back(connection, settlements)
    return stopped


@dataclass(frozen=True, slots=True)
class _Ending:
    """What a settlement makes of its row."""

    settlement: Settlement
    state: DeliveryState
    error: str = ""
    wait: float = 0.0
    passing: bool = False

    @classmethod
    def of(cls, settlement: Settlement) -> _Ending:
        match settlement.outcome:
            case Refused(reason=reason, subscriber=subscriber):
                return cls(settlement, DeliveryState.REFUSED, reason, passing=subscriber is None)
            case Delayed(reason=reason, seconds=seconds):
                return cls(settlement, DeliveryState.QUEUED, reason, wait=seconds)
            case Moved():
                return cls(settlement, DeliveryState.QUEUED, "the group became a supergroup")
            case Unknown(reason=reason):
                return cls(settlement, DeliveryState.UNCERTAIN, reason)
            case ThreadLost(reason=reason) | Unsupported(reason=reason):
                return cls(settlement, DeliveryState.QUEUED, reason)
            case ContentRejected(reason=reason) | WireClosed(reason=reason):
                return cls(settlement, DeliveryState.QUEUED, reason)
            case Sent():
                raise AssertionError("what was sent is settled by write_sent")

    def values(self, worker: WorkerId) -> dict[str, Any]:
        again = self.state is DeliveryState.QUEUED
        return {
            "of_id": self.settlement.delivery,
            "of_attempt": self.settlement.attempt,
            "of_worker": worker,
            "new_state": self.state,
            "new_error": self.error,
            "new_passing": self.passing,
            "new_moment": self.settlement.at + _wait(self.wait) if again else None,
            "new_settled_at": None if again else self.settlement.at,
            "untouched": 0 if self.settlement.begun else 1,
        }


_SETTLED = (
    update(DeliveryRow)
    .where(
        DeliveryRow.id == bindparam("of_id"),
        DeliveryRow.attempts == bindparam("of_attempt"),
        DeliveryRow.worker == bindparam("of_worker"),
        or_(DeliveryRow.state == DeliveryState.SENDING, DeliveryRow.state == DeliveryState.UNCERTAIN),
    )
    .values(
        state=bindparam("new_state"),
        error=bindparam("new_error"),
        passing=or_(bindparam("new_passing"), DeliveryRow.chat_kind == ChatKind.CHANNEL),
        next_attempt_at=func.coalesce(
            bindparam("new_moment", type_=DeliveryRow.next_attempt_at.type), DeliveryRow.next_attempt_at
        ),
        settled_at=bindparam("new_settled_at"),
        attempts=DeliveryRow.attempts - bindparam("untouched"),
        lease_until=null(),
    )
)


def _wait(seconds: float) -> timedelta:
    return timedelta(seconds=min(max(seconds, 0.0), _LONGEST_WAIT))


def _reader_is(connection: Connection, settlement: Settlement, state: SubscriberState) -> None:
    """Unless the reader has done something himself since."""
    chat = select(DeliveryRow.chat_id).where(DeliveryRow.id == settlement.delivery).scalar_subquery()
    connection.execute(
        update(SubscriberRow)
        .where(
            SubscriberRow.chat_id == chat,
            SubscriberRow.state.in_([SubscriberState.ACTIVE, SubscriberState.PAUSED]),
            SubscriberRow.state_since <= settlement.at,
        )
        .values(state=state, state_since=settlement.at)
    )


def _stop(connection: Connection, reason: str, settlement: Settlement | None = None) -> set[BroadcastId]:
    """Stop the broadcast of a row, or, without one, all of them: then it is the token that was refused."""
    stopping = update(BroadcastRow).where(BroadcastRow.state == BroadcastState.RUNNING)
    if settlement is not None:
        own = select(DeliveryRow.broadcast_id).where(DeliveryRow.id == settlement.delivery).scalar_subquery()
        stopping = stopping.where(BroadcastRow.id == own)
    values = {"state": BroadcastState.STOPPED, "error": reason, "token_refused": settlement is None}
    return {BroadcastId(row.id) for row in connection.execute(stopping.values(values).returning(BroadcastRow.id))}


def _follow(connection: Connection, settlement: Settlement, to: ChatId) -> None:
    """A group became a supergroup: everything that is owed to it, and its subscription, follow."""
    old = connection.execute(select(DeliveryRow.chat_id).where(DeliveryRow.id == settlement.delivery)).scalar()
    if old is None or old == to:
        return
    copy = select(DeliveryRow).subquery()
    has_its_own = exists().where(
        copy.c.broadcast_id == DeliveryRow.broadcast_id, copy.c.part == DeliveryRow.part, copy.c.chat_id == to
    )
    owed = and_(DeliveryRow.chat_id == old, DeliveryRow.state == DeliveryState.QUEUED)
    connection.execute(
        update(DeliveryRow)
        .where(owed, has_its_own)
        .values(state=DeliveryState.CANCELLED, error="the supergroup has its own copy")
    )
    connection.execute(update(DeliveryRow).where(owed).values(chat_id=to))
    if connection.execute(select(SubscriberRow.chat_id).where(SubscriberRow.chat_id == to)).scalar() is not None:
        connection.execute(delete(SubscriberRow).where(SubscriberRow.chat_id == old))
    else:
        connection.execute(update(SubscriberRow).where(SubscriberRow.chat_id == old).values(chat_id=to))


def _leave_thread(connection: Connection, settlement: Settlement, thread: int) -> None:
    """The topic that a group chose is closed or deleted: its papers come into General, unless it has chosen again."""
    tried = and_(DeliveryRow.id == settlement.delivery, DeliveryRow.attempts == settlement.attempt)
    connection.execute(
        update(SubscriberRow)
        .where(
            SubscriberRow.chat_id == select(DeliveryRow.chat_id).where(tried).scalar_subquery(),
            SubscriberRow.thread == thread,
        )
        .values(thread=None, thread_lost_at=settlement.at)
    )


def _cancel_what_came_back(connection: Connection, settlements: Iterable[Settlement]) -> None:
    """A row that would be tried again, of a broadcast that was cancelled meanwhile, is cancelled with it."""
    came_back = list(_open_again(settlements))
    if not came_back:
        return
    cancelled = select(BroadcastRow.id).where(BroadcastRow.state == BroadcastState.CANCELLED)
    connection.execute(
        update(DeliveryRow)
        .where(
            DeliveryRow.id.in_(came_back),
            DeliveryRow.state == DeliveryState.QUEUED,
            DeliveryRow.broadcast_id.in_(cancelled),
        )
        .values(state=DeliveryState.CANCELLED)
    )


def _open_again(settlements: Iterable[Settlement]) -> Iterator[int]:
    return (each.delivery for each in settlements if not isinstance(each.outcome, Refused | Unknown))
