"""What admins did."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Index
from sqlalchemy.orm import Mapped, mapped_column

from storage.schema.table import NOTHING, CountedId, Table


class AdminActionRow(Table):
    """What an admin did, to what, and when."""

    __tablename__ = "admin_actions"
    __table_args__ = (Index(None, "at"), {"sqlite_autoincrement": True})

    id: Mapped[CountedId]
    at: Mapped[datetime]
    by: Mapped[str]
    action: Mapped[str]
    subject: Mapped[str]
    detail: Mapped[str] = mapped_column(server_default=NOTHING)
