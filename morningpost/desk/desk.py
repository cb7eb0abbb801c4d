"""The desk: the acts of a morning, each safe to run twice: assemble, approve, hold, publish."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

import structlog

from domain.deliveries import BroadcastId, BroadcastState, Receipt, Turn
from domain.editions import Message, Style
from domain.errors import NotAllowed, NotFound
from domain.issue import Issue, IssueRecord, IssueState, Paper
from domain.links import Asking
from domain.proofs import Proof
from formatters.receipts import outlook_lines
from morningpost.clock import day_in, end_of
from morningpost.desk.writing import ModelDesk
from morningpost.services.press import standing
from newsroom.links import REMEMBERED, dead_links, links_in_doubt, links_to_ask, printed_links
from storage.archive import Archive
from storage.broadcasts import Broadcasts
from storage.doubts import Doubted
from storage.editing import EditorialChanges
from storage.feedback import FeedbackBook
from storage.issues import Issues
from storage.links import Links
from storage.oversets import Oversets

if TYPE_CHECKING:
    from morningpost.desk.assembling import Assembling
    from newsroom.checking import AuditReport

log = structlog.get_logger()

#: Readings are kept as often as they were made for so long, then once a day.
KEPT_IN_FULL = timedelta(days=90)

#: What was left over of an issue is kept for so long: readers' own issues of older days do without.
LEFT_OVER_FOR = timedelta(days=45)


@dataclass(frozen=True, slots=True)
class Desk:
    """The acts on issues, joined over storage, newsroom, formatters and the delivery queue."""

    archive: Archive
    issues: Issues
    broadcasts: Broadcasts
    paper: Paper
    clock: Callable[[], datetime]
    links: Links
    changes: EditorialChanges
    oversets: Oversets
    feedback: FeedbackBook
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
        newsroom, dead = self.newsroom(), dead_links(self._askings(moment), moment)
        issue, editions = newsroom.written(day, as_of, dead)
        record = self.issues.save_draft(issue, editions, moment)
        self.oversets.keep(day, newsroom.left_over(issue, as_of, dead))
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

    def newsroom(self) -> Assembling:
        """Who writes and recomputes; loaded here, so that a paper that idles or delivers does without (15 MB)."""
        from morningpost.desk.assembling import Assembling

        return Assembling(self.archive, self.issues, self.paper, self.changes, self.feedback, self.model)

    def links_to_ask(self, issue: Issue) -> tuple[str, ...]:
        """The links of an issue that want to be asked now whether they live."""
        moment = self.clock()
        return links_to_ask(issue, self._askings(moment), moment)

    def dead_links(self) -> frozenset[str]:
        """Every link that is known to be dead now."""
        moment = self.clock()
        return dead_links(self._askings(moment), moment)

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

        What links answered so long ago goes, too, and what was left over of old issues.
        """
        before = self.clock() - KEPT_IN_FULL
        self.links.thin(before)
        self.oversets.thin((self.clock() - LEFT_OVER_FOR).date())
        return self.archive.thin(before)

    def audit(self, day: date | None) -> AuditReport:
        """Recompute every claim of an issue from storage, and of what readers' own sections of it are made of."""
        issue, newsroom = self.record(day).issue, self.newsroom()
        doubted, skipped = Doubted.of(self.archive.doubts()), self.changes.direction(issue.date).skipped
        report = newsroom.audited(issue)
        beside = newsroom.audited_beside(issue, standing(self.oversets.of(issue.date), doubted, skipped))
        return replace(report, own=beside.verdicts, problems=(*report.problems, *beside.problems))

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

    def proof(self, day: date | None) -> Proof:
        """The issue of a day, or the newest one, in the very pages that would be sent. Raises NotFound."""
        found = self.issues.proof(self.record(day).issue.date)
        if found is None:
            raise NotFound(f"There is no issue of {day} any more.")
        return found

    def approve(self, day: date | None, by: str, of: str | None = None) -> IssueRecord:
        """Let an issue go out at press time: the one that bears the fingerprint ``of``, if that is given.

        Raises Outdated: its pages are others by now.
        """
        return self.issues.approve(self.record(day).issue.date, by, self.clock(), of=of)

    def hold(self, day: date | None, by: str) -> IssueRecord:
        """Keep an issue from going out; one that is going out is paused where it stands.

        Raises NotAllowed: the last message has left, or nothing of it may be sent any more.
        """
        record = self.record(day)
        if record.state is not IssueState.PUBLISHED:
            return self.issues.hold(record.issue.date, by, self.clock())
        receipt = self.issue_receipt(record.issue.date)
        if receipt is None or receipt.broadcast.state in {BroadcastState.DONE, BroadcastState.CANCELLED}:
            told = f"its last message has left: {receipt.sent:,} had it" if receipt else "it was never sent"
            raise NotAllowed(f"The issue of {record.issue.date} can't be held back: {told}.")
        if receipt.broadcast.state is BroadcastState.RUNNING:
            self.broadcasts.pause(receipt.broadcast.id, at=self.clock(), by=by)
        return record

    def issue_receipt(self, day: date) -> Receipt | None:
        """What became of the issue of a day so far; None when it was never sent."""
        return self.broadcasts.issue_receipt(day)

    def publish(self, day: date | None, by: str, *, now: bool = False, of: str | None = None) -> IssueRecord:
        """Publish an issue and queue it: the channel at once, each reader at his hour, or all of them ``now``.

        A draft whose checks passed is approved by the same word, which may name its fingerprint ``of``. Raises
        NotAllowed for a held issue, Outdated when its pages are others by now.
        """
        record = self.record(day)
        if record.state is IssueState.HELD:
            reason = record.issue.checks.held or "an admin holds it"
            raise NotAllowed(f"The issue of {record.issue.date} is held ({reason}). Approve it first.")
        if record.state is IssueState.DRAFT or (of is not None and record.state is IssueState.APPROVED):
            self.issues.approve(record.issue.date, by, self.clock(), of=of)
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
