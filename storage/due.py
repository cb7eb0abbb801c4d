"""What one transaction finds due: leased, skipped, sent once more, finished, and when the next rows are.

Each statement looks only into a partial index that holds nothing but open rows, so a tick costs the same however many
have been sent.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta

from domain.deliveries import BroadcastId, BroadcastKind
from domain.ledger import Ask, Budget, Hold, Lease, OnUncertain
from storage.bare import Bare, Statement
from storage.claiming import Leases, mark, picked
from storage.clocks import Clocks
from storage.copies import owe_missed
from storage.once_more import once_more, resendable
from storage.rules import Rules
from storage.skipping import skip
from storage.standing import Running, look

#: A row that waits longer for its next attempt is not waited for when a worker is to stop once everything is done.
PATIENCE = timedelta(minutes=15)
#: When rows are due that a worker's share doesn't let leave, it asks again after so long.
_AGAIN = timedelta(seconds=0.1)

_EXPIRE = Statement("""
UPDATE deliveries
   SET state = 'uncertain', error = 'the worker stopped before it wrote the outcome', settled_at = :now,
       lease_until = NULL
 WHERE state = 'sending' AND lease_until <= :now
""")

# To count them keeps SQLite from looking for the smallest along all that is queued.
_FIRST_RETRY = Statement("""
SELECT min(next_attempt_at), count(*) FROM deliveries
 WHERE state = 'queued' AND next_attempt_at > due_at AND broadcast_id = :broadcast
""")

_CLOSE = Statement("""
UPDATE broadcasts SET state = 'done', finished_at = :now WHERE id = :broadcast AND state = 'running'
""")


class Due:
    """What may be sent between now and the horizon of an ask. Moments are the ledger's."""

    def __init__(self, bare: Bare, rules: Rules, ask: Ask, clocks: Clocks) -> None:
        self._bare = bare
        self._rules = rules
        self._ask = ask
        self._clocks = clocks
        self._now = clocks.now
        self._until = clocks.now + ask.horizon
        self._skipping = False
        self._look()

    def tidy(self) -> None:
        """Give up what nobody can vouch for, and skip what was missed."""
        bare = self._bare
        if self._standing.first_expiry is not None and self._standing.first_expiry <= self._now:
            bare.run(_EXPIRE, {"now": bare.moment(self._now)})
            self._look()
        if self._skip():
            self._look()

    def _look(self) -> None:
        self._standing = look(self._bare, self._ask.worker, self._until)
        self._running = {broadcast.id: broadcast for broadcast in self._standing.running}

    def _skip(self) -> bool:
        """Skip what was missed; where much was, the rest of it waits for the next transactions."""
        before = self._now - self._rules.missed_after
        missed = [row for row in self._running.values() if row.keeps_hours and row.first_due and row.first_due < before]
        counts = [skip(self._bare, broadcast.id, before) for broadcast in missed]
        self._skipping = any(count.more for count in counts)
        return any(count.rows for count in counts)

    def is_idle(self) -> bool:
        """Whether nothing at all is to be done now: nothing is due, nothing runs out, nothing can be finished."""
        expiry = self._standing.first_expiry
        if expiry is not None and expiry <= self._now:
            return False
        return all(self._rests(broadcast) for broadcast in self._running.values())

    def _rests(self, broadcast: Running) -> bool:
        due = broadcast.first_due
        return due is not None and due > self._until and not self._resendable(broadcast)

    def demand(self) -> Hold:
        """What the worker says of its share; rows that are due it may not know of, and could then use any part."""
        hold = self._ask.hold
        if hold.wanted or hold.leaving or not self._ask.room or not any(self._due_now()):
            return hold
        return replace(hold, wanted=self._rules.rate)

    def _due_now(self) -> Iterator[Running]:
        """The broadcasts that have something to send now."""
        for broadcast in self._running.values():
            due = broadcast.first_due is not None and broadcast.first_due <= self._until
            if due or (not broadcast.busy and self._resendable(broadcast)):
                yield broadcast

    def _resendable(self, broadcast: Running) -> bool:
        return self._rules.on_uncertain is OnUncertain.RESEND and resendable(self._bare, broadcast.id)

    def leases(self, budget: Budget) -> tuple[Lease, ...]:
        """Take as many due rows as the worker's share lets leave; mark them *sending* in its name."""
        begin = max(self._now, budget.paused_until or self._now)
        limit = min(self._ask.room, budget.slots - self._standing.mine)
        if not self._running or limit <= 0 or begin > self._until or self._skipping:
            return ()
        ids = picked(self._bare, self._running.values(), self._until, limit) or self._once_more(limit)
        if not ids:
            return ()
        until = self._now + self._rules.lease
        leases = Leases(self._bare, self._running, begin, until, self._clocks)
        marked = mark(self._bare, ids, self._ask.worker, self._now, until)
        if not marked:
            self._look()  # none of them reads us any more
        return tuple(leases.of(row) for row in marked)

    def _once_more(self, limit: int) -> list[int]:
        """Uncertain rows to be sent once more: of broadcasts that have nothing else due and nothing on the way."""
        if self._rules.on_uncertain is OnUncertain.LEAVE:
            return []
        quiet = (broadcast for broadcast in self._running.values() if not broadcast.busy)
        return [row for broadcast in quiet for row in once_more(self._bare, broadcast.id, limit)][:limit]

    def finish(self) -> tuple[BroadcastId, ...]:
        """Close the broadcasts in which every row has come to an end."""
        finished = [
            broadcast.id
            for broadcast in self._running.values()
            if broadcast.opened
            and broadcast.is_quiet
            and not self._resendable(broadcast)
            and not self._misses(broadcast)
        ]
        for broadcast in finished:
            self._bare.run(_CLOSE, {"broadcast": broadcast, "now": self._bare.moment(self._now)})
            del self._running[broadcast]
        return tuple(BroadcastId(broadcast) for broadcast in finished)

    def _misses(self, broadcast: Running) -> bool:
        """Whether a correction has not yet an edit for each copy that bears the old words."""
        return broadcast.kind is BroadcastKind.CORRECTION and owe_missed(self._bare, broadcast.id, self._now)

    def pending(self) -> bool:
        """Whether something that is due or begun is not yet settled, whoever holds it."""
        return self._standing.first_expiry is not None or any(
            self._waits_for(broadcast) for broadcast in self._running.values()
        )

    def _waits_for(self, broadcast: Running) -> bool:
        if broadcast.first_due is not None and broadcast.first_due <= self._until:
            return True
        if self._resendable(broadcast) or not broadcast.opened:
            return True
        retry, _ = self._bare.rows(_FIRST_RETRY, {"broadcast": broadcast.id})[0]
        return retry is not None and self._bare.read_moment(retry) <= self._now + PATIENCE

    def next_at(self, budget: Budget) -> datetime | None:
        """When there may be something to do again: a row due, a pause over, a lease run out."""
        due = min((each.first_due for each in self._running.values() if each.first_due is not None), default=None)
        if due is not None and due <= self._until:
            due = budget.paused_until or self._now + (timedelta(0) if self._skipping else _AGAIN)
        return min(filter(None, (due, self._standing.first_expiry)), default=None)
