"""How fast a broadcast goes, as a share of Telegram's limit, and what it costs: ``python -m benchmarks.broadcast``.

A strict local Telegram (30 messages in any second, 50 ms median latency) in a process of its own; the real ledger,
wire and pump in this one, so that the CPU counted is the sender's alone.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import insert
from telegram import Bot
from telegram.request import HTTPXRequest

from delivery.pace import Pace
from delivery.pacing import Limits
from delivery.pump import Pump
from delivery.wire import TelegramWire
from domain.deliveries import BroadcastId, Outcome
from domain.editions import Message, Style
from domain.issue import IssueState
from domain.ledger import Form, Lease, WorkerId
from domain.readers import ChatId, Subscriber
from storage.database import Database
from storage.outbox import Outbox, Rules
from storage.schema import IssueRow
from storage.subscribers import Subscribers

DAY = date(2026, 7, 4)
#: Written by us: as long as a front page usually is.
FRONT_PAGE = (
    "<b>Lead Story</b>\n" + "A sentence with <i>some</i> markup, <code>a name</code> and a figure, 1,204. " * 18
)
HOME = Path(__file__).resolve().parents[1]


class Quiet:
    """Nobody is told anything."""

    async def finished(self, broadcast: BroadcastId) -> None:
        """Nothing is done about it."""

    async def stopped(self, broadcast: BroadcastId) -> None:
        """Nothing is done about it."""

    async def channel_failed(self, lease: Lease, outcome: Outcome) -> None:
        """Nothing is done about it."""

    async def wire_closed(self, reason: str) -> None:
        """Nothing is done about it."""

    async def rich_missing(self) -> None:
        """Nothing is done about it."""

    async def ledger_unreachable(self, reason: str) -> None:
        """Nothing is done about it."""


@contextmanager
def telegram(readers: int, rate: int, median: float) -> Iterator[tuple[str, str]]:
    """The local Telegram as a process; its address and token."""
    settings = json.dumps({"readers": readers, "rate": rate, "median": median})
    command = [sys.executable, "-m", "benchmarks.telegram_process", settings]
    with subprocess.Popen(command, cwd=HOME, stdout=subprocess.PIPE, text=True) as process:
        if process.stdout is None:
            raise AssertionError("its output is a pipe")
        address, token = process.stdout.readline().split()
        try:
            yield address, token
        finally:
            process.terminate()


def fill(database: Database, readers: int) -> float:
    """Publish an issue and subscribe readers; seconds that opening the broadcast took."""
    now = datetime.now(UTC)
    row = {"date": DAY, "number": 1, "state": IssueState.PUBLISHED, "content": "{}", "assembled_at": now}
    with database.write() as connection:
        connection.execute(insert(IssueRow).values(row))
    Subscribers(database).import_rows(Subscriber(ChatId(number), now) for number in range(1, readers + 1))
    began = time.perf_counter()
    Outbox(database, 1).open_issue(DAY, at=now, now=True)
    return time.perf_counter() - began


async def broadcast(database: Database, address: str, token: str, rate: int) -> tuple[float, float]:
    """Deliver it; wall and CPU seconds."""
    outbox = Outbox(database, 1, Rules(rate=rate))
    message = Message(Style.CLASSIC, FRONT_PAGE)

    def words(_: Form) -> Message:
        return message

    request = HTTPXRequest(connection_pool_size=32)
    async with Bot(token, base_url=f"{address}/bot", request=request) as bot:
        pump = Pump(outbox, TelegramWire(bot), Pace(Limits(rate=rate)), words, Quiet(), worker=WorkerId("benchmark"))
        began, used = time.perf_counter(), time.process_time()
        await pump.run_until_done()
        return time.perf_counter() - began, time.process_time() - used


def statistics(address: str) -> dict[str, Any]:
    """What the receiver counted."""
    with urllib.request.urlopen(f"{address}/statistics") as answer:  # noqa: S310  # our own process
        counted: dict[str, Any] = json.load(answer)
    return counted


def main() -> None:
    """Print one line of figures for each engine asked for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--readers", type=int, default=900)
    parser.add_argument("--rate", type=int, default=30)
    parser.add_argument("--median", type=float, default=0.05, help="median latency, seconds")
    parser.add_argument("--database", help="a database URL without tables; default: a new SQLite file")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder, telegram(asked.readers, asked.rate, asked.median) as (address, token):
        database = Database.open(asked.database or f"sqlite:///{folder}/paper.db")
        database.migrate()
        opening = fill(database, asked.readers)
        wall, cpu = asyncio.run(broadcast(database, address, token, asked.rate))
        database.close()
        counted = statistics(address)
    print(f"opening       {asked.readers:,} deliveries in {opening:.2f} s")
    share, each = counted["rate"] / asked.rate, cpu / asked.readers * 1000
    print(f"rate          {counted['rate']:.1f} messages/s = {share:.1%} of the limit of {asked.rate}/s")
    print(f"flood errors  {counted['refused']}; most in one second {counted['most_in_one_second']}")
    print(f"duration      {wall:.1f} s")
    print(f"CPU           {each:.2f} s per 1,000 messages, ledger included ({cpu / wall:.1%} of a core)")


if __name__ == "__main__":
    main()
