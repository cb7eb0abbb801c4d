"""The ledger of deliveries is the queue: one transaction settles, expires, takes rate slots and leases rows.

The moments come from the caller's clock, so that tests can pass time without sleeping; the gate notices a clock that
ran back. On SQLite the write lock, on PostgreSQL the locked gate row makes the ticks of one bot serial, so nothing
here needs SKIP LOCKED and nothing can deadlock.
"""

from __future__ import annotations

import heapq
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import structlog
from sqlalchemy import Connection, Row, Select, exists, func, literal_column, or_, select, update
from sqlalchemy.sql import ColumnElement

from domain.deliveries import BroadcastId, BroadcastState, DeliveryId, DeliveryState
from domain.ledger import Form, Lease, OnUncertain, Settlement, Tick, WorkerId
from domain.readers import ChatId, ChatKind, SubscriberState
from storage.audience import Channel
from storage.broadcasts import Broadcasts
from storage.conflicts import insert_into
from storage.database import Database
from storage.gate import Gate
from storage.schema import BroadcastRow, DeliveryRow, GateRow, SubscriberRow
from storage.settling import settle

log = structlog.get_logger()

#: A window's slot rests this long after its answer: Telegram counts by the second.
SPAN = timedelta(seconds=1)

#: A row that waits longer for its next attempt is not waited for when a worker is to stop once everything is done.
PATIENCE = timedelta(minutes=15)


def standing(state: DeliveryState) -> ColumnElement[bool]:
    """Rows in a state, written out so that SQLite sees which partial index serves."""
    return DeliveryRow.state == literal_column(f"'{state.value}'")


_QUEUED, _SENDING = standing(DeliveryState.QUEUED), standing(DeliveryState.SENDING)
_UNCERTAIN = standing(DeliveryState.UNCERTAIN)
_RESENDABLE = (_UNCERTAIN, DeliveryRow.resent.is_(False), DeliveryRow.chat_kind == ChatKind.PRIVATE)
_RUNNING = select(BroadcastRow.id).where(BroadcastRow.state == BroadcastState.RUNNING)


@dataclass(frozen=True, slots=True)
class Rules:
    """How rows are leased: ``rate`` messages in any second, ``lease`` for one attempt, and what is done when in doubt.

    The lease must outlast the longest request (the pump begins none in its second half).
    """

    rate: int = 30
    lease: timedelta = timedelta(seconds=60)
    on_uncertain: OnUncertain = OnUncertain.RESEND


class Outbox(Broadcasts):
    """The ledger of one bot token, and the acts on its broadcasts."""

    def __init__(
        self, database: Database, bot_id: int, rules: Rules | None = None, channel: Channel | None = None
    ) -> None:
        super().__init__(database, channel)
        self._database = database
        self._bot_id = bot_id
        self._rules = rules or Rules()

    def tick(
        self, worker: WorkerId, settlements: Sequence[Settlement], room: int, horizon: timedelta, now: datetime
    ) -> Tick:
        """Settle what ended, then lease at most ``room`` rows that may be sent before ``now + horizon``.

        One transaction: claim, rate permit and intent are one commit, so a worker that dies leaves rows that say so.
        Raises StorageError.
        """
        with self._database.write() as connection:
            gate, ran_back = self._locked_gate(connection, now)
            stopped = settle(connection, worker, settlements, gate)
            self._expire(connection, now)
            due = _Due(connection, self._rules, now, now + horizon)
            leases = due.leases(worker, gate, room)
            finished = () if leases else due.finish()
            if settlements or leases or ran_back:
                self._keep(connection, gate)
            return Tick(leases, due.next_at(gate), due.pending(), finished, tuple(sorted(stopped)))

    def _locked_gate(self, connection: Connection, now: datetime) -> tuple[Gate, bool]:
        """The gate, ours until the transaction ends, and whether the clock ran back since anybody was here."""
        gates = select(GateRow).where(GateRow.bot_id == self._bot_id).with_for_update()
        row = connection.execute(gates).one_or_none()
        if row is None:
            first = insert_into(connection, GateRow).values(bot_id=self._bot_id, seen_at=now, resting={})
            connection.execute(first.on_conflict_do_nothing())
            row = connection.execute(gates).one()
        resting = {int(moment): count for moment, count in row.resting.items()}
        gate = Gate(self._rules.rate, SPAN, row.seen_at, row.paused_until, resting)
        back = gate.arrive(now)
        if back:
            log.warning("clock.ran_back", seconds=back.total_seconds())
        return gate, bool(back)

    def _keep(self, connection: Connection, gate: Gate) -> None:
        connection.execute(
            update(GateRow)
            .where(GateRow.bot_id == self._bot_id)
            .values(seen_at=gate.seen_at, paused_until=gate.paused_until, resting=gate.stored())
        )

    @staticmethod
    def _expire(connection: Connection, now: datetime) -> None:
        """A lease that ran out is a send that nobody can vouch for."""
        connection.execute(
            update(DeliveryRow)
            .where(_SENDING, DeliveryRow.lease_until <= now)
            .values(
                state=DeliveryState.UNCERTAIN,
                error="the worker stopped before it wrote the outcome",
                settled_at=now,
                lease_until=None,
            )
        )


