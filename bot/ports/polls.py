"""The polls of the channel, as the conversation meets them."""

from __future__ import annotations

from datetime import date
from typing import Protocol

from domain.polls import Count, Poll


class PollDesk(Protocol):
    """The weekly poll."""

    def newest(self) -> Poll | None:
        """The newest poll; None before the first. Synchronous: called off the event loop."""
        ...

    def counted(self, count: Count) -> None:
        """Keep what Telegram says of a poll, a closed one for good. Synchronous: called off the event loop."""
        ...

    async def close_now(self, asked_on: date) -> bool:
        """Close a poll before its time; False when there is none to close, or it can't be closed now."""
        ...
