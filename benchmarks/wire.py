"""What one message costs on the way to Telegram, without ledger, pace and limits: ``python -m benchmarks.wire``.

Our letters, our request class under python-telegram-bot, python-telegram-bot over httpx, and aiogram: one text to many
chats over HTTP on loopback, without latency, each in a process of its own on a core of its own.
"""

from __future__ import annotations

import asyncio
import json
import os
import subprocess
import sys
import time
from collections.abc import Awaitable, Callable, Coroutine, Mapping
from dataclasses import asdict
from typing import Any

os.environ.setdefault("PTB_TIMEDELTA", "1")

from telegram import Bot

from benchmarks.machine import HOME, OTHERS, SENDERS, pinned
from benchmarks.peers.job import PeerJob, PeerResult
from benchmarks.peers.runs import PeerRun, without_limits
from benchmarks.receiver.conditions import Conditions, Mode
from benchmarks.receiver.process import receiving
from benchmarks.reports import Figure, Report, Table, at_most, run
from benchmarks.sample import FRONT_PAGE
from delivery.bot_request import BotRequest
from delivery.connections import Connections
from delivery.wire import TelegramWire
from domain.deliveries import Sent
from domain.editions import Message, Style
from domain.readers import ChatId

PEERS = ("python-telegram-bot, one by one", "python-telegram-bot, gather", "aiogram, bare")
#: How many senders work side by side.
AT_ONCE = 100


async def letters(job: PeerJob) -> int:
    """The broadcast's way: encoded once, sent to each."""
    async with Connections() as connections:
        wire = TelegramWire(connections, f"{job.address}/bot{job.token}")
        letter = wire.letter(Message(Style.CLASSIC, job.text))

        async def send(chat_id: int) -> bool:
            return isinstance(await wire.send(ChatId(chat_id), letter), Sent)

        return await _side_by_side(job.readers, send)


async def library_calls(job: PeerJob) -> int:
    """python-telegram-bot's own call, with its objects, over our connections."""
    request = BotRequest(Connections())
    async with Bot(job.token, base_url=f"{job.address}/bot", request=request, get_updates_request=request) as bot:

        async def send(chat_id: int) -> bool:
            return bool(await bot.send_message(chat_id, job.text, parse_mode="HTML"))

        return await _side_by_side(job.readers, send)


OURS: Mapping[str, Callable[[PeerJob], Coroutine[Any, Any, int]]] = {
    "letters over our connections": letters,
    "python-telegram-bot over our connections": library_calls,
}


async def _side_by_side(readers: int, send: Callable[[int], Awaitable[bool]]) -> int:
    """Send to everyone; how many were lost."""
    waiting = iter(range(1, readers + 1))

    async def work() -> int:
        return sum([not await send(chat_id) for chat_id in waiting])

    return sum(await asyncio.gather(*(work() for _ in range(AT_ONCE))))


def send(job: PeerJob) -> PeerResult:
    """The sender's process."""
    began, used = time.perf_counter(), time.process_time()
    lost = asyncio.run(OURS[job.name](job))
    return PeerResult(time.perf_counter() - began, time.process_time() - used, 0.0, lost)


def ours(name: str, readers: int) -> PeerRun:
    """Start it against a receiver, as peers are started."""
    conditions = Conditions(mode=Mode.OFF, median=0.0)
    with receiving(conditions, OTHERS) as receiver:
        job = PeerJob(name, receiver.address, receiver.token, readers, conditions.rate, FRONT_PAGE)
        command = pinned([sys.executable, "-m", "benchmarks.wire", "--send", job.to_json()], SENDERS)
        told = subprocess.run(command, cwd=HOME, check=True, stdout=subprocess.PIPE, text=True).stdout
        return PeerRun(name, readers, conditions.rate, PeerResult(**json.loads(told)), receiver.counted())


def measure(quick: bool) -> Report:
    """Everyone in turn."""
    readers = 2000 if quick else 10_000
    own = [ours(name, readers) for name in OURS]
    peers = [without_limits(name, readers // 5 if "telegram-bot" in name else readers) for name in PEERS]
    letter, aiogram = own[0].cpu, peers[-1].cpu
    figures = [
        Figure("CPU for 1,000 letters", letter, at_most(0.10), "s"),
        Figure("  as a share of aiogram's, bare", letter / aiogram, at_most(0.5), "%"),
        Figure("  lost", sum(each.result.lost for each in own), at_most(0)),
    ]
    heads = ("sender", "messages/s", "CPU s / 1,000", "× letters")
    rows = tuple(_row(each, letter) for each in (*own, *peers))
    return Report("The way to Telegram", figures, [Table("One core, no limit, no latency", heads, rows)])


def _row(each: PeerRun, letter: float) -> tuple[str, ...]:
    speed = each.readers / each.result.seconds
    return each.name, f"{speed:,.0f}", f"{each.cpu:.3f}", f"{each.cpu / letter:.1f}"


if __name__ == "__main__":
    if sys.argv[1:2] == ["--send"]:
        print(json.dumps(asdict(send(PeerJob(**json.loads(sys.argv[2]))))))
    else:
        run(measure)
