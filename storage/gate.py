"""Shares of the rate of a bot token: pure; the ledger keeps them in the gate's row and hands them out under its lock.

A window is exact only where the answers are seen, so each process has a window of its own, of as many slots as it
holds here. All shares together never exceed the rate, and what a process uses is never given to another.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from domain.ledger import Budget, Hold, WorkerId

#: A slot rests this long after its answer: Telegram counts by the second.
SPAN = timedelta(seconds=1)
#: How long a share outlives its holder's last word while he is busy, and while he is idle.
BUSY_HOLD, IDLE_HOLD = timedelta(seconds=5), timedelta(seconds=30)
#: A share is renewed when less than this part of its hold is left, so that a tick need not write the gate.
_BUSY_RENEWAL, _IDLE_RENEWAL = 0.8, 0.5
#: A clock that ran back by less is not worth a correction.
_TOLERANCE = timedelta(seconds=1)


@dataclass(frozen=True, slots=True)
class Share:
    """What one process holds: ``slots`` until ``until``; ``wanted`` is what it last said that it could use."""

    slots: int
    wanted: int
    until: datetime


@dataclass(slots=True)
class Gate:
    """The rate of a token, who holds which share of it, and until when nobody sends. Times are aware UTC.

    ``busy_hold``: how long a share outlives the last word of a holder that is at work, several spans.
    ``changed``: it is no longer as it was read, and should be kept.
    """

    rate: int
    seen_at: datetime
    paused_until: datetime | None = None
    holders: dict[WorkerId, Share] = field(default_factory=dict)
    busy_hold: timedelta = BUSY_HOLD
    changed: bool = False

    def arrive(self, now: datetime) -> timedelta:
        """Take note of the time; returns how far the clock ran back since the gate was kept, zero if it did not.

        What was planned by the wrong clock moves with it: nobody waits for a time that will not come for hours.
        """
        back = self.seen_at - now
        if back <= _TOLERANCE:
            return timedelta(0)
        self.seen_at, self.changed = now, True
        self.paused_until = self.paused_until - back if self.paused_until else None
        self.holders = {
            worker: Share(share.slots, share.wanted, share.until - back) for worker, share in self.holders.items()
        }
        return back

    def pause(self, until: datetime) -> None:
        """Nothing leaves before that moment."""
        if self.paused_until is None or until > self.paused_until:
            self.paused_until, self.changed = until, True

    def pause_at(self, now: datetime) -> datetime | None:
        """Until when nobody sends; None when there is no pause."""
        return self.paused_until if self.paused_until and self.paused_until > now else None

    def share(self, worker: WorkerId, hold: Hold, now: datetime) -> Budget:
        """What a process holds from now on, after it said what it uses and wants.

        Its fair part, as far as that is free; what it uses beyond is left to it until it says that it uses less.
        """
        held = {name: share for name, share in self.holders.items() if share.until > now}
        own = held.pop(worker, None)
        free = max(0, self.rate - sum(share.slots for share in held.values()))
        if hold.leaving:
            resting = min(hold.in_use, free)
            self._keep(held | ({worker: Share(resting, 0, now + SPAN)} if resting else {}))
            return Budget(0, now, self.pause_at(now))
        wanted = {name: share.wanted for name, share in held.items()} | {worker: hold.wanted}
        part = min(fair_parts(self.rate, wanted)[worker], free)
        slots = min(max(part, hold.in_use), free)
        until = self._until(own, now, busy=max(hold.wanted, slots) > reserve(self.rate, len(wanted)))
        steady = own is not None and own.slots == slots and abs(own.wanted - hold.wanted) <= self.rate // 10
        wants = own.wanted if own is not None and steady else hold.wanted  # a little more or less is not worth writing
        self._keep(held | {worker: Share(slots, wants, until)})
        return Budget(part, until, self.pause_at(now))

    def _until(self, own: Share | None, now: datetime, *, busy: bool) -> datetime:
        """The end of a hold: as it stands, while enough is left of it."""
        lasts, renewal = (self.busy_hold, _BUSY_RENEWAL) if busy else (IDLE_HOLD, _IDLE_RENEWAL)
        if own is not None and lasts * renewal <= own.until - now <= lasts:
            return own.until
        return now + lasts

    def _keep(self, holders: dict[WorkerId, Share]) -> None:
        if holders != self.holders:
            self.holders, self.changed = holders, True


def reserve(rate: int, holders: int) -> int:
    """The slots that each of so many holders may keep while it lives, so that a reply can leave at once.

    A tenth of the rate; less where the reserves of all would be more than a third of it; at least one.
    """
    return max(1, min(rate // 10, rate // (3 * holders)))


def fair_parts(rate: int, wanted: Mapping[WorkerId, int]) -> dict[WorkerId, int]:
    """Divide the rate among holders: each gets what he wants or an equal part of what the modest ones leave.

    (Max-min fairness.) Nobody's part is below the reserve, whatever he wants, nor above the rate. Of more holders than
    slots some get none.
    """
    least = reserve(rate, max(1, len(wanted)))
    demands = sorted((min(rate, max(least, want)), name) for name, want in wanted.items())
    parts: dict[WorkerId, int] = {}
    left = rate
    for place, (demand, name) in enumerate(demands):
        parts[name] = min(demand, left, max(1, left // (len(demands) - place)))
        left -= parts[name]
    return parts
