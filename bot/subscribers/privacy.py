"""What is stored about a chat: told, given out, and erased with a proof."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Mapping

import structlog
from telegram import Update

from bot.conversation import Conversation, thread_of
from bot.handling import Act, Chapter, Press
from bot.languages.words import Words
from bot.ports.services import Services
from bot.texts import privacy as texts
from domain.editions import Attachment, Message
from domain.readers import ChatId

log = structlog.get_logger()


class Privacy(Chapter):
    """Handlers for who asks what we know of him."""

    def __init__(self, conversation: Conversation) -> None:
        self._conversation = conversation

    def commands(self) -> Mapping[str, Act]:
        """Answers /privacy, /export and /forgetme."""
        return {"privacy": self.privacy, "export": self.export, "forgetme": self.forget_ask}

    def personal_presses(self) -> Mapping[str, Press]:
        """The button that erases, and the one that does not."""
        return {texts.FORGET: self.forget, texts.KEEP: self.keep}

    @property
    def _services(self) -> Services:
        return self._conversation.services

    async def privacy(self, update: Update, _: list[str]) -> None:
        """Answer /privacy: what is stored of anybody."""
        await self._conversation.answer(update, texts.privacy(await self._conversation.words(update)))

    async def export(self, update: Update, _: list[str]) -> None:
        """Answer /export with a JSON document of every row about the chat."""
        chat = update.effective_chat
        if chat is None:
            return
        if not await self._conversation.may_decide(update):
            await self._conversation.refuse_group(update)
            return
        words = await self._conversation.words(update)
        found = await asyncio.to_thread(self._services.personal_data.of, ChatId(chat.id))
        if not any(found.values()):
            await self._conversation.answer(update, texts.nothing_to_forget(words))
            return
        content = json.dumps(found, ensure_ascii=False, indent=1).encode()
        name = f"morning-post-{self._services.clock():%Y-%m-%d}.json"
        file = Attachment(name, content, "application/json", texts.exported(words))
        await self._services.replies.document(ChatId(chat.id), file, thread_of(update))

    async def forget_ask(self, update: Update, _: list[str]) -> None:
        """Answer /forgetme: ask once more."""
        await self._conversation.answer(update, texts.forget_ask(await self._conversation.words(update)))

    async def keep(self, update: Update, _: str) -> None:
        """Erase nothing."""
        await self._conversation.replace(update, texts.kept(await self._conversation.words(update)))

    async def forget(self, update: Update, _: str) -> None:
        """Erase everything about the chat, look again, and tell what was there and what is."""
        chat = update.effective_chat
        if chat is None:
            return
        words = await self._conversation.words(update)  # his language, while it is known
        await self._conversation.replace(update, await asyncio.to_thread(self._erase, ChatId(chat.id), words))

    def _erase(self, chat_id: ChatId, words: Words) -> Message:
        traces = self._services.personal_data.traces
        before = traces(chat_id)
        self._services.readers.forget(chat_id)
        after = traces(chat_id)
        if any(after.values()):
            log.error("forgetting.incomplete", left={table: count for table, count in after.items() if count})
            return texts.not_all(words)
        return texts.forgotten(words, before, after) if any(before.values()) else texts.nothing_to_forget(words)
