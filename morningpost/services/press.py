"""Readers' own issues, rendered when they are asked for: from the one stored issue, once for all who want the same.

They are not stored: the same issue, overset and combination give the same bytes (docs/decisions/0012).
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING

from bot.languages.lookup import words_of
from bot.texts.sections import labels_of, spoken
from domain.combinations import ENGLISH, PLAIN, Combination, FormKey
from domain.editions import FRONT, Message, Style
from domain.evidence import Evidence, HarvestEvidence, QuoteEvidence, ReadingEvidence
from domain.issue import IssueState, Paper, SectionName
from domain.items import ItemKey
from domain.overset import ForYou, Overset
from formatters.keyboards import labelled
from storage.archive import Archive
from storage.doubts import Doubted
from storage.editing import EditorialChanges
from storage.forms import Forms
from storage.issues import Issues
from storage.oversets import Oversets

if TYPE_CHECKING:
    from formatters.own import OwnIssues
    from newsroom.personal import Personal

#: Days whose pieces are kept at hand: today's, and one that readers look back at.
_KEPT = 2


@dataclass(frozen=True, slots=True)
class _Day:
    """Everything that readers' issues of a day are made of; ``left_over``: as it was kept for the day."""

    personal: Personal
    left_over: Overset
    pages: OwnIssues


@dataclass(frozen=True, slots=True)
class Press:
    """Prints a page of a reader's own issue. ``paper`` stands in every masthead."""

    issues: Issues
    oversets: Oversets
    forms: Forms
    archive: Archive
    changes: EditorialChanges
    paper: Paper
    _days: OrderedDict[tuple[date, int, Doubted, frozenset[ItemKey]], _Day] = field(default_factory=OrderedDict)
    _languages: dict[FormKey, Combination] = field(default_factory=lambda: {PLAIN: Combination()})
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def page(self, day: date, style: Style, page: str, own: FormKey) -> Message | None:
        """A page of a published issue as a combination asks for it.

        None for the paper as it is, for a combination that nobody wants any more, and where there is no such page.
        """
        wanted = self._wanted(own)
        if wanted is None or wanted.is_of_the_paper or style not in {Style.CLASSIC, Style.RICH}:
            return None
        with self._lock:  # what is set once is shared
            pieces = self._of(day)
            printed = None if pieces is None else pieces.pages.page(wanted, style, page)
        return None if printed is None else labelled(printed, labels_of(self.paper), self.paper)

    def front(self, day: date, style: Style, own: FormKey) -> Message | None:
        """The page that is delivered."""
        return self.page(day, style, FRONT, own)

    def spoken(self, page: Message, own: FormKey) -> Message:
        """A page with its buttons in the language of a combination; as it is for one that nobody wants any more."""
        wanted = self._wanted(own)
        if wanted is None:
            return page
        return spoken(words_of(wanted.language or ENGLISH, self.paper.language), page, self.paper)

    def for_you(self, day: date, own: FormKey) -> ForYou | None:
        """What a reader's own section of a published issue is made of; None when there is no such issue."""
        wanted = self._wanted(own)
        with self._lock:
            pieces = self._of(day)
            if pieces is None:
                return None
            section = pieces.personal.of(wanted).section(SectionName.FOR_YOU) if wanted is not None else None
            mine = section.stories if section is not None else ()
            return ForYou(pieces.personal.issue, pieces.left_over.stories, mine, pieces.left_over.evidence)

    def _wanted(self, own: FormKey) -> Combination | None:
        """What stands behind a key; nothing is asked for the paper as it is, in any language that was seen before."""
        known = self._languages.get(own)
        if known is not None:
            return known
        found = self.forms.combination(own)
        if found is not None and found.is_of_the_paper:
            self._languages[own] = found
        return found

    def _of(self, day: date) -> _Day | None:
        """What is kept of a day; a correction, a doubt and a skip make it new."""
        doubted, skipped = Doubted.of(self.archive.doubts()), self.changes.direction(day).skipped
        key = day, self.issues.revision(day), doubted, skipped
        if key not in self._days:
            record = self.issues.load(day)
            if record is None or record.state is not IssueState.PUBLISHED:
                return None
            from formatters.own import OwnIssues  # a paper that idles does without the formatters
            from newsroom.personal import Personal

            left_over = self.oversets.of(day)
            personal = Personal(record.issue, standing(left_over, doubted, skipped))
            self._days[key] = _Day(personal, left_over, OwnIssues(personal.of, record.issue, self.paper))
            while len(self._days) > _KEPT:
                self._days.popitem(last=False)
        self._days.move_to_end(key)
        return self._days[key]


def standing(overset: Overset, doubted: Doubted, skipped: Collection[ItemKey]) -> Overset:
    """What was set for a day, without what is doubted or was skipped since."""
    fallen = {key for key, each in overset.evidence.items() if _is_doubted(each, doubted)}
    return overset.without(fallen, skipped)


def _is_doubted(evidence: Evidence, doubted: Doubted) -> bool:
    match evidence:
        case ReadingEvidence():
            return evidence.reading_id in doubted.readings
        case HarvestEvidence():
            return evidence.harvest_id in doubted.harvests
        case QuoteEvidence():
            return evidence.version in doubted.versions
