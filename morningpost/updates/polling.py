"""Asking Telegram for updates, again and again; what was kept is confirmed by the next question."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

import structlog
from telegram import Bot
from telegram.error import RetryAfter, TelegramError

from bot.application import ALLOWED_UPDATES
from domain.errors import StorageError
from morningpost.updates.taking import Full, Intake

log = structlog.get_logger()

#: Telegram holds the line so long when there is nothing to tell, seconds.
_HELD = 25
_FIRST_PAUSE, _LONGEST_PAUSE = 0.5, 30.0


@asynccontextmanager
async def polling(bot: Bot, intake: Intake) -> AsyncIterator[None]:
    """Ask for updates meanwhile."""
    asking = asyncio.create_task(_Poller(bot, intake).run())
    try:
        yield
    finally:
        asking.cancel()
        with suppress(asyncio.CancelledError):
            await asking


class _Poller:
    def __init__(self, bot: Bot, intake: Intake) -> None:
        self._bot = bot
        self._intake = intake
        self._next: int | None = None
        self._webhook_gone = False

    async def run(self) -> None:
        """Ask until cancelled, whatever happens; after a failure later and later."""
        pause = _FIRST_PAUSE
        while True:
            try:
                await self._ask()
            except (TelegramError, StorageError, Full) as error:
                pause = max(pause, _asked(error))
                log.warning("updates.not_fetched", reason=str(error) or type(error).__name__, again_in=pause)
                await asyncio.sleep(pause)
                pause = min(2 * pause, _LONGEST_PAUSE)
            else:
                pause = _FIRST_PAUSE

    async def _ask(self) -> None:
        if not self._webhook_gone:
            await self._bot.delete_webhook(drop_pending_updates=False)
            self._webhook_gone = True
        updates = await self._bot.get_updates(
            offset=self._next, limit=100, timeout=_HELD, allowed_updates=ALLOWED_UPDATES
        )
        if updates:
            await self._intake.take([update.to_dict() for update in updates])
            self._next = updates[-1].update_id + 1


def _asked(error: Exception) -> float:
    """Seconds that Telegram asks us to wait."""
    if not isinstance(error, RetryAfter):
        return 0.0
    wait = error.retry_after
    return float(wait) if isinstance(wait, int) else wait.total_seconds()
