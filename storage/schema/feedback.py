"""What readers think of issues."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from storage.schema.table import NOTHING, Day, Table, Wide


class FeedbackRow(Table):
    """What a reader thinks of a story of an issue; ``kind`` is what sort of thing it tells.

    ``story`` is its key on the page; empty in votes from before each story had its own. ``liked`` is NULL where a
    reader has said why, and has not voted.
    """

    __tablename__ = "feedback"
    __table_args__ = (Index(None, "reader"),)

    issue_date: Mapped[Day] = mapped_column(ForeignKey("issues.date"), primary_key=True)
    page: Mapped[str] = mapped_column(primary_key=True)
    story: Mapped[str] = mapped_column(primary_key=True, server_default=NOTHING)
    reader: Mapped[Wide] = mapped_column(primary_key=True, autoincrement=False)
    kind: Mapped[str]
    liked: Mapped[bool | None]
    words: Mapped[str] = mapped_column(server_default=NOTHING)
    at: Mapped[datetime]


class ReactionRow(Table):
    """How often readers of the channel reacted to an issue with an emoji, as Telegram counted last."""

    __tablename__ = "reactions"

    issue_date: Mapped[Day] = mapped_column(ForeignKey("issues.date"), primary_key=True)
    emoji: Mapped[str] = mapped_column(primary_key=True)
    total: Mapped[int]
    at: Mapped[datetime]
