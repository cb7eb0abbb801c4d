"""A draft into the database: the issue, its editions, and what its evidence cites, in place of what stood there."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Self

from sqlalchemy import Connection, delete, insert, select

from domain.editions import Edition, Style
from domain.errors import NotAllowed
from domain.evidence import Evidence, HarvestEvidence, QuoteEvidence, ReadingEvidence
from domain.issue import Issue, IssueState
from storage.conflicts import insert_into
from storage.edition_json import pages_to_json
from storage.issue_json import issue_to_json
from storage.schema import CitationKind, CitationRow, EditionRow, IssueRow

#: Who holds an issue that failed its own checks; an admin's hold bears his name.
CHECKS = "checks"


@dataclass(frozen=True, slots=True)
class Draft:
    """An issue in the form in which it is kept. ``editions`` are (sha256, pages) by style."""

    issue: Issue
    content: str
    editions: Mapping[Style, tuple[str, str]]

    @classmethod
    def of(cls, issue: Issue, editions: Sequence[Edition]) -> Self:
        """Write an issue and its editions out. Raises StorageError: a fingerprint is wrong."""
        return cls(
            issue,
            issue_to_json(issue),
            {edition.style: (edition.sha256, pages_to_json(edition)) for edition in editions},
        )

    def citations(self) -> set[tuple[CitationKind, int]]:
        """The readings, harvests and words that the evidence rests on."""
        return {_citation(evidence) for evidence in self.issue.evidence.values()}


def _citation(evidence: Evidence) -> tuple[CitationKind, int]:
    match evidence:
        case ReadingEvidence():
            return CitationKind.READING, evidence.reading_id
        case HarvestEvidence():
            return CitationKind.HARVEST, evidence.harvest_id
        case QuoteEvidence():
            return CitationKind.VERSION, evidence.version


def write_draft(connection: Connection, draft: Draft, at: datetime) -> None:
    """Put a draft in place of what stands for its day, unless that is the same. Raises NotAllowed."""
    day = draft.issue.date
    standing = connection.execute(
        select(IssueRow.state, IssueRow.held_by, IssueRow.content).where(IssueRow.date == day)
    ).first()
    if standing is not None and standing.state is IssueState.PUBLISHED:
        raise NotAllowed(f"The issue of {day} is published: it can't be written again.")
    if standing is not None and standing.content == draft.content and _editions(connection, draft) == draft.editions:
        return
    _refuse_taken_number(connection, draft.issue)
    held_by = _held_by(draft.issue, standing.held_by if standing is not None else "")
    _write_issue(connection, draft, held_by, at)
    replace_text(connection, draft)


def replace_text(connection: Connection, draft: Draft) -> None:
    """Put the editions and the citations of a draft in place of those that stood for its day."""
    _write_editions(connection, draft)
    _write_citations(connection, draft)


def _editions(connection: Connection, draft: Draft) -> dict[Style, tuple[str, str]]:
    rows = connection.execute(
        select(EditionRow.style, EditionRow.sha256, EditionRow.pages).where(EditionRow.issue_date == draft.issue.date)
    )
    return {row.style: (row.sha256, row.pages) for row in rows}


def _refuse_taken_number(connection: Connection, issue: Issue) -> None:
    holder = connection.scalar(
        select(IssueRow.date).where(IssueRow.number == issue.number, IssueRow.date != issue.date)
    )
    if holder is not None:
        raise NotAllowed(f"Number {issue.number} is the issue of {holder}: assemble that of {issue.date} again.")


def _held_by(issue: Issue, before: str) -> str:
    """Who holds the new draft: the admin who held the old one, or its own checks, or nobody."""
    if before not in {"", CHECKS}:
        return before
    return CHECKS if issue.checks.held is not None else ""


def _write_issue(connection: Connection, draft: Draft, held_by: str, at: datetime) -> None:
    row = {
        "number": draft.issue.number,
        "state": IssueState.HELD if held_by else IssueState.DRAFT,
        "content": draft.content,
        "assembled_at": at,
        "approved_at": None,
        "held_by": held_by,
    }
    statement = insert_into(connection, IssueRow).values(date=draft.issue.date, **row)
    connection.execute(statement.on_conflict_do_update(index_elements=[IssueRow.date], set_=row))


def _write_editions(connection: Connection, draft: Draft) -> None:
    day = draft.issue.date
    connection.execute(delete(EditionRow).where(EditionRow.issue_date == day))
    rows = [
        {"issue_date": day, "style": style, "sha256": sha256, "pages": pages}
        for style, (sha256, pages) in draft.editions.items()
    ]
    if rows:
        connection.execute(insert(EditionRow), rows)


def _write_citations(connection: Connection, draft: Draft) -> None:
    day = draft.issue.date
    connection.execute(delete(CitationRow).where(CitationRow.issue_date == day))
    rows = [{"issue_date": day, "kind": kind, "cited_id": cited} for kind, cited in draft.citations()]
    if rows:
        connection.execute(insert(CitationRow), rows)
