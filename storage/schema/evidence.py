"""What issues rest on, and what of it is no longer trusted."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from storage.columns import by_value
from storage.schema.table import Day, Table, Wide


class CitationKind(StrEnum):
    """What a piece of evidence points to."""

    READING = "reading"
    HARVEST = "harvest"
    VERSION = "version"  # of the words of an item


class CitationRow(Table):
    """What the evidence of an issue rests on: it is kept for as long as the issue."""

    __tablename__ = "citations"
    __table_args__ = (Index(None, "kind", "cited_id"),)

    issue_date: Mapped[Day] = mapped_column(ForeignKey("issues.date"), primary_key=True)
    kind: Mapped[CitationKind] = mapped_column(by_value(CitationKind), primary_key=True)
    cited_id: Mapped[Wide] = mapped_column(primary_key=True, autoincrement=False)


class DoubtRow(Table):
    """Evidence that is no longer trusted, with the reason; what was stored stays as it was read."""

    __tablename__ = "doubts"

    kind: Mapped[CitationKind] = mapped_column(by_value(CitationKind), primary_key=True)
    cited_id: Mapped[Wide] = mapped_column(primary_key=True, autoincrement=False)
    why: Mapped[str]
    by: Mapped[str]
    at: Mapped[datetime]
