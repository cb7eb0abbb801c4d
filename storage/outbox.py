"""The ledger of deliveries is the queue: one transaction settles, expires, takes rate slots and leases rows.

The moments come from the caller's clock, so that tests can pass time without sleeping; the gate notices a clock that
ran back. On SQLite the write lock, on PostgreSQL the locked gate row makes the ticks of one bot serial, so nothing
here needs SKIP LOCKED and nothing can deadlock.
"""

from __future__ import annotations

from datetime import datetime, timedelta

import structlog
from sqlalchemy import Connection, bindparam, literal_column, null, select, update

from domain.deliveries import DeliveryState
from domain.ledger import Ask, Tick
from storage.audience import Channel
from storage.broadcasts import Broadcasts
from storage.conflicts import insert_into
from storage.database import Database
from storage.due import Due, Rules
from storage.gate import Gate
from storage.schema import DeliveryRow, GateRow
from storage.settling import settle

__all__ = ["Outbox", "Rules"]

log = structlog.get_logger()

#: A window's slot rests this long after its answer: Telegram counts by the second.
SPAN = timedelta(seconds=1)

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
            gate, ran_back = self._locked_gate(connection, ask.now)
            stopped = settle(connection, ask.worker, ask.settlements, gate, ask.horizon)
            connection.execute(_EXPIRE, {"now": ask.now})  # nobody can vouch for a send whose lease ran out
            due = Due(connection, self._rules, ask.now, ask.now + ask.horizon)
            leases = due.leases(ask.worker, gate, ask.room)
            finished = () if leases else due.finish()
            if ask.settlements or leases or ran_back:
                self._keep(connection, gate)
            if leases:
                return Tick(leases, ask.now + ask.horizon, pending=True, stopped=tuple(sorted(stopped)))
            return Tick((), due.next_at(gate), due.pending(), finished, tuple(sorted(stopped)))

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
