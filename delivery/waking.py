"""A sleep that can be cut short, at once or by some moment, also by a word that was said before it began."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from math import inf


class Waking:
    """One sleeper's alarm. ``clock``: steady seconds."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._rung = asyncio.Event()
        self._timer: asyncio.TimerHandle | None = None
        self._at = inf

    def reset(self) -> None:
        """Forget what was said so far: the sleeper is about to look for himself."""
        self._rung.clear()
        self._stop()

    def now(self) -> None:
        """Sleep no longer."""
        self._rung.set()

    def by(self, moment: float) -> None:
        """Sleep no longer than until then."""
        if moment < self._at:
            self._stop()
            self._at = moment
            self._timer = asyncio.get_running_loop().call_later(max(0.0, moment - self._clock()), self._rung.set)

    async def sleep(self, until: float) -> None:
        """Sleep until then, or until woken."""
        self.by(until)
        await self._rung.wait()
        self._stop()

    def _stop(self) -> None:
        self._at = inf
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
