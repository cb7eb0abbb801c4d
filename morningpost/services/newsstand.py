"""What readers may take: published issues, in the very bytes that were approved, or each reader's own of them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime

import structlog

from domain.combinations import PLAIN, FormKey
from domain.editions import CHANNEL, FRONT, Edition, Message, Style
from domain.errors import MorningPostError, StorageError
from domain.issue import IssueState
from domain.ledger import Form
from domain.readers import ChatId
from morningpost.services.press import Press
from storage.broadcasts import Broadcasts
from storage.issues import Issues

log = structlog.get_logger()

#: Editions of published issues kept in memory: today's in three styles, and a few that readers look back at.
_KEPT = 12


@dataclass(frozen=True, slots=True)
class Newsstand:
    """Implements the bot's Newsstand. ``wake`` tells the pump of a late reader."""

    issues: Issues
    broadcasts: Broadcasts
    clock: Callable[[], datetime]
    wake: Callable[[], None]
    press: Press | None = None
    _published: dict[tuple[date, Style, int], Edition] = field(default_factory=dict)

    def current(self) -> date | None:
        """The date of the newest published issue."""
        return self.issues.newest(IssueState.PUBLISHED)

    def page(self, day: date, style: Style, page: str, own: FormKey = PLAIN) -> Message | None:
        """One page of a published issue; None when there is no such page.

        ``own``: as a combination asks for it. A page that is not in a reader's own issue is the paper's.
        """
        printed = _own_page(self.press, day, style, page, own)
        if printed is not None:
            return printed
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
    press: Press | None = None

    def __call__(self, form: Form) -> Message | None:
        """The approved words, or a reader's own issue of them, with his buttons; None when there are none."""
        if form.issue_date is None:
            parts = self.broadcasts.words(form.broadcast)
            return parts[form.part - 1] if form.part <= len(parts) else None
        own = PLAIN if form.to_channel else form.own
        printed = _own_page(self.press, form.issue_date, form.style, FRONT, own) or self._front(form, form.issue_date)
        if printed is None or self.press is None or form.to_channel:
            return printed
        return self.press.spoken(printed, own)

    def _front(self, form: Form, day: date) -> Message | None:
        edition = self.issues.edition(day, form.style)
        return None if edition is None else edition.pages.get(CHANNEL if form.to_channel else FRONT)


def _own_page(press: Press | None, day: date, style: Style, page: str, own: FormKey) -> Message | None:
    """A page of a reader's own issue; None for the paper as it is, and where his own can't be printed.

    A reader whose own issue fails gets the paper: that is better than none. Raises StorageError.
    """
    if press is None or own == PLAIN:
        return None
    try:
        return press.page(day, style, page, own)
    except StorageError:
        raise
    except MorningPostError as error:
        log.exception("own_issue.not_printed", date=str(day), style=style, form=own, error=str(error))
        return None
