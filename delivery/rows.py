"""Rows of the ledger on their way: data while they wait, and how each of them ended."""

from __future__ import annotations

from dataclasses import dataclass

from delivery.moments import Anchor
from domain.deliveries import Outcome
from domain.ledger import Form, Lease, Settlement
from domain.readers import ChatId


@dataclass(eq=False, slots=True)
class Row:
    """A leased row. It begins between ``at`` and ``latest`` (steady seconds) or not at all.

    Until it has ``begun`` nothing has touched the wire, and it can be handed back.
    """

    lease: Lease
    form: Form
    chat_id: ChatId
    at: float
    latest: float
    begun: bool = False

    @classmethod
    def of(cls, lease: Lease, anchor: Anchor) -> Row:
        """The row of a lease that came with a tick: half of it is kept for the answer."""
        at, until = anchor.to_steady(lease.at), anchor.to_steady(lease.until)
        return cls(lease, lease.form, lease.chat_id, at, at + (until - at) / 2)


@dataclass(frozen=True, slots=True)
class Ending:
    """How a row ended, and when by the steady clock."""

    lease: Lease
    outcome: Outcome
    at: float
    begun: bool

    def settlement(self, anchor: Anchor) -> Settlement:
        """The ending as the ledger is told of it."""
        return Settlement(self.lease.delivery, self.lease.attempt, self.outcome, anchor.to_wall(self.at), self.begun)
