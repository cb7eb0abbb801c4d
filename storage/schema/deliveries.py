"""Acts of sending, what each chat is owed by them, and who may send how much."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, SmallInteger, UniqueConstraint, false, text, true
from sqlalchemy.orm import Mapped, mapped_column

from domain.deliveries import BroadcastKind, BroadcastState, DeliveryState
from domain.editions import Style
from domain.readers import ChatKind
from storage.schema.table import NOTHING, CountedId, Day, Table, Wide, partial_index


class BroadcastRow(Table):
    """One act of sending. An issue has one broadcast of kind ``issue``, however often it is published.

    ``parts``: messages to each chat, one after the other. ``words``: the messages of a notice as JSON; an issue's
    words are its editions; a correction keeps here which copies were on their way when it was opened. ``audience``:
    whom it is for, in words of the act that opened it. ``opened``: every row that it owes at its opening is there.
    ``notice``: the name of the notice that an admin composed, so that it is sent once, whoever presses at once.
    """

    __tablename__ = "broadcasts"
    __table_args__ = (
        Index(
            "uq_broadcasts_issue",
            "issue_date",
            unique=True,
            sqlite_where=text("kind = 'issue'"),
            postgresql_where=text("kind = 'issue'"),
        ),
        Index("uq_broadcasts_notice", "notice", unique=True),
        partial_index("ix_broadcasts_running", "state = 'running'", "state"),
        partial_index("ix_broadcasts_in_parts", "parts > 1", "parts"),
        {"sqlite_autoincrement": True},
    )

    id: Mapped[CountedId]
    kind: Mapped[BroadcastKind]
    state: Mapped[BroadcastState]
    issue_date: Mapped[Day | None] = mapped_column(ForeignKey("issues.date"))
    by: Mapped[str] = mapped_column(server_default=NOTHING)
    error: Mapped[str] = mapped_column(server_default=NOTHING)
    token_refused: Mapped[bool] = mapped_column(server_default=false())  # stopped not by its content but by the token
    parts: Mapped[int] = mapped_column(SmallInteger, server_default="1")
    words: Mapped[str | None]
    audience: Mapped[str] = mapped_column(server_default=NOTHING)
    opened: Mapped[bool] = mapped_column(server_default=true())
    notice: Mapped[str | None]
    created_at: Mapped[datetime]
    finished_at: Mapped[datetime | None]


class DeliveryRow(Table):
    """One message to one chat, from the moment it is owed.

    ``due_at`` is when the reader expects it; ``next_attempt_at`` when it may be tried (again), and what the queue
    is ordered by. ``chat_id`` is empty once the chat asked to be forgotten: the row still counts, and is never sent.
    """

    __tablename__ = "deliveries"
    __table_args__ = (
        UniqueConstraint("broadcast_id", "chat_id", "part"),
        partial_index("ix_deliveries_queued", "state = 'queued'", "broadcast_id", "next_attempt_at", "id"),
        partial_index(
            "ix_deliveries_retried", "state = 'queued' AND next_attempt_at > due_at", "state", "broadcast_id"
        ),
        partial_index(
            "ix_deliveries_channel", "state = 'queued' AND chat_kind = 'channel'", "state", "chat_kind", "broadcast_id"
        ),
        partial_index("ix_deliveries_sending", "state = 'sending'", "state", "broadcast_id"),
        partial_index("ix_deliveries_uncertain", "state = 'uncertain'", "state", "broadcast_id"),
        {"sqlite_autoincrement": True},
    )

    id: Mapped[CountedId]
    broadcast_id: Mapped[int] = mapped_column(ForeignKey("broadcasts.id"))
    chat_id: Mapped[Wide | None]
    chat_kind: Mapped[ChatKind]
    part: Mapped[int] = mapped_column(SmallInteger, server_default="1")
    style: Mapped[Style]
    silent: Mapped[bool] = mapped_column(server_default=false())
    state: Mapped[DeliveryState]
    due_at: Mapped[datetime]
    attempts: Mapped[int] = mapped_column(server_default="0")
    next_attempt_at: Mapped[datetime]
    lease_until: Mapped[datetime | None]
    worker: Mapped[str | None]
    message_id: Mapped[Wide | None]
    edits: Mapped[Wide | None]  # the message in the chat that this one replaces
    error: Mapped[str] = mapped_column(server_default=NOTHING)
    resent: Mapped[bool] = mapped_column(server_default=false())  # once more after a lost answer, and never again
    passing: Mapped[bool] = mapped_column(server_default=false())  # refused, but another day it might be taken
    created_at: Mapped[datetime]
    claimed_at: Mapped[datetime | None]
    settled_at: Mapped[datetime | None]
    form: Mapped[Wide] = mapped_column(server_default="0")  # the reader's own combination; 0: the paper as it is


class GateRow(Table):
    """The rate of a bot token, and who holds which share of it: locked by whoever ticks.

    ``holders`` maps workers to the slots that each holds, what it wanted, and the end of its hold (seconds since
    1970); ``seen_at`` is the moment at which it was kept last.
    """

    __tablename__ = "gate"

    bot_id: Mapped[Wide] = mapped_column(primary_key=True, autoincrement=False)
    seen_at: Mapped[datetime]
    paused_until: Mapped[datetime | None]
    holders: Mapped[Any] = mapped_column(JSON)
