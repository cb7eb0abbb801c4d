"""The clock of the ledger and that of a worker: moments go in by the one and come out by the other."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta


@dataclass(frozen=True, slots=True)
class Clocks:
    """``now`` by the ledger's clock (aware UTC), and by how much it is ahead of the worker's."""

    now: datetime
    ahead: timedelta = timedelta(0)

    def ended(self, at: datetime) -> datetime:
        """A moment that the worker saw pass, by the ledger's clock: never later than now."""
        return min(at + self.ahead, self.now)

    def told(self, moment: datetime) -> datetime:
        """A moment of the ledger, by the worker's clock."""
        return moment - self.ahead

    def told_or_none(self, moment: datetime | None) -> datetime | None:
        """The same where there may be none."""
        return None if moment is None else moment - self.ahead
