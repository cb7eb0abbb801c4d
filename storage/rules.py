"""The rules by which the ledger leases rows."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from domain.hours import CATCH_UP, grace
from domain.ledger import OnUncertain


@dataclass(frozen=True, slots=True)
class Rules:
    """How rows are leased: ``rate`` messages in any second, ``lease`` for one attempt, and what is done when in doubt.

    The lease must outlast the longest request (the pump begins none in its second half). ``catch_up``: how long after
    its hour a row of the morning's issue is still sent; what nobody tried by then is skipped (``domain.hours.grace``).
    ``database_clock``: the moments are those of the server, where the database has one, so that a host whose clock lies
    harms nobody.
    """

    rate: int = 30
    lease: timedelta = timedelta(seconds=60)
    on_uncertain: OnUncertain = OnUncertain.RESEND
    catch_up: timedelta = CATCH_UP
    database_clock: bool = False

    @property
    def missed_after(self) -> timedelta:
        """How late a row must be to be skipped."""
        return grace(self.catch_up)
