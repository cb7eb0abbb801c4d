"""Turning pages: any page of any issue, in place or anew, with the ways that lead on from it."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, replace
from datetime import date

from telegram import Update

from bot.conversation import Conversation
from bot.languages.words import Words
from bot.ports import Services
from bot.texts import reading as texts
from domain.deliveries import Unsupported
from domain.editions import Button, Message, Style


@dataclass(frozen=True, slots=True)
class Pages:
    """Brings pages to readers, in the style in which each of them reads."""

    conversation: Conversation

    @property
    def _services(self) -> Services:
        return self.conversation.services

    async def bring(self, update: Update, day: date | None, page: str) -> None:
        """Say a page anew; ``day`` None is the newest issue. What is not there is told, with what is."""
        style, words = await self.conversation.style(update), await self.conversation.words(update)
        message = await asyncio.to_thread(self._published, words, day, style, page)
        outcome = await self.conversation.answer(update, message)
        if isinstance(outcome, Unsupported):  # the server lacks rich messages
            message = await asyncio.to_thread(self._published, words, day, Style.CLASSIC, page)
            await self.conversation.answer(update, message)

    async def turn(self, update: Update, day: date, page: str, back: Button | None = None) -> None:
        """Put a page in the place of the message whose button was pressed; ``back`` leads to where he came from."""
        style, words = await self.conversation.style(update), await self.conversation.words(update)
        message = await asyncio.to_thread(self._page_for, update, (day, style, page), words, back)
        if message is None:
            await self.conversation.acknowledge(update, texts.no_such_page_press(words))
            return
        await self.conversation.acknowledge(update)
        outcome = await self.conversation.replace(update, message)
        if isinstance(outcome, Unsupported):  # the server lacks rich messages
            message = await asyncio.to_thread(self._page_for, update, (day, Style.CLASSIC, page), words, back)
            if message is not None:
                await self.conversation.replace(update, message)

    def _page_for(
        self, update: Update, wanted: tuple[date, Style, str], words: Words, back: Button | None
    ) -> Message | None:
        """A published page with its ways; an admin may turn the pages of a draft too."""
        published = self._services.newsstand.page(*wanted)
        if published is not None:
            return self._with_ways(words, published, (wanted[0], wanted[2]), back)
        return self._services.desk.draft_page(*wanted) if self.conversation.is_admin(update) else None

    def _published(self, words: Words, day: date | None, style: Style, page: str) -> Message:
        newsstand = self._services.newsstand
        found = day or newsstand.current()
        if found is None:
            return texts.no_issue_yet(words)
        message = newsstand.page(found, style, page)
        return texts.no_such_page(words) if message is None else self._with_ways(words, message, (found, page), None)

    def _with_ways(self, words: Words, message: Message, there: tuple[date, str], back: Button | None) -> Message:
        """The page as it was approved, and under its own buttons those that lead out of it."""
        newest = self._services.newsstand.current()
        rows = (texts.ways(words, *there, newest), *([(back,)] if back is not None else []))
        return replace(message, keyboard=(*message.keyboard, *filter(None, rows)))
