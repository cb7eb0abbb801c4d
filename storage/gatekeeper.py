"""The gate's row: locked, read, and kept when it has changed."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import structlog

from domain.ledger import WorkerId
from storage.bare import Bare, Statement
from storage.clocks import Clocks
from storage.gate import Gate, Share
from storage.rules import Rules

log = structlog.get_logger()

# PostgreSQL reads its clock when the row is locked: whoever waited for it must not count from before.
_LOCK = Statement("""
WITH locked AS (SELECT seen_at, paused_until, holders FROM gate WHERE bot_id = :bot {and_lock})
SELECT seen_at, paused_until, holders, {clock}, EXISTS (SELECT 1 FROM broadcasts WHERE parts > 1) FROM locked
""")

_READ = Statement("""
SELECT seen_at, paused_until, holders, {clock}, EXISTS (SELECT 1 FROM broadcasts WHERE parts > 1)
  FROM gate WHERE bot_id = :bot
""")

_FIRST = Statement("""
INSERT INTO gate (bot_id, seen_at, holders) VALUES (:bot, :now, :holders) ON CONFLICT DO NOTHING
""")

_KEEP = Statement("""
UPDATE gate SET seen_at = :now, paused_until = :paused_until, holders = :holders WHERE bot_id = :bot
""")

# What was planned by a clock that ran back: leases end when they would have, what waits to be tried again is tried, and
# what was owed at once is due. An hour of a reader stays what it is.
_LEASES = Statement("UPDATE deliveries SET lease_until = :lease WHERE state = 'sending' AND lease_until > :lease")
_RETRIES = Statement("""
UPDATE deliveries SET next_attempt_at = :now
 WHERE state = 'queued' AND next_attempt_at > due_at AND next_attempt_at > :seen_at
""")
_OWED_AT_ONCE = Statement("""
UPDATE deliveries SET next_attempt_at = :now
 WHERE state = 'queued' AND next_attempt_at > :now AND due_at <= created_at
""")

#: A gate that nobody has passed yet: whatever the time is, no clock has run back.
_LONG_AGO = datetime(2000, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class AtGate:
    """What a transaction finds: the gate, the clocks, and whether any broadcast has several parts."""

    gate: Gate
    clocks: Clocks
    in_parts: bool


class Gatekeeper:
    """Keeps the gate of one bot: locks it for a transaction, and writes it back."""

    def __init__(self, bot_id: int, rules: Rules) -> None:
        self._bot_id = bot_id
        self._rules = rules

    def locked(self, bare: Bare, now: Callable[[], datetime]) -> AtGate:
        """The gate, ours until the transaction ends; ``now`` tells the time by the worker's clock."""
        rows = bare.rows(_LOCK, {"bot": self._bot_id})
        if not rows:
            first = {"bot": self._bot_id, "now": bare.moment(_LONG_AGO), "holders": "{}"}
            bare.run(_FIRST, first)
            rows = bare.rows(_LOCK, {"bot": self._bot_id})
        locked = self._read(bare, rows[0], now)
        self._arrive(bare, locked)
        return locked

    def seen(self, bare: Bare, now: Callable[[], datetime]) -> AtGate | None:
        """The gate as it stands, not locked; None before anybody was here."""
        rows = bare.rows(_READ, {"bot": self._bot_id})
        return self._read(bare, rows[0], now) if rows else None

    def _read(self, bare: Bare, row: tuple[Any, ...], now: Callable[[], datetime]) -> AtGate:
        seen_at, paused_until, holders, clock, in_parts = row
        clocks = self._clocks(bare, now(), clock)
        shares = {WorkerId(name): _share(*held) for name, held in bare.read_json(holders).items()}
        paused = bare.moment_or_none(paused_until)
        gate = Gate(self._rules.rate, bare.read_moment(seen_at), paused, shares, self._rules.hold)
        return AtGate(gate, clocks, bool(in_parts))

    def _arrive(self, bare: Bare, locked: AtGate) -> None:
        """Take note of the time at a gate that is ours; should the clock have run back, mend what it planned."""
        gate, now = locked.gate, locked.clocks.now
        seen_at = gate.seen_at
        back = gate.arrive(now)
        if back:
            log.warning("clock.ran_back", seconds=back.total_seconds())
            bare.run(_LEASES, {"lease": bare.moment(now + self._rules.lease)})
            bare.run(_OWED_AT_ONCE, {"now": bare.moment(now)})
            bare.run(_RETRIES, {"now": bare.moment(now), "seen_at": bare.moment(seen_at)})

    def _clocks(self, bare: Bare, now: datetime, clock: datetime | None) -> Clocks:
        if clock is None or not self._rules.database_clock:
            return Clocks(now)
        ledger = bare.read_moment(clock)
        return Clocks(ledger, ledger - now)

    def keep(self, bare: Bare, gate: Gate, now: datetime) -> None:
        """Write the gate, if it is not as it was."""
        if not gate.changed:
            return
        holders = {name: [held.slots, held.wanted, held.until.timestamp()] for name, held in gate.holders.items()}
        kept = {
            "bot": self._bot_id,
            "now": bare.moment(now),
            "paused_until": None if gate.paused_until is None else bare.moment(gate.paused_until),
            "holders": json.dumps(holders),
        }
        bare.run(_KEEP, kept)


def _share(slots: int, wanted: int, until: float) -> Share:
    return Share(slots, wanted, datetime.fromtimestamp(until, UTC))
