"""What a chapter of the conversation is: the commands, presses, links and writings that it answers.

A new chapter is a class that inherits ``Chapter``, overrides what it needs, and stands in ``bot.application.CHAPTERS``.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from typing import Protocol

from telegram import Update

#: Answers a command; gets the words after it.
Act = Callable[[Update, list[str]], Awaitable[object]]

#: Answers the press of a button; gets the whole data of the button (1-64 bytes, perhaps forged).
Press = Callable[[Update, str], Awaitable[object]]

#: Takes what somebody wrote who was asked; gets what he was asked about. False: that is no answer, he is asked still.
Answer = Callable[[Update, str], Awaitable[bool]]

#: Follows an update that is neither a message nor a press.
Follow = Callable[[Update], Awaitable[object]]


class Chapter(Protocol):
    """One subject of the conversation. Everything has a default: nothing.

    A press that takes longer than a moment is acknowledged for its chapter, and one that has ended is, too; a chapter
    calls ``Conversation.acknowledge`` itself only to show words to the presser. Keys of presses are the whole data of a
    button (``do:today``) or what stands before its first colon (``p``); the whole data goes before the prefix.
    """

    def commands(self) -> Mapping[str, Act]:
        """What readers may write, by command without the slash."""
        return {}

    def admin_commands(self) -> Mapping[str, Act]:
        """What admins may write; anyone else is answered as for an unknown command."""
        return {}

    def presses(self) -> Mapping[str, Press]:
        """Buttons that anybody in the chat may press."""
        return {}

    def personal_presses(self) -> Mapping[str, Press]:
        """Buttons that change what the chat gets: in a group only its admins may press them."""
        return {}

    def admin_presses(self) -> Mapping[str, Press]:
        """Buttons for the admins of the paper; anyone else is answered as for a button that is no longer in use."""
        return {}

    def follows(self) -> Mapping[str, Follow]:
        """Other kinds of updates, by Telegram's name of the kind (``inline_query``); Telegram is asked for these, too.

        Several chapters may follow the same kind; each is told.
        """
        return {}

    async def linked(self, update: Update, payload: str) -> bool:
        """Answer a deep link (``/start payload``, 1-64 of A-Z a-z 0-9 _ -); False when it is not of this chapter."""
        return False

    def answers(self) -> Mapping[str, Answer]:
        """What takes the answers to this chapter's questions, by the name of its ``Awaiting``."""
        return {}

    async def written(self, update: Update) -> bool:
        """Take a message that is no command, although nobody was asked; False when it is not of this chapter."""
        return False
