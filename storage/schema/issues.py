"""Issues: what they say, said before, look like, and left out."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from domain.editions import Style
from domain.issue import IssueState
from storage.schema.table import NOTHING, Day, Table


class IssueRow(Table):
    """One morning: its state, and the whole issue with claims, evidence and checks as JSON."""

    __tablename__ = "issues"

    date: Mapped[Day] = mapped_column(primary_key=True)
    number: Mapped[int] = mapped_column(unique=True)
    state: Mapped[IssueState]
    content: Mapped[str]
    assembled_at: Mapped[datetime]
    approved_at: Mapped[datetime | None]
    published_at: Mapped[datetime | None]
    held_by: Mapped[str] = mapped_column(server_default=NOTHING)  # who held it: an admin, or the checks


class RevisionRow(Table):
    """What an issue said before it was corrected, as ``content`` held it, and why it was corrected."""

    __tablename__ = "revisions"

    issue_date: Mapped[Day] = mapped_column(ForeignKey("issues.date"), primary_key=True)
    revision: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)  # counted from 1
    content: Mapped[str]
    why: Mapped[str]
    by: Mapped[str]
    replaced_at: Mapped[datetime]


class EditionRow(Table):
    """A rendered form of an issue; ``pages`` is the canonical JSON that ``sha256`` was taken of."""

    __tablename__ = "editions"

    issue_date: Mapped[Day] = mapped_column(ForeignKey("issues.date"), primary_key=True)
    style: Mapped[Style] = mapped_column(primary_key=True)
    sha256: Mapped[str]
    pages: Mapped[str]


class OversetRow(Table):
    """What was set for the issue of a day and not used in it, as JSON: readers' own issues take from it."""

    __tablename__ = "overset"

    issue_date: Mapped[Day] = mapped_column(ForeignKey("issues.date"), primary_key=True)
    content: Mapped[str]
