"""Replies: sent ahead of any broadcast, within the one pace of the token, and tried again when they were put off."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from contextvars import ContextVar
from typing import Protocol

from delivery.letters import Letter
from delivery.pace import Pace
from domain.deliveries import Delayed, Outcome
from domain.editions import Attachment, Message
from domain.readers import ChatId

#: A reply that was put off is tried so often; who waits longer than this for an answer has gone.
_ATTEMPTS = 3
_LONGEST_WAIT = 30.0

#: What is done just before an answer leaves, in whatever is being answered; None: nothing.
before_reply: ContextVar[Callable[[], Awaitable[None]] | None] = ContextVar("before_reply", default=None)


class ReplyWire(Protocol):
    """The way to Telegram, as replies need it."""

    def letter(self, message: Message) -> Letter:
        """Encode a message."""
        ...

    async def send(self, chat_id: ChatId, letter: Letter, silent: bool = False) -> Outcome:
        """Send a letter."""
        ...

    async def edit(self, chat_id: ChatId, message_id: int, letter: Letter) -> Outcome:
        """Put a letter in the place of a message."""
        ...

    async def send_photo(
        self, chat_id: ChatId, png: bytes, caption: str, silent: bool = False, thread: int | None = None
    ) -> Outcome:
        """Send a picture."""
        ...

    async def send_document(self, chat_id: ChatId, file: Attachment, thread: int | None = None) -> Outcome:
        """Send a file."""
        ...


class PacedReplies:
    """Answers to people. Implements the bot's Replies."""

    def __init__(self, wire: ReplyWire, pace: Pace) -> None:
        self._wire = wire
        self._pace = pace

    async def send(
        self, chat_id: ChatId, message: Message, thread: int | None = None, *, silent: bool = False
    ) -> Outcome:
        """Send one message; ``thread`` is the topic of the group that it belongs to. ``silent``: without a sound."""
        return await self._send(chat_id, self._wire.letter(message).into(thread), silent=silent)

    async def ask_location(self, chat_id: ChatId, message: Message, button: str) -> Outcome:
        """Send a message with a button that shares where the reader is."""
        return await self._send(chat_id, self._wire.letter(message).asking_location(button))

    async def end_asking(self, chat_id: ChatId, message: Message) -> Outcome:
        """Send a message that takes such a button away."""
        return await self._send(chat_id, self._wire.letter(message).ending_questions())

    async def edit(self, chat_id: ChatId, message_id: int, message: Message) -> Outcome:
        """Replace a message in place."""
        letter = self._wire.letter(message)
        return await self._paced(chat_id, lambda: self._wire.edit(chat_id, message_id, letter))

    async def photo(self, chat_id: ChatId, png: bytes, caption: str, thread: int | None = None) -> Outcome:
        """Send a picture."""
        return await self._paced(chat_id, lambda: self._wire.send_photo(chat_id, png, caption, thread=thread))

    async def document(self, chat_id: ChatId, file: Attachment, thread: int | None = None) -> Outcome:
        """Send a file."""
        return await self._paced(chat_id, lambda: self._wire.send_document(chat_id, file, thread))

    async def _send(self, chat_id: ChatId, letter: Letter, *, silent: bool = False) -> Outcome:
        return await self._paced(chat_id, lambda: self._wire.send(chat_id, letter, silent))

    async def _paced(self, chat_id: ChatId, request: Callable[[], Awaitable[Outcome]]) -> Outcome:
        note = before_reply.get()

        async def noted() -> Outcome:
            if note is not None:
                await note()
            return await request()

        outcome = await self._pace.send(chat_id, noted)
        for _ in range(_ATTEMPTS - 1):
            if not isinstance(outcome, Delayed) or outcome.seconds > _LONGEST_WAIT:
                break
            outcome = await self._pace.send(chat_id, noted)
        return outcome
