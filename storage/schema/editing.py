"""What editors want otherwise than the house writes it."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from storage.schema.table import Day, Table


class EditRow(Table):
    """A sentence in an editor's words, as JSON, in its place; kept when the issue is written anew."""

    __tablename__ = "edits"

    issue_date: Mapped[Day] = mapped_column(ForeignKey("issues.date"), primary_key=True)
    place: Mapped[str] = mapped_column(primary_key=True)
    content: Mapped[str]
    by: Mapped[str]
    at: Mapped[datetime]


class DirectionRow(Table):
    """How an editor wants an issue written: ``lead`` (``value``: an insight's key), ``redo numbers`` (how often)."""

    __tablename__ = "directions"

    issue_date: Mapped[Day] = mapped_column(ForeignKey("issues.date"), primary_key=True)
    what: Mapped[str] = mapped_column(primary_key=True)
    value: Mapped[str]
    by: Mapped[str]
    at: Mapped[datetime]


class SkipRow(Table):
    """An item that no issue names any more, with what it was called."""

    __tablename__ = "skips"

    item: Mapped[str] = mapped_column(primary_key=True)
    name: Mapped[str]
    url: Mapped[str | None]
    by: Mapped[str]
    at: Mapped[datetime]
