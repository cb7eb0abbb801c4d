"""Alarms: what is wrong is told once, and that it is over is told, too."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime

#: What is told of an alarm: the words, in Telegram's HTML.
Tell = Callable[[str], Awaitable[None]]


class Alarms:
    """Compares what is wrong now with what was told. ``look`` is called off the event loop."""

    def __init__(self, look: Callable[[], Mapping[str, str]], raised: Tell, over: Tell) -> None:
        self._look = look
        self._raised = raised
        self._over = over
        self._standing: dict[str, str] = {}

    async def sweep(self, _: datetime) -> bool:
        """Tell what is wrong and was not before, and what was and is not any more. A job of the timetable."""
        found = await asyncio.to_thread(self._look)
        for what in [what for what in self._standing if what not in found]:
            del self._standing[what]
            await self._over(what)
        for what, why in found.items():
            if what not in self._standing:
                self._standing[what] = why
                await self._raised(f"{what}: {why}")
        return True
