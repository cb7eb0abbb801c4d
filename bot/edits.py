"""Messages that their writers edited: which of them are to be answered, as if they were written anew."""

from __future__ import annotations

from collections import OrderedDict
from datetime import timedelta
from enum import Enum, auto
from typing import Final, TypeVar

from telegram import Message, Update
from telegram.ext import filters

#: Within this time an edited message is answered like a new one; later, its writer does not wait for that.
FRESH: Final = timedelta(minutes=5)

#: The words of so many messages, and so many chats that were told, are remembered.
REMEMBERED: Final = 2_000

Key = TypeVar("Key")
Value = TypeVar("Value")


class Edit(Enum):
    """What an edit is to us."""

    NONE = auto()  # no edit of words: Telegram also tells of changes that no writer made
    FRESH = auto()
    LATE = auto()


class Edits:
    """What was said in the newest messages, so that an edit which left the words as they were is seen.

    Of one process, and lost with it: then an edit is judged by its time alone.
    """

    def __init__(self) -> None:
        self._said: OrderedDict[tuple[int, int], int] = OrderedDict()
        self._told: OrderedDict[int, None] = OrderedDict()

    def note(self, update: Update) -> None:
        """Remember what a message says that is answered now."""
        message = update.effective_message
        if message is not None:
            _remember(self._said, (message.chat.id, message.message_id), hash(_words(message)))

    def kind(self, update: Update) -> Edit:
        """What an update is, as an edit."""
        message = update.edited_message
        if message is None or message.edit_date is None or not _words(message):
            return Edit.NONE
        if self._said.get((message.chat.id, message.message_id)) == hash(_words(message)):
            return Edit.NONE
        return Edit.FRESH if message.edit_date - message.date <= FRESH else Edit.LATE

    def is_first_late(self, chat_id: int) -> bool:
        """Whether this chat was not told yet that an edit came too late; from now on it was."""
        first = chat_id not in self._told
        _remember(self._told, chat_id, None)
        return first


class IsFreshEdit(filters.UpdateFilter):
    """Lets those edits pass that are answered like a new message."""

    def __init__(self, edits: Edits) -> None:
        super().__init__("IsFreshEdit")
        self._edits = edits

    def filter(self, update: Update) -> bool:
        """Whether an update is such an edit."""
        return self._edits.kind(update) is Edit.FRESH


def _words(message: Message) -> str:
    return message.text or message.caption or ""


def _remember(table: OrderedDict[Key, Value], key: Key, value: Value) -> None:
    table[key] = value
    table.move_to_end(key)
    if len(table) > REMEMBERED:
        table.popitem(last=False)
