"""A house of real parts on a local Telegram, and a published issue to read: what tests of the bot and the desk need."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import httpx

from bot.texts.sections import labels_of
from delivery.pacing import Limits
from domain.issue import Issue
from formatters.editions import render_all
from morningpost.running import run_paper
from morningpost.settings import Settings
from morningpost.telegram import Identity
from morningpost.wiring import House, build_house
from sandbox.serving import Serving
from sandbox.telegram import Chat, Fault, Message, Reader, SandboxTelegram
from storage.revisions import Correction
from tests.databases import migrated_file
from tests.golden.sample_issue import sample_issue

DAY = date(2026, 7, 4)
ADMIN = 42

#: The sandbox sets no limits here, so that a conversation need not wait a second between two answers.
BRISK = Limits(chat_span=0.0)


def utc_now() -> datetime:
    """The clock on the wall."""
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True)
class Morning:
    """A house at work, the Telegram that it talks to, and who is there."""

    house: House
    telegram: SandboxTelegram
    channel: Chat

    def reader(self, user_id: int = 1001, name: str = "Ada Lovelace") -> Reader:
        """A person who has pressed nothing yet."""
        return self.telegram.user(user_id, name)

    def admin(self) -> Reader:
        """The admin of the paper."""
        return self.telegram.user(ADMIN, "Editor")

    async def press(self, reader: Reader, message: Message, button: str) -> str:
        """Press a button, and the words that the bot shows the presser."""
        return await asyncio.to_thread(reader.press(message, button).answer)

    async def forge(self, reader: Reader, data: str) -> str:
        """Press a button that the bot never offered, and the words that the bot shows the presser."""
        keyboard = {"inline_keyboard": [[{"text": "forged", "callback_data": data}]]}
        address = f"{self.house.settings.telegram_api_url}/bot{self.telegram.token}/"
        async with httpx.AsyncClient(base_url=address) as bot:
            await bot.post("sendMessage", json={"chat_id": reader.id, "text": "x", "reply_markup": keyboard})
        return await self.press(reader, reader.received[-1], "forged")

    async def call(self, method: str, body: dict[str, Any]) -> dict[str, Any]:
        """Call a method of the Bot API as the bot, and what Telegram says."""
        address = f"{self.house.settings.telegram_api_url}/bot{self.telegram.token}/"
        async with httpx.AsyncClient(base_url=address) as bot:
            answer: dict[str, Any] = (await bot.post(method, json=body)).json()
        return answer

    async def say(self, reader: Reader, text: str, answers: int = 1) -> list[Message]:
        """What the bot answers to a message."""
        before = len(reader.received)
        reader.say(text)
        return (await self.telegram.until(lambda: _enough(reader, before + answers)))[before:]

    def draft(self, day: date = DAY, number: int = 7) -> Issue:
        """Put a draft of a day into the house."""
        return self.put(replace(sample_issue(), date=day, number=number))

    def put(self, issue: Issue) -> Issue:
        """Put a draft of our own making into the house."""
        self.house.issues.save_draft(
            issue, render_all(issue, self.house.paper, labels_of(self.house.paper)), self.house.clock()
        )
        return issue

    def correct(self, issue: Issue) -> None:
        """Put a corrected issue in the place of the one of its day, and its editions, as an editor does."""
        correction = Correction("It was wrong.", "test", self.house.clock())
        editions = render_all(issue, self.house.paper, labels_of(self.house.paper))
        self.house.issues.correct(issue, editions, correction)

    def publish(self, day: date = DAY, number: int = 7) -> Issue:
        """Put a published issue into the house."""
        issue = self.draft(day, number)
        self.house.desk.publish(day, "test")
        return issue

    async def deliver(self, day: date = DAY, number: int = 7) -> Issue:
        """Put a published issue into the house, and wait until its admin has been told what became of it."""
        await self.say(self.admin(), "/help")
        issue = self.publish(day, number)
        await self.telegram.until(lambda: any("Delivered" in each.text for each in self.admin().received))
        return issue


def _enough(reader: Reader, count: int) -> list[Message]:
    received = reader.received
    return received if len(received) >= count else []


@asynccontextmanager
async def morning_at_work(
    folder: Path,
    *,
    at_work: bool = True,
    faults: Sequence[Fault] = (),
    admins: Sequence[int] = (ADMIN,),
    sample: bool = False,
    clock: Callable[[], datetime] = utc_now,
    telegram_clock: Callable[[], datetime] = utc_now,
) -> AsyncIterator[Morning]:
    """A house in a folder, with the bot and the pump running (``at_work``), on a local Telegram with ``faults``.

    ``clock`` is the house's, ``telegram_clock`` dates the messages.
    """
    telegram = SandboxTelegram(clock=telegram_clock)
    channel = telegram.channel("@ai_morning_post", "The AI Morning Post")
    telegram.user(ADMIN, "Editor")
    for fault in faults:
        telegram.faults.add(fault)
    with Serving(telegram) as serving:
        settings = Settings.from_env(
            {
                "TELEGRAM_BOT_TOKEN": telegram.token,
                "TELEGRAM_API_URL": serving.url,
                "TELEGRAM_ADMINS": ",".join(map(str, admins)),
                "CHECK_LINKS": "false",
                "TELEGRAM_CHANNEL": "@ai_morning_post",
                "DATA_DIR": str(folder),
            },
            folder,
        )
        identity = Identity("ai_morning_post_bot", channel.id)
        migrated_file(folder / "morningpost.db")
        house = build_house(settings, clock, identity, sample=sample)
        stop = asyncio.Event()
        work = asyncio.create_task(run_paper(house, stop, patience=None, limits=BRISK)) if at_work else None
        try:
            yield Morning(house, telegram, channel)
        finally:
            stop.set()
            if work is not None:
                await work
            house.database.close()
