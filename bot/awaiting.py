"""What people were asked to write, until they do: one question to each person in each chat, known to every process."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from typing import Final

from telegram import Update
from telegram.constants import ChatType

from bot.conversation import Conversation
from bot.languages.words import Words
from bot.texts.general import by_reply
from domain.editions import Message
from domain.questions import Question

#: So long an answer is waited for.
PATIENCE: Final = timedelta(minutes=15)


@dataclass(frozen=True, slots=True)
class Awaiting:
    """The questions of one chapter, under the name by which it gets their answers (``Chapter.answers``)."""

    conversation: Conversation
    asked: str

    async def ask(self, update: Update, about: str = "") -> None:
        """Take the next message of whoever pressed or wrote for an answer. Raises StorageError."""
        who = _who(update)
        if who is None:
            return
        services = self.conversation.services
        now = services.clock()
        await asyncio.to_thread(services.questions.ask, *who, Question(self.asked, about), now, now + PATIENCE)

    async def forget(self, update: Update) -> None:
        """Ask no longer: the person has gone elsewhere. Raises StorageError."""
        who = _who(update)
        if who is not None:
            await asyncio.to_thread(self.conversation.services.questions.forget, *who)


async def answered(conversation: Conversation, update: Update) -> Question | None:
    """The question that a message answers, or answered already if it was edited now. Raises StorageError.

    In a group only a reply to the bot is an answer, as each question there says.
    """
    who, message = _who(update), update.effective_message
    if who is None or message is None or not (_is_private(update) or _replies_to_a_bot(update)):
        return None
    services = conversation.services
    take = partial(services.questions.take, edited=update.edited_message is not None)
    return await asyncio.to_thread(take, *who, message.message_id, services.clock())


def put(update: Update, words: Words, question: Message) -> Message:
    """A question in such words that its chat can answer it."""
    return question if update.effective_chat is None or _is_private(update) else by_reply(words, question)


def _is_private(update: Update) -> bool:
    return update.effective_chat is not None and update.effective_chat.type == ChatType.PRIVATE


def _replies_to_a_bot(update: Update) -> bool:
    message = update.effective_message
    replied = message.reply_to_message if message is not None else None
    return replied is not None and replied.from_user is not None and replied.from_user.is_bot


def _who(update: Update) -> tuple[int, int] | None:
    chat, user = update.effective_chat, update.effective_user
    return None if chat is None or user is None else (chat.id, user.id)
