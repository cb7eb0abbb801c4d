"""Reading the paper: today's front page, each section, and the buttons that open a page in place."""

from __future__ import annotations

import asyncio
from datetime import date

from telegram import Update

from bot import texts
from bot.conversation import Conversation
from bot.ports import Services
from domain.deliveries import Sent, Unsupported
from domain.editions import FRONT, Message, Style, parse_page_callback, parse_start_payload
from domain.issue import SectionName
from domain.readers import ChatId


class Reading:
    """Handlers for readers who want to read."""

    def __init__(self, conversation: Conversation) -> None:
        self._conversation = conversation

    @property
    def _services(self) -> Services:
        return self._conversation.services

    async def today(self, update: Update) -> None:
        """Answer /today with the newest front page."""
        await self._answer_page(update, None, FRONT)

    async def section(self, update: Update, name: SectionName) -> None:
        """Answer a section's command with that section of the newest issue."""
        await self._answer_page(update, None, name.value)

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
        query = update.callback_query
        if target is None or query is None or query.message is None:
            await self._conversation.acknowledge(update, "This button is no longer in use. Try /today.")
            return
        style = await self._conversation.style(update)
        page = await asyncio.to_thread(self._page_for, update, target[0], style, target[1])
        if page is None:
            await self._conversation.acknowledge(update, "This page is not in that issue. Try /today.")
            return
        await self._conversation.acknowledge(update)
        chat_id, message_id = ChatId(query.message.chat.id), query.message.message_id
        outcome = await self._services.replies.edit(chat_id, message_id, page)
        if isinstance(outcome, Unsupported):  # the server lacks rich messages
            page = await asyncio.to_thread(self._page_for, update, target[0], Style.CLASSIC, target[1]) or page
            outcome = await self._services.replies.edit(chat_id, message_id, page)
        if not isinstance(outcome, Sent):
            await self._conversation.say(chat_id, page)

    def _page_for(self, update: Update, day: date, style: Style, page: str) -> Message | None:
        """A published page; an admin may turn the pages of a draft too."""
        published = self._services.newsstand.page(day, style, page)
        if published is not None or not self._conversation.is_admin(update):
            return published
        return self._services.desk.draft_page(day, style, page)

    async def _answer_page(self, update: Update, day: date | None, page: str) -> None:
        style = await self._conversation.style(update)
        message = await asyncio.to_thread(self._published, day, style, page)
        outcome = await self._conversation.answer(update, message)
        if isinstance(outcome, Unsupported):  # the server lacks rich messages
            message = await asyncio.to_thread(self._published, day, Style.CLASSIC, page)
            await self._conversation.answer(update, message)

    def _published(self, day: date | None, style: Style, page: str) -> Message:
        newsstand = self._services.newsstand
        found = day or newsstand.current()
        if found is None:
            return texts.NO_ISSUE_YET
        return newsstand.page(found, style, page) or texts.NO_SUCH_PAGE
