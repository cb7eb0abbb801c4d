"""What readers think of the issues: one vote for each page and reader, with his words; reactions in the channel."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, case, delete, func, select, update

from domain.feedback import LONGEST_WORDS, Feedback, Tally
from domain.readers import ChatKind
from storage.conflicts import insert_into
from storage.database import Database
from storage.schema import BroadcastRow, DeliveryRow, FeedbackRow, ReactionRow

#: The newest words of readers that an editor is shown.
_NEWEST_WORDS = 10

_LIKED = func.sum(case((FeedbackRow.liked, 1), else_=0))
_TALLY = (
    _LIKED,
    func.count() - _LIKED,
    func.count(FeedbackRow.reader.distinct()),
    func.count(FeedbackRow.issue_date.distinct()),
)


class FeedbackBook:
    """Every method raises StorageError. A reader is the id of a person, also where he reads in a group."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def vote(self, day: date, page: str, kind: str, reader: int, at: datetime, *, liked: bool) -> bool:
        """Keep what a reader thinks of a page; False when he had said the same. ``kind``: what its story tells."""
        said = {"kind": kind, "liked": liked, "at": at}
        with self._database.write() as connection:
            known = connection.scalar(select(FeedbackRow.liked).where(*_of(day, page, reader)))
            if known is liked:
                return False
            row = insert_into(connection, FeedbackRow).values(issue_date=day, page=page, reader=reader, **said)
            keys = [FeedbackRow.issue_date, FeedbackRow.page, FeedbackRow.reader]
            connection.execute(row.on_conflict_do_update(index_elements=keys, set_=said))
            return True

    def explain(self, day: date, page: str, reader: int, words: str) -> bool:
        """Keep a reader's words beside his vote; False when he has not voted."""
        own = update(FeedbackRow).where(*_of(day, page, reader))
        with self._database.write() as connection:
            return connection.execute(own.values(words=words.strip()[:LONGEST_WORDS])).rowcount > 0

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
        """What came back on an issue."""
        with self._database.read() as connection:
            pages = select(FeedbackRow.page, *_TALLY).where(FeedbackRow.issue_date == day).group_by(FeedbackRow.page)
            words = select(FeedbackRow.page, FeedbackRow.words).where(FeedbackRow.issue_date == day)
            words = words.where(FeedbackRow.words != "").order_by(FeedbackRow.at.desc()).limit(_NEWEST_WORDS)
            reactions = select(ReactionRow.emoji, ReactionRow.total).where(ReactionRow.issue_date == day)
            return Feedback(
                day,
                _tallies(connection, pages),
                [(row.page, row.words) for row in connection.execute(words)],
                {row.emoji: row.total for row in connection.execute(reactions.order_by(ReactionRow.total.desc()))},
            )

    def by_kind(self, since: date, until: date) -> Mapping[str, Tally]:
        """Votes on the issues of days, both included, by the kind of what was told."""
        within = FeedbackRow.issue_date.between(since, until), FeedbackRow.kind != ""
        kinds = select(FeedbackRow.kind, *_TALLY).where(*within).group_by(FeedbackRow.kind)
        with self._database.read() as connection:
            return _tallies(connection, kinds)


def _of(day: date, page: str, reader: int) -> tuple[ColumnElement[bool], ...]:
    return FeedbackRow.issue_date == day, FeedbackRow.page == page, FeedbackRow.reader == reader


def _posted(chat_id: int, message_id: int) -> Select[Any]:
    """The day whose issue a message of the channel is."""
    posted = select(BroadcastRow.issue_date).join(DeliveryRow, DeliveryRow.broadcast_id == BroadcastRow.id)
    post = DeliveryRow.chat_id == chat_id, DeliveryRow.message_id == message_id
    return posted.where(*post, DeliveryRow.chat_kind == ChatKind.CHANNEL, BroadcastRow.issue_date.is_not(None)).limit(1)


def _tallies(connection: Connection, query: Select[*tuple[Any, ...]]) -> Mapping[str, Tally]:
    return {name: Tally(*map(int, counts)) for name, *counts in connection.execute(query).all()}
