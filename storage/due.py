"""The rows of the ledger that are due, as one transaction sees them: chosen, marked, and told when the next ones are.

The statements are built once: with a few rows in each transaction, building them would cost more than running them.
Each looks only into a partial index that holds nothing but open rows, so a tick costs the same however many have been
sent. States are written out, because SQLite must see that the index serves.
"""

from __future__ import annotations

import heapq
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Row, Select, bindparam, func, literal_column, select, true, update
from sqlalchemy.sql import ColumnElement

from domain.deliveries import BroadcastId, BroadcastState, DeliveryId, DeliveryState
from domain.ledger import Ask, Budget, Form, Hold, Lease, OnUncertain, WorkerId
from domain.readers import ChatId, ChatKind, SubscriberState
from storage.schema import BroadcastRow, DeliveryRow, SubscriberRow

#: A row that waits longer for its next attempt is not waited for when a worker is to stop once everything is done.
PATIENCE = timedelta(minutes=15)
#: When rows are due that a worker's share doesn't let leave, it asks again after so long.
_AGAIN = timedelta(seconds=0.1)


@dataclass(frozen=True, slots=True)
class Rules:
    """How rows are leased: ``rate`` messages in any second, ``lease`` for one attempt, and what is done when in doubt.

    The lease must outlast the longest request (the pump begins none in its second half).
    """

    rate: int = 30
    lease: timedelta = timedelta(seconds=60)
    on_uncertain: OnUncertain = OnUncertain.RESEND


