"""What readers think of the paper, as the conversation keeps it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Protocol

from domain.feedback import Feedback, Tally


class FeedbackBook(Protocol):
    """Votes, words and reactions. Synchronous: called off the event loop."""

    def vote(self, day: date, page: str, kind: str, reader: int, at: datetime, *, liked: bool) -> bool:
        """Keep what a reader thinks of a page; False when he had said the same."""
        ...

    def explain(self, day: date, page: str, reader: int, words: str) -> bool:
        """Keep a reader's words beside his vote; False when he has not voted."""
        ...

    def reacted(self, chat_id: int, message_id: int, reactions: Mapping[str, int], at: datetime) -> bool:
        """Keep the reactions to a post, as they stand now; False when it is no issue of ours."""
        ...

    def of_issue(self, day: date) -> Feedback:
        """What came back on an issue."""
        ...

    def by_kind(self, since: date, until: date) -> Mapping[str, Tally]:
        """Votes on the issues of days, both included, by the kind of what was told."""
        ...
