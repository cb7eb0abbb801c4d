"""The desk: the acts of a morning, each safe to run twice: assemble, approve, hold, publish."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

import structlog

from domain.deliveries import BroadcastId, Receipt, Turn
from domain.editions import Message, Style
from domain.errors import NotAllowed, NotFound
from domain.issue import Issue, IssueRecord, IssueState, Paper
from domain.links import Asking
from formatters.receipts import outlook_lines
from morningpost.clock import day_in, end_of
from morningpost.writing import ModelDesk
from newsroom.links import REMEMBERED, dead_links, links_in_doubt, links_to_ask, printed_links
from storage.archive import Archive
from storage.broadcasts import Broadcasts
from storage.issues import Issues
from storage.links import Links

if TYPE_CHECKING:
    from morningpost.assembling import Assembling
    from newsroom.checking import AuditReport

log = structlog.get_logger()

#: Readings are kept as often as they were made for so long, then once a day.
KEPT_IN_FULL = timedelta(days=90)


@dataclass(frozen=True, slots=True)
class Desk:
    """The acts on issues, joined over storage, newsroom, formatters and the delivery queue."""

    archive: Archive
    issues: Issues
    broadcasts: Broadcasts
    paper: Paper
    clock: Callable[[], datetime]
    links: Links
    model: ModelDesk | None = None

    def today(self) -> date:
        """The day that it is in the paper's time zone."""
        return day_in(self.paper.zone, self.clock())

    def assemble(self, day: date, *, force: bool = False) -> IssueRecord:
        """Write the draft of a day from the readings observed up to its end, without dead links, and check it.

        An issue that stands already is left as it is, unless ``force``. Raises NotAllowed for a published one.
        """
        standing = self.issues.load(day)
        if standing is not None and not force:
            return standing
        moment = self.clock()
        as_of = min(moment, end_of(day, self.paper.zone))
        issue, editions = self._newsroom().written(day, as_of, dead_links(self._askings(moment), moment))
        record = self.issues.save_draft(issue, editions, moment)
        log.info(
            "issue.assembled",
            date=str(day),
            number=issue.number,
            state=record.state.value,
            claims=issue.checks.claims,
            dropped=len(issue.checks.drops),
            held=issue.checks.held,
        )
        return record

    def _newsroom(self) -> Assembling:
        """Who writes and recomputes; loaded here, so that a paper that idles or delivers does without (15 MB)."""
        from morningpost.assembling import Assembling

        return Assembling(self.archive, self.issues, self.paper, self.model)

    def links_to_ask(self, issue: Issue) -> tuple[str, ...]:
        """The links of an issue that want to be asked now whether they live."""
        moment = self.clock()
        return links_to_ask(issue, self._askings(moment), moment)

    def dead_links_of(self, issue: Issue) -> frozenset[str]:
        """The links of an issue that are known to be dead."""
        moment = self.clock()
        return dead_links(self._askings(moment), moment).intersection(printed_links(issue))

    def links_in_doubt(self, issue: Issue) -> frozenset[str]:
        """The links of an issue that were found gone once, and want to be asked again before it is printed."""
        moment = self.clock()
        return links_in_doubt(issue, self._askings(moment), moment)

    def _askings(self, moment: datetime) -> list[Asking]:
        return self.links.since(moment - REMEMBERED)

    def tidy(self) -> int:
        """Thin readings that are old to one a day; how many harvests went. What an issue cites stays.

        What links answered so long ago goes, too.
        """
        before = self.clock() - KEPT_IN_FULL
        self.links.thin(before)
        return self.archive.thin(before)

    def audit(self, day: date | None) -> AuditReport:
        """Recompute every claim of an issue from storage."""
        return self._newsroom().audited(self.record(day).issue)

    def record(self, day: date | None) -> IssueRecord:
        """The issue of a day, or the newest one. Raises NotFound."""
        found = self.issues.latest() if day is None else self.issues.load(day)
        if found is None:
            which = "There is no issue yet" if day is None else f"There is no issue of {day}"
            raise NotFound(f"{which}: run `morningpost collect`, then `morningpost assemble`.")
        return found

    def draft_page(self, day: date, style: Style, page: str) -> Message | None:
        """One page of an issue in any state."""
        edition = self.issues.edition(day, style)
        return None if edition is None else edition.pages.get(page)

    def approve(self, day: date | None, by: str) -> IssueRecord:
        """Let an issue go out at press time."""
        return self.issues.approve(self.record(day).issue.date, by, self.clock())

    def hold(self, day: date | None, by: str) -> IssueRecord:
        """Keep an issue from going out."""
        return self.issues.hold(self.record(day).issue.date, by, self.clock())

    def publish(self, day: date | None, by: str, *, now: bool = False) -> IssueRecord:
        """Publish an issue and queue it: the channel at once, each reader at his hour, or all of them ``now``.

        A draft whose checks passed is approved by the same word. Raises NotAllowed for a held issue.
        """
        record = self.record(day)
        if record.state is IssueState.HELD:
            reason = record.issue.checks.held or "an admin holds it"
            raise NotAllowed(f"The issue of {record.issue.date} is held ({reason}). Approve it first.")
        if record.state is IssueState.DRAFT:
            self.issues.approve(record.issue.date, by, self.clock())
        if record.state is not IssueState.PUBLISHED:
            record = self.issues.publish(record.issue.date, by, self.clock())
        self.broadcasts.open_issue(record.issue.date, at=self.clock(), now=now, by=by)
        return record

    def outlook(self, day: date) -> list[str]:
        """What sending the issue of a day takes as the readers' list stands, and costs if it is paid for."""
        return outlook_lines(self.broadcasts.issue_size(day), self.broadcasts.rate)

    def receipt(self) -> Receipt | None:
        """What became of the newest broadcast."""
        return self.broadcasts.latest_receipt()

    def turn(self, turn: Turn, broadcast: BroadcastId, by: str) -> Receipt:
        """Pause, resume, cancel or retry a broadcast, and say how it stands then. Raises NotFound, NotAllowed."""
        turns = {
            Turn.PAUSE: self.broadcasts.pause,
            Turn.RESUME: self.broadcasts.resume,
            Turn.CANCEL: self.broadcasts.cancel,
            Turn.RETRY: self.broadcasts.retry_failed,
        }
        turns[turn](broadcast, at=self.clock(), by=by)
        return self.broadcasts.receipt(broadcast)
