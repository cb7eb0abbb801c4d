"""``python -m benchmarks.sender JOB``: one worker with the real ledger, pump, pace and wire; says what it took."""

from __future__ import annotations

import asyncio
import json
import logging
import os
import random
import sys
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import asdict
from datetime import timedelta
from pathlib import Path

os.environ.setdefault("PTB_TIMEDELTA", "1")

import structlog

from benchmarks.machine import peak_memory
from benchmarks.sample import FRONT_PAGE
from benchmarks.sending import FIRST_ASKER, SenderJob, SenderResult
from delivery.connections import Connections
from delivery.letters import Letter
from delivery.pace import Pace
from delivery.pacing import Limits, Reading
from delivery.pump import Pump
from delivery.wire import TelegramWire
from domain.deliveries import BroadcastId, Outcome
from domain.editions import Attachment, Message, Style
from domain.ledger import Form, Lease, WorkerId
from domain.readers import ChatId
from morningpost.services.replies import PacedReplies
from storage.database import Database
from storage.outbox import Outbox, Rules

MESSAGE = Message(Style.CLASSIC, FRONT_PAGE)
REPLY = Message(Style.CLASSIC, "Here it is: the issue that you asked for, 1,204 words.")


class Watched:
    """The real wire, and who is on it: the most at once, and when each reply left."""

    def __init__(self, wire: TelegramWire) -> None:
        self._wire = wire
        self._now = 0
        self.most = 0
        self.left_at: dict[int, float] = {}

    def letter(self, message: Message) -> Letter:
        """As the wire does."""
        return self._wire.letter(message)

    async def send(self, chat_id: ChatId, letter: Letter, silent: bool = False) -> Outcome:
        """As the wire does."""
        if chat_id >= FIRST_ASKER:
            self.left_at[chat_id] = time.perf_counter()
        self._now += 1
        self.most = max(self.most, self._now)
        try:
            return await self._wire.send(chat_id, letter, silent)
        finally:
            self._now -= 1

    async def edit(self, chat_id: ChatId, message_id: int, letter: Letter) -> Outcome:
        """As the wire does."""
        return await self._wire.edit(chat_id, message_id, letter)

    async def send_photo(
        self, chat_id: ChatId, png: bytes, caption: str, silent: bool = False, thread: int | None = None
    ) -> Outcome:
        """As the wire does."""
        return await self._wire.send_photo(chat_id, png, caption, silent, thread)

    async def send_document(self, chat_id: ChatId, file: Attachment, thread: int | None = None) -> Outcome:
        """As the wire does."""
        return await self._wire.send_document(chat_id, file, thread)


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


@asynccontextmanager
async def open_wire(job: SenderJob) -> AsyncIterator[TelegramWire]:
    """The way to Telegram as the paper builds it."""
    async with Connections() as connections:
        yield TelegramWire(connections, f"{job.address}/bot{job.token}")


def words(_: Form) -> Message:
    """Every form says the same."""
    return MESSAGE


async def answer_commands(replies: PacedReplies, wire: Watched, rate: float) -> list[float]:
    """Answer commands that come by chance, until cancelled; how long each waited for its turn, seconds."""
    chance = random.Random(7)
    asked_at: dict[int, float] = {}
    answers: set[asyncio.Task[Outcome]] = set()
    number = 0
    try:
        while True:
            await asyncio.sleep(chance.expovariate(rate))
            chat_id = FIRST_ASKER + number
            number += 1
            asked_at[chat_id] = time.perf_counter()
            answers.add(asyncio.create_task(replies.send(ChatId(chat_id), REPLY)))
    except asyncio.CancelledError:
        await asyncio.wait_for(asyncio.gather(*answers), 30)
        return [wire.left_at[chat_id] - moment for chat_id, moment in asked_at.items()]


async def work(job: SenderJob) -> SenderResult:
    """Deliver everything that is owed."""
    database = Database.open(job.database)
    rules = Rules(rate=job.rate, lease=timedelta(seconds=job.lease), database_clock=True)
    outbox = Outbox(database, 1, rules)
    async with open_wire(job) as bare:
        wire = Watched(bare)
        pace = Pace(Limits(rate=job.rate, reading=Reading(job.limit)))
        flights = Path(job.flights) if job.flights else None
        pump = Pump(outbox, wire, pace, words, Quiet(), worker=WorkerId(str(os.getpid())), flights=flights)
        print("ready", flush=True)
        began, used = time.perf_counter(), time.process_time()
        answering = None
        if job.commands:
            answering = asyncio.create_task(answer_commands(PacedReplies(wire, pace), wire, job.commands))
        await pump.run_until_done()
        seconds, cpu = time.perf_counter() - began, time.process_time() - used
        waits: list[float] = []
        if answering is not None:
            answering.cancel()
            waits = await answering
    database.close()
    return SenderResult(seconds, cpu, peak_memory(), wire.most, tuple(waits))


if __name__ == "__main__":
    logging.disable()
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.CRITICAL))
    print(json.dumps(asdict(asyncio.run(work(SenderJob(**json.loads(sys.argv[1])))))))
