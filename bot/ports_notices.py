"""What writing to the readers asks of the house."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Protocol

from domain.audiences import Audience
from domain.deliveries import BroadcastId, Receipt
from domain.editions import Message


class NoticeDesk(Protocol):
    """Notices to the readers. Synchronous; each raises NotFound or NotAllowed with words for the admin."""

    def parts(self, html: str, photo: str | None = None) -> tuple[Message, ...]:
        """The messages of a notice in Telegram's HTML, below the picture with the file_id ``photo`` if one is given.

        Raises MorningPostError, naming what Telegram would refuse.
        """
        ...

    def size(self, audience: Audience) -> int:
        """How many readers an audience has now."""
        ...

    def outlook(self, messages: int) -> list[str]:
        """What so many messages take, in lines of plain text."""
        ...

    def languages(self) -> Mapping[str, int]:
        """Active readers by language, the most first."""
        ...

    def topics(self) -> Mapping[str, int]:
        """Active readers by topic, the most first."""
        ...

    def campaigns(self) -> Mapping[str, int]:
        """Active readers by the link that brought them, the most first."""
        ...

    def same(self, parts: Sequence[Message]) -> Receipt | None:
        """The broadcast of the very same words within a day; None when there is none."""
        ...

    def send(self, parts: Sequence[Message], audience: Audience, by: str) -> BroadcastId:
        """Queue a notice for an audience, now."""
        ...

    def receipt(self, broadcast: BroadcastId) -> Receipt:
        """What became of a broadcast so far."""
        ...
