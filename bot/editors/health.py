"""How the paper does with its readers, by day, section and campaign; and how it stands: sources, queue, next times."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping

from telegram import Update

from bot.conversation import Conversation, thread_of
from bot.handling import Act, Chapter, Press
from bot.ports.services import Services
from bot.texts import health as texts
from bot.texts import statistics
from domain.editions import Message
from domain.readers import ChatId


class Health(Chapter):
    """Handlers for admins who want to know how it goes."""

    def __init__(self, conversation: Conversation) -> None:
        self._conversation = conversation

    def admin_commands(self) -> Mapping[str, Act]:
        """Answers /stats and /health."""
        return {"stats": lambda update, _: self.stats(update), "health": lambda update, _: self.health(update)}

    def admin_presses(self) -> Mapping[str, Press]:
        """The periods and the pages of the counts."""
        return {statistics.STATISTICS: self.pressed}

    @property
    def _services(self) -> Services:
        return self._conversation.services

    async def stats(self, update: Update) -> None:
        """Answer /stats."""
        await self._conversation.answer(update, await asyncio.to_thread(self._page, statistics.Pressed()))

    async def pressed(self, update: Update, data: str) -> None:
        """Turn to another page or period in the same message, or send the picture."""
        wanted = statistics.pressed(data)
        if wanted is None:
            await self._conversation.expired(update)
        elif wanted.page is statistics.Page.PICTURE:
            await self._send_picture(update, wanted.days)
        else:
            await self._conversation.replace(update, await asyncio.to_thread(self._page, wanted))

    def _page(self, wanted: statistics.Pressed) -> Message:
        counted = self._services.watch.statistics(wanted.days)
        newest = self._services.desk.receipt() if wanted.page is statistics.Page.HOME else None
        return statistics.page(wanted, counted, newest)

    async def _send_picture(self, update: Update, days: int) -> None:
        if update.effective_chat is None:
            return
        watch = self._services.watch
        counted = await asyncio.to_thread(watch.statistics, days)
        png = await asyncio.to_thread(watch.picture, counted)
        await self._services.replies.photo(
            ChatId(update.effective_chat.id), png, statistics.caption(counted), thread_of(update)
        )

    async def health(self, update: Update) -> None:
        """Answer /health."""
        await self._conversation.answer(update, texts.health(await asyncio.to_thread(self._services.watch.health)))
