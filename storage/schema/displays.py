"""Messages that show admins how something stands."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Index
from sqlalchemy.orm import Mapped, mapped_column

from domain.displays import DisplayKind
from storage.columns import by_value
from storage.schema.table import Table, Wide


class DisplayRow(Table):
    """The newest message of a chat that shows a draft or a broadcast, and is edited when that stands otherwise.

    ``seen``: the fingerprint of the pages that the chat was shown. ``shown``: how the subject stood when the message
    was written. Whoever edits it takes it until ``lease_until``, so that no other does at the same time.
    """

    __tablename__ = "displays"
    __table_args__ = (Index(None, "at"),)

    chat_id: Mapped[Wide] = mapped_column(primary_key=True, autoincrement=False)
    kind: Mapped[DisplayKind] = mapped_column(by_value(DisplayKind), primary_key=True)
    subject: Mapped[str] = mapped_column(primary_key=True)
    message_id: Mapped[Wide]
    seen: Mapped[str]
    shown: Mapped[str]
    at: Mapped[datetime]
    lease_until: Mapped[datetime | None]
