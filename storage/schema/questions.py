"""What people were asked to write."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Index
from sqlalchemy.orm import Mapped, mapped_column

from storage.schema.table import Table, Wide


class QuestionRow(Table):
    """What one person was asked in one chat, until he has answered or is asked something else.

    ``asked``: by whom and what; ``about``: what it is about, in that chapter's own words. ``answered_by``: the message
    that answered, which its writer may still edit; ``is_open``: the next message is taken for an answer.
    """

    __tablename__ = "questions"
    __table_args__ = (Index(None, "until"),)

    chat_id: Mapped[Wide] = mapped_column(primary_key=True, autoincrement=False)
    user_id: Mapped[Wide] = mapped_column(primary_key=True, autoincrement=False)
    asked: Mapped[str]
    about: Mapped[str]
    until: Mapped[datetime]
    is_open: Mapped[bool]
    answered_by: Mapped[Wide | None]
