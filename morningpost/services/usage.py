"""What readers use of the paper, counted in memory and written every few seconds; who is killed loses those seconds."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager, suppress
from datetime import date, datetime
from typing import Protocol

import structlog
from telegram import Update

from domain.errors import StorageError
from domain.readers import ChatId
from domain.usage import PageView

log = structlog.get_logger()

#: Written so often, seconds.
EVERY = 5.0

#: So many who were seen today are known; of more, some are written once more than needed.
MOST_KNOWN = 50_000


class Store(Protocol):
    """Where the counts are kept. Synchronous; raises StorageError."""

    def note(self, views: Mapping[PageView, int], seen: Mapping[ChatId, date]) -> frozenset[ChatId]:
        """Add openings, and note who was seen on which day; returns the chats that are to be noted again."""
        ...


class Tally:
    """Counts without waiting; of one event loop. Implements the bot's Usage."""

    def __init__(self, store: Store, clock: Callable[[], datetime]) -> None:
        self._store = store
        self._clock = clock
        self._views: Counter[PageView] = Counter()
        self._seen: dict[ChatId, date] = {}
        self._known: set[ChatId] = set()
        self._known_on = date.min
        self._closing = asyncio.Event()

    def opened(self, issue_date: date, page: str) -> None:
        """Count the opening of a page."""
        self._views[PageView(self._clock().date(), issue_date, page)] += 1

    def seen(self, update: Update) -> None:
        """Note that the chat which an update speaks for pressed or wrote today; once a day is enough."""
        chat = who_acts(update)
        if chat is None:
            return
        today = self._clock().date()
        if today != self._known_on or len(self._known) >= MOST_KNOWN:
            self._known.clear()
            self._known_on = today
        if chat not in self._known:
            self._known.add(chat)
            self._seen[chat] = today

    @asynccontextmanager
    async def at_work(self) -> AsyncIterator[None]:
        """Write what is counted, and at the end what is left."""
        writing = asyncio.create_task(self._write_on())
        try:
            yield
        finally:
            self._closing.set()
            await writing

    async def _write_on(self) -> None:
        while not self._closing.is_set():
            with suppress(TimeoutError):
                await asyncio.wait_for(self._closing.wait(), EVERY)
            await self.write()

    async def write(self) -> None:
        """Write what is counted so far; what can't be written is counted on."""
        if not self._views and not self._seen:
            return
        views, self._views = self._views, Counter()
        seen, self._seen = self._seen, {}
        try:
            left = await asyncio.to_thread(self._store.note, views, seen)
        except StorageError as error:
            log.warning("usage.not_written", openings=views.total(), chats=len(seen), reason=str(error))
            self._views.update(views)
            left = frozenset(seen)
        self._seen = {chat: seen[chat] for chat in left} | self._seen


def who_acts(update: Update) -> ChatId | None:
    """The chat on whose behalf somebody wrote or pressed; None for what Telegram tells of itself.

    Outside of chats (inline queries, votes in polls) it is the person's own, which has his number.
    """
    if update.my_chat_member is not None or update.message_reaction_count is not None:
        return None
    whose = update.effective_chat or update.effective_user
    return ChatId(whose.id) if whose is not None else None
