"""Every issue that was published: a calendar by months, and from each day into its issue."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from datetime import date
from zoneinfo import ZoneInfo

from telegram import Update

from bot.conversation import Conversation
from bot.handling import Act, Chapter, Press
from bot.languages.words import Words
from bot.readers.pages import Pages
from bot.texts import archive as texts
from bot.texts.reading import ARCHIVE, no_issue_yet
from domain.editions import FRONT, Message


class Archive(Chapter):
    """Handlers for readers who look back."""

    def __init__(self, conversation: Conversation) -> None:
        self._conversation = conversation
        self._pages = Pages(conversation)

    def commands(self) -> Mapping[str, Act]:
        """Answers /archive."""
        return {"archive": lambda update, _: self.calendar(update)}

    def presses(self) -> Mapping[str, Press]:
        """The months and the days of the calendar."""
        return {ARCHIVE: self.pressed}

    async def calendar(self, update: Update) -> None:
        """Answer /archive with the month of the newest issue."""
        words = await self._conversation.words(update)
        await self._conversation.answer(update, await self._calendar(words, None))

    async def pressed(self, update: Update, data: str) -> None:
        """Turn to a month, or open the issue of a day."""
        words = await self._conversation.words(update)
        if data == texts.NOTHING:
            await self._conversation.acknowledge(update, texts.no_issue_that_day(words))
            return
        wanted = data.partition(":")[2]
        day = _parsed(wanted)
        if day is None:
            await self._conversation.expired(update)
        elif len(wanted) == len("20260704"):
            await self._pages.turn(update, day, FRONT, texts.back(words, day))
        else:
            await self._conversation.replace(update, await self._calendar(words, day))

    async def _calendar(self, words: Words, month: date | None) -> Message:
        services = self._conversation.services
        days = await asyncio.to_thread(services.library.days)
        if not days:
            return no_issue_yet(words)
        today = services.clock().astimezone(ZoneInfo(services.paper.zone)).date()
        return texts.calendar_page(words, month or days[-1], days, today)


def _parsed(written: str) -> date | None:
    """The day of ``20260704``, or the first of the month of ``202607``; None when it is neither."""
    if len(written) not in {6, 8} or not (written.isascii() and written.isdigit()):
        return None
    try:
        return date(int(written[:4]), int(written[4:6]), int(written[6:] or 1))
    except ValueError:
        return None
