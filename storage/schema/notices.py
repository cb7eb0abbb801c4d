"""Notices to the readers that admins are composing."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Index
from sqlalchemy.orm import Mapped, mapped_column

from storage.schema.table import Table


class NoticeRow(Table):
    """A notice that was shown to its writer. Once it is sent, its broadcast bears its name (``broadcasts.notice``).

    ``words``: its messages as JSON, as a broadcast keeps them; ``audience``: whom it is for, in the same words.
    """

    __tablename__ = "notices"
    __table_args__ = (Index(None, "at"),)

    name: Mapped[str] = mapped_column(primary_key=True)
    words: Mapped[str]
    audience: Mapped[str]
    by: Mapped[str]
    at: Mapped[datetime]
