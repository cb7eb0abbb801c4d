"""A whole paper at work behind the chat page: eight sample mornings lived through, the last issue a draft."""

from __future__ import annotations

import io
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any, Final

from PIL import Image, ImageDraw
from playwright.async_api import Browser

from domain.readers import ChatId, Subscriber, SubscriberState
from morningpost.running import open_office
from morningpost.telegram import Identity
from sandbox import sample
from sandbox.telegram import Pane
from tests.browser.phones import PATIENCE, Phone
from tests.integration.drafted import live_through
from tests.integration.house import ADMIN, BRISK, Morning, morning_at_work

#: The day of the draft: Saturday 22 August 2026.
DAY: Final[date] = sample.mornings()[-1].at.date()

#: The size of a phone, in CSS pixels.
PHONE: Final = {"width": 412, "height": 850}

_BOT: Final = "ai_morning_post_bot"
_CHANNEL: Final = "@ai_morning_post"


@dataclass(slots=True)
class Sun:
    """The time of day of the walk: the paper's clock runs on from it, what the page shows stands still."""

    shown: datetime = datetime(2026, 8, 22, 7, 0, tzinfo=UTC)
    _since: float = field(default_factory=time.monotonic)

    def turn(self, hour: int, minute: int = 0) -> None:
        """Put it to an hour of the day, UTC."""
        self.shown = self.shown.replace(hour=hour, minute=minute)
        self._since = time.monotonic()

    def to_the_wall(self) -> None:
        """Put it to the present: some acts are done in a process of their own, whose clock is the one on the wall."""
        self.shown = datetime.now(UTC)
        self._since = time.monotonic()

    def running(self) -> datetime:
        """The paper's clock."""
        return self.shown + timedelta(seconds=time.monotonic() - self._since)

    def standing(self) -> datetime:
        """Telegram's clock, which dates messages."""
        return self.shown


@dataclass(frozen=True, slots=True)
class Walk:
    """A paper at work, the time of its day, and phones for people to use."""

    morning: Morning
    sun: Sun
    browser: Browser
    troubles: list[str]

    async def phone(
        self, user_id: int, name: str, *, chat_id: int | None = None, language: str = "en", started: bool = True
    ) -> Phone:
        """A phone that shows a person's chat with the bot, or a group or channel that he is in.

        ``started``: he has talked to the bot before, and his chat is empty now.
        """
        person = self.morning.telegram.user(user_id, name, language=language)
        if started:
            person.unblock()
        role = f"{name} {chat_id or ''}".strip()
        telegram = self.morning.telegram
        shown = [
            Pane(role, chat_id or user_id, user_id),
            *([Pane(f"{role} alone", user_id, user_id)] if chat_id else []),
        ]
        telegram.show((*telegram.stage.panes, *shown))
        context = await self.browser.new_context(
            viewport={"width": PHONE["width"], "height": PHONE["height"] + 90},
            device_scale_factor=2,
            timezone_id="UTC",
            locale="en-GB",
            color_scheme="light",
        )
        page = await context.new_page()
        page.set_default_timeout(PATIENCE)
        page.on("pageerror", lambda error: self.troubles.append(str(error)))
        page.on("console", lambda told: self.troubles.append(told.text) if told.type == "error" else None)
        page.on("request", lambda asked: None if asked.url.startswith(self.url) else self.troubles.append(asked.url))
        await page.goto(self.url)
        await page.locator(".tabs button", has_text=role).first.click()
        return Phone(page, page.locator(f'.pane[aria-label^="{role}"]').first)

    def subscribe(self, user_id: int, **settings: Any) -> None:
        """Put somebody on the list without a word in his chat."""
        self.morning.house.subscribers.join(Subscriber(ChatId(user_id), self.sun.running(), **settings))

    async def admin(self) -> Phone:
        """The editor's phone."""
        return await self.phone(ADMIN, "Editor")

    async def show_draft(self) -> None:
        """Let the draft come to the admins, as the timetable does when it is written."""
        house = self.morning.house
        async with open_office(house, limits=BRISK) as office:
            await office.notices.draft_ready(house.desk.record(DAY))

    async def forge(self, user_id: int, text: str, data: str) -> None:
        """Put a button into a person's chat that the paper never made."""
        keyboard = {"inline_keyboard": [[{"text": text, "callback_data": data}]]}
        await self.morning.call("sendMessage", {"chat_id": user_id, "text": text, "reply_markup": keyboard})

    def a_month_of_readers(self) -> None:
        """Forty readers who came in thirty days, some by a link, and six who left."""
        house = self.morning.house
        for number in range(46):
            joined = self.sun.running() - timedelta(days=(number * number) // 71)
            reader = Subscriber(ChatId(5000 + number), joined, came_from=("friend", "booth", "")[number % 3])
            house.subscribers.join(reader)
            if number >= 40:
                house.subscribers.set_state(reader.chat_id, SubscriberState.LEFT, joined + timedelta(days=number % 3))

    def pass_on(self, from_id: int, to_id: int) -> None:
        """Forward the newest message of a person's chat with the bot to another person."""
        telegram = self.morning.telegram
        newest = telegram.user(from_id).received[-1]
        telegram.world.post(telegram.user(to_id).chat, newest.sender, newest.content)

    @property
    def url(self) -> str:
        """The address of the page."""
        return str(self.morning.house.settings.telegram_api_url)

    def publish(self) -> None:
        """Put the day's issue out."""
        self.morning.house.desk.publish(DAY, "timetable")


def sunrise() -> bytes:
    """A picture for a notice: the sun over a line."""
    image = Image.new("RGB", (960, 480), "#fff4dc")
    draw = ImageDraw.Draw(image)
    draw.ellipse((330, 130, 630, 430), fill="#f2b33d")
    draw.rectangle((0, 330, 960, 480), fill="#24506e")
    written = io.BytesIO()
    image.save(written, "PNG")
    return written.getvalue()


def lived_through(folder: Path) -> None:
    """Fill a folder with the mornings of the walk."""
    live_through(folder, len(sample.mornings()), Identity(_BOT), _CHANNEL)


@asynccontextmanager
async def walking(folder: Path, browser: Browser) -> AsyncIterator[Walk]:
    """A paper at work in a folder that has been lived through; fails where the page had an error or asked elsewhere."""
    sun, troubles = Sun(), list[str]()
    async with morning_at_work(folder, sample=True, clock=sun.running, telegram_clock=sun.standing) as morning:
        morning.telegram.show([Pane("Channel", morning.channel.id, ADMIN)])
        yield Walk(morning, sun, browser, troubles)
        for context in browser.contexts:
            await context.close()
    assert not troubles
