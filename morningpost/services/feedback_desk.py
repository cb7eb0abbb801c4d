"""What readers think, joined over the issues that they read: which story a vote is for, and what it counts for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from domain.combinations import PLAIN, FormKey
from domain.feedback import Ballot, Counted, Feedback, RatedStory, rated
from domain.issue import SectionName
from morningpost.services.library import Library
from storage.feedback import FeedbackBook


@dataclass(frozen=True, slots=True)
class FeedbackDesk:
    """Implements the bot's FeedbackDesk."""

    book: FeedbackBook
    library: Library

    def stories(self, day: date, page: str, own: FormKey) -> Sequence[RatedStory]:
        """The stories of a page as a chat reads it."""
        if page == SectionName.FOR_YOU:
            for_you = self.library.for_you(day, own)
            return rated(for_you.section(for_you.mine)) if for_you is not None else ()
        return self._all(day, page)

    def meant(self, day: date, page: str) -> RatedStory | None:
        """The first story of a page that was weighed, or the first."""
        stories = self._all(day, page)
        return next((story for story in stories if story.kind), next(iter(stories), None))

    def votes(self, day: date, page: str, reader: int) -> Mapping[str, bool]:
        """What a reader has voted on a page."""
        return self.book.of_reader(day, page, reader)

    def vote(self, ballot: Ballot, at: datetime, *, liked: bool) -> Counted:
        """Keep what a reader thinks of a story."""
        story = self._story(ballot)
        if story is None:
            return Counted.GONE
        return Counted.NEW if self.book.vote(ballot, story.kind, at, liked=liked) else Counted.SAME

    def explain(self, ballot: Ballot, words: str, at: datetime) -> bool:
        """Keep a reader's words on a story."""
        story = self._story(ballot)
        if story is not None:
            self.book.explain(ballot, story.kind, words, at)
        return story is not None

    def reacted(self, chat_id: int, message_id: int, reactions: Mapping[str, int], at: datetime) -> bool:
        """Keep the reactions to a post."""
        return self.book.reacted(chat_id, message_id, reactions, at)

    def of_issue(self, day: date) -> Feedback:
        """What came back on an issue, with the names of its stories."""
        names = {(page.value, story.key): story.name for page in SectionName for story in self._all(day, page)}
        return replace(self.book.of_issue(day), names=names)

    def weighed(self, day: date) -> Mapping[str, str]:
        """What of it counts in ranking; the newsroom is loaded here, for the idle paper does without."""
        from newsroom.selection.approval import DAYS, Approval

        days = day - timedelta(days=DAYS - 1), day
        return Approval(self.book.by_kind(*days), self.book.polled(*days)).weighed()

    def _story(self, ballot: Ballot) -> RatedStory | None:
        return next((story for story in self._all(ballot.day, ballot.page) if story.key == ballot.story), None)

    def _all(self, day: date, page: str) -> Sequence[RatedStory]:
        """The stories of a page; of the one that is each reader's own, those of all readers."""
        if page == SectionName.FOR_YOU:
            for_you = self.library.for_you(day, PLAIN)
            return rated(for_you.section(for_you.left_over)) if for_you is not None else ()
        issue = self.library.issue(day)
        section = issue.section(SectionName(page)) if issue is not None else None
        return rated(section) if section is not None else ()
