"""Two clocks kept apart: the wall's, in which the ledger plans, and a steady one, by which everything here is timed."""

from __future__ import annotations

import time
from dataclasses import dataclass
from datetime import datetime, timedelta

#: Counts while the machine sleeps, too, where the system has such a clock.
_STEADY = getattr(time, "CLOCK_BOOTTIME", time.CLOCK_MONOTONIC)


def steady() -> float:
    """Seconds of a clock that nobody sets: it neither jumps nor runs back."""
    return time.clock_gettime(_STEADY)


@dataclass(frozen=True, slots=True)
class Anchor:
    """One moment read on both clocks: a wall clock that is set afterwards changes no plan that was made by it."""

    wall: datetime
    steady: float

    def to_steady(self, moment: datetime) -> float:
        """A moment of the ledger on the steady clock."""
        return self.steady + (moment - self.wall).total_seconds()

    def to_wall(self, moment: float) -> datetime:
        """A moment of the steady clock as the ledger counts."""
        return self.wall + timedelta(seconds=moment - self.steady)
