"""What the desk asks of the newsroom: an issue written from the readings, and one recomputed from storage.

It brings the newsroom and the formatters along, which only a morning needs: ``Desk`` loads it when it sits down.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta

from bot.texts.sections import labels_of
from domain.editions import Edition
from domain.edits import Direction, Edit, LeadOption
from domain.issue import SECTION_TITLES, Checks, Issue, Paper, Section, SectionName
from domain.overset import Overset
from formatters.editions import render_all
from formatters.reading_back import READ_BACK, missing_sentences
from morningpost.desk.facts import StoredFacts
from morningpost.desk.writing import ModelDesk
from newsroom.assembly import assemble, lead_options
from newsroom.checking import AuditReport, audit, check
from newsroom.desk import Desk as NewsDesk
from newsroom.editing import with_edits
from newsroom.history import needed
from newsroom.measuring import hold_to_goals
from newsroom.overset import set_overset
from newsroom.record import Record
from newsroom.selection.approval import DAYS, Approval
from storage.archive import Archive
from storage.doubts import Doubted
from storage.editing import EditorialChanges
from storage.feedback import FeedbackBook
from storage.issues import Issues

#: How far back the newsroom looks: streaks, records and movers rest on these days of readings.
HISTORY = timedelta(days=61)

#: Issues that novelty is held against: a view comes back after 45 days at the earliest.
PAST_ISSUES = 45

#: So many stories are offered to lead instead.
MOST_OPTIONS = 5


@dataclass(frozen=True, slots=True)
class Assembling:
    """The newsroom joined to what is stored, for one act: what it loads it keeps."""

    archive: Archive
    issues: Issues
    paper: Paper
    changes: EditorialChanges
    feedback: FeedbackBook
    model: ModelDesk | None
    _records: dict[datetime, Record] = field(default_factory=dict)
    _past: dict[date, list[Issue]] = field(default_factory=dict)

    def written(self, day: date, as_of: datetime, dead: frozenset[str]) -> tuple[Issue, tuple[Edition, ...]]:
        """A checked draft of a day from the readings observed up to ``as_of``, in all its editions.

        ``dead`` are the links that it must not print. What editors asked for and wrote themselves is kept.
        """
        issue = self.draft(day, as_of, dead, self.changes.direction(day))
        return self.rendered(self.edited(issue, self.changes.edits(day))[0])

    def draft(self, day: date, as_of: datetime, dead: frozenset[str], direction: Direction) -> Issue:
        """A checked draft in the newsroom's own words, written as editors direct."""
        past = self._before(day)
        number = self.issues.number_for(day)
        days = day - timedelta(days=DAYS), day - timedelta(days=1)
        votes = Approval(self.feedback.by_kind(*days), self.feedback.polled(*days))
        issue = assemble(day, self._record_until(as_of), past, self.paper, number, as_of, dead, direction, votes)
        return issue if self.model is None else self.model.rewrite(issue, past, StoredFacts(self.archive))

    def left_over(self, issue: Issue, as_of: datetime, dead: frozenset[str]) -> Overset:
        """What could be told beside an issue, checked: for readers' own issues."""
        past, direction = self._before(issue.date), self.changes.direction(issue.date)
        return set_overset(issue, self._record_until(as_of), past, self.paper, as_of, dead, direction)

    def edited(self, issue: Issue, edits: Sequence[Edit]) -> tuple[Issue, tuple[Edit, ...]]:
        """The issue with the sentences that editors wrote, checked again, and those that have no place in it."""
        if not edits:
            return issue, ()
        changed, lost = with_edits(issue, edits)
        return self.rechecked(changed), lost

    def rechecked(self, issue: Issue) -> Issue:
        """The issue after its checks and measures."""
        checked = check(issue, StoredFacts(self.archive))
        return hold_to_goals(checked, self._before(issue.date))

    def rendered(self, issue: Issue) -> tuple[Issue, tuple[Edition, ...]]:
        """The issue in all its editions."""
        return issue, render_all(issue, self.paper, labels_of(self.paper))

    def lead_options(self, standing: Issue, dead: frozenset[str], direction: Direction) -> tuple[LeadOption, ...]:
        """The stories that could lead in place of the one that does, best first."""
        as_of = standing.coverage.as_of
        past = self._before(standing.date)
        record = self._record_until(as_of)
        desk = NewsDesk.open(standing.date, record, past, self.paper, as_of, dead, direction)
        return lead_options(desk, standing, MOST_OPTIONS)

    def _before(self, day: date) -> list[Issue]:
        """The issues that a day's is held against; loaded once."""
        if day not in self._past:
            self._past[day] = self.issues.before(day, PAST_ISSUES)
        return self._past[day]

    def _record_until(self, as_of: datetime) -> Record:
        """What was read up to a moment; loaded once."""
        if as_of not in self._records:
            self._records[as_of] = self._trusted_until(as_of)
        return self._records[as_of]

    def _trusted_until(self, as_of: datetime) -> Record:
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

    def audited_beside(self, issue: Issue, overset: Overset) -> AuditReport:
        """Every claim of what readers' own sections of an issue are made of, recomputed from storage."""
        section = Section(SectionName.FOR_YOU, SECTION_TITLES[SectionName.FOR_YOU], overset.stories)
        cited = {each for claim in section.claims() for each in claim.evidence}
        evidence = {name: each for name, each in overset.evidence.items() if name in cited}
        printed = sum(1 for _ in section.claims())
        beside = replace(issue, sections=(section,), evidence=evidence, checks=Checks(printed, printed))
        return audit(beside, StoredFacts(self.archive))

    def _unread_back(self, issue: Issue) -> Iterator[str]:
        """The sentences that do not stand in the editions as they are kept."""
        for style in READ_BACK:
            edition = self.issues.edition(issue.date, style)
            for text in missing_sentences(issue, edition) if edition is not None else ():
                yield f"the {style} edition does not say: {text}"
