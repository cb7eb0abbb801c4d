"""What Telegram told the bot."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Index, false
from sqlalchemy.orm import Mapped, mapped_column

from storage.schema.table import Table, Wide, partial_index


class UpdateRow(Table):
    """What Telegram told the bot: kept before it is confirmed, with its body until its answer is about to leave.

    ``uncertain``: whoever handled it was killed when the answer may have left.
    """

    __tablename__ = "updates"
    __table_args__ = (
        partial_index("ix_updates_open", "ended_at IS NULL", "bot_id", "worker"),
        Index(None, "bot_id", "ended_at"),
    )

    bot_id: Mapped[Wide] = mapped_column(primary_key=True, autoincrement=False)
    update_id: Mapped[Wide] = mapped_column(primary_key=True, autoincrement=False)
    body: Mapped[str]
    worker: Mapped[str]
    taken_at: Mapped[datetime]
    lease_until: Mapped[datetime]
    begun_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]
    uncertain: Mapped[bool] = mapped_column(server_default=false())
