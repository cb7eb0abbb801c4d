"""What stands open in the ledger, seen with one statement: what is being sent, and each broadcast that is running."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from domain.audiences import Audience
from domain.deliveries import BroadcastKind
from domain.ledger import WorkerId
from storage.bare import Bare, Statement


@dataclass(frozen=True, slots=True)
class Running:
    """A broadcast that is running: its rows may be leased.

    ``first_due``: of what is queued; None when nothing is. ``channel``: a row of the paper's channel that is due.
    ``busy``: some of its rows are being sent. ``opened``: every row that it owes is there.
    """

    id: int
    issue_date: date | None
    kind: BroadcastKind
    audience: str
    revision: int
    opened: bool
    busy: bool
    first_due: datetime | None
    channel: int | None

    @property
    def is_quiet(self) -> bool:
        """Whether nothing of it is queued or being sent."""
        return self.first_due is None and not self.busy

    @property
    def keeps_hours(self) -> bool:
        """Whether each reader is owed it at his own hour."""
        return self.kind is BroadcastKind.ISSUE and not Audience.parse(self.audience).at_once


@dataclass(frozen=True, slots=True)
class Standing:
    """``mine``: rows that the asking worker sends. ``first_expiry``: when the first lease runs out, whoever's."""

    first_expiry: datetime | None
    mine: int
    running: tuple[Running, ...]


_LOOK = Statement("""
SELECT (SELECT min(lease_until) FROM deliveries WHERE state = 'sending'),
       (SELECT count(*) FROM deliveries WHERE state = 'sending' AND worker = :worker),
       b.id, b.issue_date, b.kind, b.audience, b.opened,
       (SELECT count(*) FROM revisions r WHERE r.issue_date = b.issue_date),
       EXISTS (SELECT 1 FROM deliveries d WHERE d.state = 'sending' AND d.broadcast_id = b.id),
       (SELECT d.next_attempt_at FROM deliveries d WHERE d.broadcast_id = b.id AND d.state = 'queued'
         ORDER BY d.next_attempt_at LIMIT 1),
       (SELECT min(CASE WHEN d.next_attempt_at <= :until THEN d.id END) FROM deliveries d
         WHERE d.state = 'queued' AND d.chat_kind = 'channel' AND d.broadcast_id = b.id)
  FROM (SELECT 1 AS always) one LEFT JOIN broadcasts b ON b.state = 'running'
""")


def look(bare: Bare, worker: WorkerId, until: datetime) -> Standing:
    """What stands open now; what is queued until ``until`` counts as due."""
    rows = bare.rows(_LOOK, {"worker": worker, "until": bare.moment(until)})
    first = rows[0]
    return Standing(bare.moment_or_none(first[0]), first[1], tuple(_running(bare, rows)))


def _running(bare: Bare, rows: list[tuple[Any, ...]]) -> Iterator[Running]:
    for _, _, broadcast, day, kind, audience, opened, revision, busy, first_due, channel in rows:
        if broadcast is not None:
            yield Running(
                id=broadcast,
                issue_date=day if day is None else bare.read_day(day),
                kind=BroadcastKind(kind),
                audience=audience,
                revision=revision,
                opened=bool(opened),
                busy=bool(busy),
                first_due=bare.moment_or_none(first_due),
                channel=channel,
            )
