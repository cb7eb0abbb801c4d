"""Presses that get no answer of their own are acknowledged all the same, a few a second: their buttons stop turning."""

from __future__ import annotations

import asyncio
from collections import OrderedDict, deque
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress

import structlog
from telegram import Update
from telegram.error import TelegramError

from morningpost.updates.lanes import Lane, lane_of

log = structlog.get_logger()

#: Between two acknowledgements, seconds: ten a second at most take nothing from anybody whose press is handled.
PAUSE = 0.1
#: So many persons may wait; of more, who waits longest is given up.
MOST_WAITING = 100
#: Of one person the newest so many wait.
OF_ONE = 10


class Dismissals:
    """The newest presses of each person wait, and all persons have their turns: who floods is heard no more often.

    ``acknowledge`` answers a press by Telegram's id, without words; it may raise TelegramError.
    """

    def __init__(self, acknowledge: Callable[[str], Awaitable[object]], pause: float = PAUSE) -> None:
        self._acknowledge = acknowledge
        self._pause = pause
        self._waiting: OrderedDict[Lane, deque[str]] = OrderedDict()
        self._something = asyncio.Event()

    def add(self, update: Update) -> None:
        """Let a press be acknowledged; anything else is passed over."""
        if update.callback_query is None:
            return
        presses = self._waiting.setdefault(lane_of(update), deque(maxlen=OF_ONE))
        presses.append(update.callback_query.id)
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
            try:
                await self._acknowledge(self._next())
            except TelegramError as error:
                log.info("button.answered_late", reason=str(error))
            await asyncio.sleep(self._pause)

    def _next(self) -> str:
        """The press whose turn it is; who has more of them waits behind everybody else."""
        lane, presses = self._waiting.popitem(last=False)
        press = presses.popleft()
        if presses:
            self._waiting[lane] = presses
        if not self._waiting:
            self._something.clear()
        return press
