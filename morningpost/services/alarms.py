"""Alarms: what is wrong is told once, and that it is over is told, too, whoever looks and whoever was restarted."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Collection, Sequence
from datetime import datetime, timedelta
from typing import Final, Protocol

from domain.alarms import Alarm, Standing

#: What is told of an alarm: the words, in plain text.
Tell = Callable[[str], Awaitable[None]]

#: So long others wait for whoever is about to tell an alarm; killed in the middle, it may be told twice.
LEASE: Final = timedelta(minutes=1)


class Book(Protocol):
    """What stands and was told. Synchronous; every method raises StorageError."""

    def standing(self, places: Collection[str]) -> Sequence[Standing]:
        """The alarms of some places that stand."""
        ...

    def take_raised(self, alarm: Alarm, now: datetime, until: datetime) -> bool:
        """Take an alarm to tell it; False when it was told, or another is at it."""
        ...

    def raised(self, alarm: Alarm, at: datetime) -> None:
        """Note that it was told."""
        ...

    def take_over(self, alarm: Alarm, now: datetime, until: datetime) -> bool:
        """Take an alarm that is over to tell that; False when another is at it."""
        ...

    def over(self, alarm: Alarm) -> None:
        """Note that it was told that it is over."""
        ...


class Alarms:
    """Compares what is wrong now with what was told. ``look`` and the ``book`` are called off the event loop.

    ``place``: this machine; what is wrong on another one only that one can see, and see end.
    """

    def __init__(  # noqa: PLR0917 - what is looked at, where it is kept, who is told, and when and where it is
        self,
        look: Callable[[], Collection[Alarm]],
        book: Book,
        raised: Tell,
        over: Tell,
        clock: Callable[[], datetime],
        place: str,
    ) -> None:
        self._look = look
        self._book = book
        self._raised = raised
        self._over = over
        self._clock = clock
        self._places = ("", place)

    async def sweep(self, _: datetime) -> bool:
        """Tell what is wrong and was not before, and what was and is not any more. A job of the timetable."""
        found = {(alarm.what, alarm.place): alarm for alarm in await asyncio.to_thread(self._look)}
        for standing in await asyncio.to_thread(self._book.standing, self._places):
            if (standing.alarm.what, standing.alarm.place) not in found:
                await self._end(standing)
        for alarm in found.values():
            await self._raise(alarm)
        return True

    async def _raise(self, alarm: Alarm) -> None:
        now = self._clock()
        if await asyncio.to_thread(self._book.take_raised, alarm, now, now + LEASE):
            await self._raised(f"{_named(alarm)}: {alarm.why}")
            await asyncio.to_thread(self._book.raised, alarm, self._clock())

    async def _end(self, standing: Standing) -> None:
        now = self._clock()
        if await asyncio.to_thread(self._book.take_over, standing.alarm, now, now + LEASE):
            if standing.told_at is not None:
                since = f"{standing.since:%d %B, %H:%M} UTC"
                await self._over(f"{_named(standing.alarm)} is well again; it was not since {since}.")
            await asyncio.to_thread(self._book.over, standing.alarm)


class Once:
    """Tells something once, whichever process comes to it; ``place`` is no machine, and nobody tells of its end."""

    def __init__(self, book: Book, clock: Callable[[], datetime], place: str) -> None:
        self._book = book
        self._clock = clock
        self._place = place

    async def tell(self, what: str, telling: Callable[[], Awaitable[None]]) -> None:
        """Tell it, unless that was done, or another is at it."""
        alarm, now = Alarm(what, "", self._place), self._clock()
        if await asyncio.to_thread(self._book.take_raised, alarm, now, now + LEASE):
            await telling()
            await asyncio.to_thread(self._book.raised, alarm, self._clock())


def _named(alarm: Alarm) -> str:
    return f"{alarm.what} of {alarm.place}" if alarm.place else alarm.what
