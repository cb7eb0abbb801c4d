"""What readers may look back at: published issues and what they rest on, joined over storage and newsroom."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from domain.combinations import FormKey
from domain.following import Candidate, Course
from domain.issue import Issue, IssueState
from domain.overset import ForYou
from domain.search import Found, Query
from morningpost.services.press import Press
from storage.following import Following
from storage.issues import Issues
from storage.search import Search

#: Whole issues kept in memory, of 1 MB each: readers who ask for evidence ask for today's.
_KEPT = 2


@dataclass(frozen=True, slots=True)
class Library:
    """Implements the bot's Library."""

    issues: Issues
    search: Search
    following: Following
    press: Press
    _kept: dict[tuple[date, int], Issue] = field(default_factory=dict)

    def days(self) -> Sequence[date]:
        """The days that have a published issue, oldest first."""
        return self.issues.dates(IssueState.PUBLISHED)

    def issue(self, day: date) -> Issue | None:
        """The published issue of a day; it is kept, for it never changes but by a correction."""
        key = (day, self.issues.revision(day))
        kept = self._kept.get(key)
        if kept is not None:
            return kept
        record = self.issues.load(day)
        if record is None or record.state is not IssueState.PUBLISHED:
            return None
        while len(self._kept) >= _KEPT:
            self._kept.pop(next(iter(self._kept)), None)
        self._kept[key] = record.issue
        return record.issue

    def for_you(self, day: date, own: FormKey) -> ForYou | None:
        """What a reader's own section of a published issue is made of; nothing is his for the paper as it is."""
        return self.press.for_you(day, own)

    def keep_indexed(self, most: int | None = None) -> int:
        """Index published issues that can't be searched as they stand, the newest first; how many were."""
        return self.search.refresh(most)

    def find(self, query: Query, offset: int, limit: int) -> Found:
        """Stories that have the words of a query."""
        return self.search.find(query, offset, limit)

    def named(self, name: str, limit: int) -> Sequence[Candidate]:
        """Items that a reader may mean by a name."""
        return self.following.named(name, limit)

    def course(self, number: int) -> Course | None:
        """An item over all our readings."""
        return self.following.course(number)
