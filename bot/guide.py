"""Help: every command that the asker may use."""

from __future__ import annotations

from collections.abc import Mapping

from telegram import Update

from bot.conversation import Conversation
from bot.handling import Act, Chapter
from bot.texts import guide as texts


class Guide(Chapter):
    """Answers whoever asks how this works."""

    def __init__(self, conversation: Conversation) -> None:
        self._conversation = conversation

    def commands(self) -> Mapping[str, Act]:
        """Answers /help."""
        return {"help": self.help}

    async def help(self, update: Update, _: list[str]) -> None:
        """Answer /help."""
        words = await self._conversation.words(update)
        await self._conversation.answer(update, texts.help_text(words, self._conversation.is_admin(update)))
