"""What writing to the readers asks of the house."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Protocol

from domain.audiences import Audience
from domain.deliveries import Receipt
from domain.editions import Message
from domain.notices import Composed


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

    def compose(self, parts: Sequence[Message], by: str) -> str:
        """Keep a notice for everybody until it is sent, for two days at least; its name (12 hexadecimal digits)."""
        ...

    def composed(self, name: str) -> Composed | None:
        """The notice of a name; None when there is none any more."""
        ...

    def aim(self, name: str, audience: Audience) -> None:
        """Let a notice go to others."""
        ...

    def discard(self, name: str) -> None:
        """Give a notice up."""
        ...

    def sent(self, name: str) -> Receipt | None:
        """What became of a notice so far; None when it was not sent."""
        ...

    def send(self, name: str, by: str) -> tuple[Receipt, bool]:
        """Queue a notice, now; False beside its receipt: it was sent already. Raises NotFound."""
        ...
