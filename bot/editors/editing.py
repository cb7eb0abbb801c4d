"""What admins ask of issues: their measures, and why each story was chosen."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from datetime import date

from telegram import Update

from bot.conversation import Conversation
from bot.handling import Act, Chapter
from bot.ports.services import Services
from bot.texts import editing as texts
from domain.errors import NotFound
from domain.issue import IssueRecord


class Editing(Chapter):
    """Handlers for the admins of the paper."""

    def __init__(self, conversation: Conversation) -> None:
        self._conversation = conversation

    def admin_commands(self) -> Mapping[str, Act]:
        """Answers the commands that look into issues."""
        return {
            "measures": self.measures,
            "why": self.why,
        }

    @property
    def _services(self) -> Services:
        return self._conversation.services

    async def measures(self, update: Update, words: list[str]) -> None:
        """Answer /measures [date] with what the issue measures, against its goals."""
        record = await self._record(update, words)
        if record is not None:
            await self._conversation.answer(update, texts.measured(record))

    async def why(self, update: Update, words: list[str]) -> None:
        """Answer /why [date] with what each story of the issue is worth, and why."""
        record = await self._record(update, words)
        if record is not None:
            await self._conversation.answer(update, texts.explained(record))

    async def _record(self, update: Update, words: list[str]) -> IssueRecord | None:
        """The issue that an admin asks for; None, with the answer given, when there is none or the date is unclear."""
        day, clear = day_of(words)
        if not clear:
            await self._conversation.answer(update, texts.refused("Write the date as 2026-07-04."))
            return None
        try:
            return await asyncio.to_thread(self._services.desk.record, day)
        except NotFound as error:
            await self._conversation.answer(update, texts.refused(str(error)))
            return None


def day_of(words: list[str]) -> tuple[date | None, bool]:
    """The date that an admin wrote, and whether it was clear; no words mean the newest issue."""
    if not words:
        return None, True
    try:
        return date.fromisoformat(words[0]), len(words) == 1
    except ValueError:
        return None, False