class _Due:
    """What may be sent between ``now`` and ``until``, as one transaction sees it."""

    def __init__(self, connection: Connection, rules: Rules, now: datetime, until: datetime) -> None:
        self._connection = connection
        self._rules = rules
        self._now = now
        self._until = until
        self._running = {row.id: row for row in connection.execute(_RUNNING_ROWS)}

    def leases(self, worker: WorkerId, gate: Gate, room: int) -> tuple[Lease, ...]:
        """Take rate slots, and as many due rows; mark them *sending* in the worker's name."""
        if not self._running or room <= 0:
            return ()
        slots = gate.slots(self._in_flight(), room, self._now, self._until)
        rows = self._wanted(self._queued(len(slots))) if slots else []
        again = self._uncertain(len(slots)) if slots and not rows else []
        until = self._now + self._rules.lease
        self._mark(worker, until, rows, {})
        self._mark(worker, until, again, {"resent": True})
        resent = {row.id for row in again}
        taken = zip((*rows, *again), slots, strict=False)
        return tuple(self._lease(row, slot, until, again=row.id in resent) for row, slot in taken)

    def finish(self) -> tuple[BroadcastId, ...]:
        """Close the broadcasts in which every row has come to an end."""
        open_row = exists().where(DeliveryRow.broadcast_id == BroadcastRow.id, or_(_QUEUED, _SENDING))
        done = update(BroadcastRow).where(BroadcastRow.state == BroadcastState.RUNNING, ~open_row)
        if self._rules.on_uncertain is OnUncertain.RESEND:
            done = done.where(~exists().where(DeliveryRow.broadcast_id == BroadcastRow.id, *_RESENDABLE))
        closing = done.values(state=BroadcastState.DONE, finished_at=self._now).returning(BroadcastRow.id)
        if not self._running:
            return ()
        finished = tuple(BroadcastId(row.id) for row in self._connection.execute(closing))
        for broadcast in finished:
            del self._running[broadcast]
        return finished

    def pending(self) -> bool:
        """Whether something that is due or begun is not yet settled, whoever holds it."""
        of_running = DeliveryRow.broadcast_id.in_(self._running)
        questions = [
            select(DeliveryRow.id).where(_SENDING),
            select(DeliveryRow.id).where(of_running, _QUEUED, DeliveryRow.next_attempt_at <= self._until),
            select(DeliveryRow.id).where(
                of_running,
                _QUEUED,
                DeliveryRow.next_attempt_at > DeliveryRow.due_at,
                DeliveryRow.next_attempt_at <= self._now + PATIENCE,
            ),
        ]
        if self._rules.on_uncertain is OnUncertain.RESEND:
            questions.append(select(DeliveryRow.id).where(of_running, *_RESENDABLE))
        return any(self._connection.execute(question.limit(1)).first() is not None for question in questions)

    def next_at(self, gate: Gate) -> datetime | None:
        """When there may be something to do again: a row due, a slot free, a lease run out."""
        moments = [
            self._connection.execute(
                select(func.min(DeliveryRow.next_attempt_at)).where(_QUEUED, DeliveryRow.broadcast_id == broadcast)
            ).scalar()
            for broadcast in self._running
        ]
        due = min((moment for moment in moments if moment is not None), default=None)
        if due is not None and due <= self._until:
            due = gate.next_slot(self._in_flight(), self._now)
        expiry = self._connection.execute(select(func.min(DeliveryRow.lease_until)).where(_SENDING)).scalar()
        return min((moment for moment in (due, expiry) if moment is not None), default=None)

    def _in_flight(self) -> int:
        return self._connection.execute(select(func.count()).select_from(DeliveryRow).where(_SENDING)).scalar_one()

    def _queued(self, limit: int) -> list[Row[Any]]:
        """The rows due first, over all running broadcasts; the channel's before any reader's."""
        channel: list[Row[Any]] = []
        readers: list[Sequence[Row[Any]]] = []
        for broadcast in self._running:
            due = _candidates().where(DeliveryRow.broadcast_id == broadcast, _QUEUED)
            due = due.where(DeliveryRow.next_attempt_at <= self._until)
            in_order = due.order_by(DeliveryRow.next_attempt_at, DeliveryRow.id).limit(limit)
            channel += self._connection.execute(due.where(_CHANNEL)).all()
            readers.append(self._connection.execute(in_order).all())
        first = {row.id for row in channel}
        merged = heapq.merge(*readers, key=lambda row: (row.next_attempt_at, row.id))
        return [*channel, *(row for row in merged if row.id not in first)][:limit]

    def _wanted(self, rows: Iterable[Row[Any]]) -> list[Row[Any]]:
        """The rows whose readers still want them; the others are cancelled."""
        rows = list(rows)
        unwanted = [row.id for row in rows if not _is_wanted(row)]
        if unwanted:
            left = update(DeliveryRow).where(DeliveryRow.id.in_(unwanted))
            self._connection.execute(
                left.values(state=DeliveryState.CANCELLED, error="the reader left before it was sent")
            )
        return [row for row in rows if _is_wanted(row)]

    def _uncertain(self, limit: int) -> list[Row[Any]]:
        """Rows to be sent once more: of broadcasts that have nothing else due and nothing on the way."""
        if self._rules.on_uncertain is OnUncertain.LEAVE:
            return []
        rows: list[Row[Any]] = []
        for broadcast in self._running:
            own = DeliveryRow.broadcast_id == broadcast
            busy = select(DeliveryRow.id).where(
                own, or_(_SENDING, _QUEUED & (DeliveryRow.next_attempt_at <= self._until))
            )
            if self._connection.execute(busy.limit(1)).first() is None:
                again = _candidates().where(own, *_RESENDABLE).order_by(DeliveryRow.id).limit(limit)
                rows += self._wanted_again(self._connection.execute(again).all())
        return rows[:limit]

    def _wanted_again(self, rows: Sequence[Row[Any]]) -> list[Row[Any]]:
        """An uncertain row of a reader who left meanwhile stays as it is, and is not asked about again."""
        left = [row.id for row in rows if not _is_wanted(row)]
        if left:
            self._connection.execute(update(DeliveryRow).where(DeliveryRow.id.in_(left)).values(resent=True))
        return [row for row in rows if _is_wanted(row)]

    def _mark(self, worker: WorkerId, until: datetime, rows: Iterable[Row[Any]], also: dict[str, Any]) -> None:
        ids = [row.id for row in rows]
        if ids:
            self._connection.execute(
                update(DeliveryRow)
                .where(DeliveryRow.id.in_(ids))
                .values(
                    state=DeliveryState.SENDING,
                    worker=worker,
                    attempts=DeliveryRow.attempts + 1,
                    lease_until=until,
                    claimed_at=self._now,
                    **also,
                )
            )

    def _lease(self, row: Row[Any], slot: datetime, until: datetime, *, again: bool) -> Lease:
        form = Form(BroadcastId(row.broadcast_id), self._running[row.broadcast_id].issue_date, row.style, row.part)
        return Lease(
            delivery=DeliveryId(row.id),
            attempt=row.attempts + 1,
            form=form,
            chat_id=ChatId(row.chat_id),
            kind=row.chat_kind,
            silent=row.silent or row.resent or again,
            at=max(slot, row.next_attempt_at) if not again else slot,
            until=until,
        )


