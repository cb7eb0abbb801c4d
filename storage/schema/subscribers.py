"""Who reads us, and what they want of an issue."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, Index, SmallInteger
from sqlalchemy.orm import Mapped, mapped_column

from domain.editions import Style
from domain.readers import Cadence, ChatKind, SubscriberState
from storage.columns import Names
from storage.schema.table import EMPTY_LIST, Day, Table, Wide


class SubscriberRow(Table):
    """A chat that reads us. ``weekdays`` is a bit for each day, Monday the lowest.

    ``form`` follows from the settings: the combination of what he wants of an issue and of the language of its buttons,
    0 for the paper as it is, with English ones.
    ``seen_on``: the last day (UTC) on which he pressed or wrote, or from which that is kept; None: not since he joined.
    """

    __tablename__ = "subscribers"
    __table_args__ = (Index(None, "state", "zone", "hour"),)

    chat_id: Mapped[Wide] = mapped_column(primary_key=True, autoincrement=False)
    kind: Mapped[ChatKind]
    state: Mapped[SubscriberState]
    zone: Mapped[str]
    hour: Mapped[int] = mapped_column(SmallInteger)
    weekdays: Mapped[int] = mapped_column(SmallInteger)
    sections: Mapped[Any] = mapped_column(JSON)
    style: Mapped[Style]
    language: Mapped[str]
    silent: Mapped[bool]
    joined_at: Mapped[datetime]
    came_from: Mapped[str]
    state_since: Mapped[datetime]
    section_order: Mapped[tuple[str, ...]] = mapped_column(Names, server_default=EMPTY_LIST)
    topics: Mapped[tuple[str, ...]] = mapped_column(Names, server_default=EMPTY_LIST)
    keywords: Mapped[tuple[str, ...]] = mapped_column(Names, server_default=EMPTY_LIST)
    cadence: Mapped[Cadence] = mapped_column(server_default=Cadence.DAILY.value)
    paused_until: Mapped[Day | None]
    form: Mapped[Wide] = mapped_column(server_default="0")
    thread: Mapped[Wide | None]  # the topic of a group that the paper comes into
    thread_lost_at: Mapped[datetime | None]  # since then that topic is closed or deleted
    seen_on: Mapped[Day | None]


class FormRow(Table):
    """A combination that readers want of an issue, as JSON, under the hash that deliveries name it by."""

    __tablename__ = "forms"

    key: Mapped[Wide] = mapped_column(primary_key=True, autoincrement=False)
    combination: Mapped[str]
