"""The polls in the channel."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from storage.schema.table import NOTHING, Day, Table


class PollRow(Table):
    """What was asked on a day, by the broadcast that brought it to the channel; who voted is known to nobody.

    ``choices``: the answers in order, with the issue and the kind of the story behind each. ``votes``: of each, as
    counted last, at ``counted_at``. ``closed_at``: when the count that stands for good was read. ``ended``: why there
    will be none; empty while there may be.
    """

    __tablename__ = "polls"

    asked_on: Mapped[Day] = mapped_column(primary_key=True)
    broadcast_id: Mapped[int] = mapped_column(ForeignKey("broadcasts.id"), unique=True)
    choices: Mapped[Any] = mapped_column(JSON)
    closes_at: Mapped[datetime]
    telegram_id: Mapped[str] = mapped_column(server_default=NOTHING)
    votes: Mapped[Any] = mapped_column(JSON)
    counted_at: Mapped[datetime | None]
    closed_at: Mapped[datetime | None]
    ended: Mapped[str] = mapped_column(server_default=NOTHING)
