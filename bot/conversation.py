"""What every handler shares: who speaks, and how an answer gets back to the chat."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from html import escape

import structlog
from telegram import Chat, Update
from telegram.constants import ChatMemberStatus, ChatType
from telegram.error import TelegramError

from bot.languages.lookup import words_of
from bot.languages.words import Words
from bot.ports.services import Services
from bot.texts import general
from domain.deliveries import Moved, Outcome, Sent, Unsupported
from domain.editions import Message, Style
from domain.errors import StorageError
from domain.readers import ChatId, ChatKind, Subscriber

log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Conversation:
    """The handlers' common ground; one for the life of the bot."""

    services: Services
    acknowledged: set[str] = field(default_factory=set)  # presses at work that were answered, by Telegram's id

    async def answer(self, update: Update, message: Message) -> Outcome | None:
        """Answer in the chat that an update came from; None when it came from none."""
        if update.effective_chat is None:
            return None
        return await self.say(ChatId(update.effective_chat.id), message, thread_of(update))

    async def say(self, chat_id: ChatId, message: Message, thread: int | None = None) -> Outcome:
        """Send one message to a chat, or a topic of it, and note it when it did not arrive."""
        outcome = await self.services.replies.send(chat_id, message, thread)
        if isinstance(outcome, Moved):
            outcome = await self.services.replies.send(outcome.to, message, thread)
        if not isinstance(outcome, Sent):
            log.warning("reply.not_sent", outcome=type(outcome).__name__, reason=getattr(outcome, "reason", ""))
        return outcome

    async def replace(self, update: Update, message: Message) -> Outcome | None:
        """Put a message in the place of the one whose button was pressed; said anew when that one can't be edited.

        None when no button was pressed; Unsupported, with nothing said, where the server lacks rich messages.
        """
        query = update.callback_query
        if query is None or query.message is None:
            return None
        chat_id = ChatId(query.message.chat.id)
        outcome = await self.services.replies.edit(chat_id, query.message.message_id, message)
        if isinstance(outcome, Sent | Unsupported):
            return outcome
        return await self.say(chat_id, message, thread_of(update))

    async def acknowledge(self, update: Update, words: str | None = None) -> None:
        """Answer the press of a button, so that it stops turning; Telegram heeds the first answer alone.

        ``words`` (1-200 characters) are shown to the presser alone; those that come when it was answered already are
        said in the chat. A press that is too old is let go.
        """
        query = update.callback_query
        if query is None:
            return
        if query.id in self.acknowledged:
            if words is not None:
                await self.answer(update, general.notice(escape(words)))
            return
        self.acknowledged.add(query.id)
        try:
            await query.answer(words)
        except TelegramError as error:
            log.info("button.answered_late", reason=str(error))

    async def expired(self, update: Update) -> None:
        """Tell the presser of an old or forged button that it does nothing any more."""
        await self.acknowledge(update, general.expired(await self.words(update)))

    async def reader(self, update: Update) -> Subscriber | None:
        """The subscriber behind an update's chat."""
        chat = update.effective_chat
        if chat is None:
            return None
        return await asyncio.to_thread(self.services.readers.get, ChatId(chat.id))

    async def words(self, update: Update) -> Words:
        """The words in which this chat reads: as it has set, else as its speaker's Telegram, else as the paper."""
        try:
            reader = await self.reader(update)
        except StorageError:
            reader = None
        return self.words_for(reader, update)

    def words_for(self, reader: Subscriber | None, update: Update) -> Words:
        """The words for a reader who is known already, or for a stranger (None)."""
        user = update.effective_user
        said = (reader.language if reader is not None else None, user.language_code if user is not None else None)
        return words_of(*said, self.services.paper.language)

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

    def admin(self, update: Update) -> str:
        """The speaker as acts are recorded by: ``admin 42``."""
        return f"admin {update.effective_user.id if update.effective_user else 0}"

    async def may_decide(self, update: Update) -> bool:
        """Whether the speaker may subscribe this chat: himself, or a group that he administers."""
        chat, user = update.effective_chat, update.effective_user
        if chat is None or chat.type == ChatType.PRIVATE:
            return True
        if user is None:
            return False
        message = update.effective_message
        speaks = message.sender_chat if message is not None and update.callback_query is None else None
        if speaks is not None and speaks.id == chat.id:  # an admin who stays anonymous speaks as the group itself
            return True
        member = await chat.get_member(user.id)
        return member.status in {ChatMemberStatus.ADMINISTRATOR, ChatMemberStatus.OWNER}

    async def refuse_group(self, update: Update) -> None:
        """Tell a member of a group that its admins decide."""
        await self.answer(update, general.only_group_admins(await self.words(update)))


def thread_of(update: Update) -> int | None:
    """The topic of a group in which an update happened; None outside of topics."""
    message = update.effective_message
    if message is None or not getattr(message, "is_topic_message", False):
        return None
    return message.message_thread_id


def chat_kind(chat: Chat) -> ChatKind:
    """Our word for Telegram's type of chat."""
    if chat.type == ChatType.PRIVATE:
        return ChatKind.PRIVATE
    return ChatKind.CHANNEL if chat.type == ChatType.CHANNEL else ChatKind.GROUP
