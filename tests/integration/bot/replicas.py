"""Replicas of one paper on one database, each told by the test which updates are its own; and killed by it."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from telegram import Update
from telegram.ext import ApplicationBuilder

from bot.application import BotApplication, add_handlers
from formatters.editions import render_all
from morningpost.running import Office, open_office
from morningpost.settings import Settings
from morningpost.telegram import Identity
from morningpost.wiring import House, build_house
from sandbox.serving import Serving
from sandbox.telegram import Chat, Message, Reader, SandboxTelegram
from tests.golden.sample_issue import sample_issue
from tests.integration.house import BRISK

ADMINS = (42, 43)


@dataclass(frozen=True, slots=True)
class Replica:
    """One process of the paper, as far as one process can be several."""

    office: Office
    application: BotApplication

    @property
    def house(self) -> House:
        return self.office.house

    async def handle(self, *told: dict[str, Any]) -> None:
        """Answer updates, in Telegram's JSON, one after the other."""
        for each in told:
            await self.application.process_update(Update.de_json(each, self.office.bot))

    @asynccontextmanager
    async def keeping_displays(self) -> AsyncIterator[None]:
        """Keep what was shown up to date meanwhile, and deliver."""
        stop = asyncio.Event()
        work = [asyncio.create_task(self.office.displays.run()), asyncio.create_task(self.office.pump.run(stop))]
        try:
            yield
        finally:
            stop.set()
            work[0].cancel()
            for task in work:
                with suppress(asyncio.CancelledError):
                    await task


@dataclass(slots=True)
class Paper:
    """A paper with any number of replicas, and the Telegram that they share."""

    telegram: SandboxTelegram
    channel: Chat
    settings: Settings
    stack: AsyncExitStack = field(default_factory=AsyncExitStack)

    async def replica(self) -> Replica:
        """A process that has just begun and knows what the database knows."""
        identity = Identity("ai_morning_post_bot", self.channel.id)
        house = build_house(self.settings, lambda: datetime.now(UTC), identity)
        self.stack.callback(house.database.close)
        office = await self.stack.enter_async_context(open_office(house, limits=BRISK))
        application: BotApplication = ApplicationBuilder().bot(office.bot).updater(None).build()
        add_handlers(application, office.services())
        await application.initialize()
        self.stack.push_async_callback(application.shutdown)
        return Replica(office, application)

    def told(self) -> list[dict[str, Any]]:
        """What nobody has been told yet."""
        with self.telegram.world.signal.lock:
            updates = [body for _, body in self.telegram.updates.queue]
            self.telegram.updates.queue.clear()
        return updates

    def admin(self, user_id: int = ADMINS[0]) -> Reader:
        """One of the two admins."""
        return self.telegram.user(user_id, f"Editor {user_id}")

    async def say(self, to: Replica, reader: Reader, text: str, reply_to: Message | None = None) -> list[Message]:
        """What the bot answers to a message that one replica is told of."""
        before = len(reader.received)
        reader.say(text, reply_to=reply_to)
        await to.handle(*self.told())
        return reader.received[before:]

    def pressed(self, reader: Reader, message: Message, button: str) -> list[dict[str, Any]]:
        """The updates that tell of a press."""
        reader.press(message, button)
        return self.told()

    async def press(self, to: Replica, reader: Reader, message: Message, button: str) -> None:
        """Press a button of which one replica is told."""
        await to.handle(*self.pressed(reader, message, button))

    def draft(self, on: Replica, motto: str = "Written by hand") -> None:
        """Put a draft into the house; another motto makes other pages."""
        issue = replace(sample_issue(), motto=motto)
        on.house.issues.save_draft(issue, render_all(issue, on.house.paper), on.house.clock())


@asynccontextmanager
async def paper_on(database_url: str, folder: Path) -> AsyncIterator[Paper]:
    """A paper on a migrated database, on a local Telegram that has two admins."""
    telegram = SandboxTelegram()
    channel = telegram.channel("@ai_morning_post", "The AI Morning Post")
    for admin in ADMINS:
        telegram.user(admin, f"Editor {admin}").unblock()
    with Serving(telegram) as serving:
        environ = {
            "TELEGRAM_BOT_TOKEN": telegram.token,
            "TELEGRAM_API_URL": serving.url,
            "TELEGRAM_ADMINS": ",".join(map(str, ADMINS)),
            "TELEGRAM_CHANNEL": "@ai_morning_post",
            "CHECK_LINKS": "false",
            "DATA_DIR": str(folder),
            "DATABASE_URL": database_url,
        }
        paper = Paper(telegram, channel, Settings.from_env(environ, folder))
        async with paper.stack:
            yield paper
