"""``python -m benchmarks.ledger_process JOB``: owe an issue to many, then lease and settle some of it; what it took.

The rows before the ones that are measured stand as sent, as they do in the middle of a broadcast.
"""

from __future__ import annotations

import json
import statistics
import sys
import time
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, timedelta

import psycopg
from sqlalchemy import func, select, text, update

from benchmarks.machine import busy, peak_memory
from benchmarks.towns import DAY, publish, settle_readers
from domain.deliveries import BroadcastId, DeliveryState, Sent
from domain.errors import NotAllowed
from domain.ledger import Ask, Hold, Lease, Settlement, WorkerId
from storage.database import Database
from storage.outbox import Outbox, Rules
from storage.schema import DeliveryRow

#: Rows of one transaction, as at 1,000/s.
ROWS = 100
#: The gate must hold nobody up here.
RATE = 1_000_000
#: Transactions of a broadcast before the first that counts: statements are planned anew, pages are read.
WARMING = 1
#: So much of a broadcast has been sent when the measuring begins.
SENT = 0.2
WORKER = WorkerId("benchmark")

#: Seconds of CPU here, of CPU in the server, and by the clock.
Cost = tuple[float, ...]


@dataclass(frozen=True, slots=True)
class LedgerJob:
    """A migrated database without readers, how many to make, and how many messages to take through the ledger."""

    database: str
    readers: int
    messages: int


@dataclass(frozen=True, slots=True)
class LedgerCost:
    """Of owing the issue, at each reader's hour: seconds, and bytes on disk for a reader, indexes included.

    Of one message: seconds of CPU here, of CPU in the server (0 where the database is a file), and by the clock.
    ``memory``: the peak here, MB.
    """

    opening: float
    row: float
    cpu: float
    server: float
    clock: float
    memory: float


def measure(job: LedgerJob) -> LedgerCost:
    """Owe it, then take messages through the ledger, a hundred at a time."""
    database = Database.open(job.database)
    outbox = Outbox(database, 1, Rules(rate=RATE))
    settle_readers(database, job.readers)
    publish(database)
    empty = _size(database)
    began = time.perf_counter()
    outbox.open_issue(DAY, at=datetime.combine(DAY, datetime.min.time(), UTC))
    opening = time.perf_counter() - began
    row = (_size(database) - empty) / job.readers
    _forget(database)
    cpu, server, clock = _through_the_ledger(database, outbox, job)
    database.close()
    return LedgerCost(opening, row, cpu, server, clock, peak_memory())


def _size(database: Database) -> int:
    """Bytes of the database on disk."""
    question = "SELECT pg_database_size(current_database())"
    if database.is_sqlite:
        question = "SELECT page_count * page_size FROM pragma_page_count(), pragma_page_size()"
    with database.read() as connection:
        size: int = connection.execute(text(question)).scalar_one()
    return size


def _forget(database: Database) -> None:
    """That issue has had its day."""
    with database.write() as connection:
        connection.execute(update(DeliveryRow).values(state=DeliveryState.SKIPPED))


def _through_the_ledger(database: Database, outbox: Outbox, job: LedgerJob) -> Cost:
    """Seconds for one message: of CPU here, of CPU in the server, by the clock.

    Of each the lower quartile, which a busy machine disturbs least.
    """
    costs: list[Cost] = []
    day = DAY
    while len(costs) * ROWS < job.messages:
        day += timedelta(days=1)
        publish(database, day)
        broadcast = outbox.open_issue(day, at=datetime.now(UTC), now=True)
        _partly_sent(database, broadcast.id)
        _swept(job, database)
        costs += _ticks(database, outbox, job.messages // ROWS - len(costs))
        with suppress(NotAllowed):  # a small one may be done by now
            outbox.cancel(broadcast.id, at=datetime.now(UTC), by="benchmark")
    return tuple(statistics.quantiles(each, n=4)[0] for each in zip(*costs, strict=True))


def _servers(database: Database) -> list[int]:
    """The processes of PostgreSQL that serve us; none where the database is a file."""
    if database.is_sqlite:
        return []
    ours = "SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND backend_type = 'client backend'"
    with database.read() as connection:
        return list(connection.execute(text(ours)).scalars())


def _partly_sent(database: Database, broadcast: BroadcastId) -> None:
    """The first of its rows have been sent."""
    own = DeliveryRow.broadcast_id == broadcast
    with database.write() as connection:
        first, last = connection.execute(select(func.min(DeliveryRow.id), func.max(DeliveryRow.id)).where(own)).one()
        ended = update(DeliveryRow).where(own, DeliveryRow.id < first + (last - first) * SENT)
        connection.execute(ended.values(state=DeliveryState.SENT, attempts=1, message_id=1, worker=WORKER))


def _swept(job: LedgerJob, database: Database) -> None:
    """What the server clears away in the background while a broadcast lasts hours, it clears away now."""
    if not database.is_sqlite:
        with psycopg.connect(job.database, autocommit=True) as connection:
            connection.execute("VACUUM (ANALYZE) deliveries")


def _ticks(database: Database, outbox: Outbox, most: int) -> list[Cost]:
    """So many transactions at most, each of which settles what the one before leased; the cost of a message in each."""
    costs: list[Cost] = []
    leases = _tick(outbox, (), ROWS)
    servers = _servers(database)
    while len(leases) == ROWS and len(costs) < most + WARMING:
        before = _clocks(servers)
        leases = _tick(outbox, leases, ROWS)
        after = _clocks(servers)
        if len(leases) == ROWS:  # the last one may have had fewer to lease
            costs.append(tuple((end - begin) / ROWS for begin, end in zip(before, after, strict=True)))
    _tick(outbox, leases, 0)
    return costs[WARMING:]


def _clocks(servers: Sequence[int]) -> Cost:
    return time.process_time(), sum(map(busy, servers)), time.perf_counter()


def _tick(outbox: Outbox, ended: Sequence[Lease], room: int) -> tuple[Lease, ...]:
    now = datetime.now(UTC)
    settlements = [Settlement(lease.delivery, lease.attempt, Sent(lease.delivery), now) for lease in ended]
    hold = Hold(in_use=0, wanted=RATE)
    return outbox.tick(Ask(WORKER, now, settlements, room, timedelta(seconds=0.2), hold)).leases


if __name__ == "__main__":
    print(json.dumps(asdict(measure(LedgerJob(**json.loads(sys.argv[1]))))))
