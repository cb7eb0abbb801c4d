"""The stories of published issues, as readers search them."""

from __future__ import annotations

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from domain.issue import SectionName
from storage.schema.table import CountedId, Day, Table


class SearchEntryRow(Table):
    """A story of a published issue as readers search it; ``revision`` says which text of the issue it is of.

    Beside it stands ``search_index``, which each engine has in a form of its own (``storage.search_index``).
    """

    __tablename__ = "search_entries"
    __table_args__ = (UniqueConstraint("issue_date", "place"), {"sqlite_autoincrement": True})

    id: Mapped[CountedId]
    issue_date: Mapped[Day] = mapped_column(ForeignKey("issues.date"))
    revision: Mapped[int]
    place: Mapped[int]
    section: Mapped[SectionName]
    headline: Mapped[str]
    text: Mapped[str]
