"""Rows whose hour was missed: skipped, unless somebody tried them or they were owed at once."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from storage.bare import Bare, Statement

#: Rows of one transaction, so that it stays short after an outage in the hour of a million.
CHUNK = 5_000

# A row that was tried stands with the moment of its claim; one that was owed at once is due when it was made.
_SKIP = Statement("""
UPDATE deliveries SET state = 'skipped', error = 'its hour had passed'
 WHERE id IN (SELECT id FROM deliveries
               WHERE broadcast_id = :broadcast AND state = 'queued' AND next_attempt_at < :before
                 AND due_at < :before AND due_at > created_at AND claimed_at IS NULL
               ORDER BY next_attempt_at, id LIMIT :rows)
""")


@dataclass(frozen=True, slots=True)
class Skipped:
    """How many rows were; ``more``: there may be more of them."""

    rows: int

    @property
    def more(self) -> bool:
        """Whether the transaction had to end before the last of them."""
        return self.rows == CHUNK


def skip(bare: Bare, broadcast: int, before: datetime) -> Skipped:
    """Skip the rows of a broadcast that were due before a moment, and that nobody ever tried."""
    return Skipped(bare.run(_SKIP, {"broadcast": broadcast, "before": bare.moment(before), "rows": CHUNK}))