class Due:
    """What may be sent between ``now`` and ``until``."""

    def __init__(self, connection: Connection, rules: Rules, now: datetime, until: datetime) -> None:
        self._connection = connection
        self._rules = rules
        self._now = now
        self._until = until
        self._running = {row.id: row.issue_date for row in connection.execute(_RUNNING)}

    def demand(self, ask: Ask) -> Hold:
        """What a worker says of its share, with the rows that it could send now: it can't know of them yet."""
        if not self._running or ask.hold.leaving:
            return ask.hold
        return replace(ask.hold, wanted=max(ask.hold.wanted, ask.hold.in_use + ask.room))

    def leases(self, worker: WorkerId, budget: Budget, room: int) -> tuple[Lease, ...]:
        """Take as many due rows as the worker's share lets leave; mark them *sending* in its name."""
        begin = max(self._now, budget.paused_until or self._now)
        limit = min(room, budget.slots - self._in_flight(worker))
        if not self._running or limit <= 0 or begin > self._until:
            return ()
        rows = self._queued(limit) or self._to_be_resent(limit)
        until = self._now + self._rules.lease
        if rows:
            marked = {"ids": [row.id for row in rows], "worker": worker, "until": until, "now": self._now}
            self._connection.execute(_MARK, marked)
        return tuple(self._lease(row, begin, until) for row in rows)

    def finish(self) -> tuple[BroadcastId, ...]:
        """Close the broadcasts in which every row has come to an end."""
        unfinished = (_ANY_QUEUED, _ANY_SENDING, *self._resendable)
        finished = [broadcast for broadcast in self._running if not self._finds(unfinished, broadcast)]
        for broadcast in finished:
            self._connection.execute(_CLOSE, {"broadcast": broadcast, "now": self._now})
            del self._running[broadcast]
        return tuple(BroadcastId(broadcast) for broadcast in finished)

    def pending(self) -> bool:
        """Whether something that is due or begun is not yet settled, whoever holds it."""
        return self._connection.execute(_FIRST_EXPIRY).scalar() is not None or any(
            self._is_pending(broadcast) for broadcast in self._running
        )

    def _is_pending(self, broadcast: int) -> bool:
        if self._finds((_ANY_DUE, *self._resendable), broadcast):
            return True
        retry = self._connection.execute(_FIRST_RETRY, {"broadcast": broadcast}).scalar()
        return retry is not None and retry <= self._now + PATIENCE

    @property
    def _resendable(self) -> tuple[Select[Any], ...]:
        return (_ANY_RESENDABLE,) if self._rules.on_uncertain is OnUncertain.RESEND else ()

    def _finds(self, questions: Sequence[Select[Any]], broadcast: int) -> bool:
        """Whether any of the questions finds a row of a broadcast."""
        asked = {"broadcast": broadcast, "until": self._until}
        return any(self._connection.execute(question, asked).first() is not None for question in questions)

    def next_at(self, budget: Budget) -> datetime | None:
        """When there may be something to do again: a row due, a pause over, a lease run out."""
        due = min(filter(None, (self._first_due(broadcast) for broadcast in self._running)), default=None)
        if due is not None and due <= self._until:
            due = budget.paused_until or self._now + _AGAIN
        expiry = self._connection.execute(_FIRST_EXPIRY).scalar()
        return min(filter(None, (due, expiry)), default=None)

    def _first_due(self, broadcast: int) -> datetime | None:
        first: datetime | None = self._connection.execute(_FIRST_DUE, {"broadcast": broadcast}).scalar()
        return first

    def _in_flight(self, worker: WorkerId) -> int:
        count: int = self._connection.execute(_IN_FLIGHT, {"worker": worker}).scalar_one()
        return count

    def _queued(self, limit: int) -> list[Row[Any]]:
        """The rows due first, over all running broadcasts, the channel's before any reader's; the wanted ones of them.

        Where a reader left meanwhile there are fewer, and the next transaction goes on.
        """
        rows: list[Row[Any]] = []
        readers: list[Sequence[Row[Any]]] = []
        for broadcast in self._running:
            asked = {"broadcast": broadcast, "until": self._until, "rows": limit}
            channel = self._connection.execute(_CHANNEL_FIRST, asked).all()
            rows += [row for row in channel if row.next_attempt_at <= self._until]
            readers.append(self._connection.execute(_IN_ORDER, asked).all())
        first = {row.id for row in rows}
        merged = heapq.merge(*readers, key=lambda row: (row.next_attempt_at, row.id))
        rows = [*rows, *(row for row in merged if row.id not in first)][:limit]
        unwanted = [row.id for row in rows if not _is_wanted(row)]
        if unwanted:
            self._connection.execute(_CANCEL, {"ids": unwanted})
        return [row for row in rows if _is_wanted(row)]

    def _to_be_resent(self, limit: int) -> list[Row[Any]]:
        """Uncertain rows to be sent once more: of broadcasts that have nothing else due and nothing on the way.

        Whose reader left meanwhile stays as it is, and is not asked about again.
        """
        if self._rules.on_uncertain is OnUncertain.LEAVE:
            return []
        rows: list[Row[Any]] = []
        for broadcast in self._running:
            if not self._finds(_BUSY, broadcast):
                rows += self._connection.execute(_ONCE_MORE, {"broadcast": broadcast, "rows": limit}).all()
        if rows:
            self._connection.execute(_ONCE, {"ids": [row.id for row in rows]})
        return [row for row in rows if _is_wanted(row)][:limit]

    def _lease(self, row: Row[Any], begin: datetime, until: datetime) -> Lease:
        to_channel = row.chat_kind is ChatKind.CHANNEL
        broadcast = row.broadcast_id
        return Lease(
            delivery=DeliveryId(row.id),
            attempt=row.attempts + 1,
            form=Form(BroadcastId(broadcast), self._running[broadcast], row.style, row.part, to_channel),
            chat_id=ChatId(row.chat_id),
            kind=row.chat_kind,
            silent=row.silent or row.resent or row.state is DeliveryState.UNCERTAIN,
            at=begin if row.state is DeliveryState.UNCERTAIN else max(begin, row.next_attempt_at),
            until=until,
        )


def _is_wanted(row: Row[Any]) -> bool:
    """Whether the chat still reads us. Our own channel has no subscription; any other chat must have one."""
    if row.chat_id is None:
        return False
    return row.reader is SubscriberState.ACTIVE or (row.reader is None and row.chat_kind is ChatKind.CHANNEL)


