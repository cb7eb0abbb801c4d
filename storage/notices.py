"""Notices that admins compose: kept where every process finds them, until they are sent or given up."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import delete, insert, select, update

from domain.audiences import Audience
from domain.editions import Message
from domain.notices import Composed
from storage.database import Database
from storage.erasing import erase
from storage.notice_words import words_json, words_of
from storage.schema import NoticeRow


class Notices:
    """What was shown to its writer and waits for his word, by a name. Every method raises StorageError."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def keep(self, name: str, parts: Sequence[Message], audience: Audience, by: str, at: datetime) -> None:
        """Keep a new notice."""
        row = {"name": name, "words": words_json(parts), "audience": str(audience), "by": by, "at": at}
        with self._database.write() as connection:
            connection.execute(insert(NoticeRow).values(**row))

    def of(self, name: str) -> Composed | None:
        """The notice of a name; None: it was given up, or is too old."""
        wanted = select(NoticeRow.words, NoticeRow.audience).where(NoticeRow.name == name)
        with self._database.read() as connection:
            row = connection.execute(wanted).first()
        return None if row is None else Composed(words_of(row.words), Audience.parse(row.audience))

    def aim(self, name: str, audience: Audience) -> None:
        """Let it go to others."""
        with self._database.write() as connection:
            connection.execute(update(NoticeRow).where(NoticeRow.name == name).values(audience=str(audience)))

    def discard(self, name: str) -> None:
        """Give it up."""
        with self._database.write() as connection:
            connection.execute(delete(NoticeRow).where(NoticeRow.name == name))

    def prune(self, before: datetime) -> int:
        """Forget what was composed before a moment; how many."""
        return erase(self._database, NoticeRow, NoticeRow.at < before)
