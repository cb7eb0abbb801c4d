"""What readers may look back at, as the conversation asks for it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Protocol

from domain.combinations import FormKey
from domain.following import Candidate, Course
from domain.issue import Issue
from domain.overset import ForYou
from domain.search import Found, Query


class Library(Protocol):
    """The published issues, and the readings that they rest on. Synchronous: called off the event loop."""

    def days(self) -> Sequence[date]:
        """The days that have a published issue, oldest first."""
        ...

    def issue(self, day: date) -> Issue | None:
        """The published issue of a day with its evidence, as it stands corrected; None when there is none."""
        ...

    def for_you(self, day: date, own: FormKey) -> ForYou | None:
        """What a reader's own section of a published issue is made of; None when there is no such issue."""
        ...

    def find(self, query: Query, offset: int, limit: int) -> Found:
        """Stories of the published issues that have the words of a query, the best first."""
        ...

    def named(self, name: str, limit: int) -> Sequence[Candidate]:
        """Items that a reader may mean by a name: those that bear it, or end on it, or have it in them."""
        ...

    def course(self, number: int) -> Course | None:
        """An item over all our readings; None when there is no such item."""
        ...
