"""The settings of a channel, which has no words of its own: its administrators set them, each in his own chat."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Mapping
from enum import Enum, auto
from typing import Final

from telegram import Update
from telegram.constants import ChatMemberStatus, ChatType
from telegram.error import BadRequest, Forbidden

from bot.conversation import Conversation
from bot.handling import Follow, Press
from bot.languages.words import Words
from bot.subscribers.settings import Settings
from bot.texts import channels as texts
from domain.editions import Message
from domain.readers import ChatId, ChatKind, Subscriber, SubscriberState

#: How a channel is named: its number, its @name or its address.
_NUMBER: Final = re.compile(r"-100[0-9]{5,13}")
_NAMED: Final = re.compile(r"(?:@|(?:https?://)?t\.me/)([A-Za-z][A-Za-z0-9_]{3,31})")

_STANDING: Final = {SubscriberState.ACTIVE, SubscriberState.PAUSED}
_LEADING: Final = {ChatMemberStatus.ADMINISTRATOR, ChatMemberStatus.OWNER}

#: So many names of channels are remembered; each is asked for again with the next press.
_MOST_TITLES: Final = 1000


class Barred(Enum):
    """Why somebody can't set anything of a channel."""

    UNKNOWN = auto()  # there is none, or it does not get the paper
    OWN = auto()  # the paper's own, which has no subscription
    FOREIGN = auto()  # he does not administer it


