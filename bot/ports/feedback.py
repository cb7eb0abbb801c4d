"""What readers think of the paper, as the conversation keeps it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Protocol

from domain.combinations import FormKey
from domain.feedback import Ballot, Counted, Feedback, RatedStory


class FeedbackDesk(Protocol):
    """Votes, words and reactions. Synchronous: called off the event loop."""

    def stories(self, day: date, page: str, own: FormKey) -> Sequence[RatedStory]:
        """The stories of a page as a chat reads it (``own``), in their order; none where there is no such page."""
        ...

    def meant(self, day: date, page: str) -> RatedStory | None:
        """The story that a button without a story's key means: the first of its page that was weighed, or the first."""
        ...

    def votes(self, day: date, page: str, reader: int) -> Mapping[str, bool]:
        """What a reader has voted on a page, by the keys of its stories."""
        ...

    def vote(self, ballot: Ballot, at: datetime, *, liked: bool) -> Counted:
        """Keep what a reader thinks of a story."""
        ...

    def explain(self, ballot: Ballot, words: str, at: datetime) -> bool:
        """Keep a reader's words on a story, cut to what is kept; False when there is no such story."""
        ...

    def reacted(self, chat_id: int, message_id: int, reactions: Mapping[str, int], at: datetime) -> bool:
        """Keep the reactions to a post, as they stand now; False when it is no issue of ours."""
        ...

    def of_issue(self, day: date) -> Feedback:
        """What came back on an issue, with the names of its stories."""
        ...

    def weighed(self, day: date) -> Mapping[str, str]:
        """The kinds of stories whose worth readers changed by the day of an issue, each with the votes behind it."""
        ...
