"""What links answered when they were asked; each asking is added, and never rewritten."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import delete, insert, select

from domain.links import Asking
from storage.database import Database
from storage.schema import LinkAskingRow

_COLUMNS = (LinkAskingRow.url, LinkAskingRow.asked_at, LinkAskingRow.life, LinkAskingRow.said)


class Links:
    """Which links were asked when, and what they said. Every method raises StorageError."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def add(self, askings: Collection[Asking]) -> None:
        """Keep what links answered."""
        rows = [{"url": each.url, "asked_at": each.at, "life": each.life, "said": each.said} for each in askings]
        if not rows:
            return
        with self._database.write() as connection:
            connection.execute(insert(LinkAskingRow), rows)

    def since(self, moment: datetime) -> list[Asking]:
        """Every asking from a moment on, in the order of time."""
        asked = select(*_COLUMNS).where(LinkAskingRow.asked_at >= moment)
        with self._database.read() as connection:
            rows = connection.execute(asked.order_by(LinkAskingRow.asked_at, LinkAskingRow.id))
            return [Asking(*row) for row in rows]

    def thin(self, before: datetime) -> int:
        """Remove the askings before a moment, and return how many went."""
        with self._database.write() as connection:
            return connection.execute(delete(LinkAskingRow).where(LinkAskingRow.asked_at < before)).rowcount
