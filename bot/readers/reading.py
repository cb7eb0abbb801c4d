"""Reading the paper: today's front page, each section, and the buttons that open a page in place."""

from __future__ import annotations

from collections.abc import Mapping
from zoneinfo import ZoneInfo

from telegram import Update

from bot.commands import OWN_SECTION, SECTION_COMMANDS
from bot.conversation import Conversation
from bot.handling import Act, Chapter, Press
from bot.readers.pages import Pages
from bot.subscribers.typed_dates import typed_past_date
from bot.texts import reading as texts
from domain.editions import FRONT, parse_page_callback, parse_start_payload
from domain.issue import SectionName

#: What the data of a button begins with that turns to a page.
PAGE = "p"

#: What a deep link may begin with: ``issue`` is the front page.
LINKED = frozenset({"issue", *SectionName})


class Reading(Chapter):
    """Handlers for readers who want to read."""

    def __init__(self, conversation: Conversation) -> None:
        self._conversation = conversation
        self._pages = Pages(conversation)

    def commands(self) -> Mapping[str, Act]:
        """Answers /today and the command of each section, the reader's own among them."""
        named = (*SECTION_COMMANDS, OWN_SECTION)
        sections = {command.name: self._page(SectionName(command.name)) for command in named}
        return {"today": self._page(FRONT), **sections}

    def presses(self) -> Mapping[str, Press]:
        """The buttons that turn pages, and the one that opens today's."""
        return {texts.TODAY: lambda update, _: self.today(update), PAGE: self.pressed}

    def _page(self, name: str) -> Act:
        """The act that brings a page: of the newest issue, or of the day that is written after its command."""

        async def bring(update: Update, written: list[str]) -> None:
            if not written:
                await self._pages.bring(update, None, name)
                return
            words, services = await self._conversation.words(update), self._conversation.services
            today = services.clock().astimezone(ZoneInfo(services.paper.zone)).date()
            day = typed_past_date(" ".join(written), today, words.conventions)
            if day is None:
                await self._conversation.answer(update, texts.unclear_date(words))
                return
            await self._pages.bring(update, day, name)

        return bring

    async def today(self, update: Update) -> None:
        """Open the newest front page."""
        await self._pages.bring(update, None, FRONT)

    async def linked(self, update: Update, payload: str) -> bool:
        """Answer a deep link such as ``lead_20260704`` or ``issue_2026-07-04``; False when it is none.

        One of a page that never was, or of a day that is none, is told so, with what there is to read.
        """
        page, _, day = payload.rpartition("_")
        if page not in LINKED:
            return False
        target = parse_start_payload(f"{page}_{day.replace('-', '')}")
        if target is None:
            words = await self._conversation.words(update)
            await self._conversation.answer(update, texts.no_such_issue(words))
            return True
        await self._pages.bring(update, *target)
        return True

    async def pressed(self, update: Update, data: str) -> None:
        """Open the page that a button names in the same message, or say what to do instead."""
        target = parse_page_callback(data)
        if target is None:
            await self._conversation.expired(update)
            return
        await self._pages.turn(update, *target)
