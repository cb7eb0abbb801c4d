"""What readers think of the issues: one vote for each story and reader, with his words; reactions in the channel."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, case, delete, func, select

from domain.feedback import LONGEST_WORDS, Ballot, Feedback, Said, Tally
from domain.readers import ChatKind
from domain.statistics import Opinions
from storage.conflicts import insert_into
from storage.database import Database
from storage.polls import Polls
from storage.schema import BroadcastRow, DeliveryRow, FeedbackRow, ReactionRow

#: The newest words of readers that an editor is shown.
_NEWEST_WORDS = 100

_LIKED = func.sum(case((FeedbackRow.liked.is_(True), 1), else_=0))
_TALLY = (
    _LIKED,
    func.count() - _LIKED,
    func.count(FeedbackRow.reader.distinct()),
    func.count(FeedbackRow.issue_date.distinct()),
)
_KEYS = (FeedbackRow.issue_date, FeedbackRow.page, FeedbackRow.story, FeedbackRow.reader)
_VOTED = FeedbackRow.liked.is_not(None)


class FeedbackBook:
    """Every method raises StorageError."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def vote(self, ballot: Ballot, kind: str, at: datetime, *, liked: bool) -> bool:
        """Keep what a reader thinks of a story; False when he had said the same. ``kind``: what the story tells."""
        with self._database.write() as connection:
            if connection.scalar(select(FeedbackRow.liked).where(*_of(ballot))) is liked:
                return False
            _keep(connection, ballot, kind=kind, liked=liked, at=at)
            return True

    def explain(self, ballot: Ballot, kind: str, words: str, at: datetime) -> None:
        """Keep a reader's words on a story, beside his vote if he has cast one."""
        with self._database.write() as connection:
            _keep(connection, ballot, kind=kind, words=words.strip()[:LONGEST_WORDS], at=at)

    def of_reader(self, day: date, page: str, reader: int) -> Mapping[str, bool]:
        """What a reader has voted on a page, by the keys of its stories."""
        own = FeedbackRow.issue_date == day, FeedbackRow.page == page, FeedbackRow.reader == reader
        with self._database.read() as connection:
            votes = connection.execute(select(FeedbackRow.story, FeedbackRow.liked).where(*own, _VOTED))
            return {row.story: bool(row.liked) for row in votes}

    def reacted(self, chat_id: int, message_id: int, reactions: Mapping[str, int], at: datetime) -> bool:
        """Keep the reactions to a post, as they stand now; False when it is no issue of ours."""
        with self._database.write() as connection:
            day = connection.scalar(_posted(chat_id, message_id))
            if day is None:
                return False
            connection.execute(delete(ReactionRow).where(ReactionRow.issue_date == day))
            rows = [{"issue_date": day, "emoji": emoji, "total": total, "at": at} for emoji, total in reactions.items()]
            if rows:
                connection.execute(insert_into(connection, ReactionRow), rows)
            return True

    def of_issue(self, day: date) -> Feedback:
        """What came back on an issue; the names of its stories are not known here."""
        of_day = FeedbackRow.issue_date == day
        stories = select(FeedbackRow.page, FeedbackRow.story, *_TALLY).where(of_day, _VOTED)
        said = select(FeedbackRow.page, FeedbackRow.story, FeedbackRow.words, FeedbackRow.liked)
        newest = said.where(of_day, FeedbackRow.words != "").order_by(FeedbackRow.at.desc()).limit(_NEWEST_WORDS)
        reactions = select(ReactionRow.emoji, ReactionRow.total).where(ReactionRow.issue_date == day)
        with self._database.read() as connection:
            votes = connection.execute(stories.group_by(FeedbackRow.page, FeedbackRow.story)).all()
            return Feedback(
                day,
                {(page, story): Tally(*map(int, counts)) for page, story, *counts in votes},
                [Said(row.page, row.story, row.words, row.liked) for row in connection.execute(newest)],
                {row.emoji: row.total for row in connection.execute(reactions.order_by(ReactionRow.total.desc()))},
                {},
            )

    def summed(self, since: date) -> Opinions:
        """What came back on the issues from a day on."""
        recent = FeedbackRow.issue_date >= since
        pages = select(FeedbackRow.page, *_TALLY).where(recent, _VOTED).group_by(FeedbackRow.page)
        said = select(func.count()).where(recent, FeedbackRow.words != "")
        total = func.sum(ReactionRow.total)
        reactions = select(ReactionRow.emoji, total).where(ReactionRow.issue_date >= since, ReactionRow.total > 0)
        with self._database.read() as connection:
            votes = connection.execute(pages.order_by(func.count().desc(), FeedbackRow.page)).all()
            counted = connection.execute(
                reactions.group_by(ReactionRow.emoji).order_by(total.desc(), ReactionRow.emoji)
            )
            return Opinions(
                {page: Tally(*map(int, counts)) for page, *counts in votes},
                connection.scalar(said) or 0,
                {emoji: int(times) for emoji, times in counted},
            )

    def by_kind(self, since: date, until: date) -> Mapping[str, Tally]:
        """Votes on the issues of days, both included, by the kind of what was told."""
        within = FeedbackRow.issue_date.between(since, until), FeedbackRow.kind != "", _VOTED
        kinds = select(FeedbackRow.kind, *_TALLY).where(*within).group_by(FeedbackRow.kind)
        with self._database.read() as connection:
            return {name: Tally(*map(int, counts)) for name, *counts in connection.execute(kinds).all()}

    def polled(self, since: date, until: date) -> Mapping[str, Tally]:
        """Votes in the polls that were asked in these days, both included, by the kind of what was told."""
        return Polls(self._database).by_kind(since, until)


def _of(ballot: Ballot) -> tuple[ColumnElement[bool], ...]:
    wanted = (ballot.day, ballot.page, ballot.story, ballot.reader)
    return tuple(column == value for column, value in zip(_KEYS, wanted, strict=True))


def _keep(connection: Connection, ballot: Ballot, **said: Any) -> None:
    """Write what a reader says, and leave what else he said of the story as it stands."""
    names = ("issue_date", "page", "story", "reader")
    key = dict(zip(names, (ballot.day, ballot.page, ballot.story, ballot.reader), strict=True))
    row = insert_into(connection, FeedbackRow).values(**key, **said)
    connection.execute(row.on_conflict_do_update(index_elements=list(_KEYS), set_=said))


def _posted(chat_id: int, message_id: int) -> Select[Any]:
    """The day whose issue a message of the channel is."""
    posted = select(BroadcastRow.issue_date).join(DeliveryRow, DeliveryRow.broadcast_id == BroadcastRow.id)
    post = DeliveryRow.chat_id == chat_id, DeliveryRow.message_id == message_id
    return posted.where(*post, DeliveryRow.chat_kind == ChatKind.CHANNEL, BroadcastRow.issue_date.is_not(None)).limit(1)
