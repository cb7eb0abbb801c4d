"""What was read of the sources, and when: lists, and the items on them."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from domain.items import Source
from domain.readings import HarvestStatus
from storage.schema.table import CountedId, Table, Wide


class HarvestRow(Table):
    """One reading of one list of one source. A list has at most one answer for one moment."""

    __tablename__ = "harvests"
    __table_args__ = (
        Index(
            "uq_harvests_answer",
            "source",
            "list",
            "observed_at",
            unique=True,
            sqlite_where=text("status <> 'failed'"),
            postgresql_where=text("status <> 'failed'"),
        ),
        Index(None, "observed_at"),
        {"sqlite_autoincrement": True},
    )

    id: Mapped[CountedId]
    source: Mapped[Source]
    list: Mapped[str]
    observed_at: Mapped[datetime]
    status: Mapped[HarvestStatus]
    items: Mapped[int]
    ranked: Mapped[bool]
    bytes: Mapped[Wide]
    seconds: Mapped[float]
    etag: Mapped[str]
    error: Mapped[str]


class ReadingRow(Table):
    """One item in one harvest; never rewritten."""

    __tablename__ = "readings"
    __table_args__ = (
        UniqueConstraint("harvest_id", "item_id"),
        Index(None, "observed_at"),
        Index(None, "item_id"),
        {"sqlite_autoincrement": True},
    )

    id: Mapped[CountedId]
    harvest_id: Mapped[int] = mapped_column(ForeignKey("harvests.id"))
    item_id: Mapped[int] = mapped_column(ForeignKey("items.id"))
    observed_at: Mapped[datetime]
    rank: Mapped[int | None]
    metrics: Mapped[Any] = mapped_column(JSON)
