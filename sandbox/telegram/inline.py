"""Inline mode: a reader types ``@bot words`` in any chat, the bot offers results, and one of them is sent there."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from sandbox.telegram.chats import Chat, User
from sandbox.telegram.messages import Content, Message

if TYPE_CHECKING:
    from sandbox.telegram.desk import Desk

#: Characters of a query that the bot is told.
QUERY_LENGTH: Final = 256

#: Seconds that a test waits for an answer at most, unless it says otherwise.
PATIENCE: Final = 5.0


@dataclass(frozen=True, slots=True)
class InlineAnswer:
    """What the bot offered: results as it sent them, each with the content of the message that it makes."""

    results: tuple[Mapping[str, Any], ...]
    contents: Mapping[str, Content]
    cache_time: int
    is_personal: bool
    next_offset: str
    button: Mapping[str, Any] | None


@dataclass(slots=True)
class InlineQuery:
    """What a reader typed after the bot's name; ``answer`` is None until the bot answers."""

    id: str
    user: User
    query: str
    offset: str
    answer: InlineAnswer | None = None


class Asking:
    """A query under way. ``answer`` waits for the bot's answerInlineQuery."""

    def __init__(self, desk: Desk, query: InlineQuery) -> None:
        self._desk = desk
        self.query = query

    def answer(self, timeout: float = PATIENCE) -> InlineAnswer:
        """What the bot offers, as soon as there is an answer. Raises TimeoutError."""
        return self._desk.world.signal.wait_for(lambda: self.query.answer, timeout) or _no_answer()

    def choose(self, result_id: str, chat: Chat) -> Message:
        """Send a result into a chat, where it stands as a message of the reader. Raises KeyError, TimeoutError."""
        content = self.answer().contents[result_id]
        return self._desk.world.post(chat, self.query.user, content)


def _no_answer() -> InlineAnswer:
    raise TimeoutError("the bot did not answer the inline query")


def ask(desk: Desk, user: User, text: str, offset: str = "") -> Asking:
    """Type ``@bot text``: the bot is told, unless inline mode is off, as @BotFather sets it up."""
    with desk.world.signal.lock:
        query = InlineQuery(str(desk.world.chance.getrandbits(62)), user, text[:QUERY_LENGTH], offset)
        if desk.world.inline_on:
            desk.world.inline_queries[query.id] = query
            told = {"id": query.id, "from": user.as_json(), "query": query.query, "offset": offset}
            desk.updates.put("inline_query", told | {"chat_type": "private"})
    return Asking(desk, query)
