"""The desk for notices: an admin's own words to the readers, counted and queued."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from domain.audiences import Audience
from domain.deliveries import Receipt
from domain.editions import Message
from domain.errors import NotFound
from domain.notices import Composed
from formatters.notices import notice_parts, pictured
from formatters.receipts import outlook_lines
from storage.notices import Notices
from storage.outbox import Outbox
from storage.readership import Readership

#: The same words within this time are taken for the same notice.
SAME_NOTICE = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class NoticeDesk:
    """Implements the bot's NoticeDesk. ``wake`` tells the pump."""

    outbox: Outbox
    notices: Notices
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

    def compose(self, parts: Sequence[Message], by: str) -> str:
        """Keep a notice for everybody."""
        name = secrets.token_hex(6)
        self.notices.keep(name, parts, Audience(), by, self.clock())
        return name

    def composed(self, name: str) -> Composed | None:
        """The notice of a name."""
        return self.notices.of(name)

    def aim(self, name: str, audience: Audience) -> None:
        """Let a notice go to others."""
        self.notices.aim(name, audience)

    def discard(self, name: str) -> None:
        """Give a notice up."""
        self.notices.discard(name)

    def sent(self, name: str) -> Receipt | None:
        """What became of a notice so far."""
        found = self.outbox.sent_notice(name)
        return self.outbox.receipt(found.id) if found is not None else None

    def send(self, name: str, by: str) -> tuple[Receipt, bool]:
        """Queue a notice, now, once, whoever else asks for it at the same time."""
        before, composed = self.sent(name), self.notices.of(name)
        if before is not None:
            return before, False
        if composed is None:
            raise NotFound("This notice is no longer at hand. Write /broadcast to begin anew.")
        at = self.clock()
        opened = self.outbox.open_notice(composed.parts, composed.audience, at=at, by=by, name=name)
        self.wake()
        return self.outbox.receipt(opened.id), opened.created_at == at
