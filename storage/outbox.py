"""The ledger of deliveries is the queue: one transaction settles, expires, takes rate slots and leases rows.

The moments come from the caller's clock, so that tests can pass time without sleeping; the gate notices a clock that
ran back. On SQLite the write lock, on PostgreSQL the locked gate row makes the ticks of one bot serial, so nothing
here needs SKIP LOCKED and nothing can deadlock.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import structlog
from sqlalchemy import Connection, bindparam, literal_column, null, select, update

from domain.deliveries import DeliveryState
from domain.ledger import Ask, Tick, WorkerId
from storage.audience import Channel
from storage.broadcasts import Broadcasts
from storage.conflicts import insert_into
from storage.database import Database
from storage.due import Due, Rules
from storage.gate import Gate, Share
from storage.schema import DeliveryRow, GateRow
from storage.settling import settle

__all__ = ["Outbox", "Rules"]

log = structlog.get_logger()

_EXPIRE = (
    update(DeliveryRow)
    .where(DeliveryRow.state == literal_column(f"'{DeliveryState.SENDING.value}'"))
    .where(DeliveryRow.lease_until <= bindparam("now"))
    .values(
        state=DeliveryState.UNCERTAIN,
        error="the worker stopped before it wrote the outcome",
        settled_at=bindparam("now"),
        lease_until=null(),
    )
)


class Outbox(Broadcasts):
    """The ledger of one bot token, and the acts on its broadcasts."""

    def __init__(
        self, database: Database, bot_id: int, rules: Rules | None = None, channel: Channel | None = None
    ) -> None:
        super().__init__(database, channel)
        self._database = database
        self._bot_id = bot_id
        self._rules = rules or Rules()

    def tick(self, ask: Ask) -> Tick:
        """Settle what ended, then lease at most ``room`` rows that may be sent before ``now + horizon``.

        One transaction: claim, rate permit and intent are one commit, so a worker that dies leaves rows that say so.
        Raises StorageError.
        """
        with self._database.write() as connection:
            gate = self._locked_gate(connection, ask.now)
            stopped = settle(connection, ask.worker, ask.settlements, gate)
            connection.execute(_EXPIRE, {"now": ask.now})  # nobody can vouch for a send whose lease ran out
            due = Due(connection, self._rules, ask.now, ask.now + ask.horizon)
            budget = gate.share(ask.worker, due.demand(ask), ask.now)
            leases = due.leases(ask.worker, budget, ask.room)
            finished = () if leases else due.finish()
            if gate.changed:
                self._keep(connection, gate, ask.now)
            told = Tick(leases, ask.now + ask.horizon, pending=True, stopped=tuple(sorted(stopped)), budget=budget)
            if leases:
                return told
            return replace(told, next_at=due.next_at(budget), pending=due.pending(), finished=finished)

    def _locked_gate(self, connection: Connection, now: datetime) -> Gate:
        """The gate, ours until the transaction ends."""
        gates = select(GateRow).where(GateRow.bot_id == self._bot_id).with_for_update()
        row = connection.execute(gates).one_or_none()
        if row is None:
            first = insert_into(connection, GateRow).values(bot_id=self._bot_id, seen_at=now, holders={})
            connection.execute(first.on_conflict_do_nothing())
            row = connection.execute(gates).one()
        holders = {WorkerId(name): _share(*held) for name, held in row.holders.items()}
        gate = Gate(self._rules.rate, row.seen_at, row.paused_until, holders)
        back = gate.arrive(now)
        if back:
            log.warning("clock.ran_back", seconds=back.total_seconds())
        return gate

    def _keep(self, connection: Connection, gate: Gate, now: datetime) -> None:
        holders = {name: [held.slots, held.wanted, held.until.timestamp()] for name, held in gate.holders.items()}
        connection.execute(
            update(GateRow)
            .where(GateRow.bot_id == self._bot_id)
            .values(seen_at=now, paused_until=gate.paused_until, holders=holders)
        )


def _share(slots: int, wanted: int, until: float) -> Share:
    return Share(slots, wanted, datetime.fromtimestamp(until, UTC))