def _stands(state: DeliveryState) -> ColumnElement[bool]:
    return DeliveryRow.state == literal_column(f"'{state.value}'")


def _kind(kind: ChatKind) -> ColumnElement[bool]:
    return DeliveryRow.chat_kind == literal_column(f"'{kind.value}'")


_QUEUED, _SENDING = _stands(DeliveryState.QUEUED), _stands(DeliveryState.SENDING)
_OWN = DeliveryRow.broadcast_id == bindparam("broadcast")
_IS_DUE = DeliveryRow.next_attempt_at <= bindparam("until")
_LIMIT = bindparam("rows", type_=DeliveryRow.attempts.type)
_RESENDABLE = _stands(DeliveryState.UNCERTAIN) & DeliveryRow.resent.is_(False) & _kind(ChatKind.PRIVATE)

_CANDIDATES: Any = select(
    *(
        DeliveryRow.id,
        DeliveryRow.broadcast_id,
        DeliveryRow.chat_id,
        DeliveryRow.chat_kind,
        DeliveryRow.part,
        DeliveryRow.style,
        DeliveryRow.silent,
        DeliveryRow.resent,
        DeliveryRow.state,
        DeliveryRow.attempts,
        DeliveryRow.next_attempt_at,
        SubscriberRow.state.label("reader"),
    )
).outerjoin(SubscriberRow, SubscriberRow.chat_id == DeliveryRow.chat_id)
_ORDER = (DeliveryRow.next_attempt_at, DeliveryRow.id)
_ANY = select(DeliveryRow.id).limit(1)

_RUNNING = select(BroadcastRow.id, BroadcastRow.issue_date).where(BroadcastRow.state == BroadcastState.RUNNING)
_IN_FLIGHT = select(func.count()).select_from(DeliveryRow).where(_SENDING, DeliveryRow.worker == bindparam("worker"))
_CHANNEL_FIRST = _CANDIDATES.where(_OWN, _QUEUED, _kind(ChatKind.CHANNEL))
_IN_ORDER = _CANDIDATES.where(_OWN, _QUEUED, _IS_DUE).order_by(*_ORDER).limit(_LIMIT)
_ONCE_MORE = _CANDIDATES.where(_OWN, _RESENDABLE).order_by(DeliveryRow.id).limit(_LIMIT)
_FIRST_DUE = select(func.min(DeliveryRow.next_attempt_at)).where(_OWN, _QUEUED)
_FIRST_EXPIRY = select(func.min(DeliveryRow.lease_until)).where(_SENDING)

_ANY_QUEUED = _ANY.where(_OWN, _QUEUED)
_ANY_DUE = _ANY.where(_OWN, _QUEUED, _IS_DUE)
_ANY_SENDING = _ANY.where(_SENDING, _OWN)
_ANY_RESENDABLE = _ANY.where(_OWN, _RESENDABLE)
_FIRST_RETRY = select(
    func.min(DeliveryRow.next_attempt_at),
    func.count(),  # keeps SQLite from looking for the smallest along all that is queued
).where(_OWN, _QUEUED, DeliveryRow.next_attempt_at > DeliveryRow.due_at)
_BUSY = (_ANY_SENDING, _ANY_DUE)

_THESE = update(DeliveryRow).where(DeliveryRow.id.in_(bindparam("ids", expanding=True)))
_CANCEL = _THESE.values(state=DeliveryState.CANCELLED, error="the reader left before it was sent")
_ONCE = _THESE.values(resent=true())
_MARK = _THESE.values(
    state=DeliveryState.SENDING,
    worker=bindparam("worker"),
    attempts=DeliveryRow.attempts + 1,
    lease_until=bindparam("until"),
    claimed_at=bindparam("now"),
)

_CLOSE = (
    update(BroadcastRow)
    .where(BroadcastRow.id == bindparam("broadcast"), BroadcastRow.state == BroadcastState.RUNNING)
    .values(state=BroadcastState.DONE, finished_at=bindparam("now"))
)
