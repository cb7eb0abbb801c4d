"""What readers may take: published issues, in the very bytes that were approved."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime

from domain.editions import CHANNEL, FRONT, Edition, Message, Style
from domain.issue import IssueState
from domain.ledger import Form
from domain.readers import ChatId
from storage.broadcasts import Broadcasts
from storage.issues import Issues

#: Editions of published issues kept in memory: today's in three styles, and a few that readers look back at.
_KEPT = 12


@dataclass(frozen=True, slots=True)
class Newsstand:
    """Implements the bot's Newsstand. ``wake`` tells the pump of a late reader."""

    issues: Issues
    broadcasts: Broadcasts
    clock: Callable[[], datetime]
    wake: Callable[[], None]
    _published: dict[tuple[date, Style, int], Edition] = field(default_factory=dict)

    def current(self) -> date | None:
        """The date of the newest published issue."""
        record = self.issues.latest(IssueState.PUBLISHED)
        return None if record is None else record.issue.date

    def page(self, day: date, style: Style, page: str) -> Message | None:
        """One page of a published issue; None when there is no such page."""
        edition = self._edition(day, style)
        return None if edition is None else edition.pages.get(page)

    def deliver_now(self, chat_id: ChatId) -> bool:
        """Queue the newest issue for a reader who has not had it yet; False when there is nothing to bring."""
        added = self.broadcasts.add_late(chat_id, at=self.clock())
        if added:
            self.wake()
        return added

    def _edition(self, day: date, style: Style) -> Edition | None:
        """A published edition; it is kept, for it never changes but by a correction."""
        key = (day, style, self.issues.revision(day))
        if key in self._published:
            return self._published[key]
        record = self.issues.load(day)
        if record is None or record.state is not IssueState.PUBLISHED:
            return None
        edition = self.issues.edition(day, style)
        if edition is not None:
            while len(self._published) >= _KEPT:
                self._published.pop(next(iter(self._published)))
            self._published[key] = edition
        return edition


@dataclass(frozen=True, slots=True)
class Words:
    """What is sent for a form of a broadcast, whatever its kind. The pump's lookup."""

    issues: Issues
    broadcasts: Broadcasts

    def __call__(self, form: Form) -> Message | None:
        """The approved words; None when there are none."""
        if form.issue_date is None:
            parts = self.broadcasts.words(form.broadcast)
            return parts[form.part - 1] if form.part <= len(parts) else None
        edition = self.issues.edition(form.issue_date, form.style)
        return None if edition is None else edition.pages.get(CHANNEL if form.to_channel else FRONT)
