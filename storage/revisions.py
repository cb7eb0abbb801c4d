"""Corrected issues: the corrected text in place of the old one, and the old one kept as it was read."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Connection, func, insert, select, update

from domain.issue import Issue
from storage.admin_actions import AdminAction, record_action
from storage.issue_json import issue_from_json
from storage.issue_writing import Draft, replace_text
from storage.schema import IssueRow, RevisionRow


@dataclass(frozen=True, slots=True)
class Revision:
    """An earlier text of an issue: ``number`` counts from 1, ``why`` and by whom it was replaced."""

    number: int
    issue: Issue
    why: str
    by: str
    replaced_at: datetime


@dataclass(frozen=True, slots=True)
class Correction:
    """Who corrects an issue, why, and when."""

    why: str
    by: str
    at: datetime


def write_correction(connection: Connection, draft: Draft, correction: Correction) -> None:
    """Put a corrected issue in place of what stands for its day, whatever its state, and keep the old text."""
    day = draft.issue.date
    old = connection.scalar(select(IssueRow.content).where(IssueRow.date == day))
    count = connection.scalar(select(func.count()).where(RevisionRow.issue_date == day)) or 0
    connection.execute(
        insert(RevisionRow).values(
            issue_date=day,
            revision=count + 1,
            content=old,
            why=correction.why,
            by=correction.by,
            replaced_at=correction.at,
        )
    )
    connection.execute(update(IssueRow).where(IssueRow.date == day).values(content=draft.content))
    replace_text(connection, draft)
    record_action(connection, AdminAction(correction.at, correction.by, "correct", str(day), correction.why))


def revisions(connection: Connection, day: date) -> list[Revision]:
    """The earlier texts of an issue, the first one first."""
    rows = connection.execute(
        select(RevisionRow.revision, RevisionRow.content, RevisionRow.why, RevisionRow.by, RevisionRow.replaced_at)
        .where(RevisionRow.issue_date == day)
        .order_by(RevisionRow.revision)
    )
    return [Revision(number, issue_from_json(content), why, by, at) for number, content, why, by, at in rows]
