"""The rules by which the ledger leases rows."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from domain.hours import CATCH_UP, grace
from domain.ledger import OnUncertain
from storage.gate import BUSY_HOLD


@dataclass(frozen=True, slots=True)
class Rules:
    """How rows are leased: ``rate`` messages in any second, ``lease`` for one attempt, and what is done when in doubt.

    The lease must outlast the longest request (the pump begins none in its second half). ``hold``: how long the share
    of the rate of a worker that is at work outlives its last word; from then on the others have it. ``catch_up``: how
    long after its hour a row of the morning's issue is still sent; what nobody tried by then is skipped
    (``domain.hours.grace``).
    ``database_clock``: the moments are those of the server, where the database has one, so that a host whose clock lies
    harms nobody.
    """

    rate: int = 30
    lease: timedelta = timedelta(seconds=60)
    on_uncertain: OnUncertain = OnUncertain.RESEND
    catch_up: timedelta = CATCH_UP
    database_clock: bool = False
    hold: timedelta = BUSY_HOLD

    @property
    def missed_after(self) -> timedelta:
        """How late a row must be to be skipped."""
        return grace(self.catch_up)
