"""Help: every command that the asker may use, and what is stored about him."""

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
        """Answers /help and /privacy."""
        return {"help": self.help, "privacy": self.privacy}

    async def help(self, update: Update, _: list[str]) -> None:
        """Answer /help."""
        words = await self._conversation.words(update)
        await self._conversation.answer(update, texts.help_text(words, self._conversation.is_admin(update)))

    async def privacy(self, update: Update, _: list[str]) -> None:
        """Answer /privacy."""
        await self._conversation.answer(update, texts.privacy(await self._conversation.words(update)))
