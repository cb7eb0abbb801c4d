"""Two hundred /today a second while a broadcast runs: ``python -m benchmarks.commands [--quick] [--strict]``.

The paper's process behind its webhook, with SQLite and a receiver in Telegram's place (1,000 messages a second, round
trips of 50 ms). Commands come by chance, each from a reader of his own; one more reader writes and presses 50 times a
second all the time.
The bot's own time is from the call of the webhook until the answer is on the receiver's side, half a round trip less.
"""

from __future__ import annotations

import asyncio
import os
import random
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import aiohttp
from aiohttp import web

from benchmarks.databases import sqlite
from benchmarks.machine import HOME, OTHERS, SENDERS, kept_to, pinned
from benchmarks.reports import Figure, Report, at_most, run
from benchmarks.towns import DAY, settle_readers
from domain.editions import page_callback
from domain.issue import Paper
from formatters.editions import render_all
from storage.database import Database
from storage.issues import Issues
from storage.outbox import Outbox, Rules
from tests.golden.sample_issue import sample_issue

RATE, FLOOD = 200.0, 50.0
READERS, SECONDS, QUICK_SECONDS = 10_000, 60.0, 10.0
FIRST_ASKER, FLOODER = 100_000_000, 99_999_999
HALF_A_TRIP = 0.025
TOKEN, SECRET = "700000001:benchmark-of-commands", "a-secret-of-the-benchmark"  # nobody's
#: What is asked last has so long to be answered, seconds.
_ANSWERS = 30.0


@dataclass(slots=True)
class Telegram:
    """What stands in Telegram's place, inside our own loop. Moments are steady seconds."""

    asked: dict[int, float] = field(default_factory=dict)
    answered: dict[int, list[float]] = field(default_factory=dict)
    delivered: dict[int, int] = field(default_factory=dict)
    hooked: asyncio.Event = field(default_factory=asyncio.Event)
    floods: int = 0
    flooder: list[float] = field(default_factory=list)
    presses: int = 0

    @property
    def is_done(self) -> bool:
        """Whether everybody has what he asked for, or is owed."""
        return len(self.answered) >= len(self.asked) and len(self.delivered) >= READERS

    async def called(self, request: web.Request) -> web.Response:
        """Answer a call of the Bot API."""
        method = request.path.rpartition("/")[2].lower()
        if method == "getme":
            return _ok({"id": 700000001, "is_bot": True, "first_name": "Paper", "username": "ai_morning_post_bot"})
        if method == "setwebhook":
            self.hooked.set()
        self.presses += method == "answercallbackquery"  # the flooder's: nobody else presses
        if method != "sendmessage":
            return _ok(True)  # the answer of most methods
        told = await request.json() if request.content_type == "application/json" else await request.post()
        chat = int(str(told["chat_id"]))
        now = time.perf_counter()
        await asyncio.sleep(2 * HALF_A_TRIP)
        return self._taken(chat, now)

    def _taken(self, chat: int, now: float) -> web.Response:
        if chat == FLOODER:
            if self.flooder and now - self.flooder[-1] < 0.95:
                self.floods += 1
            self.flooder.append(now)
        elif chat >= FIRST_ASKER:
            self.answered.setdefault(chat, []).append(now)
        else:
            self.delivered[chat] = self.delivered.get(chat, 0) + 1
        return _ok({"message_id": 1, "date": 1, "chat": {"id": chat, "type": "private"}, "text": "x"})


def _ok(result: Any) -> web.Response:
    return web.json_response({"ok": True, "result": result})


def _update(number: int, chat: int) -> dict[str, Any]:
    """A command; of the one who floods every other update is a press."""
    person = {"id": chat, "first_name": "Ada"}
    asker = {**person, "is_bot": False, "language_code": "en"}
    message = {
        "message_id": number,
        "date": 1,
        "chat": {**person, "type": "private"},
        "from": asker,
        "text": "/today",
        "entities": [{"type": "bot_command", "offset": 0, "length": 6}],
    }
    if chat == FLOODER and number % 2:
        query = {"id": str(number), "from": asker, "chat_instance": "1", "message": {**message, "message_id": 1}}
        return {"update_id": number, "callback_query": {**query, "data": page_callback(DAY, "tools")}}
    return {"update_id": number, "message": message}


async def ask(telegram: Telegram, address: str, seconds: float) -> None:
    """Send commands by chance, and the flood; every call must be taken."""
    chance, began, number = random.Random(7), time.perf_counter(), 1000
    headers = {"X-Telegram-Bot-Api-Secret-Token": SECRET}
    async with aiohttp.ClientSession(headers=headers, connector=aiohttp.TCPConnector(limit=100)) as session:
        calls: set[asyncio.Task[None]] = set()
        due = 0.0
        while due < seconds:
            await asyncio.sleep(max(0.0, began + due - time.perf_counter()))
            number += 1
            chat = FLOODER if chance.random() < FLOOD / (RATE + FLOOD) else FIRST_ASKER + number
            calls.add(asyncio.create_task(_call(telegram, session, address, number, chat)))
            due += chance.expovariate(RATE + FLOOD)
        await asyncio.gather(*calls)


