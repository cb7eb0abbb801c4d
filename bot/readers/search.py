"""Searching all issues: findings page by page in one message, and from each into its section and back."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime

from telegram import Update

from bot.conversation import Conversation
from bot.handling import Act, Chapter, Press
from bot.languages.words import Words
from bot.readers.pages import Pages
from bot.texts import search as texts
from domain.editions import Message
from domain.issue import SectionName
from domain.search import Query, parse_query

_DATA = re.compile(rf"{texts.SEARCH}:([0-9]{{1,2}}):(?:([0-9]{{6}})\.([0-9]))?:(.*)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a button of a search names: its query and page, and the story's day and section when it opens one."""

    query: Query
    page: int
    day: date | None = None
    section: SectionName | None = None


class Search(Chapter):
    """Handlers for readers who look for words."""

    def __init__(self, conversation: Conversation) -> None:
        self._conversation = conversation
        self._pages = Pages(conversation)

    def commands(self) -> Mapping[str, Act]:
        """Answers /search."""
        return {"search": self.search}

    def presses(self) -> Mapping[str, Press]:
        """The pages of findings, and the findings."""
        return {texts.SEARCH: self.pressed}

    async def search(self, update: Update, written: list[str]) -> None:
        """Answer /search with the first page of what has the words."""
        words = await self._conversation.words(update)
        query = parse_query(" ".join(written), texts.ROOM)
        answer = await self._findings(words, query, 0) if query.terms else texts.usage(words)
        await self._conversation.answer(update, answer)

    async def pressed(self, update: Update, data: str) -> None:
        """Turn to a page of findings, or open one of them."""
        wanted = parsed(data)
        if wanted is None:
            await self._conversation.expired(update)
            return
        words = await self._conversation.words(update)
        if wanted.day is not None and wanted.section is not None:
            back = texts.back(words, wanted.query, wanted.page)
            await self._pages.turn(update, wanted.day, wanted.section, back)
            return
        await self._conversation.replace(update, await self._findings(words, wanted.query, wanted.page))

    async def _findings(self, words: Words, query: Query, page: int) -> Message:
        find = self._conversation.services.library.find
        found = await asyncio.to_thread(find, query, page * texts.PER_PAGE, texts.PER_PAGE)
        if not found.hits and page > 0:  # a correction took words away
            return await self._findings(words, query, 0)
        return texts.findings(words, query, found, page) if found.hits else texts.nothing(words, query)


def parsed(data: str) -> Wanted | None:
    """What a button names; None when it is forged."""
    match = _DATA.fullmatch(data)
    query = parse_query(match[4], texts.ROOM) if match is not None else None
    if match is None or query is None or not query.terms or int(match[1]) >= texts.MOST_PAGES:
        return None
    if match[2] is None:
        return Wanted(query, int(match[1]))
    section = texts.section_of(int(match[3]))
    try:
        day = datetime.strptime(match[2], "%y%m%d").replace(tzinfo=UTC).date()
    except ValueError:
        return None
    return Wanted(query, int(match[1]), day, section) if section is not None else None
