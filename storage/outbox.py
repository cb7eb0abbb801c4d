"""The ledger of deliveries is the queue: one transaction settles, expires, shares out the rate and leases rows.

On SQLite the write lock, on PostgreSQL the locked gate row makes the ticks of one bot serial, so nothing here needs
SKIP LOCKED and nothing can deadlock. The moments come from the caller's clock, so that tests can pass time without
sleeping, or from the database's (``Rules.database_clock``).
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta

from domain.ledger import Ask, Budget, Tick
from storage.audience import Channel
from storage.bare import Bare
from storage.broadcasts import Broadcasts
from storage.claiming import release_unknown
from storage.clocks import Clocks
from storage.database import Database
from storage.due import Due
from storage.gatekeeper import Gatekeeper
from storage.receipts import Spread
from storage.rules import Rules
from storage.settling import settle

__all__ = ["Outbox", "Rules"]


class Outbox(Broadcasts):
    """The ledger of one bot token, and the acts on its broadcasts."""

    def __init__(
        self, database: Database, bot_id: int, rules: Rules | None = None, channel: Channel | None = None
    ) -> None:
        self._rules = rules or Rules()
        super().__init__(database, channel, Spread(self._rules.rate, self._rules.catch_up))
        self._gates = Gatekeeper(bot_id, self._rules)

    def tick(self, ask: Ask) -> Tick:
        """Settle what ended, then lease at most ``room`` rows that may be sent before ``now + horizon``.

        One transaction: claim, rate permit and intent are one commit, so a worker that dies leaves rows that say so.
        Raises StorageError.
        """
        clock = _Clock(ask.now) if self._rules.database_clock else lambda: ask.now
        with self._database.write() as connection:
            bare = Bare(connection)
            if not bare.is_sqlite and not ask.settlements and ask.known is None:
                idle = self._idle(bare, ask, clock)
                if idle is not None:
                    return idle
            locked = self._gates.locked(bare, clock)
            gate, clocks = locked.gate, locked.clocks
            stopped = tuple(sorted(settle(connection, bare, ask, locked)))
            if ask.known is not None:
                release_unknown(bare, ask.worker, ask.known)
            due = Due(bare, self._rules, ask, clocks)
            due.tidy()
            budget = gate.share(ask.worker, due.demand(), clocks.now)
            leases = due.leases(budget)
            finished = () if leases else due.finish()
            self._gates.keep(bare, gate, clocks.now)
            if leases:
                told = _told(budget, clocks)
                return Tick(leases, ask.now + ask.horizon, pending=True, stopped=stopped, budget=told)
            return replace(_resting(due, budget, clocks), finished=finished, stopped=stopped)

    def _idle(self, bare: Bare, ask: Ask, clock: Callable[[], datetime]) -> Tick | None:
        """The answer to an ask that changes nothing, without the lock: on a server each lock is written to disk."""
        seen = self._gates.seen(bare, clock)
        if seen is None:
            return None
        due = Due(bare, self._rules, ask, seen.clocks)
        if not due.is_idle():
            return None
        budget = seen.gate.share(ask.worker, ask.hold, seen.clocks.now)
        return None if seen.gate.changed else _resting(due, budget, seen.clocks)


class _Clock:
    """A worker's clock, from when it asked."""

    def __init__(self, now: datetime) -> None:
        self._now = now
        self._asked = time.monotonic()

    def __call__(self) -> datetime:
        return self._now + timedelta(seconds=time.monotonic() - self._asked)


def _resting(due: Due, budget: Budget, clocks: Clocks) -> Tick:
    """A tick without leases."""
    return Tick((), clocks.told_or_none(due.next_at(budget)), due.pending(), budget=_told(budget, clocks))


def _told(budget: Budget, clocks: Clocks) -> Budget:
    """A budget by the worker's clock."""
    return Budget(budget.slots, clocks.told(budget.until), clocks.told_or_none(budget.paused_until))