async def _call(telegram: Telegram, session: aiohttp.ClientSession, address: str, number: int, chat: int) -> None:
    if chat != FLOODER:
        telegram.asked[chat] = time.perf_counter()
    async with session.post(address, json=_update(number, chat)) as answer:
        answer.raise_for_status()


async def under_load(seconds: float) -> Telegram:
    """Everything once."""
    telegram = Telegram()
    app = web.Application()
    app.router.add_route("*", "/{anything:.*}", telegram.called)
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    port = runner.addresses[0][1]
    with sqlite() as url, tempfile.TemporaryDirectory() as folder:
        owe(url)
        own = _free_port()
        with _paper(url, folder, port, own):
            await asyncio.wait_for(telegram.hooked.wait(), 60)
            await ask(telegram, f"http://127.0.0.1:{own}/telegram", seconds)
            deadline = time.perf_counter() + _ANSWERS
            while not telegram.is_done and time.perf_counter() < deadline:  # noqa: ASYNC110  # two processes
                await asyncio.sleep(0.1)
    await runner.cleanup()
    return telegram


def owe(url: str) -> None:
    """A published issue that is owed to everybody."""
    database = Database.open(url)
    issue, issues, now = replace(sample_issue(), date=DAY), Issues(database), datetime.now(UTC)
    issues.save_draft(issue, render_all(issue, Paper(bot="ai_morning_post_bot")), now)
    issues.approve(DAY, "benchmark", now)
    issues.publish(DAY, "benchmark", now)
    settle_readers(database, READERS)
    Outbox(database, int(TOKEN.partition(":")[0]), Rules(rate=1000)).open_issue(DAY, at=now, now=True)
    database.close()


@contextmanager
def _paper(url: str, folder: str, telegram: int, own: int) -> Iterator[None]:
    environ = {
        **os.environ,
        "TELEGRAM_BOT_TOKEN": TOKEN,
        "TELEGRAM_API_URL": f"http://127.0.0.1:{telegram}",
        "TELEGRAM_RATE": "1000",
        "TELEGRAM_PAID_BROADCAST": "true",
        "DATABASE_URL": url,
        "DATA_DIR": folder,
        "WEBHOOK_URL": f"http://127.0.0.1:{own}/telegram",
        "WEBHOOK_SECRET": SECRET,
        "WEB_PORT": str(own),
        "PYTHONPATH": str(HOME),
    }
    command = pinned([sys.executable, "-m", "benchmarks.commands_process"], SENDERS)
    with subprocess.Popen(command, env=environ, cwd=Path(folder)) as paper:
        try:
            yield
        finally:
            paper.kill()


def _free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


def measure(quick: bool) -> Report:
    """Commands, a broadcast and a flood at once."""
    with kept_to(OTHERS):
        seconds = QUICK_SECONDS if quick else SECONDS
    telegram = asyncio.run(under_load(seconds))
    times = sorted(
        telegram.answered[chat][0] - moment for chat, moment in telegram.asked.items() if chat in telegram.answered
    )
    return Report(
        f"{RATE:.0f} /today a second, {FLOOD:.0f} more from one reader, and a broadcast of {READERS:,}",
        [
            Figure("commands", len(telegram.asked)),
            Figure("the bot's own time, p99", _quantile(times, 0.99), at_most(0.3), "s"),
            Figure("  p50", _quantile(times, 0.5), unit="s"),
            Figure("  slowest", times[-1] if times else 0.0, unit="s"),
            Figure("commands lost", len(telegram.asked) - len(times), at_most(0)),
            Figure("commands answered twice", sum(len(each) > 1 for each in telegram.answered.values()), at_most(0)),
            Figure("readers of the broadcast left out", READERS - len(telegram.delivered), at_most(0)),
            Figure("  served twice", sum(count > 1 for count in telegram.delivered.values()), at_most(0)),
            Figure("answers to the reader who floods", len(telegram.flooder)),
            Figure("  sooner than a second after the last", telegram.floods, at_most(0)),
            Figure("presses of his that were acknowledged, a second", telegram.presses / seconds, at_most(20)),
        ],
    )


def _quantile(ordered: list[float], share: float) -> float:
    return ordered[min(int(len(ordered) * share), len(ordered) - 1)] if ordered else 0.0


if __name__ == "__main__":
    run(measure)
