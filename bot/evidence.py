"""The evidence behind the paper: ``/sources``, the sources of a page, and what each of its statements rests on."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from telegram import Update

from bot.conversation import Conversation
from bot.handling import Act, Chapter, Press
from bot.texts import evidence as texts
from bot.texts import reading
from domain.editions import FRONT, Message, parse_page_callback
from domain.issue import Issue, SectionName
from formatters.statements import statements

_DATA = re.compile(rf"{reading.SOURCES}:([0-9]{{8}})(?::([a-z]+)(?:\.([0-9]{{1,3}})|:([0-9]{{1,4}}))?)?")


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a button names: an issue's sources; a page of a section's statements; or one of them. Numbers from 0."""

    day: date
    section: SectionName | None = None
    page: int = 0
    statement: int | None = None


class Evidence(Chapter):
    """Handlers for readers who want to see for themselves."""

    def __init__(self, conversation: Conversation) -> None:
        self._conversation = conversation

    def commands(self) -> Mapping[str, Act]:
        """Answers /sources."""
        return {"sources": lambda update, _: self.sources(update)}

    def presses(self) -> Mapping[str, Press]:
        """The sources of an issue and of a page, and the evidence of a statement."""
        return {reading.SOURCES: self.pressed}

    async def sources(self, update: Update) -> None:
        """Answer /sources with those of the newest issue."""
        reader = await self._reader(update)
        library = self._conversation.services.library
        days = await asyncio.to_thread(library.days)
        issue = await asyncio.to_thread(library.issue, days[-1]) if days else None
        answer = texts.coverage(reader, issue) if issue is not None else reading.no_issue_yet(reader.words)
        await self._conversation.answer(update, answer)

    async def pressed(self, update: Update, data: str) -> None:
        """Show, in the same message, what a button names."""
        wanted = parsed(data)
        if wanted is None:
            await self._conversation.expired(update)
            return
        reader = await self._reader(update)
        message = await asyncio.to_thread(self._shown, reader, wanted)
        if message is None:
            await self._conversation.acknowledge(update, reading.no_such_page_press(reader.words))
            return
        await self._conversation.replace(update, message)

    def _shown(self, reader: texts.Reader, wanted: Wanted) -> Message | None:
        """The page of evidence; None when the issue is not published, or lacks what is named."""
        library = self._conversation.services.library
        issue = library.issue(wanted.day)
        if issue is None or wanted.section is None:
            return None if issue is None else texts.coverage(reader, issue)
        return self._of_section(reader, issue, wanted)

    def _of_section(self, reader: texts.Reader, issue: Issue, wanted: Wanted) -> Message | None:
        section = issue.section(wanted.section) if wanted.section is not None else None
        if section is None:
            return None
        told = statements(section)
        if wanted.statement is None:
            return texts.stated(reader, issue, section, told, min(wanted.page, max(0, len(told) - 1) // texts.PER_PAGE))
        if wanted.statement >= len(told):
            return None
        return texts.proved(reader, issue, section, (told, wanted.statement))

    async def _reader(self, update: Update) -> texts.Reader:
        subscriber = await self._conversation.reader(update)
        zone = subscriber.zone if subscriber is not None else self._conversation.services.paper.zone
        return texts.Reader(self._conversation.words_for(subscriber, update), zone)


def parsed(data: str) -> Wanted | None:
    """What a button of evidence names; None when it is forged."""
    match = _DATA.fullmatch(data)
    page = parse_page_callback(f"p:{match[1]}:{FRONT}") if match is not None else None
    if match is None or page is None:
        return None
    if match[2] is None:
        return Wanted(page[0])
    try:
        section = SectionName(match[2])
    except ValueError:
        return None
    return Wanted(page[0], section, int(match[3] or 0), int(match[4]) if match[4] is not None else None)
