"""The admins' turns of broadcasts: paused, resumed, cancelled and retried, by command or by button."""

from __future__ import annotations

import asyncio

from telegram import Update

from bot import texts
from bot.conversation import Conversation
from bot.ports import Desk
from domain.deliveries import BroadcastId, Sent, Turn
from domain.errors import NotAllowed, NotFound
from domain.readers import ChatId


class Turning:
    """Handlers for admins; whoever else asks is answered as for an unknown command."""

    def __init__(self, conversation: Conversation) -> None:
        self._conversation = conversation

    @property
    def _desk(self) -> Desk:
        return self._conversation.services.desk

    async def command(self, update: Update, turn: Turn, words: list[str]) -> None:
        """Answer /pause, /resume, /cancel or /retry with the number of a broadcast; without one, the newest."""
        if len(words) > 1 or (words and not (words[0].isascii() and words[0].isdigit())):
            await self._conversation.answer(update, texts.refused(f"Write the number of a broadcast: /{turn} 3"))
            return
        newest = await asyncio.to_thread(self._desk.receipt) if not words else None
        if not words and newest is None:
            await self._conversation.answer(update, texts.refused("Nothing was ever sent."))
            return
        broadcast = BroadcastId(int(words[0])) if newest is None else newest.broadcast.id
        try:
            receipt = await asyncio.to_thread(self._desk.turn, turn, broadcast, self._by(update))
        except (NotFound, NotAllowed) as error:
            await self._conversation.answer(update, texts.refused(str(error)))
            return
        await self._conversation.answer(update, texts.receipt(receipt))

    async def pressed(self, update: Update, data: str) -> bool:
        """Do what a button under a receipt says; False when it is no such button, or no admin presses it."""
        named = texts.parse_turn(data)
        query = update.callback_query
        if named is None or query is None or query.message is None or not self._conversation.is_admin(update):
            return False
        turn, broadcast, sure = named
        await self._conversation.acknowledge(update)
        chat_id, message_id = ChatId(query.message.chat.id), query.message.message_id
        try:
            message = (
                texts.receipt(await asyncio.to_thread(self._desk.turn, turn, broadcast, self._by(update)))
                if sure
                else texts.sure(turn, broadcast)
            )
        except (NotFound, NotAllowed) as error:
            message = texts.refused(str(error))
        outcome = await self._conversation.services.replies.edit(chat_id, message_id, message)
        if not isinstance(outcome, Sent):
            await self._conversation.say(chat_id, message)
        return True

    @staticmethod
    def _by(update: Update) -> str:
        return f"admin {update.effective_user.id if update.effective_user else 0}"
