"""Bringing friends: the code that a phone reads, and the link under it."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping

from telegram import Update

from bot.conversation import Conversation, thread_of
from bot.handling import Act, Chapter, Press
from bot.texts import inviting as texts
from domain.readers import ChatId


class Inviting(Chapter):
    """Handlers for readers who bring readers."""

    def __init__(self, conversation: Conversation) -> None:
        self._conversation = conversation

    def commands(self) -> Mapping[str, Act]:
        """Answers /invite."""
        return {"invite": lambda update, _: self.invite(update)}

    def presses(self) -> Mapping[str, Press]:
        """The button of the QR code."""
        return {texts.QR: lambda update, _: self.invite(update)}

    async def invite(self, update: Update) -> None:
        """Send the link that subscribes, as a QR code and in writing; without a name of the bot, the channel's."""
        services, chat = self._conversation.services, update.effective_chat
        if chat is None:
            return
        words = await self._conversation.words(update)
        address = texts.invitation(services.paper.bot) if services.paper.bot else _channel(services.paper.channel)
        if address is None:
            await self._conversation.answer(update, texts.nowhere(words))
            return
        png = await asyncio.to_thread(services.qr, address)
        await services.replies.photo(ChatId(chat.id), png, texts.caption(words, address), thread_of(update))


def _channel(name: str | None) -> str | None:
    return f"https://t.me/{name.lstrip('@')}" if name else None
