"""What an item is, and what sources said of it."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from domain.items import Kind, Source
from storage.schema.table import CountedId, Table


class ItemRow(Table):
    """Who an item is, for ever. What is said of it changes and stands in ``item_versions``."""

    __tablename__ = "items"
    __table_args__ = (UniqueConstraint("source", "kind", "external_id"), {"sqlite_autoincrement": True})

    id: Mapped[CountedId]
    source: Mapped[Source]
    kind: Mapped[Kind]
    external_id: Mapped[str]
    first_seen_at: Mapped[datetime]


class ItemVersionRow(Table):
    """A source's words for an item from ``seen_at`` on; a row is added when they change, and never altered."""

    __tablename__ = "item_versions"
    __table_args__ = (Index(None, "item_id", "seen_at"), {"sqlite_autoincrement": True})

    id: Mapped[CountedId]
    item_id: Mapped[int] = mapped_column(ForeignKey("items.id"))
    seen_at: Mapped[datetime]
    title: Mapped[str]
    url: Mapped[str]
    publisher: Mapped[str]
    summary: Mapped[str]
    tags: Mapped[Any] = mapped_column(JSON)
    created_at: Mapped[datetime | None]
