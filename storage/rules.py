"""The rules by which the ledger leases rows."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from domain.hours import CATCH_UP
from domain.ledger import OnUncertain

#: What is late by less was not missed: a busy rate, a flood or a restart may hold a row up so long.
NOT_YET_MISSED = timedelta(minutes=30)


@dataclass(frozen=True, slots=True)
class Rules:
    """How rows are leased: ``rate`` messages in any second, ``lease`` for one attempt, and what is done when in doubt.

    The lease must outlast the longest request (the pump begins none in its second half). ``catch_up``: how long after
    its hour a row of the morning's issue is still sent; what nobody tried by then is skipped (never before
    ``NOT_YET_MISSED``). ``database_clock``: the moments are those of the server, where the
    database has one, so that a host whose clock lies harms nobody.
    """

    rate: int = 30
    lease: timedelta = timedelta(seconds=60)
    on_uncertain: OnUncertain = OnUncertain.RESEND
    catch_up: timedelta = CATCH_UP
    database_clock: bool = False

    @property
    def missed_after(self) -> timedelta:
        """How late a row must be to be skipped."""
        return max(self.catch_up, NOT_YET_MISSED)
