"""Following one model, repository, paper or story over our readings, as a picture and in words."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Mapping
from html import escape

from telegram import Update

from bot.conversation import Conversation
from bot.handling import Act, Chapter, Press
from bot.ports.services import Services
from bot.texts import items as texts
from bot.texts.evidence import Reader
from bot.texts.general import notice
from domain.deliveries import Sent
from domain.following import Course
from domain.readers import ChatId
from formatters.charts import line_chart

#: The number of an item, as far as the database counts.
_NUMBER = re.compile(r"[0-9]{1,18}")


class Items(Chapter):
    """Handlers for readers who follow one thing."""

    def __init__(self, conversation: Conversation) -> None:
        self._conversation = conversation

    def commands(self) -> Mapping[str, Act]:
        """Answers /item."""
        return {"item": self.item}

    def presses(self) -> Mapping[str, Press]:
        """The choices where a name means several."""
        return {texts.ITEM: self.pressed}

    async def linked(self, update: Update, payload: str) -> bool:
        """Answer a deep link ``item_1234``; False when it is none."""
        if not payload.startswith(texts.LINK):
            return False
        await self._follow(update, payload.removeprefix(texts.LINK))
        return True

    @property
    def _services(self) -> Services:
        return self._conversation.services

    async def item(self, update: Update, written: list[str]) -> None:
        """Answer /item with the picture of what bears the name, or with a choice."""
        words = await self._conversation.words(update)
        name = " ".join(written)
        if not name:
            await self._conversation.answer(update, texts.usage(words))
            return
        found = await asyncio.to_thread(self._services.library.named, name, texts.CHOICES)
        if len(found) == 1:
            await self._follow(update, str(found[0].number))
            return
        await self._conversation.answer(
            update, texts.choices(words, name, found) if found else texts.unknown_item(words, name)
        )

    async def pressed(self, update: Update, data: str) -> None:
        """Follow the item that was chosen."""
        number = data.partition(":")[2]
        if _NUMBER.fullmatch(number) is None:
            await self._conversation.expired(update)
            return
        await self._conversation.acknowledge(update)
        await self._follow(update, number)

    async def _follow(self, update: Update, number: str) -> None:
        subscriber = await self._conversation.reader(update)
        zone = subscriber.zone if subscriber is not None else self._services.paper.zone
        reader = Reader(self._conversation.words_for(subscriber, update), zone)
        is_number = _NUMBER.fullmatch(number) is not None
        course = await asyncio.to_thread(self._services.library.course, int(number)) if is_number else None
        if course is None:
            await self._conversation.answer(update, texts.gone(reader.words))
            return
        await self._show(update, reader, course)

    async def _show(self, update: Update, reader: Reader, course: Course) -> None:
        """The picture with its words; the words alone where there is nothing to draw, or it can't be sent."""
        chat = update.effective_chat
        if chat is None:
            return
        caption, drawn = texts.caption(reader, course, self._services.paper.bot), texts.panels(reader.words, course)
        if drawn:
            title = texts.called(course.candidate.item)
            png = await asyncio.to_thread(line_chart, title, drawn, reader.zone)
            if isinstance(await self._services.replies.photo(ChatId(chat.id), png, caption), Sent):
                return
        await self._conversation.answer(update, notice(escape(caption)))
