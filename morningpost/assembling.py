"""What the desk asks of the newsroom: an issue written from the readings, and one recomputed from storage.

It brings the newsroom and the formatters along, which only a morning needs: ``Desk`` loads it when it sits down.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from domain.editions import Edition
from domain.issue import Issue, Paper
from formatters.editions import render_all
from formatters.reading_back import READ_BACK, missing_sentences
from morningpost.facts import StoredFacts
from morningpost.writing import ModelDesk
from newsroom.assembly import assemble
from newsroom.checking import AuditReport, audit
from newsroom.history import needed
from newsroom.record import Record
from storage.archive import Archive
from storage.doubts import Doubted
from storage.issues import Issues

#: How far back the newsroom looks: streaks, records and movers rest on these days of readings.
HISTORY = timedelta(days=61)

#: Issues that novelty is held against: a view comes back after 45 days at the earliest.
PAST_ISSUES = 45


@dataclass(frozen=True, slots=True)
class Assembling:
    """The newsroom joined to what is stored."""

    archive: Archive
    issues: Issues
    paper: Paper
    model: ModelDesk | None

    def written(self, day: date, as_of: datetime, dead: frozenset[str]) -> tuple[Issue, tuple[Edition, ...]]:
        """A checked draft of a day from the readings observed up to ``as_of``, in all its editions.

        ``dead`` are the links that it must not print.
        """
        past = self.issues.before(day, PAST_ISSUES)
        number = self.issues.number_for(day)
        issue = assemble(day, self._record_until(as_of), past, self.paper, number, as_of, dead)
        if self.model is not None:
            issue = self.model.rewrite(issue, past, StoredFacts(self.archive))
        return issue, render_all(issue, self.paper)

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

    def audited(self, issue: Issue) -> AuditReport:
        """Every claim of an issue recomputed from storage."""
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
