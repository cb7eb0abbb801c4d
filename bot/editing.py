"""The admins' acts: preview, measures, reasons, approve, hold, publish, and what was delivered."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from datetime import date

from telegram import Update

from bot.conversation import Conversation
from bot.handling import Act, Chapter
from bot.ports import Services
from bot.texts import editing as texts
from domain.editions import FRONT, Style
from domain.errors import NotAllowed, NotFound
from domain.issue import IssueRecord

Decision = Callable[[date | None, str], IssueRecord]


class Editing(Chapter):
    """Handlers for the admins of the paper."""

    def __init__(self, conversation: Conversation) -> None:
        self._conversation = conversation

    def admin_commands(self) -> Mapping[str, Act]:
        """Answers the commands that look at issues and decide on them."""
        return {
            "preview": self.preview,
            "measures": self.measures,
            "why": self.why,
            "approve": self.approve,
            "hold": self.hold,
            "publish": self.publish,
            "stats": lambda update, _: self.stats(update),
        }

    @property
    def _services(self) -> Services:
        return self._conversation.services

    async def preview(self, update: Update, words: list[str]) -> None:
        """Answer /preview [date] [rich] with the very pages that will be sent, and the checks' verdict."""
        style = Style.RICH if "rich" in words else Style.CLASSIC
        record = await self._record(update, [word for word in words if word not in {"rich", "classic"}])
        if record is None:
            return
        page = await asyncio.to_thread(self._services.desk.draft_page, record.issue.date, style, FRONT)
        if page is not None:
            await self._conversation.answer(update, page)
        await self._conversation.answer(update, texts.verdict(record))

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

    async def approve(self, update: Update, words: list[str]) -> None:
        """Answer /approve [date]."""
        await self._act(update, words, self._services.desk.approve)

    async def hold(self, update: Update, words: list[str]) -> None:
        """Answer /hold [date]."""
        await self._act(update, words, self._services.desk.hold)

    async def publish(self, update: Update, words: list[str]) -> None:
        """Answer /publish [date]."""
        await self._act(update, words, self._services.desk.publish)

    async def stats(self, update: Update) -> None:
        """Answer /stats."""
        counts = await asyncio.to_thread(self._services.readers.counts)
        receipt = await asyncio.to_thread(self._services.desk.receipt)
        await self._conversation.answer(update, texts.stats(counts, receipt))

    async def _act(self, update: Update, words: list[str], decide: Decision) -> None:
        day, clear = day_of(words)
        if not clear:
            await self._conversation.answer(update, texts.refused("Write the date as 2026-07-04."))
            return
        user = update.effective_user
        try:
            record = await asyncio.to_thread(decide, day, f"admin {user.id if user else 0}")
        except (NotFound, NotAllowed) as error:
            await self._conversation.answer(update, texts.refused(str(error)))
            return
        await self._conversation.answer(update, texts.acted(record))


def day_of(words: list[str]) -> tuple[date | None, bool]:
    """The date that an admin wrote, and whether it was clear; no words mean the newest issue."""
    if not words:
        return None, True
    try:
        return date.fromisoformat(words[0]), len(words) == 1
    except ValueError:
        return None, False
