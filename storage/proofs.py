"""An act that names the pages that were looked at is done only while they stand."""

from __future__ import annotations

from datetime import date

from sqlalchemy import Connection, select

from domain.editions import SHORT, issue_fingerprint
from domain.errors import Outdated
from storage.schema import EditionRow


def require_proof(connection: Connection, day: date, of: str) -> None:
    """Go on only if the issue of a day bears a fingerprint (at least its first 16 characters). Raises Outdated."""
    stored = select(EditionRow.style, EditionRow.sha256).where(EditionRow.issue_date == day)
    stands = issue_fingerprint({row.style: row.sha256 for row in connection.execute(stored)})
    if len(of) < SHORT or not stands.startswith(of):
        raise Outdated(
            f"The issue of {day} is not the one that you saw: it bears {stands[:SHORT]} now, "
            f"not {of[:SHORT] or 'that'}. Look at it again with /preview, then decide."
        )
