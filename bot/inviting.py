"""Bringing friends: the code that a phone reads."""

from __future__ import annotations

from collections.abc import Mapping

from telegram import Update

from bot.conversation import Conversation
from bot.handling import Chapter, Press
from bot.texts.inviting import QR
from domain.readers import ChatId


class Inviting(Chapter):
    """Handlers for readers who bring readers."""

    def __init__(self, conversation: Conversation) -> None:
        self._conversation = conversation

    def presses(self) -> Mapping[str, Press]:
        """The button of the QR code."""
        return {QR: self.code}

    async def code(self, update: Update, _: str) -> None:
        """Send the QR code of the channel, or of the bot, with the address."""
        services, chat = self._conversation.services, update.effective_chat
        name = services.paper.channel or services.paper.bot
        if chat is None or name is None:
            return
        address = f"https://t.me/{name.lstrip('@')}"
        await services.replies.photo(ChatId(chat.id), services.qr(address), address)
