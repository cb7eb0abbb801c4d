"""Who of the admins did what, and when; written in the transaction of the act itself."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, insert, select

from storage.database import Database
from storage.schema import AdminActionRow


@dataclass(frozen=True, slots=True)
class AdminAction:
    """One act: ``by`` whom, what ``action``, on what ``subject`` (an issue's date, a broadcast's id)."""

    at: datetime
    by: str
    action: str
    subject: str
    detail: str = ""


def record_action(connection: Connection, action: AdminAction) -> None:
    """Write an act down, in the transaction that performs it."""
    connection.execute(
        insert(AdminActionRow).values(
            at=action.at, by=action.by, action=action.action, subject=action.subject, detail=action.detail
        )
    )


class AdminActions:
    """The record of the admins' acts. Every method raises StorageError."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def record(self, action: AdminAction) -> None:
        """Write an act down that changes nothing in the database itself."""
        with self._database.write() as connection:
            record_action(connection, action)

    def latest(self, limit: int) -> list[AdminAction]:
        """The last acts, newest first."""
        wanted = (
            select(
                AdminActionRow.at,
                AdminActionRow.by,
                AdminActionRow.action,
                AdminActionRow.subject,
                AdminActionRow.detail,
            )
            .order_by(AdminActionRow.at.desc(), AdminActionRow.id.desc())
            .limit(limit)
        )
        with self._database.read() as connection:
            return [AdminAction(*row) for row in connection.execute(wanted)]

    def latest_on(self, subject: str) -> AdminAction | None:
        """The last act on a subject; None when nobody did anything to it."""
        wanted = (
            select(
                AdminActionRow.at,
                AdminActionRow.by,
                AdminActionRow.action,
                AdminActionRow.subject,
                AdminActionRow.detail,
            )
            .where(AdminActionRow.subject == subject)
            .order_by(AdminActionRow.id.desc())
            .limit(1)
        )
        with self._database.read() as connection:
            row = connection.execute(wanted).first()
        return None if row is None else AdminAction(*row)
