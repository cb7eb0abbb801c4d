"""Topics and words that a reader follows: what is on them comes first in his own issue."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from functools import partial
from typing import Any

from telegram import Update

from bot.awaiting import Awaiting, put
from bot.conversation import Conversation
from bot.handling import Act, Answer, Chapter, Press
from bot.texts import topics as texts
from bot.texts.joining import not_subscribed
from bot.texts.settings import not_subscribed_press
from domain.editions import Message
from domain.preferences import Refusal, follow, toggle_topic, unfollow
from domain.readers import Subscriber

_KNOWN = frozenset(texts.TITLES)


class Topics(Chapter):
    """Handlers for readers who want more of something."""

    def __init__(self, conversation: Conversation) -> None:
        self._conversation = conversation
        self._awaiting = Awaiting(conversation, texts.TOPIC)

    def commands(self) -> Mapping[str, Act]:
        """Answers /topics, /follow and /unfollow."""
        return {"topics": self.topics, "follow": self.follow, "unfollow": self.unfollow}

    def personal_presses(self) -> Mapping[str, Press]:
        """The buttons of the topics."""
        return {texts.TOPIC: self.pressed}

    async def topics(self, update: Update, _: list[str]) -> None:
        """Answer /topics with the first page."""
        reader = await self._decider(update)
        if reader is not None:
            await self._conversation.answer(update, self._page(update, reader, 0))

    async def follow(self, update: Update, written: list[str]) -> None:
        """Answer ``/follow whisper``; without a word, ask for one."""
        reader = await self._decider(update)
        if reader is None:
            return
        if written:
            await self._follow(update, reader, " ".join(written))
            return
        await self._awaiting.ask(update)
        await self._conversation.answer(update, self._question(update, reader))

    async def unfollow(self, update: Update, written: list[str]) -> None:
        """Answer ``/unfollow whisper``; without a word, show what is followed."""
        reader = await self._decider(update)
        if reader is None:
            return
        kept = unfollow(reader, " ".join(written)) if written else reader.keywords
        await self._conversation.answer(update, await self._kept(update, reader, kept))

    def answers(self) -> Mapping[str, Answer]:
        """The word that was asked for."""
        return {texts.TOPIC: self.answered}

    async def answered(self, update: Update, _: str) -> bool:
        """Take the word that was asked for."""
        message = update.effective_message
        if message is None or message.text is None:
            return False
        reader = await self._decider(update)
        if reader is not None:
            await self._follow(update, reader, message.text)
        return True

    async def pressed(self, update: Update, data: str) -> None:
        """Turn a page, switch a topic, give up a word, or ask for one."""
        reader = await self._conversation.reader(update)
        if reader is None:
            words = self._conversation.words_for(None, update)
            await self._conversation.acknowledge(update, not_subscribed_press(words))
            return
        await self._awaiting.forget(update)
        message = await self._asked(update, reader, data.split(":")[1:])
        if message is None:
            await self._conversation.expired(update)
            return
        await self._conversation.replace(update, message)

    async def _asked(self, update: Update, reader: Subscriber, values: list[str]) -> Message | None:
        """What a button shows once it has done what it names; None when it is forged."""
        match values:
            case ["word"]:
                await self._awaiting.ask(update)
                return self._question(update, reader)
            case [texts.DROP, name]:
                kept = tuple(word for word in reader.keywords if texts.keyword_id(word) != name)
                return await self._kept(update, reader, kept)
            case [name, "0" | "1" as on] if name in _KNOWN:
                return await self._switched(update, reader, name, on == "1")
            case [number] if number.isascii() and number.isdigit():
                return self._page(update, reader, min(int(number[:3]), texts.number_of(list(texts.TITLES)[-1])))
        return None

    async def _switched(self, update: Update, reader: Subscriber, name: str, on: bool) -> Message:
        chosen = reader.topics if (name in reader.topics) is on else toggle_topic(reader, name, _KNOWN)
        if not isinstance(chosen, Refusal):
            reader = await self._change(reader, topics=chosen)
        return self._page(update, reader, texts.number_of(name))

    async def _follow(self, update: Update, reader: Subscriber, text: str) -> None:
        await self._conversation.answer(update, await self._kept(update, reader, follow(reader, text)))

    async def _kept(self, update: Update, reader: Subscriber, keywords: tuple[str, ...] | Refusal) -> Message:
        """Keep these words and show the first page; or say why not."""
        if isinstance(keywords, Refusal):
            return texts.refused(self._conversation.words_for(reader, update), keywords)
        changed = reader if keywords == reader.keywords else await self._change(reader, keywords=keywords)
        return self._page(update, changed, 0)

    async def _decider(self, update: Update) -> Subscriber | None:
        """The subscriber for whom the speaker may decide; None when that was answered."""
        if not await self._conversation.may_decide(update):
            await self._conversation.refuse_group(update)
            return None
        reader = await self._conversation.reader(update)
        if reader is None:
            await self._conversation.answer(update, not_subscribed(self._conversation.words_for(None, update)))
        return reader

    async def _change(self, reader: Subscriber, **wanted: Any) -> Subscriber:
        change = self._conversation.services.readers.change
        return await asyncio.to_thread(partial(change, reader.chat_id, **wanted))

    def _question(self, update: Update, reader: Subscriber) -> Message:
        words = self._conversation.words_for(reader, update)
        return put(update, words, texts.ask_word(words))

    def _page(self, update: Update, reader: Subscriber, number: int) -> Message:
        return texts.page(self._conversation.words_for(reader, update), reader, number)
