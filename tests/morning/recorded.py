"""Recorded mornings lived through: collected over HTTP, assembled, checked, audited, published, delivered."""

from __future__ import annotations

from collections import Counter
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from delivery.pacing import Limits
from domain.deliveries import Receipt
from domain.issue import IssueRecord
from domain.readers import ChatId, Subscriber
from domain.readings import Harvest
from morningpost.running import open_office
from morningpost.settings import Settings
from morningpost.telegram import Identity
from morningpost.wiring import House, build_house
from newsroom.checking import AuditReport
from sandbox.serving import Serving
from sandbox.sources import LocalSources, Morning
from sandbox.telegram import Chat, SandboxTelegram

#: Fast enough that two hundred readers take a moment; the sandbox sets no limit here.
BRISK = 1000


@dataclass(frozen=True, slots=True)
class Lived:
    """One morning from its sources to its receipt. ``copies``: how often each chat got the issue."""

    morning: Morning
    harvests: tuple[Harvest, ...]
    record: IssueRecord
    audit: AuditReport
    receipt: Receipt
    copies: Counter[int]


@dataclass(frozen=True, slots=True)
class Press:
    """A house between local sources and a local Telegram."""

    house: House
    telegram: SandboxTelegram
    channel: Chat
    sources: LocalSources
    readers: tuple[int, ...]

    async def live(self, morning: Morning) -> Lived:
        """Live through one morning, at the moment when it was recorded."""
        self.sources.turn_to(morning)
        before = self._messages()
        harvests = await self.house.collect(morning.at)
        day = morning.at.date()
        self.house.desk.assemble(day)
        record = self.house.desk.publish(day, "test", now=True)
        async with open_office(self.house, limits=Limits(rate=BRISK, chat_span=0.0)) as office:
            await office.pump.run_until_done()
        receipt = self.house.desk.receipt()
        assert receipt is not None
        copies = Counter({chat: count - before[chat] for chat, count in self._messages().items()})
        return Lived(morning, tuple(harvests), record, self.house.desk.audit(day), receipt, copies)

    def _messages(self) -> Counter[int]:
        chats = (self.channel.id, *self.readers)
        return Counter({chat: _posts(self.telegram.chat(chat)) for chat in chats})


def _posts(chat: Chat) -> int:
    return sum(1 for message in chat.messages.values() if message.from_bot or message.sender is None)


@asynccontextmanager
async def press(
    folder: Path, mornings: Iterable[Morning], readers: int, database_url: str = ""
) -> AsyncIterator[Press]:
    """An empty house in a folder (or a database), with so many readers, on the sources of these mornings."""
    telegram = SandboxTelegram()
    channel = telegram.channel("@ai_morning_post", "The AI Morning Post")
    sources = LocalSources(mornings)
    people = tuple(range(5001, 5001 + readers))
    for user_id in people:
        telegram.user(user_id).start()
    with Serving(telegram) as telegram_server, Serving(sources) as source_server:
        feeds = folder / "feeds.toml"
        feeds.write_text(sources.feeds_toml(source_server.url), encoding="utf-8")
        environ = {
            **sources.addresses(source_server.url),
            "FEEDS_FILE": str(feeds),
            "TELEGRAM_BOT_TOKEN": telegram.token,
            "TELEGRAM_API_URL": telegram_server.url,
            "TELEGRAM_CHANNEL": "@ai_morning_post",
            "TELEGRAM_RATE": str(BRISK),
            "TELEGRAM_PAID_BROADCAST": "true",
            "DATA_DIR": str(folder),
            "DATABASE_URL": database_url,
        }
        settings = Settings.from_env(environ, folder)
        house = build_house(settings, lambda: datetime.now(UTC), Identity("ai_morning_post_bot", channel.id))
        house.database.migrate()
        joined = datetime.now(UTC) - timedelta(days=400)
        house.subscribers.import_rows(Subscriber(ChatId(user_id), joined) for user_id in people)
        try:
            yield Press(house, telegram, channel, sources, people)
        finally:
            house.database.close()
