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
from bot.ports.library import Library
from bot.texts import evidence as texts
from bot.texts import reading
from domain.combinations import PLAIN, Combination, FormKey
from domain.editions import FRONT, Message, parse_page_callback
from domain.issue import Issue, SectionName
from domain.overset import ForYou
from formatters.statements import Statement, statements

_DATA = re.compile(rf"{reading.SOURCES}:([0-9]{{8}})(?::([a-z]+)(?:\.([0-9]{{1,3}})|:([0-9]{{1,4}}))?)?")


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a button names: an issue's sources; a page of a section's statements; or one of them. Numbers from 0.

    Statements are counted in the paper's own order; those of For You over all that was left over of the day, so that
    a button means the same when its reader follows something else.
    """

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
        reader, own = await self._reader(update)
        answer = await asyncio.to_thread(self._newest, reader, own)
        await self._conversation.answer(update, answer or reading.no_issue_yet(reader.words))

    async def pressed(self, update: Update, data: str) -> None:
        """Show, in the same message, what a button names."""
        wanted = parsed(data)
        if wanted is None:
            await self._conversation.expired(update)
            return
        reader, own = await self._reader(update)
        message = await asyncio.to_thread(self._shown, reader, own, wanted)
        if message is None:
            await self._conversation.acknowledge(update, reading.no_such_page_press(reader.words))
            return
        await self._conversation.replace(update, message)

    def _newest(self, reader: texts.Reader, own: FormKey) -> Message | None:
        days = self._library.days()
        return self._shown(reader, own, Wanted(days[-1])) if days else None

    def _shown(self, reader: texts.Reader, own: FormKey, wanted: Wanted) -> Message | None:
        """The page of evidence; None when the issue is not published, or lacks what is named."""
        issue = self._library.issue(wanted.day)
        if issue is None:
            return None
        if wanted.section is None:
            return texts.coverage(reader, issue, self._with_evidence(issue, own))
        told = self._told(issue, wanted.section, own)
        if told is None:
            return None
        if wanted.statement is None:
            return texts.stated(reader, told, wanted.page)
        return texts.proved(reader, told, wanted.statement) if wanted.statement in told.statements else None

    def _with_evidence(self, issue: Issue, own: FormKey) -> list[SectionName]:
        """The sections that a chat can ask about, in its order of print: its own stands second."""
        named = [section.name for section in issue.sections if any(claim.evidence for claim in section.claims())]
        has_own = own != PLAIN and self._told(issue, SectionName.FOR_YOU, own) is not None
        return [*named[:1], *([SectionName.FOR_YOU] if has_own else []), *named[1:]]

    def _told(self, issue: Issue, name: SectionName, own: FormKey) -> texts.Told | None:
        """What a section states, as a chat reads it; None where it has no such section."""
        if name is SectionName.FOR_YOU:
            for_you = self._library.for_you(issue.date, own)
            return _for_him(issue, for_you) if for_you is not None and for_you.mine else None
        section = issue.section(name)
        if section is None:
            return None
        return texts.Told(issue, name, dict(enumerate(statements(section))), issue.evidence)

    @property
    def _library(self) -> Library:
        return self._conversation.services.library

    async def _reader(self, update: Update) -> tuple[texts.Reader, FormKey]:
        """For whom evidence is told, and what he wants of an issue."""
        subscriber = await self._conversation.reader(update)
        words = self._conversation.words_for(subscriber, update)
        if subscriber is None:
            return texts.Reader(words, self._conversation.services.paper.zone), PLAIN
        return texts.Reader(words, subscriber.zone), Combination.of(subscriber).key


def _for_him(issue: Issue, for_you: ForYou) -> texts.Told:
    """What a reader's own section states, numbered as it stands among all that was left over."""
    told: dict[int, Statement] = {}
    number = 0
    for story in for_you.left_over:
        stated = statements(for_you.section((story,)))
        if story in for_you.mine:
            told |= dict(enumerate(stated, number))
        number += len(stated)
    return texts.Told(issue, SectionName.FOR_YOU, told, for_you.evidence)


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
