"""Reading the paper: today's front page, each section, and the buttons that open a page in place."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from datetime import date

from telegram import Update

from bot.commands import SECTION_COMMANDS
from bot.conversation import Conversation
from bot.handling import Act, Chapter, Press
from bot.languages.words import Words
from bot.ports import Services
from bot.texts import reading as texts
from domain.deliveries import Unsupported
from domain.editions import FRONT, Message, Style, parse_page_callback, parse_start_payload
from domain.issue import SectionName

#: What the data of a button begins with that turns to a page.
PAGE = "p"


class Reading(Chapter):
    """Handlers for readers who want to read."""

    def __init__(self, conversation: Conversation) -> None:
        self._conversation = conversation

    def commands(self) -> Mapping[str, Act]:
        """Answers /today and the command of each section."""
        sections = {command.name: self._section(SectionName(command.name)) for command in SECTION_COMMANDS}
        return {"today": lambda update, _: self.today(update), **sections}

    def presses(self) -> Mapping[str, Press]:
        """The buttons that turn pages, and the one that opens today's."""
        return {texts.TODAY: lambda update, _: self.today(update), PAGE: self.pressed}

    def _section(self, name: SectionName) -> Act:
        return lambda update, _: self._answer_page(update, None, name.value)

    @property
    def _services(self) -> Services:
        return self._conversation.services

    async def today(self, update: Update) -> None:
        """Answer /today with the newest front page."""
        await self._answer_page(update, None, FRONT)

    async def linked(self, update: Update, payload: str) -> bool:
        """Answer a deep link such as ``lead_20260704`` or ``issue_20260704``; False when it is none."""
        target = parse_start_payload(payload)
        if target is None:
            return False
        await self._answer_page(update, *target)
        return True

    async def pressed(self, update: Update, data: str) -> None:
        """Open the page that a button names in the same message, or say what to do instead."""
        target = parse_page_callback(data)
        if target is None:
            await self._conversation.expired(update)
            return
        style = await self._conversation.style(update)
        page = await asyncio.to_thread(self._page_for, update, target[0], style, target[1])
        if page is None:
            await self._conversation.acknowledge(
                update, texts.no_such_page_press(await self._conversation.words(update))
            )
            return
        await self._conversation.acknowledge(update)
        outcome = await self._conversation.replace(update, page)
        if isinstance(outcome, Unsupported):  # the server lacks rich messages
            page = await asyncio.to_thread(self._page_for, update, target[0], Style.CLASSIC, target[1])
            if page is not None:
                await self._conversation.replace(update, page)

    def _page_for(self, update: Update, day: date, style: Style, page: str) -> Message | None:
        """A published page; an admin may turn the pages of a draft too."""
        published = self._services.newsstand.page(day, style, page)
        if published is not None or not self._conversation.is_admin(update):
            return published
        return self._services.desk.draft_page(day, style, page)

    async def _answer_page(self, update: Update, day: date | None, page: str) -> None:
        style, words = await self._conversation.style(update), await self._conversation.words(update)
        message = await asyncio.to_thread(self._published, words, day, style, page)
        outcome = await self._conversation.answer(update, message)
        if isinstance(outcome, Unsupported):  # the server lacks rich messages
            message = await asyncio.to_thread(self._published, words, day, Style.CLASSIC, page)
            await self._conversation.answer(update, message)

    def _published(self, words: Words, day: date | None, style: Style, page: str) -> Message:
        newsstand = self._services.newsstand
        found = day or newsstand.current()
        if found is None:
            return texts.no_issue_yet(words)
        return newsstand.page(found, style, page) or texts.no_such_page(words)
