"""How often pages were opened."""

from __future__ import annotations

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from storage.schema.table import Day, Table, Wide


class PageViewRow(Table):
    """How often a page of an issue was opened on a day (UTC), by whomever: no row says who."""

    __tablename__ = "page_views"

    viewed_on: Mapped[Day] = mapped_column(primary_key=True)
    issue_date: Mapped[Day] = mapped_column(ForeignKey("issues.date"), primary_key=True)
    page: Mapped[str] = mapped_column(primary_key=True)
    views: Mapped[Wide]
