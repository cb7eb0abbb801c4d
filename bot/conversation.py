"""What every handler shares: who speaks, and how an answer gets back to the chat."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass

import structlog
from telegram import Chat, Update
from telegram.constants import ChatMemberStatus, ChatType
from telegram.error import TelegramError

from bot import texts
from bot.ports import Services
from domain.deliveries import Moved, Outcome, Sent
from domain.editions import Message, Style
from domain.errors import StorageError
from domain.readers import ChatId, ChatKind, Subscriber

log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Conversation:
    """The handlers' common ground; one for the life of the bot."""

    services: Services

    async def answer(self, update: Update, message: Message) -> Outcome | None:
        """Answer in the chat that an update came from; None when it came from none."""
        if update.effective_chat is None:
            return None
        return await self.say(ChatId(update.effective_chat.id), message)

    async def say(self, chat_id: ChatId, message: Message) -> Outcome:
        """Send one message to a chat, and note it when it did not arrive."""
        outcome = await self.services.replies.send(chat_id, message)
        if isinstance(outcome, Moved):
            outcome = await self.services.replies.send(outcome.to, message)
        if not isinstance(outcome, Sent):
            log.warning("reply.not_sent", outcome=type(outcome).__name__, reason=getattr(outcome, "reason", ""))
        return outcome

    async def acknowledge(self, update: Update, words: str | None = None) -> None:
        """Answer the press of a button, so that it stops turning; a press that is too old is let go."""
        if update.callback_query is None:
            return
        try:
            await update.callback_query.answer(words)
        except TelegramError as error:
            log.info("button.answered_late", reason=str(error))

    async def reader(self, update: Update) -> Subscriber | None:
        """The subscriber behind an update's chat."""
        chat = update.effective_chat
        if chat is None:
            return None
        return await asyncio.to_thread(self.services.readers.get, ChatId(chat.id))

    async def style(self, update: Update) -> Style:
        """The style in which this chat reads; classic when the list can't be asked."""
        try:
            reader = await self.reader(update)
        except StorageError:
            return Style.CLASSIC
        return reader.style if reader is not None else Style.CLASSIC

    def is_admin(self, update: Update) -> bool:
        """Whether an admin of the paper speaks, in a chat of his own."""
        user = update.effective_user
        return user is not None and user.id in self.services.admins

    async def may_decide(self, update: Update) -> bool:
        """Whether the speaker may subscribe this chat: himself, or a group that he administers."""
        chat, user = update.effective_chat, update.effective_user
        if chat is None or chat.type == ChatType.PRIVATE:
            return True
        if user is None:
            return False
        member = await chat.get_member(user.id)
        return member.status in {ChatMemberStatus.ADMINISTRATOR, ChatMemberStatus.OWNER}

    async def refuse_group(self, update: Update) -> None:
        """Tell a member of a group that its admins decide."""
        await self.answer(update, texts.ONLY_GROUP_ADMINS)


def chat_kind(chat: Chat) -> ChatKind:
    """Our word for Telegram's type of chat."""
    if chat.type == ChatType.PRIVATE:
        return ChatKind.PRIVATE
    return ChatKind.CHANNEL if chat.type == ChatType.CHANNEL else ChatKind.GROUP
