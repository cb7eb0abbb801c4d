"""Leaving: what might be enough instead, one more tap, and one tap back."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping

from telegram import Update

from bot.conversation import Conversation
from bot.handling import Act, Chapter, Press
from bot.texts import leaving as texts
from bot.texts.joining import not_subscribed
from domain.readers import Subscriber, SubscriberState

_SUBSCRIBED = {SubscriberState.ACTIVE, SubscriberState.PAUSED}


class Leaving(Chapter):
    """Handlers for who wants less, or nothing."""

    def __init__(self, conversation: Conversation) -> None:
        self._conversation = conversation

    def commands(self) -> Mapping[str, Act]:
        """Answers /unsubscribe."""
        return {"unsubscribe": self.unsubscribe}

    def personal_presses(self) -> Mapping[str, Press]:
        """The button that leaves."""
        return {texts.LEAVE: self.leave}

    async def unsubscribe(self, update: Update, _: list[str]) -> None:
        """Answer /unsubscribe with what there is instead; nothing has changed yet."""
        if not await self._conversation.may_decide(update):
            await self._conversation.refuse_group(update)
            return
        reader = await self._conversation.reader(update)
        words = self._conversation.words_for(reader, update)
        subscribed = reader is not None and reader.state in _SUBSCRIBED
        await self._conversation.answer(update, texts.instead(words) if subscribed else not_subscribed(words))

    async def leave(self, update: Update, _: str) -> None:
        """Let him go; pressed twice, he has gone once."""
        reader = await self._conversation.reader(update)
        words = self._conversation.words_for(reader, update)
        if reader is not None and reader.state in _SUBSCRIBED:
            await self._note(reader)
        await self._conversation.replace(update, texts.left(words))

    async def _note(self, reader: Subscriber) -> None:
        services = self._conversation.services
        await asyncio.to_thread(services.readers.set_state, reader.chat_id, SubscriberState.LEFT, services.clock())
