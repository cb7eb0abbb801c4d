"""The weekly polls: opened with the post that the channel is owed, counted as Telegram counts, closed by a reading."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, Row, Select, insert, select, update

from domain.deliveries import BroadcastId, BroadcastKind
from domain.editions import PollMessage, Style
from domain.feedback import Tally
from domain.polls import LAST_RESORT, QUESTION, Choice, Count, Poll, polled, result
from domain.readers import ChatId
from storage.archive_writing import store
from storage.audience import Channel, channel_row
from storage.broadcasts import begun
from storage.database import Database, Turn
from storage.notice_words import words_json
from storage.schema import DeliveryRow, PollRow


class Polls:
    """Every method raises StorageError."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def open(
        self, channel: ChatId, asked_on: date, choices: Sequence[Choice], closes_at: datetime, at: datetime
    ) -> bool:
        """Owe a poll to a channel, at once; False when that of the day was opened before.

        The poll, its broadcast and the row that is owed are one transaction, so it is asked once or not at all.
        """
        options = tuple(each.text for each in choices)
        message = PollMessage(Style.PLAIN, QUESTION, options=options, closes_at=closes_at + LAST_RESORT)
        new = {"kind": BroadcastKind.POLL, "by": "timetable", "words": words_json([message]), "opened": True}
        with self._database.write(Turn.ISSUES) as connection:
            if connection.scalar(select(PollRow.asked_on).where(PollRow.asked_on == asked_on)) is not None:
                return False
            broadcast = begun(connection, new, at)
            connection.execute(insert(DeliveryRow).values(**channel_row(broadcast, Channel(channel), at)))
            kept = [{**asdict(each), "issue_date": each.issue_date.isoformat()} for each in choices]
            connection.execute(
                insert(PollRow).values(
                    asked_on=asked_on, broadcast_id=broadcast, choices=kept, closes_at=closes_at, votes=[]
                )
            )
            return True

    def newest(self, limit: int = 1) -> list[Poll]:
        """The newest polls, the newest first."""
        with self._database.read() as connection:
            rows = connection.execute(_polls().order_by(PollRow.asked_on.desc()).limit(limit)).all()
        return list(map(_poll, rows))

    def open_ones(self) -> list[Poll]:
        """The polls that have neither a result nor a reason why they will have none, oldest first."""
        standing = _polls().where(PollRow.closed_at.is_(None), PollRow.ended == "").order_by(PollRow.asked_on)
        with self._database.read() as connection:
            return list(map(_poll, connection.execute(standing).all()))

    def count(self, count: Count, at: datetime, channel: str | None) -> Poll | None:
        """Keep what Telegram counted, and when a poll is closed the reading that stands for good.

        The poll is the one of that name, else the newest of these answers that has no name yet. None for a count of
        no poll of ours, or of one whose result is known. ``channel``: the ``@name`` in the address of its post.
        """
        with self._database.write(Turn.ARCHIVE) as connection:
            poll = _meant(connection, count)
            if poll is None or poll.over:
                return None
            votes = poll.counted(count)
            said: dict[str, Any] = {"telegram_id": count.telegram_id, "votes": list(votes), "counted_at": at}
            if count.closed:
                store(connection, result(poll, votes, at, channel))
                said["closed_at"] = at
            connection.execute(update(PollRow).where(PollRow.asked_on == poll.asked_on).values(said))
            return poll

    def end(self, asked_on: date, why: str) -> None:
        """Note why a poll will have no result; one that has one keeps it."""
        standing = PollRow.asked_on == asked_on, PollRow.closed_at.is_(None)
        with self._database.write() as connection:
            connection.execute(update(PollRow).where(*standing).values(ended=why))

    def by_kind(self, since: date, until: date) -> Mapping[str, Tally]:
        """The votes of closed polls that were asked in these days, both included, by the kind of what was told."""
        within = _polls().where(PollRow.asked_on.between(since, until), PollRow.closed_at.is_not(None))
        with self._database.read() as connection:
            return polled(map(_poll, connection.execute(within).all()))


def _polls() -> Select[Any]:
    """Polls with where their post stands."""
    columns = PollRow.__table__.columns
    post = DeliveryRow.state.label("posted"), DeliveryRow.chat_id, DeliveryRow.message_id
    return select(*columns, *post).join(DeliveryRow, DeliveryRow.broadcast_id == PollRow.broadcast_id)


def _poll(row: Row[Any]) -> Poll:
    choices = (Choice(each["text"], date.fromisoformat(each["issue_date"]), each["kind"]) for each in row.choices)
    return Poll(
        asked_on=row.asked_on,
        broadcast=BroadcastId(row.broadcast_id),
        choices=tuple(choices),
        closes_at=row.closes_at,
        posted=row.posted,
        chat_id=row.chat_id or 0,
        message_id=row.message_id,
        votes=tuple(row.votes),
        counted_at=row.counted_at,
        closed_at=row.closed_at,
        ended=row.ended,
    )


def _meant(connection: Connection, count: Count) -> Poll | None:
    named = connection.execute(_polls().where(PollRow.telegram_id == count.telegram_id)).first()
    if named is not None:
        found = _poll(named)
        return found if found.is_of(count) else None
    unnamed = _polls().where(PollRow.telegram_id == "").order_by(PollRow.asked_on.desc())
    polls = map(_poll, connection.execute(unnamed.limit(10)).all())
    return next((poll for poll in polls if poll.is_of(count)), None)
