"""Turning pages: any page of any issue, in place or anew, with the ways that lead on from it."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, replace
from datetime import date

from telegram import Update

from bot.conversation import Conversation
from bot.languages.words import Words
from bot.ports.services import Services
from bot.texts import for_you
from bot.texts import reading as texts
from bot.texts.feedback import feedback_buttons
from bot.texts.sections import spoken
from domain.combinations import PLAIN, Combination, FormKey
from domain.deliveries import Unsupported
from domain.editions import FRONT, Button, Message, Style
from domain.errors import StorageError
from domain.issue import SectionName
from formatters.keyboards import fitted


@dataclass(frozen=True, slots=True)
class Taste:
    """How a chat reads: in which words, in which style, and what of an issue (``own``: the key of its combination).

    ``wanted``: that combination; None for a chat that is not subscribed.
    """

    words: Words
    style: Style = Style.CLASSIC
    own: FormKey = PLAIN
    wanted: Combination | None = None

    def classic(self) -> Taste:
        """The same where the server lacks rich messages."""
        return replace(self, style=Style.CLASSIC)


@dataclass(frozen=True, slots=True)
class Found:
    """What is said where a page was asked for; ``there``: the issue and the page, if that is what it is."""

    message: Message
    there: tuple[date, str] | None = None


@dataclass(frozen=True, slots=True)
class Pages:
    """Brings pages to readers, in the style in which each of them reads."""

    conversation: Conversation

    @property
    def _services(self) -> Services:
        return self.conversation.services

    async def bring(self, update: Update, day: date | None, page: str) -> None:
        """Say a page anew; ``day`` None is the newest issue. What is not there is told, with what is."""
        taste = await self._taste(update)
        found = await asyncio.to_thread(self._published, taste, day, page)
        self._count(found)
        outcome = await self.conversation.answer(update, found.message)
        if isinstance(outcome, Unsupported):  # the server lacks rich messages
            found = await asyncio.to_thread(self._published, taste.classic(), day, page)
            await self.conversation.answer(update, found.message)

    async def turn(self, update: Update, day: date, page: str, back: Button | None = None) -> None:
        """Put a page in the place of the message whose button was pressed; ``back`` leads to where he came from."""
        taste = await self._taste(update)
        found = await asyncio.to_thread(self._page_for, update, taste, (day, page), back)
        if found is None:
            await self.conversation.acknowledge(update, texts.no_such_page_press(taste.words))
            return
        self._count(found)
        await self.conversation.acknowledge(update)
        outcome = await self.conversation.replace(update, found.message)
        if isinstance(outcome, Unsupported):  # the server lacks rich messages
            found = await asyncio.to_thread(self._page_for, update, taste.classic(), (day, page), back)
            if found is not None:
                await self.conversation.replace(update, found.message)

    def _count(self, found: Found) -> None:
        if found.there is not None:
            self._services.usage.opened(*found.there)

    async def _taste(self, update: Update) -> Taste:
        """How this chat reads; as a stranger when the list can't be asked."""
        try:
            reader = await self.conversation.reader(update)
        except StorageError:
            reader = None
        words = self.conversation.words_for(reader, update)
        if reader is None:
            return Taste(words)
        wanted = Combination.of(reader)
        return Taste(words, reader.style, wanted.key, wanted)

    def _page_for(self, update: Update, taste: Taste, there: tuple[date, str], back: Button | None) -> Found | None:
        """A published page with its ways; an admin may turn the pages of a draft too."""
        day, page = there
        published = self._services.newsstand.page(day, taste.style, page, taste.own)
        if published is not None:
            return Found(self._with_ways(taste.words, published, there, back), there)
        if page == SectionName.FOR_YOU and self._is_there(day):
            return Found(_nothing_for_him(taste))
        draft = self._services.desk.draft_page(day, taste.style, page) if self.conversation.is_admin(update) else None
        return None if draft is None else Found(draft)

    def _published(self, taste: Taste, day: date | None, page: str) -> Found:
        newsstand = self._services.newsstand
        found = day or newsstand.current()
        if found is None:
            return Found(texts.no_issue_yet(taste.words))
        message = newsstand.page(found, taste.style, page, taste.own)
        if message is None and not self._is_there(found):
            return Found(texts.no_such_issue(taste.words))
        if message is None:
            is_own = page == SectionName.FOR_YOU
            return Found(_nothing_for_him(taste) if is_own else texts.no_such_page(taste.words))
        return Found(self._with_ways(taste.words, message, (found, page), None), (found, page))

    def _is_there(self, day: date) -> bool:
        return self._services.newsstand.page(day, Style.CLASSIC, FRONT) is not None

    def _with_ways(self, words: Words, message: Message, there: tuple[date, str], back: Button | None) -> Message:
        """The page as it was approved, its buttons in the reader's words, and under them those that lead out of it."""
        newest = self._services.newsstand.current()
        page = spoken(words, message, self._services.paper)
        rows = (
            feedback_buttons(words, *there),
            texts.ways(words, *there, newest),
            *([(back,)] if back is not None else []),
        )
        return replace(page, keyboard=(*page.keyboard, *fitted(filter(None, rows))))


def _nothing_for_him(taste: Taste) -> Message:
    """Why a chat has no section of its own, and the way to one."""
    if taste.wanted is None:
        return for_you.for_subscribers(taste.words)
    follows = taste.wanted.topics or taste.wanted.keywords
    return for_you.nothing_today(taste.words) if follows else for_you.follow_something(taste.words)
