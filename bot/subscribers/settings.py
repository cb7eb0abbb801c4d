"""The settings of a reader: one message, edited in place; each button names what it sets, so that none turns twice."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from functools import partial
from typing import Any, Final
from weakref import WeakValueDictionary
from zoneinfo import ZoneInfo

from telegram import Update
from telegram.constants import ChatType

from bot.awaiting import Awaiting, put
from bot.conversation import Conversation, thread_of
from bot.handling import Act, Answer, Chapter, Press
from bot.languages.words import Words
from bot.ports.services import Services
from bot.subscribers.typed_dates import typed_date, within
from bot.subscribers.wishes import wish
from bot.subscribers.zones import atlas
from bot.texts import settings as texts
from bot.texts.joining import not_subscribed
from bot.texts.threads import GENERAL, with_thread
from domain.deliveries import Outcome, Unsupported
from domain.editions import Message, Style
from domain.hours import local_moment
from domain.preferences import LONGEST_PAUSE, NextPaper, Refusal, next_paper
from domain.readers import ChatId, ChatKind, Subscriber, SubscriberState

#: The pages that ask a reader to write something.
CITY: Final = "city"
DATE: Final = "date"
_ASKED: Final = {CITY, DATE}

#: A pause is for who gets the paper, or would but for another.
_STANDING: Final = {SubscriberState.ACTIVE, SubscriberState.PAUSED}

#: The page that is shown after a wish came true.
_AFTER: Final = {
    "in": "home",
    "hour": "home",
    "move": "sections",
    "style": "home",
    "cadence": "home",
    "language": "home",
}


class Settings(Chapter):
    """Handlers for readers who want it otherwise."""

    def __init__(self, conversation: Conversation) -> None:
        self._conversation = conversation
        self._awaiting = Awaiting(conversation, texts.SETTINGS)
        self._turns: WeakValueDictionary[int, asyncio.Lock] = WeakValueDictionary()
        self._pages: Mapping[str, Callable[[Update, Words, Subscriber], Message]] = {
            "home": self._home,
            "hour": lambda _, words, reader: texts.hours(words, reader),
            "zone": self._continents,
            "city": self._ask_city,
            "days": lambda _, words, reader: texts.days(words, reader),
            "cadence": lambda _, words, reader: texts.cadence(words, reader),
            "sections": lambda _, words, reader: texts.sections(words, reader),
            "silent": lambda _, words, reader: texts.silent(words, reader),
            "language": lambda _, words, reader: texts.languages(words, reader),
            "pause": lambda _, words, reader: texts.pauses(words, self._today(reader)),
            "date": self._ask_date,
        }

    @property
    def _services(self) -> Services:
        return self._conversation.services

    def commands(self) -> Mapping[str, Act]:
        """Answers /settings."""
        return {"settings": self.settings}

    def personal_presses(self) -> Mapping[str, Press]:
        """The buttons of the settings."""
        return {texts.SETTINGS: self.pressed}

    async def settings(self, update: Update, _: list[str]) -> None:
        """Answer /settings with all of them."""
        if not await self._conversation.may_decide(update):
            await self._conversation.refuse_group(update)
            return
        reader = await self._conversation.reader(update)
        words = self._conversation.words_for(reader, update)
        await self._awaiting.forget(update)
        message = not_subscribed(words) if reader is None else self._home(update, words, reader)
        await self._conversation.answer(update, message)

    async def pressed(self, update: Update, data: str) -> None:
        """Open a page of the settings, or set what a button names and show what stands then."""
        chat = update.effective_chat
        if chat is None:
            return
        async with self._turns.setdefault(chat.id, asyncio.Lock()):  # two presses at once are two changes
            reader = await self._conversation.reader(update)
            if reader is None:
                words = self._conversation.words_for(None, update)
                await self._conversation.acknowledge(update, texts.not_subscribed_press(words))
                return
            await self._turn(update, reader, data.split(":")[1:] or ["home"])

    def answers(self) -> Mapping[str, Answer]:
        """A city or a date that was asked for."""
        return {texts.SETTINGS: self.answered}

    async def written(self, update: Update) -> bool:
        """Take a location that a reader shares."""
        message = update.effective_message
        if message is None or message.location is None:
            return False
        return await self._located(update, message.location.latitude, message.location.longitude)

    async def answered(self, update: Update, about: str) -> bool:
        """Take a city or a date that was asked for."""
        message, reader = update.effective_message, await self._conversation.reader(update)
        if message is None or message.text is None or reader is None:
            return False
        if not await self._conversation.may_decide(update):
            return False
        await self._take(update, reader, about, message.text)
        return True

    async def _turn(self, update: Update, reader: Subscriber, wanted: Sequence[str]) -> None:
        """Open the page that stands first, or set what the others say."""
        page, *values = wanted
        await self._awaiting.forget(update)
        if page == "zone" and values:
            await self._show_zones(update, reader, values)
        elif page == "pause" and values:
            await self._pause(update, reader, values)
        elif page == "thread" and values:
            await self._settle_in(update, reader, values)
        elif values:
            await self._set(update, reader, page, values)
        else:
            await self._open(update, reader, page)

    async def _take(self, update: Update, reader: Subscriber, page: str, text: str) -> None:
        """Take what was written for an answer to the page that asked for it."""
        answer = self._typed_city if page == CITY else self._typed_date
        await answer(update, reader, text)

    async def _words(self, update: Update, reader: Subscriber) -> Words:
        """The words for whoever sees these settings."""
        return self._conversation.words_for(reader, update)

    def _addressed(self, message: Message, _: Subscriber) -> Message:
        """A page of these settings, its buttons saying whose they are."""
        return message

    def _about(self, page: str, _: Subscriber) -> str:
        """What the page that asks a reader to write something asks him about."""
        return page

    async def _show(self, update: Update, reader: Subscriber, message: Message) -> Outcome | None:
        return await self._conversation.replace(update, self._addressed(message, reader))

    async def _open(self, update: Update, reader: Subscriber, page: str) -> None:
        words = await self._words(update, reader)
        if page == "style":
            await self._sample(update, words, reader)
        elif page == "where":
            await self._ask_location(update, words)
        elif page in self._pages:
            if page in _ASKED:
                await self._awaiting.ask(update, self._about(page, reader))
            message = await asyncio.to_thread(self._pages[page], update, words, reader)
            await self._show(update, reader, message)
        else:
            await self._conversation.expired(update)

    async def _set(self, update: Update, reader: Subscriber, page: str, values: Sequence[str]) -> None:
        wanted = await asyncio.to_thread(wish, reader, page, values)
        words = await self._words(update, reader)
        if wanted is Refusal.UNKNOWN:
            await self._conversation.expired(update)
            return
        if isinstance(wanted, Refusal):
            await self._conversation.acknowledge(update, texts.refused(words, wanted))
            return
        changed = await self._change(reader, **wanted) if wanted else reader
        await self._open(update, changed, _AFTER.get(page, page))

    async def _change(self, reader: Subscriber, **wanted: Any) -> Subscriber:
        return await asyncio.to_thread(partial(self._services.readers.change, reader.chat_id, **wanted))

    async def _show_zones(self, update: Update, reader: Subscriber, values: Sequence[str]) -> None:
        words = await self._words(update, reader)
        continent, page = values[0], values[1] if len(values) > 1 else "0"
        listed = (await asyncio.to_thread(atlas)).of(continent)
        pages = range(-(-len(listed) // texts.ZONES_ON_A_PAGE))
        if not (page.isascii() and page.isdigit() and int(page[:4]) in pages):
            await self._conversation.expired(update)
            return
        await self._show(update, reader, texts.zones(words, reader, continent, listed, int(page[:4])))

    async def _pause(self, update: Update, reader: Subscriber, values: Sequence[str]) -> None:
        """Pause until the day that a button names, or come back."""
        if values[0] == "off":
            await self._come_back(update, reader)
            return
        day = _compact(values[0])
        if day is None or reader.state not in _STANDING or not within(day, self._today(reader), LONGEST_PAUSE):
            await self._conversation.expired(update)
            return
        await self._open(update, await self._until(reader, day), "home")

    async def _come_back(self, update: Update, reader: Subscriber) -> None:
        if reader.state is SubscriberState.PAUSED:
            set_state, now = self._services.readers.set_state, self._services.clock()
            await asyncio.to_thread(set_state, reader.chat_id, SubscriberState.ACTIVE, now)
            back = await asyncio.to_thread(self._services.readers.get, reader.chat_id)
            reader = back or reader
        await self._open(update, reader, "home")

    async def _settle_in(self, update: Update, reader: Subscriber, values: Sequence[str]) -> None:
        """Bring a group's issues into the topic that the button stands in, or into General."""
        thread = None if values[0] == GENERAL else thread_of(update)
        if values[0] != str(thread or GENERAL) or reader.kind is not ChatKind.GROUP:
            await self._conversation.expired(update)
            return
        changed = await asyncio.to_thread(self._services.readers.settle_in, reader.chat_id, thread)
        await self._open(update, changed, "home")

    async def _until(self, reader: Subscriber, day: date) -> Subscriber:
        return await asyncio.to_thread(self._services.readers.pause, reader.chat_id, day, self._services.clock())

    async def _sample(self, update: Update, words: Words, reader: Subscriber) -> None:
        """Show the rich sample; where the server lacks rich messages the classic layout stays."""
        outcome = await self._show(update, reader, texts.layouts(words))
        if isinstance(outcome, Unsupported):
            await self._conversation.acknowledge(update, texts.no_rich_here(words))
            classic = await self._change(reader, style=Style.CLASSIC)
            await self._show(update, classic, self._home(update, words, classic))

    def _continents(self, update: Update, words: Words, reader: Subscriber) -> Message:
        chat = update.effective_chat
        private = chat is not None and chat.type == ChatType.PRIVATE and chat.id == reader.chat_id  # not for a channel
        return texts.continents(words, reader, atlas().continents(), private)

    def _ask_city(self, update: Update, words: Words, _: Subscriber) -> Message:
        return put(update, words, texts.ask_city(words))

    def _ask_date(self, update: Update, words: Words, reader: Subscriber) -> Message:
        return put(update, words, texts.ask_date(words, self._example(reader)))

    async def _typed_city(self, update: Update, reader: Subscriber, text: str) -> None:
        words = await self._words(update, reader)
        found = (await asyncio.to_thread(atlas)).find(text, words.language)
        if len(found) == 1:
            message = self._home(update, words, await self._change(reader, zone=found[0]))
        else:
            message = texts.found_zones(words, reader, found) if found else texts.no_such_city(words, text)
        await self._conversation.answer(update, self._addressed(message, reader))

    async def _typed_date(self, update: Update, reader: Subscriber, text: str) -> None:
        words = await self._words(update, reader)
        day = typed_date(text, self._today(reader), words.conventions)
        if day is None or reader.state not in _STANDING or not within(day, self._today(reader), LONGEST_PAUSE):
            message = texts.wrong_date(words, self._example(reader))
        else:
            message = self._home(update, words, await self._until(reader, day))
        await self._conversation.answer(update, self._addressed(message, reader))

    async def _ask_location(self, update: Update, words: Words) -> None:
        message, button = texts.ask_location(words)
        if update.effective_chat is not None:
            await self._services.replies.ask_location(ChatId(update.effective_chat.id), message, button)

    async def _located(self, update: Update, latitude: float, longitude: float) -> bool:
        """Take the zone of a place; the place itself goes no further than the question which zone it is in."""
        chat, reader = update.effective_chat, await self._conversation.reader(update)
        if chat is None or chat.type != ChatType.PRIVATE or reader is None:
            return False
        words = self._conversation.words_for(reader, update)
        zone = await self._services.zone_at(latitude, longitude)
        if zone is not None:
            await self._change(reader, zone=zone)
        message = texts.not_located(words) if zone is None else texts.located(words, zone)
        await self._services.replies.end_asking(reader.chat_id, message)
        return True

    def _home(self, update: Update, words: Words, reader: Subscriber) -> Message:
        home = texts.home(words, reader, coming(reader, self._services.clock()))
        return with_thread(words, home, reader, thread_of(update)) if reader.kind is ChatKind.GROUP else home

    def _now(self) -> datetime:
        return self._services.clock()

    def _today(self, reader: Subscriber) -> date:
        return self._now().astimezone(ZoneInfo(reader.zone)).date()

    def _example(self, reader: Subscriber) -> date:
        return self._today(reader) + timedelta(days=10)


def coming(reader: Subscriber, now: datetime) -> NextPaper | None:
    """The next paper of a reader after ``now`` (aware UTC)."""
    return next_paper(reader, now, lambda day: local_moment(day, time(reader.hour), reader.zone))


def _compact(text: str) -> date | None:
    """The day of ``20261224``; None for anything else."""
    try:
        return date.fromisoformat(text) if len(text) == len("20261224") and text.isascii() else None
    except ValueError:
        return None
