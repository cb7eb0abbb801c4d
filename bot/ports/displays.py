"""What chapters for admins ask of the house about the messages that they leave on the screen."""

from __future__ import annotations

from typing import Protocol

from domain.deliveries import Receipt
from domain.proofs import Proof
from domain.readers import ChatId


class Displays(Protocol):
    """Messages that go on to show how a draft or a broadcast stands, whoever changes that; nothing raises."""

    async def draft(self, chat_id: ChatId, message_id: int, proof: Proof, *, busy: bool = False) -> None:
        """A message shows these pages as they stand now; ``busy``: an act is under way, and will say so itself."""
        ...

    async def broadcast(self, chat_id: ChatId, message_id: int, receipt: Receipt) -> None:
        """A message shows how a broadcast stands."""
        ...

    async def asking(self, chat_id: ChatId, message_id: int) -> None:
        """A message asks something now: it is left alone for a minute."""
        ...

    def changed(self) -> None:
        """Something was done: look at once."""
        ...
