"""Presses that get no answer of their own are acknowledged all the same, a few a second: their buttons stop turning."""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress

import structlog
from telegram import Update
from telegram.error import TelegramError

from morningpost.updates_lanes import Lane, lane_of

log = structlog.get_logger()

#: Between two acknowledgements, seconds: ten a second at most take nothing from anybody whose press is handled.
PAUSE = 0.1
#: So many persons may wait; of more, who waits longest is given up, as his Telegram has by then.
MOST_WAITING = 100


class Dismissals:
    """Of each person the newest press waits, and no person waits twice: who floods is heard no more often than others.

    ``acknowledge`` answers a press by Telegram's id, without words; it may raise TelegramError.
    """

    def __init__(self, acknowledge: Callable[[str], Awaitable[object]], pause: float = PAUSE) -> None:
        self._acknowledge = acknowledge
        self._pause = pause
        self._waiting: OrderedDict[Lane, str] = OrderedDict()
        self._something = asyncio.Event()

    def add(self, update: Update) -> None:
        """Let a press be acknowledged; anything else is passed over."""
        if update.callback_query is None:
            return
        self._waiting[lane_of(update)] = update.callback_query.id  # in the place that the person has already
        if len(self._waiting) > MOST_WAITING:
            self._waiting.popitem(last=False)
        self._something.set()

    @asynccontextmanager
    async def at_work(self) -> AsyncIterator[None]:
        """Acknowledge what comes; what waits at the end is left."""
        walking = asyncio.create_task(self._walk())
        try:
            yield
        finally:
            walking.cancel()
            with suppress(asyncio.CancelledError):
                await walking

    async def _walk(self) -> None:
        while True:
            await self._something.wait()
            _, press = self._waiting.popitem(last=False)
            if not self._waiting:
                self._something.clear()
            try:
                await self._acknowledge(press)
            except TelegramError as error:
                log.info("button.answered_late", reason=str(error))
            await asyncio.sleep(self._pause)
