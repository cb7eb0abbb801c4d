"""The admins' turns of broadcasts: paused, resumed, cancelled and retried, by command or by button."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping

from telegram import Update

from bot.conversation import Conversation
from bot.handling import Act, Chapter, Press
from bot.ports.services import Desk
from bot.texts import turns as texts
from bot.texts.editing import refused
from domain.deliveries import BroadcastId, Outcome, Receipt, Sent, Turn
from domain.editions import Message
from domain.errors import NotAllowed, NotFound
from domain.readers import ChatId


class Turning(Chapter):
    """Handlers for the admins of the paper."""

    def __init__(self, conversation: Conversation) -> None:
        self._conversation = conversation

    def admin_commands(self) -> Mapping[str, Act]:
        """Answers /pause, /resume, /cancel and /retry."""
        return {turn.value: self._turn(turn) for turn in Turn}

    def admin_presses(self) -> Mapping[str, Press]:
        """The buttons under a receipt."""
        return {texts.TURN: self.pressed}

    def _turn(self, turn: Turn) -> Act:
        return lambda update, words: self.command(update, turn, words)

    @property
    def _desk(self) -> Desk:
        return self._conversation.services.desk

    async def command(self, update: Update, turn: Turn, words: list[str]) -> None:
        """Answer /pause, /resume, /cancel or /retry with the number of a broadcast; without one, the newest."""
        if len(words) > 1 or (words and not (words[0].isascii() and words[0].isdigit())):
            await self._conversation.answer(update, refused(f"Write the number of a broadcast: /{turn} 3"))
            return
        newest = await asyncio.to_thread(self._desk.receipt) if not words else None
        if not words and newest is None:
            await self._conversation.answer(update, refused("Nothing was ever sent."))
            return
        broadcast = BroadcastId(int(words[0])) if newest is None else newest.broadcast.id
        try:
            receipt = await asyncio.to_thread(self._desk.turn, turn, broadcast, self._conversation.admin(update))
        except (NotFound, NotAllowed) as error:
            await self._conversation.answer(update, refused(str(error)))
            return
        await self._keep(update, receipt, await self._conversation.answer(update, texts.receipt(receipt)))

    async def pressed(self, update: Update, data: str) -> None:
        """Do what a button under a receipt says, or ask once more."""
        named = texts.parse_turn(data)
        if named is None:
            await self._conversation.expired(update)
            return
        turn, broadcast, sure = named
        await self._conversation.acknowledge(update)
        if not sure:
            await self._ask(update, texts.sure(turn, broadcast))
            return
        try:
            receipt = await asyncio.to_thread(self._desk.turn, turn, broadcast, self._conversation.admin(update))
        except (NotFound, NotAllowed) as error:
            await self._conversation.replace(update, refused(str(error)))
            return
        await self._keep(update, receipt, await self._conversation.replace(update, texts.receipt(receipt)))

    async def _ask(self, update: Update, question: Message) -> None:
        """Ask in place of the receipt, which is not to take the question's place before it is answered."""
        query = update.callback_query
        if query is not None and query.message is not None:
            displays = self._conversation.services.displays
            await displays.asking(ChatId(query.message.chat.id), query.message.message_id)
        await self._conversation.replace(update, question)

    async def _keep(self, update: Update, receipt: Receipt, outcome: Outcome | None) -> None:
        """From now on the message shows how the broadcast stands, whoever turns it."""
        chat = update.effective_chat
        if chat is not None and isinstance(outcome, Sent):
            displays = self._conversation.services.displays
            await displays.broadcast(ChatId(chat.id), outcome.message_id, receipt)
