"""What delivery asks of the house: a ledger, a wire, the words to send, and someone to tell."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from typing import Protocol

from delivery.letters import Letter
from domain.deliveries import Broadcast, BroadcastId, Outcome, Receipt
from domain.editions import Message
from domain.ledger import Ask, Form, Lease, Tick
from domain.readers import ChatId

#: Aware UTC.
Clock = Callable[[], datetime]

#: The approved words of a form; None when there are none. Synchronous: called off the event loop, kept by the pump.
Editions = Callable[[Form], Message | None]


class Wire(Protocol):
    """The way to Telegram. Every ending is an outcome; nothing is raised for what Telegram or the network does."""

    def letter(self, message: Message) -> Letter:
        """Encode a message once for all who get it. Raises ValueError for a form that is not for chats."""
        ...

    async def send(self, chat_id: ChatId, letter: Letter, silent: bool = False) -> Outcome:
        """Send a letter as it stands."""
        ...

    async def edit(self, chat_id: ChatId, message_id: int, letter: Letter) -> Outcome:
        """Put a letter in the place of a delivered message; repeating it is harmless."""
        ...


class Ledger(Protocol):
    """The rows. Synchronous: called off the event loop. Raises StorageError, and then nothing was half-written."""

    def tick(self, ask: Ask) -> Tick:
        """Settle what ended, renew the worker's share of the rate, then lease rows that may be sent by the horizon."""
        ...


class Outbox(Ledger, Protocol):
    """The ledger with the acts that fill it and account for it; safe to repeat."""

    def open_issue(self, day: date, *, at: datetime, now: bool = False, by: str = "") -> Broadcast:
        """Owe a published issue to the channel at once and to each reader at his hour, or to all of them ``now``."""
        ...

    def add_late(self, chat_id: ChatId, *, at: datetime, day: date | None = None) -> bool:
        """Owe the newest issue to a reader who has not had it; False when there is nothing to bring."""
        ...

    def receipt(self, broadcast: BroadcastId) -> Receipt:
        """What became of a broadcast so far. Raises NotFound."""
        ...

    def latest_receipt(self) -> Receipt | None:
        """What became of the newest broadcast so far."""
        ...


class Notices(Protocol):
    """Who is told what an operator must know; told once each, and never waited for."""

    async def finished(self, broadcast: BroadcastId) -> None:
        """Every row of a broadcast has come to an end."""
        ...

    async def stopped(self, broadcast: BroadcastId) -> None:
        """Telegram refused the content: nothing more of it is sent until someone resumes it. Its row says why."""
        ...

    async def channel_failed(self, lease: Lease, outcome: Outcome) -> None:
        """The channel did not get its copy, or may not have; the readers get theirs."""
        ...

    async def wire_closed(self, reason: str) -> None:
        """The token is revoked or wrong: everything stands still, and nobody loses a subscription."""
        ...

    async def rich_missing(self) -> None:
        """The server lacks the method for rich messages: rich readers get the classic edition."""
        ...

    async def ledger_unreachable(self, reason: str) -> None:
        """The database has refused for a while; outcomes are kept and written when it answers."""
        ...
