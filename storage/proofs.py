"""The proof of a draft: the very pages that would be sent, and the fingerprint that an approval names."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection, select

from domain.editions import SHORT, Edition, Style, issue_fingerprint
from domain.errors import Outdated
from domain.issue import IssueRecord
from storage.schema import EditionRow


@dataclass(frozen=True, slots=True)
class Proof:
    """An issue in any state with its editions as they are stored, read in one moment."""

    record: IssueRecord
    editions: Mapping[Style, Edition]

    @property
    def fingerprint(self) -> str:
        """What names these very pages: the SHA-256 (hex) over those of the editions."""
        return issue_fingerprint({style: edition.sha256 for style, edition in self.editions.items()})


def fingerprint_of(connection: Connection, day: date) -> str:
    """The fingerprint of the issue of a day as it stands."""
    stored = select(EditionRow.style, EditionRow.sha256).where(EditionRow.issue_date == day)
    return issue_fingerprint({row.style: row.sha256 for row in connection.execute(stored)})


def require_proof(connection: Connection, day: date, of: str) -> None:
    """Go on only if the issue of a day bears a fingerprint (at least its first 16 characters). Raises Outdated."""
    stands = fingerprint_of(connection, day)
    if len(of) < SHORT or not stands.startswith(of):
        raise Outdated(
            f"The issue of {day} is not the one that you saw: it bears {stands[:SHORT]} now, not {of[:SHORT] or 'that'}."
            " Look at it again with /preview, then decide."
        )
