"""The desk for notices: an admin's own words to the readers, counted and queued."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from domain.audiences import Audience
from domain.deliveries import BroadcastId, Receipt
from domain.editions import Message
from formatters.notices import notice_parts, pictured
from formatters.receipts import outlook_lines
from storage.outbox import Outbox
from storage.readership import Readership

#: The same words within this time are taken for the same notice.
SAME_NOTICE = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class NoticeDesk:
    """Implements the bot's NoticeDesk. ``wake`` tells the pump."""

    outbox: Outbox
    readership: Readership
    clock: Callable[[], datetime]
    wake: Callable[[], None]

    def parts(self, html: str, photo: str | None = None) -> tuple[Message, ...]:
        """The messages of a notice. Raises WrongMarkup."""
        return notice_parts(html) if photo is None else pictured(photo, html)

    def size(self, audience: Audience) -> int:
        """How many readers an audience has now."""
        return self.outbox.audience_size(audience, self.clock())

    def outlook(self, messages: int) -> list[str]:
        """What so many messages take."""
        return outlook_lines(messages, self.outbox.rate)

    def languages(self) -> Mapping[str, int]:
        """Active readers by language."""
        return self.readership.languages()

    def topics(self) -> Mapping[str, int]:
        """Active readers by topic."""
        return self.readership.topics()

    def campaigns(self) -> Mapping[str, int]:
        """Active readers by campaign."""
        return self.readership.campaigns()

    def same(self, parts: Sequence[Message]) -> Receipt | None:
        """The broadcast of the very same words within a day."""
        found = self.outbox.same_notice(parts, self.clock() - SAME_NOTICE)
        return self.outbox.receipt(found.id) if found is not None else None

    def send(self, parts: Sequence[Message], audience: Audience, by: str) -> BroadcastId:
        """Queue a notice for an audience, now."""
        opened = self.outbox.open_notice(parts, audience, at=self.clock(), by=by)
        self.wake()
        return opened.id

    def receipt(self, broadcast: BroadcastId) -> Receipt:
        """What became of a broadcast so far."""
        return self.outbox.receipt(broadcast)
