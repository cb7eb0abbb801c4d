"""Readers' own issues, rendered when they are asked for: from the one stored issue, once for all who want the same.

They are not stored: the same issue, overset and combination give the same bytes (docs/decisions/0012).
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING

from domain.combinations import PLAIN, Combination, FormKey
from domain.editions import FRONT, Message, Style
from domain.evidence import Evidence, HarvestEvidence, QuoteEvidence, ReadingEvidence
from domain.issue import Issue, IssueState, Paper
from domain.overset import Overset
from storage.archive import Archive
from storage.doubts import Doubted
from storage.editing import EditorialChanges
from storage.forms import Forms
from storage.issues import Issues
from storage.oversets import Oversets

if TYPE_CHECKING:
    from formatters.own import OwnIssues

#: Days whose pieces are kept at hand: today's, and one that readers look back at.
_KEPT = 2


@dataclass(frozen=True, slots=True)
class Press:
    """Prints a page of a reader's own issue. ``paper`` stands in every masthead."""

    issues: Issues
    oversets: Oversets
    forms: Forms
    archive: Archive
    changes: EditorialChanges
    paper: Paper
    _days: OrderedDict[tuple[date, int], OwnIssues] = field(default_factory=OrderedDict)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def page(self, day: date, style: Style, page: str, own: FormKey) -> Message | None:
        """A page of a published issue as a combination asks for it.

        None for the paper as it is, for a combination that nobody wants any more, and where there is no such page.
        """
        wanted = self._wanted(own)
        if wanted is None or style not in {Style.CLASSIC, Style.RICH}:
            return None
        with self._lock:  # what is set once is shared
            issues = self._of(day)
            return None if issues is None else issues.page(wanted, style, page)

    def front(self, day: date, style: Style, own: FormKey) -> Message | None:
        """The page that is delivered."""
        return self.page(day, style, FRONT, own)

    def _wanted(self, own: FormKey) -> Combination | None:
        return None if own == PLAIN else self.forms.combination(own)

    def _of(self, day: date) -> OwnIssues | None:
        """Everything that readers' issues of a day are made of; a correction makes it new."""
        key = day, self.issues.revision(day)
        if key not in self._days:
            record = self.issues.load(day)
            if record is None or record.state is not IssueState.PUBLISHED:
                return None
            from formatters.own import OwnIssues  # a paper that idles does without the formatters
            from newsroom.personal import Personal

            personal = Personal(record.issue, self._overset(record.issue))
            self._days[key] = OwnIssues(personal.of, record.issue, self.paper)
            while len(self._days) > _KEPT:
                self._days.popitem(last=False)
        self._days.move_to_end(key)
        return self._days[key]

    def _overset(self, issue: Issue) -> Overset:
        """What was set for the day, without what is doubted or was skipped since."""
        overset, doubted = self.oversets.of(issue.date), Doubted.of(self.archive.doubts())
        fallen = {key for key, each in overset.evidence.items() if _is_doubted(each, doubted)}
        return overset.without(fallen, self.changes.direction(issue.date).skipped)


def _is_doubted(evidence: Evidence, doubted: Doubted) -> bool:
    match evidence:
        case ReadingEvidence():
            return evidence.reading_id in doubted.readings
        case HarvestEvidence():
            return evidence.harvest_id in doubted.harvests
        case QuoteEvidence():
            return evidence.version in doubted.versions
