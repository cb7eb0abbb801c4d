"""Telling an operator what happened, without ever keeping a delivery waiting for it."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Coroutine
from typing import Any

import structlog

from delivery.ports import Notices
from domain.deliveries import BroadcastId, Delayed, Outcome, Refused, Unknown
from domain.ledger import Lease

log = structlog.get_logger()

#: How long the ledger may refuse before an operator hears of it, seconds.
_PATIENCE = 10.0


class Telling:
    """Notices in the background: one that fails is logged, and nothing else happens."""

    def __init__(self, notices: Notices, clock: Callable[[], float] = time.monotonic) -> None:
        self._notices = notices
        self._clock = clock
        self._under_way: set[asyncio.Task[None]] = set()
        self._refused_since: float | None = None
        self._told = False

    def finished(self, broadcast: BroadcastId) -> None:
        """Every row has come to an end."""
        log.info("broadcast.finished", broadcast=broadcast)
        self._tell(self._notices.finished(broadcast))

    def stopped(self, broadcast: BroadcastId) -> None:
        """Its content was refused."""
        log.error("broadcast.stopped", broadcast=broadcast)
        self._tell(self._notices.stopped(broadcast))

    def channel(self, lease: Lease, outcome: Outcome) -> None:
        """The channel's copy came to some end, or is tried again."""
        if isinstance(outcome, Refused | Unknown):
            log.error("channel.failed", outcome=type(outcome).__name__, reason=outcome.reason)
            self._tell(self._notices.channel_failed(lease, outcome))

    def flooded(self, told: Delayed) -> None:
        """Telegram told us to wait, a chat or everyone."""
        log.warning("telegram.flooded", reason=told.reason, seconds=told.seconds, everyone=told.everyone)

    def wire_closed(self, reason: str) -> None:
        """The token was refused."""
        log.error("wire.closed", reason=reason)
        self._tell(self._notices.wire_closed(reason))

    def rich_missing(self) -> None:
        """The server is too old for rich messages."""
        log.warning("rich.missing")
        self._tell(self._notices.rich_missing())

    def ledger_refused(self, reason: str, pause: float) -> None:
        """The database refused once more; told once it has lasted."""
        log.warning("ledger.refused", reason=reason, again_in=pause)
        now = self._clock()
        if self._refused_since is None:
            self._refused_since = now
        if now - self._refused_since >= _PATIENCE and not self._told:
            self._told = True
            self._tell(self._notices.ledger_unreachable(reason))

    def ledger_answered(self) -> None:
        """The database is there."""
        self._refused_since = None
        self._told = False

    async def finish(self) -> None:
        """Let what is being told be told."""
        if self._under_way:
            await asyncio.wait(self._under_way, timeout=5.0)

    def _tell(self, notice: Coroutine[Any, Any, None]) -> None:
        task = asyncio.create_task(notice)
        self._under_way.add(task)
        task.add_done_callback(self._told_it)

    def _told_it(self, task: asyncio.Task[None]) -> None:
        self._under_way.discard(task)
        if not task.cancelled() and (error := task.exception()) is not None:
            log.error("notice.failed", exc_info=error)
