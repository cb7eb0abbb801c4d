"""What is used of the paper, counted for all readers together: nobody's reading is anywhere on record."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

#: An active reader who has not been seen for so long, and joined before that, is inactive.
INACTIVE_AFTER = timedelta(days=30)


@dataclass(frozen=True, slots=True, order=True)
class PageView:
    """The opening of a page (``front``, or a section's name) of an issue on a day (UTC)."""

    on: date
    issue_date: date
    page: str


@dataclass(frozen=True, slots=True)
class Views:
    """How often pages were opened: by day (UTC) and by page, the most first; neither has an entry for none."""

    by_day: Mapping[date, int]
    by_page: Mapping[str, int]

    @property
    def total(self) -> int:
        """All of them."""
        return sum(self.by_page.values())
