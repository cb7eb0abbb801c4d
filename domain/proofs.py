"""The proof of an issue: the very pages that would be sent, and the fingerprint that an approval names."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from domain.editions import Edition, Style, issue_fingerprint
from domain.issue import IssueRecord


@dataclass(frozen=True, slots=True)
class Proof:
    """An issue in any state with its editions as they are stored, read in one moment."""

    record: IssueRecord
    editions: Mapping[Style, Edition]

    @property
    def fingerprint(self) -> str:
        """What names these very pages: the SHA-256 (hex) over those of the editions."""
        return issue_fingerprint({style: edition.sha256 for style, edition in self.editions.items()})
