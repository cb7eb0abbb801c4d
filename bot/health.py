"""How the readers and the paper stand: counts, who came and went, sources, queue, next times."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping

from telegram import Update

from bot.conversation import Conversation
from bot.handling import Act, Chapter, Press
from bot.ports import Services
from bot.texts import health as texts
from domain.readers import ChatId


class Health(Chapter):
    """Handlers for admins who want to know how it goes."""

    def __init__(self, conversation: Conversation) -> None:
        self._conversation = conversation

    def admin_commands(self) -> Mapping[str, Act]:
        """Answers /stats and /health."""
        return {"stats": lambda update, _: self.stats(update), "health": lambda update, _: self.health(update)}

    def admin_presses(self) -> Mapping[str, Press]:
        """The button that shows the readers as a picture."""
        return {texts.PICTURE: lambda update, _: self.picture(update)}

    @property
    def _services(self) -> Services:
        return self._conversation.services

    async def stats(self, update: Update) -> None:
        """Answer /stats."""
        counts = await asyncio.to_thread(self._services.readers.counts)
        movement = await asyncio.to_thread(self._services.watch.movement)
        receipt = await asyncio.to_thread(self._services.desk.receipt)
        await self._conversation.answer(update, texts.stats(counts, movement, receipt))

    async def picture(self, update: Update) -> None:
        """Show who came and went by day."""
        if update.effective_chat is None:
            return
        movement = await asyncio.to_thread(self._services.watch.movement)
        png = await asyncio.to_thread(self._services.watch.picture, movement)
        await self._services.replies.photo(ChatId(update.effective_chat.id), png, texts.caption(movement))

    async def health(self, update: Update) -> None:
        """Answer /health."""
        await self._conversation.answer(update, texts.health(await asyncio.to_thread(self._services.watch.health)))
