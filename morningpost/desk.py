"""The desk: the acts of a morning, each safe to run twice: assemble, approve, hold, publish."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

import structlog

from domain.deliveries import Receipt
from domain.editions import Message, Style
from domain.errors import NotAllowed, NotFound
from domain.issue import Issue, IssueRecord, IssueState, Paper
from formatters.editions import render_all
from formatters.reading_back import READ_BACK, missing_sentences
from morningpost.clock import day_in, end_of
from morningpost.facts import StoredFacts
from morningpost.writing import ModelDesk
from newsroom.assembly import assemble
from newsroom.checking import AuditReport, audit
from newsroom.history import needed
from newsroom.record import Record
from storage.archive import Archive
from storage.broadcasts import Broadcasts
from storage.doubts import Doubted
from storage.issues import Issues

log = structlog.get_logger()

#: How far back the newsroom looks: streaks, records and movers rest on these days of readings.
HISTORY = timedelta(days=61)

#: Readings are kept as often as they were made for so long, then once a day.
KEPT_IN_FULL = timedelta(days=90)

#: Issues that novelty is held against: a view comes back after 45 days at the earliest.
PAST_ISSUES = 45


@dataclass(frozen=True, slots=True)
class Desk:
    """The acts on issues, joined over storage, newsroom, formatters and the delivery queue."""

    archive: Archive
    issues: Issues
    broadcasts: Broadcasts
    paper: Paper
    clock: Callable[[], datetime]
    model: ModelDesk | None = None

    def today(self) -> date:
        """The day that it is in the paper's time zone."""
        return day_in(self.paper.zone, self.clock())

    def assemble(self, day: date, *, force: bool = False) -> IssueRecord:
        """Write the draft of a day from the readings observed up to its end, and check it.

        An issue that stands already is left as it is, unless ``force``. Raises NotAllowed for a published one.
        """
        standing = self.issues.load(day)
        if standing is not None and not force:
            return standing
        moment = self.clock()
        issue = self._written(day, min(moment, end_of(day, self.paper.zone)))
        record = self.issues.save_draft(issue, render_all(issue, self.paper), moment)
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

    def _written(self, day: date, as_of: datetime) -> Issue:
        record = self._record_until(as_of)
        past = self.issues.before(day, PAST_ISSUES)
        draft = assemble(day, record, past, self.paper, self.issues.number_for(day), as_of)
        return draft if self.model is None else self.model.rewrite(draft, past, StoredFacts(self.archive))

    def _record_until(self, as_of: datetime) -> Record:
        """What was read up to a moment, without what is doubted; a list with a doubted reading counts as unread."""
        doubted = Doubted.of(self.archive.doubts())
        harvests = [each for each in self.archive.harvests(as_of - HISTORY, as_of) if each.id not in doubted.harvests]
        spoilt = {each.harvest_id for each in self.archive.readings_by_id(doubted.readings).values()}
        trusted = needed([each for each in harvests if each.id not in spoilt])
        readings = self.archive.listed([harvest.id for harvest in trusted])
        items = self.archive.items(as_of, {reading.item for reading in readings})
        kept = {key: item for key, item in items.items() if item.version not in doubted.versions}
        return Record.build(trusted, readings, kept)

    def tidy(self) -> int:
        """Thin readings that are old to one a day; how many harvests went. What an issue cites stays."""
        return self.archive.thin(self.clock() - KEPT_IN_FULL)

    def audit(self, day: date | None) -> AuditReport:
        """Recompute every claim of an issue from storage."""
        issue = self.record(day).issue
        until = issue.coverage.as_of
        asked = needed(self.archive.harvests(until - HISTORY, until))
        report = audit(issue, StoredFacts(self.archive), asked=asked)
        return replace(report, problems=(*report.problems, *self._unread_back(issue)))

    def _unread_back(self, issue: Issue) -> Iterator[str]:
        """The sentences that do not stand in the editions as they are kept."""
        for style in READ_BACK:
            edition = self.issues.edition(issue.date, style)
            for text in missing_sentences(issue, edition) if edition is not None else ():
                yield f"the {style} edition does not say: {text}"

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

    def receipt(self) -> Receipt | None:
        """What became of the newest broadcast."""
        return self.broadcasts.latest_receipt()
