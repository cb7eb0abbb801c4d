"""What links answered when they were asked whether they live."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Index
from sqlalchemy.orm import Mapped

from domain.links import Life
from storage.schema.table import CountedId, Table


class LinkAskingRow(Table):
    """A link that was asked whether it lives, and what it answered; a row is added for each asking."""

    __tablename__ = "link_askings"
    __table_args__ = (Index(None, "asked_at"), {"sqlite_autoincrement": True})

    id: Mapped[CountedId]
    url: Mapped[str]
    asked_at: Mapped[datetime]
    life: Mapped[Life]
    said: Mapped[str]
