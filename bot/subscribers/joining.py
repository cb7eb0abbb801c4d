"""Joining: what the paper is, the hour and the layout; and keeping the list true when a chat blocks the bot."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Mapping
from dataclasses import replace

import structlog
from telegram import Update
from telegram.constants import ChatMemberStatus, ChatType

from bot.conversation import Conversation, chat_kind, thread_of
from bot.handling import Act, Chapter, Follow, Press
from bot.ports.services import Services
from bot.subscribers.settings import coming
from bot.subscribers.zones import atlas, is_zone
from bot.texts import joining as texts
from domain.deliveries import Unsupported
from domain.editions import Style
from domain.readers import ChatId, ChatKind, Subscriber, SubscriberState

log = structlog.get_logger()

_CAMPAIGN = re.compile(r"sub_([A-Za-z0-9_-]{1,60})")
_HOUR = re.compile(rf"{texts.JOINING}:([0-9]{{1,2}})")
_OUT = {ChatMemberStatus.BANNED, ChatMemberStatus.LEFT}


class Joining(Chapter):
    """Handlers for who comes, and for who is thrown out."""

    def __init__(self, conversation: Conversation) -> None:
        self._conversation = conversation

    def commands(self) -> Mapping[str, Act]:
        """Answers /start and /subscribe."""
        return {"start": lambda update, _: self.start(update), "subscribe": self.subscribe}

    def presses(self) -> Mapping[str, Press]:
        """The button that subscribes; it asks for itself who may decide, for it speaks to who may not."""
        return {texts.JOIN: lambda update, _: self.subscribe(update, [])}

    def personal_presses(self) -> Mapping[str, Press]:
        """The two questions to a newcomer."""
        return {texts.JOINING: self.pressed}

    def follows(self) -> Mapping[str, Follow]:
        """Who blocked and unblocked the bot."""
        return {"my_chat_member": self.membership}

    async def linked(self, update: Update, payload: str) -> bool:
        """Subscribe at once whoever comes by the link of a campaign."""
        if not _CAMPAIGN.fullmatch(payload):
            return False
        await self.subscribe(update, [], payload)
        return True

    @property
    def _services(self) -> Services:
        return self._conversation.services

    async def start(self, update: Update) -> None:
        """Answer /start: what the paper is, and to a newcomer the first question."""
        reader = await self._conversation.reader(update)
        words = self._conversation.words_for(reader, update)
        if reader is not None and reader.state in {SubscriberState.ACTIVE, SubscriberState.PAUSED}:
            following = coming(reader, self._services.clock())
            message = texts.welcome_back(words, self._services.paper, reader, following)
        else:
            message = texts.welcome(words, self._services.paper, reader or await self._newcomer(update))
        await self._conversation.answer(update, message)

    async def pressed(self, update: Update, data: str) -> None:
        """Take the hour or the layout of a newcomer."""
        reader = await self._conversation.reader(update)
        words = self._conversation.words_for(reader, update)
        if data == texts.MORE_HOURS:
            newcomer = reader or await self._newcomer(update)
            await self._conversation.replace(update, texts.all_hours(words, self._services.paper, newcomer))
        elif data in texts.LAYOUTS and reader is not None:
            await self._choose(update, reader, texts.LAYOUTS[data])
        elif (hour := _HOUR.fullmatch(data)) is not None and int(hour[1]) < 24:
            await self._take_hour(update, reader or await self._newcomer(update), int(hour[1]))
        else:
            await self._conversation.expired(update)

    async def subscribe(self, update: Update, words: list[str], came_from: str = "") -> None:
        """Subscribe the chat, at the hour and zone given in words, and bring today's issue once."""
        if update.effective_chat is None:
            return
        if not await self._conversation.may_decide(update):
            await self._conversation.refuse_group(update)
            return
        before = await self._conversation.reader(update) or await self._newcomer(update, came_from)
        wanted = with_hour(before, words)
        if wanted is None:
            await self._conversation.answer(update, texts.wrong_hour(self._conversation.words_for(before, update)))
            return
        new, reader = await asyncio.to_thread(self._join, wanted, thread_of(update))
        said = self._conversation.words_for(reader, update)
        following = coming(reader, self._services.clock())
        await self._conversation.answer(update, texts.joined(said, self._services.paper, reader, following, new))
        if new:
            await asyncio.to_thread(self._services.newsstand.deliver_now, reader.chat_id)

    async def _take_hour(self, update: Update, wanted: Subscriber, hour: int) -> None:
        """Subscribe at an hour; who is new is asked for the layout, and gets today's issue."""
        new, reader = await asyncio.to_thread(self._join, replace(wanted, hour=hour), thread_of(update))
        words = self._conversation.words_for(reader, update)
        following = coming(reader, self._services.clock())
        await self._conversation.replace(update, texts.joined(words, self._services.paper, reader, following, new))
        if not new:
            return
        outcome = await self._services.replies.send(reader.chat_id, texts.layout_question(words), thread_of(update))
        if isinstance(outcome, Unsupported):
            log.info("layout.not_asked", reason="the server lacks rich messages")
        await asyncio.to_thread(self._services.newsstand.deliver_now, reader.chat_id)

    async def _choose(self, update: Update, reader: Subscriber, style: Style) -> None:
        chosen = await asyncio.to_thread(lambda: self._services.readers.change(reader.chat_id, style=style))
        await self._conversation.replace(update, texts.chosen(self._conversation.words_for(chosen, update), style))

    def _join(self, wanted: Subscriber, thread: int | None) -> tuple[bool, Subscriber]:
        """A group that comes, comes to the topic in which it asked for the paper."""
        readers = self._services.readers
        thread = thread if wanted.kind is ChatKind.GROUP else None
        joining = replace(wanted, state=SubscriberState.ACTIVE, joined_at=self._services.clock(), thread=thread)
        new = readers.join(joining)
        reader = readers.change(wanted.chat_id, zone=wanted.zone, hour=wanted.hour)
        return new, readers.settle_in(wanted.chat_id, thread) if new and reader.thread != thread else reader

    async def _newcomer(self, update: Update, came_from: str = "") -> Subscriber:
        """Who is not on the list yet, with the zone that his language suggests."""
        chat, user = update.effective_chat, update.effective_user
        if chat is None:
            raise ValueError("an update without a chat subscribes nobody")
        match = _CAMPAIGN.fullmatch(came_from)
        guess = (await asyncio.to_thread(atlas)).guess
        return Subscriber(
            ChatId(chat.id),
            self._services.clock(),
            kind=chat_kind(chat),
            zone=guess(user.language_code if user is not None else None, self._services.paper.zone),
            language=self._conversation.words_for(None, update).language,
            came_from=match[1] if match else "",
        )

    async def membership(self, update: Update) -> None:
        """Follow Telegram's word that a chat blocked or unblocked the bot, or that it came to or left a group."""
        change = update.my_chat_member
        if change is None:
            return
        chat_id = ChatId(change.chat.id)
        out = change.new_chat_member.status in _OUT
        log.info("membership.changed", kind=change.chat.type, status=change.new_chat_member.status)
        if change.chat.type == ChatType.CHANNEL and chat_id == self._services.own_channel:
            return
        if change.chat.type == ChatType.CHANNEL and not out:
            out = not getattr(change.new_chat_member, "can_post_messages", False)
            await self._take_channel(update, chat_id, out)
        reader = await asyncio.to_thread(self._services.readers.get, chat_id)
        if reader is None:
            return
        if out and reader.state in {SubscriberState.ACTIVE, SubscriberState.PAUSED}:
            await self._note(chat_id, SubscriberState.BLOCKED)
        elif not out and reader.state is SubscriberState.BLOCKED:
            await self._note(chat_id, SubscriberState.ACTIVE)

    async def _take_channel(self, update: Update, chat_id: ChatId, mute: bool) -> None:
        """Subscribe a channel whose admin let the bot post there: that is all that a channel can say."""
        if mute or await asyncio.to_thread(self._services.readers.get, chat_id) is not None:
            return
        channel = await self._newcomer(update)
        await asyncio.to_thread(self._services.readers.join, channel)
        await asyncio.to_thread(self._services.newsstand.deliver_now, chat_id)

    async def _note(self, chat_id: ChatId, state: SubscriberState) -> None:
        await asyncio.to_thread(self._services.readers.set_state, chat_id, state, self._services.clock())


def with_hour(reader: Subscriber, words: list[str]) -> Subscriber | None:
    """The reader with the hour and the zone of ``8`` or ``8:00 Europe/Berlin``; None when that is not clear."""
    if not words:
        return reader
    hour = re.fullmatch(r"([0-9]{1,2})(?::00)?", words[0])
    if hour is None or int(hour[1]) > 23 or len(words) > 2:
        return None
    zone = words[1] if len(words) == 2 else reader.zone
    return replace(reader, hour=int(hour[1]), zone=zone) if is_zone(zone) else None
