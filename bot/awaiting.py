"""What a reader was asked to write, until he does: kept in memory for a while, for nobody else's message to answer."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final

from telegram import Update
from telegram.constants import ChatType

from bot.languages.words import Words
from bot.texts.general import by_reply
from domain.editions import Message

#: So long an answer is waited for, and from so many at once; of more, who was asked first is asked no longer.
PATIENCE: Final = timedelta(minutes=15)
MOST: Final = 2000


@dataclass(slots=True)
class Awaiting:
    """The questions of one chapter, each to one person in one chat. ``clock`` gives aware UTC."""

    clock: Callable[[], datetime]
    _asked: OrderedDict[tuple[int, int], tuple[str, datetime]] = field(default_factory=OrderedDict)

    def ask(self, update: Update, question: str) -> None:
        """Take the next message of whoever pressed or wrote for an answer."""
        who = _who(update)
        if who is None:
            return
        self._asked.pop(who, None)
        self._asked[who] = (question, self.clock() + PATIENCE)
        while len(self._asked) > MOST:
            self._asked.popitem(last=False)

    def take(self, update: Update) -> str | None:
        """The question that a message answers; it is asked no longer. None when nothing was asked."""
        who = _who(update)
        question, until = self._asked.pop(who, (None, None)) if who is not None else (None, None)
        return question if until is not None and self.clock() <= until else None

    def forget(self, update: Update) -> None:
        """Ask no longer: the person has gone elsewhere."""
        who = _who(update)
        if who is not None:
            self._asked.pop(who, None)


def put(update: Update, words: Words, question: Message) -> Message:
    """A question in such words that its chat can answer it."""
    chat = update.effective_chat
    return question if chat is None or chat.type == ChatType.PRIVATE else by_reply(words, question)


def _who(update: Update) -> tuple[int, int] | None:
    chat, user = update.effective_chat, update.effective_user
    return None if chat is None or user is None else (chat.id, user.id)
