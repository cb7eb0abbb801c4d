"""What the ledger alone costs for each message, from 500 recipients to a million: ``python -m benchmarks.ledger``.

    python -m benchmarks.ledger                                   # a SQLite file in a temporary folder
    python -m benchmarks.ledger --database postgresql://…/name    # a server that lets new databases be made
    python -m benchmarks.ledger --recipients 500 10000 --room 3   # ticks of three rows

Nothing is sent: each tick settles what the one before leased. Each size runs in a process of its own, so that its
peak of memory is its own; printed are the seconds to open the broadcast, CPU seconds of the client and wall seconds
for 1,000 messages, those of one tick, and the peak.
"""

from __future__ import annotations

import argparse
import json
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime, timedelta
from uuid import uuid4

import psycopg
from sqlalchemy import insert, make_url, text

from domain.deliveries import Sent
from domain.issue import IssueState
from domain.ledger import Ask, Hold, Settlement, WorkerId
from storage.database import Database
from storage.outbox import Outbox, Rules
from storage.schema import IssueRow

DAY = date(2026, 7, 4)
SIZES = (500, 10_000, 100_000, 1_000_000)
WORKER = WorkerId("benchmark")
HEAD = "recipients opening s CPU s/1,000 last tenth wall s/1,000 ms CPU a tick peak MB"
HORIZON = timedelta(milliseconds=150)

_READERS = """
INSERT INTO subscribers (chat_id, kind, state, zone, hour, weekdays, sections, style, language, silent, joined_at,
                         came_from, state_since)
WITH RECURSIVE counted (number) AS (SELECT CAST(1 AS bigint) UNION ALL SELECT number + 1 FROM counted WHERE number < :readers)
SELECT number * 7919 + 100000, 'private', 'active', 'UTC', 6, 127, '[]', 'classic', 'en', {false}, :then, '', :then
  FROM counted
"""


@dataclass(frozen=True, slots=True)
class Figures:
    """Seconds, and megabytes for the ``peak``; ``cpu`` and ``wall`` for 1,000 messages."""

    recipients: int
    opening: float
    cpu: float
    wall: float
    tick: float
    last_cpu: float
    peak: float


def fill(database: Database, readers: int) -> None:
    """Publish an issue and subscribe readers, with one statement."""
    now = datetime.now(UTC)
    row = {"date": DAY, "number": 1, "state": IssueState.PUBLISHED, "content": "{}", "assembled_at": now}
    words = _READERS.replace("{false}", "0" if database.is_sqlite else "false")
    with database.write() as connection:
        connection.execute(insert(IssueRow).values(row))
        then = now.isoformat(" ")[:26] if database.is_sqlite else now
        connection.execute(text(words), {"readers": readers, "then": then})


def ticks(outbox: Outbox, room: int) -> Iterator[tuple[int, float, float]]:
    """Work the broadcast off: after each tick how many it leased, its CPU and its wall seconds."""
    settlements: list[Settlement] = []
    while True:
        now = datetime.now(UTC)
        ask = Ask(WORKER, now, settlements, room, HORIZON, Hold(wanted=room))
        used, began = time.process_time(), time.perf_counter()
        tick = outbox.tick(ask)
        used, took = time.process_time() - used, time.perf_counter() - began
        settlements = [Settlement(lease.delivery, lease.attempt, Sent(lease.delivery), now) for lease in tick.leases]
        yield len(tick.leases), used, took
        if not tick.leases:
            return


def measure(url: str, recipients: int, room: int, most: int | None) -> Figures:
    """One size on one database, to the end or until so many ticks."""
    database = Database.open(url)
    database.migrate()
    fill(database, recipients)
    outbox = Outbox(database, 1, Rules(rate=room))
    began = time.perf_counter()
    outbox.open_issue(DAY, at=datetime.now(UTC), now=True)
    opening = time.perf_counter() - began
    rows: list[tuple[int, float, float]] = []
    for figures in ticks(outbox, room):
        rows.append(figures)
        if most is not None and len(rows) >= most:
            break
    database.close()
    messages = sum(row[0] for row in rows)
    cpu, wall = sum(row[1] for row in rows), sum(row[2] for row in rows)
    last = rows[-max(2, len(rows) // 10) : -1]
    last_cpu = sum(row[1] for row in last) / max(1, sum(row[0] for row in last))
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return Figures(
        recipients, opening, cpu / messages * 1e3, wall / messages * 1e3, cpu / len(rows), last_cpu * 1e3, peak
    )


def main() -> None:
    """Print a line for each size."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--recipients", type=int, nargs="+", default=SIZES)
    parser.add_argument("--room", type=int, default=100, help="rows of a tick")
    parser.add_argument("--ticks", type=int, help="end after so many")
    parser.add_argument("--database", help="the URL of an empty database; default: a new SQLite file")
    parser.add_argument("--one", action="store_true", help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.one:
        print(json.dumps(asdict(measure(asked.database, asked.recipients[0], asked.room, asked.ticks))))
        return
    print(HEAD)
    for recipients in asked.recipients:
        with new_database(asked.database) as url:
            figures = in_its_own_process(asked, recipients, url)
        print(
            f"{figures.recipients:10,} {figures.opening:9.2f} {figures.cpu:11.4f} {figures.last_cpu:10.4f}"
            f" {figures.wall:12.4f} {figures.tick * 1e3:13.3f} {figures.peak:7.0f}"
        )


@contextmanager
def new_database(server: str | None) -> Iterator[str]:
    """The URL of an empty database that is gone afterwards: a file, or one of a server."""
    if server is None:
        with tempfile.TemporaryDirectory() as folder:
            yield f"sqlite:///{folder}/paper.db"
        return
    name = f"ledger_{uuid4().hex[:8]}"
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}".encode())
        yield make_url(server).set(database=name).render_as_string(hide_password=False)
        connection.execute(f"DROP DATABASE {name} WITH (FORCE)".encode())


def in_its_own_process(asked: argparse.Namespace, recipients: int, url: str) -> Figures:
    """One size, measured apart from the others."""
    command = [sys.executable, "-m", "benchmarks.ledger", "--one", "--database", url]
    command += ["--recipients", str(recipients), "--room", str(asked.room)]
    command += ["--ticks", str(asked.ticks)] if asked.ticks else []
    answer = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True)
    return Figures(**json.loads(answer.stdout))


if __name__ == "__main__":
    main()