class ChannelSettings(Settings):
    """The settings of chats, and for who administers a channel those of the channel, too."""

    def __init__(self, conversation: Conversation) -> None:
        super().__init__(conversation)
        self._titles: dict[int, str] = {}

    def presses(self) -> Mapping[str, Press]:
        """The buttons of a channel's settings; who may press them is asked for each."""
        return {texts.CHANNEL: self.pressed_for_channel}

    def follows(self) -> Mapping[str, Follow]:
        """Who lets the bot post in a channel."""
        return {"my_chat_member": self.added}

    async def settings(self, update: Update, words: list[str]) -> None:
        """Answer /settings, and in a private chat ``/settings @channel``."""
        chat = update.effective_chat
        named = _named(words[0]) if words and chat is not None and chat.type == ChatType.PRIVATE else None
        if named is None:
            await super().settings(update, words)
            return
        said = await self._conversation.words(update)
        found = await self._administered(update, named)
        if isinstance(found, Barred):
            await self._conversation.answer(update, _refusal(said, found, words[0]))
            return
        await self._awaiting.forget(update)
        await self._conversation.answer(update, self._addressed(self._home(update, said, found), found))

    async def pressed_for_channel(self, update: Update, data: str) -> None:
        """Open a page of a channel's settings, or set what a button names."""
        channel, *wanted = data.partition(":")[2].split(":")
        if _NUMBER.fullmatch(channel) is None or not wanted or wanted[0] in texts.NOT_OF_CHANNELS:
            await self._conversation.expired(update)
            return
        async with self._turns.setdefault(int(channel), asyncio.Lock()):
            reader = await self._administered(update, int(channel))
            if reader is Barred.FOREIGN:
                words = await self._conversation.words(update)
                await self._conversation.acknowledge(update, texts.foreign_press(words))
            elif isinstance(reader, Barred):
                await self._conversation.expired(update)
            elif wanted == [texts.LEFT, "1"]:
                await self._stand(update, reader, SubscriberState.LEFT)
            elif wanted == [texts.BACK, "1"] and reader.state is SubscriberState.LEFT:
                await self._stand(update, reader, SubscriberState.ACTIVE)
            elif wanted == [texts.LEAVE]:
                await self._show(update, reader, texts.ask_to_leave(await self._words(update, reader)))
            elif reader.state not in _STANDING:
                await self._open(update, reader, "home")
            else:
                await self._turn(update, reader, wanted)

    async def added(self, update: Update) -> None:
        """Give the settings of a channel to the administrator who let the bot post there.

        Who has never pressed Start can not be written to; he finds them by ``/settings @channel``.
        """
        change = update.my_chat_member
        if change is None or change.chat.type != ChatType.CHANNEL or change.chat.id == self._services.own_channel:
            return
        if _posts(change.old_chat_member) or not _posts(change.new_chat_member):
            return
        reader = await asyncio.to_thread(self._services.readers.get, ChatId(change.chat.id))
        if reader is None:
            return
        self._note_title(change.chat.id, change.chat.title)
        words = await self._words(update, reader)
        reference = f"@{change.chat.username}" if change.chat.username else str(change.chat.id)
        message = texts.taken(words, self._addressed(self._home(update, words, reader), reader), reference)
        await self._conversation.say(ChatId(change.from_user.id), message)

    async def answered(self, update: Update, about: str) -> bool:
        """Take a city or a date that was asked for, of the chat or of a channel."""
        page, _, channel = about.partition(":")
        message = update.effective_message
        if not channel:
            return await super().answered(update, about)
        if message is None or message.text is None:
            return False
        reader = await self._administered(update, int(channel))
        if isinstance(reader, Barred):
            await self._conversation.answer(update, _refusal(await self._conversation.words(update), reader, channel))
        else:
            await self._take(update, reader, page, message.text)
        return True

    async def _stand(self, update: Update, reader: Subscriber, state: SubscriberState) -> None:
        now = self._services.clock()
        await asyncio.to_thread(self._services.readers.set_state, reader.chat_id, state, now)
        changed = await asyncio.to_thread(self._services.readers.get, reader.chat_id)
        await self._open(update, changed or reader, "home")

    async def _administered(self, update: Update, channel: int | str) -> Subscriber | Barred:
        """The subscription of a channel, for who administers it at this moment."""
        bot, user = update.get_bot(), update.effective_user
        if user is None:
            return Barred.FOREIGN
        try:
            chat = await bot.get_chat(channel)
            member = await bot.get_chat_member(chat.id, user.id)
        except (BadRequest, Forbidden):
            return Barred.UNKNOWN
        if chat.id == self._services.own_channel:
            return Barred.OWN
        if member.status not in _LEADING:
            return Barred.FOREIGN
        reader = await asyncio.to_thread(self._services.readers.get, ChatId(chat.id))
        if reader is None or reader.kind is not ChatKind.CHANNEL:
            return Barred.UNKNOWN
        self._note_title(chat.id, chat.title)
        return reader

    async def _words(self, update: Update, reader: Subscriber) -> Words:
        """The words of the administrator, not those of his channel."""
        user = update.effective_user
        if reader.kind is not ChatKind.CHANNEL or user is None:
            return await super()._words(update, reader)
        return self._conversation.words_for(
            await asyncio.to_thread(self._services.readers.get, ChatId(user.id)), update
        )

    def _addressed(self, message: Message, reader: Subscriber) -> Message:
        if reader.kind is not ChatKind.CHANNEL:
            return message
        return texts.addressed(message, reader.chat_id, self._titles.get(reader.chat_id, ""))

    def _about(self, page: str, reader: Subscriber) -> str:
        return f"{page}:{reader.chat_id}" if reader.kind is ChatKind.CHANNEL else page

    def _home(self, update: Update, words: Words, reader: Subscriber) -> Message:
        home = super()._home(update, words, reader)
        if reader.kind is not ChatKind.CHANNEL:
            return home
        if reader.state is SubscriberState.LEFT:
            return texts.left(words)
        return texts.with_leaving(words, home) if reader.state in _STANDING else texts.mute(words)

    def _note_title(self, channel: int, title: str | None) -> None:
        self._titles.pop(channel, None)
        self._titles[channel] = title or str(channel)
        if len(self._titles) > _MOST_TITLES:
            del self._titles[next(iter(self._titles))]


def _named(word: str) -> int | str | None:
    """The channel that a word names, as Telegram takes it."""
    if _NUMBER.fullmatch(word):
        return int(word)
    named = _NAMED.fullmatch(word)
    return None if named is None else f"@{named[1]}"


def _posts(member: object) -> bool:
    return bool(getattr(member, "can_post_messages", False))


def _refusal(words: Words, barred: Barred, named: str) -> Message:
    if barred is Barred.UNKNOWN:
        return texts.unknown(words, named)
    return texts.own(words) if barred is Barred.OWN else texts.foreign(words)
