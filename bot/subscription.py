"""Joining, leaving, being forgotten; and keeping the list true when a chat blocks the bot."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Mapping
from dataclasses import replace
from zoneinfo import ZoneInfo

import structlog
from telegram import Update
from telegram.constants import ChatMemberStatus, ChatType

from bot.conversation import Conversation, chat_kind
from bot.handling import Act, Chapter, Follow, Press
from bot.ports import Services
from bot.texts import subscription as texts
from domain.readers import ChatId, Subscriber, SubscriberState

log = structlog.get_logger()

_CAMPAIGN = re.compile(r"sub_([A-Za-z0-9_-]{1,60})")
_OUT = {ChatMemberStatus.BANNED, ChatMemberStatus.LEFT}


class Subscription(Chapter):
    """Handlers for coming and going."""

    def __init__(self, conversation: Conversation) -> None:
        self._conversation = conversation

    def commands(self) -> Mapping[str, Act]:
        """Answers /start, /subscribe, /unsubscribe and /forgetme."""
        return {
            "start": lambda update, _: self.start(update),
            "subscribe": self.subscribe,
            "unsubscribe": lambda update, _: self.unsubscribe(update),
            "forgetme": lambda update, _: self.forget_ask(update),
        }

    def presses(self) -> Mapping[str, Press]:
        """The buttons that join, leave and erase; each asks for itself who may decide."""
        return {
            texts.JOIN: lambda update, _: self.subscribe(update, []),
            texts.LEAVE: lambda update, _: self.unsubscribe(update),
            texts.FORGET: lambda update, _: self.forget(update),
        }

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
        """Answer /start: what the paper is."""
        reader = await self._conversation.reader(update)
        subscribed = reader is not None and reader.state is SubscriberState.ACTIVE
        words = self._conversation.words_for(reader, update)
        await self._conversation.answer(update, texts.welcome(words, self._services.paper, subscribed))

    async def subscribe(self, update: Update, words: list[str], came_from: str = "") -> None:
        """Subscribe the chat, at the hour and zone given in words, and bring today's issue once."""
        chat = update.effective_chat
        if chat is None:
            return
        if not await self._conversation.may_decide(update):
            await self._conversation.refuse_group(update)
            return
        before = await self._conversation.reader(update) or self._newcomer(update, came_from)
        wanted = with_hour(before, words)
        if wanted is None:
            await self._conversation.answer(update, texts.wrong_hour(self._conversation.words_for(before, update)))
            return
        new, reader = await asyncio.to_thread(self._join, wanted)
        said = self._conversation.words_for(reader, update)
        await self._conversation.answer(update, texts.joined(said, self._services.paper, reader, new))
        if new:
            await asyncio.to_thread(self._services.newsstand.deliver_now, reader.chat_id)

    def _join(self, wanted: Subscriber) -> tuple[bool, Subscriber]:
        new = self._services.readers.join(replace(wanted, state=SubscriberState.ACTIVE))
        return new, self._services.readers.change(wanted.chat_id, zone=wanted.zone, hour=wanted.hour)

    def _newcomer(self, update: Update, came_from: str) -> Subscriber:
        chat = update.effective_chat
        if chat is None:
            raise ValueError("an update without a chat subscribes nobody")
        match = _CAMPAIGN.fullmatch(came_from)
        return Subscriber(
            ChatId(chat.id),
            self._services.clock(),
            kind=chat_kind(chat),
            zone=self._services.paper.zone,
            language=self._conversation.words_for(None, update).language,
            came_from=match[1] if match else "",
        )

    async def unsubscribe(self, update: Update) -> None:
        """Answer /unsubscribe: leave at once; coming back is one tap."""
        if not await self._conversation.may_decide(update):
            await self._conversation.refuse_group(update)
            return
        reader = await self._conversation.reader(update)
        words = self._conversation.words_for(reader, update)
        if reader is None or reader.state is not SubscriberState.ACTIVE:
            await self._conversation.answer(update, texts.not_subscribed(words))
            return
        await self._note(reader.chat_id, SubscriberState.LEFT)
        await self._conversation.answer(update, texts.left(words))

    async def forget_ask(self, update: Update) -> None:
        """Answer /forgetme: ask once more."""
        await self._conversation.answer(update, texts.forget_ask(await self._conversation.words(update)))

    async def forget(self, update: Update) -> None:
        """Erase everything about the chat, after the tap that confirms it."""
        chat = update.effective_chat
        if chat is None:
            return
        if not await self._conversation.may_decide(update):
            await self._conversation.refuse_group(update)
            return
        words = await self._conversation.words(update)
        erased = await asyncio.to_thread(self._services.readers.forget, ChatId(chat.id))
        await self._conversation.answer(update, texts.forgotten(words) if erased else texts.nothing_to_forget(words))

    async def membership(self, update: Update) -> None:
        """Follow Telegram's word that a chat blocked or unblocked the bot, or that it came to or left a group."""
        change = update.my_chat_member
        if change is None:
            return
        chat_id = ChatId(change.chat.id)
        out = change.new_chat_member.status in _OUT
        log.info("membership.changed", kind=change.chat.type, status=change.new_chat_member.status)
        if change.chat.type == ChatType.CHANNEL:
            return
        reader = await asyncio.to_thread(self._services.readers.get, chat_id)
        if reader is None:
            return
        if out and reader.state in {SubscriberState.ACTIVE, SubscriberState.PAUSED}:
            await self._note(chat_id, SubscriberState.BLOCKED)
        elif not out and reader.state is SubscriberState.BLOCKED:
            await self._note(chat_id, SubscriberState.ACTIVE)

    async def _note(self, chat_id: ChatId, state: SubscriberState) -> None:
        await asyncio.to_thread(self._services.readers.set_state, chat_id, state, self._services.clock())


def with_hour(reader: Subscriber, words: list[str]) -> Subscriber | None:
    """The reader with the hour and the zone of ``8`` or ``8:00 Europe/Berlin``; None when that is not clear."""
    if not words:
        return reader
    hour = re.fullmatch(r"(\d{1,2})(?::00)?", words[0])
    if hour is None or int(hour[1]) > 23 or len(words) > 2:
        return None
    zone = words[1] if len(words) == 2 else reader.zone
    try:
        ZoneInfo(zone)
    except (KeyError, ValueError, OSError):
        return None
    return replace(reader, hour=int(hour[1]), zone=zone)