_CHANNEL = DeliveryRow.chat_kind == literal_column(f"'{ChatKind.CHANNEL.value}'")
_RUNNING_ROWS = select(BroadcastRow.id, BroadcastRow.issue_date).where(BroadcastRow.state == BroadcastState.RUNNING)


def _candidates() -> Select[Any]:
    """Deliveries with what a lease needs, and how the reader's subscription stands."""
    columns: Any = select(
        DeliveryRow.id,
        DeliveryRow.broadcast_id,
        DeliveryRow.chat_id,
        DeliveryRow.chat_kind,
        DeliveryRow.part,
        DeliveryRow.style,
        DeliveryRow.silent,
        DeliveryRow.resent,
        DeliveryRow.attempts,
        DeliveryRow.next_attempt_at,
        SubscriberRow.state.label("reader"),
    )
    joined: Select[Any] = columns.outerjoin(SubscriberRow, SubscriberRow.chat_id == DeliveryRow.chat_id)
    return joined


def _is_wanted(row: Row[Any]) -> bool:
    """Whether the chat still reads us. Our own channel has no subscription; any other chat must have one."""
    if row.chat_id is None:
        return False
    return row.reader is SubscriberState.ACTIVE or (row.reader is None and row.chat_kind is ChatKind.CHANNEL)
