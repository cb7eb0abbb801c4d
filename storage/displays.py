"""Messages that show admins how something stands: who keeps one up to date takes it first, so that one does it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, Row, and_, delete, or_, select, update

from domain.displays import Display, DisplayKind
from domain.readers import ChatId
from storage.conflicts import insert_into
from storage.database import Database
from storage.erasing import erase
from storage.schema import DisplayRow

_COLUMNS = (
    DisplayRow.chat_id,
    DisplayRow.kind,
    DisplayRow.subject,
    DisplayRow.message_id,
    DisplayRow.seen,
    DisplayRow.shown,
    DisplayRow.at,
)


class Displays:
    """The newest message of each chat for each subject. Every method raises StorageError."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def show(self, display: Display, busy_until: datetime | None = None) -> None:
        """Keep a message as the one that shows its subject in its chat.

        ``busy_until``: leave it alone until then, for whoever wrote it is about to write it again.
        """
        values = {
            "message_id": display.message_id,
            "seen": display.seen,
            "shown": display.shown,
            "at": display.at,
            "lease_until": busy_until,
        }
        key = {"chat_id": display.chat_id, "kind": display.kind, "subject": display.subject}
        with self._database.write() as connection:
            showing = insert_into(connection, DisplayRow).values(**key, **values)
            connection.execute(showing.on_conflict_do_update(index_elements=list(key), set_=values))

    def of(self, chat_id: ChatId, kind: DisplayKind, subject: str) -> Display | None:
        """The message that shows a subject in a chat; None where there is none."""
        own = DisplayRow.chat_id == chat_id, DisplayRow.kind == kind, DisplayRow.subject == subject
        with self._database.read() as connection:
            row = connection.execute(select(*_COLUMNS).where(*own)).first()
        return None if row is None else _display(row)

    def free(self, now: datetime) -> Sequence[Display]:
        """Those that nobody is at now, oldest first."""
        wanted = select(*_COLUMNS).where(_is_free(now)).order_by(DisplayRow.at, DisplayRow.chat_id)
        with self._database.read() as connection:
            return [_display(row) for row in connection.execute(wanted)]

    def take(self, display: Display, now: datetime, until: datetime) -> bool:
        """Take one to edit it; False when another did, or when it shows something else by now."""
        taking = update(DisplayRow).where(_same(display), _is_free(now)).values(lease_until=until)
        with self._database.write() as connection:
            return connection.execute(taking).rowcount > 0

    def shown(self, display: Display, now_shown: str) -> None:
        """Note how one that was taken shows its subject now, unless it is another message by now."""
        edited = update(DisplayRow).where(_same(display)).values(shown=now_shown, lease_until=None)
        with self._database.write() as connection:
            connection.execute(edited)

    def leave(self, chat_id: ChatId, message_id: int, until: datetime) -> None:
        """Let a message, if it shows anything, stay as it is until a moment."""
        own = and_(DisplayRow.chat_id == chat_id, DisplayRow.message_id == message_id)
        with self._database.write() as connection:
            connection.execute(update(DisplayRow).where(own).values(lease_until=until))

    def drop(self, display: Display) -> None:
        """Forget one that needs no more care, unless it is another message by now."""
        with self._database.write() as connection:
            connection.execute(delete(DisplayRow).where(_same(display)))

    def prune(self, before: datetime) -> int:
        """Forget those that were first shown before a moment; how many."""
        return erase(self._database, DisplayRow, DisplayRow.at < before)


def _display(row: Row[int, DisplayKind, str, int, str, str, datetime]) -> Display:
    return Display(ChatId(row.chat_id), row.kind, row.subject, row.message_id, row.seen, row.shown, row.at)


def _is_free(now: datetime) -> ColumnElement[bool]:
    return or_(DisplayRow.lease_until.is_(None), DisplayRow.lease_until <= now)


def _same(display: Display) -> ColumnElement[bool]:
    return and_(
        DisplayRow.chat_id == display.chat_id,
        DisplayRow.kind == display.kind,
        DisplayRow.subject == display.subject,
        DisplayRow.message_id == display.message_id,
        DisplayRow.shown == display.shown,
    )
