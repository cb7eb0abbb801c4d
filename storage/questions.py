"""What people were asked to write: kept where every process finds it, until it is answered or too late."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ColumnElement, Connection, Row, and_, case, delete, or_, select, update

from domain.questions import Question
from storage.conflicts import insert_into
from storage.database import Database
from storage.erasing import erase
from storage.schema import QuestionRow

#: So many questions are kept; of more, those that are over first go.
MOST = 10_000


class Questions:
    """One question to each person in each chat: a new one takes the place of the last. Raises StorageError."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def ask(self, chat_id: int, user_id: int, question: Question, now: datetime, until: datetime) -> None:
        """Take the next message of a person in a chat for an answer, until a moment.

        Asked the same again, he may also answer by editing the message that he answered with before.
        """
        row = {"chat_id": chat_id, "user_id": user_id, "asked": question.asked, "about": question.about}
        row |= {"until": until, "is_open": True}
        with self._database.write() as connection:
            _prune(connection, now)
            asking = insert_into(connection, QuestionRow).values(**row)
            same = and_(QuestionRow.asked == question.asked, QuestionRow.about == question.about)
            again = {**row, "answered_by": case((same, QuestionRow.answered_by), else_=None)}
            connection.execute(asking.on_conflict_do_update(index_elements=["chat_id", "user_id"], set_=again))

    def take(
        self, chat_id: int, user_id: int, message_id: int, now: datetime, *, edited: bool = False
    ) -> Question | None:
        """What a message answers, and note that it does; None: nothing.

        The same message may take it again: its update may be handled again, and its writer may edit it. ``edited``: it
        is an older message that was edited, which answers only what it answered before.
        """
        own = _standing(chat_id, user_id, now)
        before = QuestionRow.answered_by == message_id
        mine = and_(own, before if edited else or_(QuestionRow.is_open, before))
        with self._database.read() as connection:  # most messages answer nothing, and take no lock
            if connection.execute(select(QuestionRow.until).where(mine)).first() is None:
                return None
        taking = update(QuestionRow).where(mine).values(is_open=False, answered_by=message_id)
        with self._database.write() as connection:
            return _question(connection.execute(taking.returning(QuestionRow.asked, QuestionRow.about)).first())

    def forget(self, chat_id: int, user_id: int) -> None:
        """Ask no longer: the person has gone elsewhere."""
        erase(self._database, QuestionRow, and_(QuestionRow.chat_id == chat_id, QuestionRow.user_id == user_id))

    def prune(self, now: datetime) -> int:
        """Forget what nobody may answer any more; how many."""
        with self._database.read() as connection:
            if connection.execute(select(QuestionRow.until).where(QuestionRow.until <= now).limit(1)).first() is None:
                return 0
        with self._database.write() as connection:
            return _prune(connection, now)


def _question(row: Row[str, str] | None) -> Question | None:
    return None if row is None else Question(row.asked, row.about)


def _standing(chat_id: int, user_id: int, now: datetime) -> ColumnElement[bool]:
    return and_(QuestionRow.chat_id == chat_id, QuestionRow.user_id == user_id, QuestionRow.until > now)


def _prune(connection: Connection, now: datetime) -> int:
    """Drop what is over, and so much of the oldest that one more fits in."""
    over = connection.execute(delete(QuestionRow).where(QuestionRow.until <= now)).rowcount
    newest = select(QuestionRow.until).order_by(QuestionRow.until.desc()).offset(MOST - 1).limit(1)
    kept = connection.scalar(newest)
    if kept is not None:
        over += connection.execute(delete(QuestionRow).where(QuestionRow.until <= kept)).rowcount
    return over
