"""The register of updates: what became of each is kept together with what became of the others meanwhile."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Protocol

import structlog

from domain.errors import StorageError
from domain.updates import Incoming, Inheritance, Kept, Progress

log = structlog.get_logger()

#: How long an update belongs to a process that says nothing more; it says something every third of that.
LEASE = timedelta(seconds=15)
#: Telegram repeats an update for a day at most; after two its number may be forgotten.
REMEMBERED = timedelta(days=2)

_AGAIN = 1.0  # seconds


class TakenOver(BaseException):
    """Another process answers this update, for ours said nothing for too long: handling it ends here, silently."""


class Store(Protocol):
    """Where updates are kept. Synchronous; every method raises StorageError."""

    def keep(self, progress: Progress, worker: str, now: datetime, until: datetime) -> Kept:
        """Write a progress down in one transaction."""
        ...

    def renew(self, worker: str, until: datetime) -> None:
        """Keep what a worker has not ended yet for longer."""
        ...

    def release(self, worker: str, now: datetime) -> None:
        """Give what a worker has not begun to whoever comes next."""
        ...

    def holders(self) -> Sequence[str]:
        """The workers that hold updates which are not ended."""
        ...

    def inherit(self, worker: str, dead: Sequence[str], now: datetime, until: datetime) -> Inheritance:
        """Take over what others left behind."""
        ...

    def prune(self, before: datetime) -> int:
        """Forget the numbers of updates that were ended before a moment."""
        ...


@dataclass(slots=True)
class _Page:
    """What waits to be written, and who waits for that."""

    taken: list[Incoming] = field(default_factory=list)
    begun: list[int] = field(default_factory=list)
    ended: list[int] = field(default_factory=list)
    written: asyncio.Future[Kept] = field(default_factory=lambda: asyncio.get_running_loop().create_future())


class Register:
    """Writes while the last writing lasts are written together: two hundred commands a second cost a dozen commits.

    Of one process, ``worker``. ``run`` writes; without it everybody waits.
    """

    def __init__(self, store: Store, worker: str, clock: Callable[[], datetime], lease: timedelta = LEASE) -> None:
        self.store = store
        self.worker = worker
        self.clock = clock
        self.lease = lease
        self._closed = False
        self._page: _Page | None = None
        self._something = asyncio.Event()

    async def take(self, updates: Sequence[Incoming]) -> frozenset[int]:
        """Keep updates; returns the numbers of those that nobody had taken before. Raises StorageError."""
        page = self._open_page()
        known = {each.number for each in page.taken}  # by someone else, who is told the same page
        own = [each for each in updates if each.number not in known]
        page.taken.extend(own)
        return (await asyncio.shield(page.written)).new & {each.number for each in own}

    async def begin(self, number: int) -> None:
        """Note that the answer to an update is about to leave. Raises StorageError, TakenOver."""
        page = self._open_page()
        page.begun.append(number)
        if number not in (await asyncio.shield(page.written)).ours:
            raise TakenOver

    def end(self, number: int) -> None:
        """Note that an update was handled; nobody waits for that."""
        self._open_page().ended.append(number)

    async def run(self) -> None:
        """Write until closed, and then what is left."""
        while not self._closed or self._page is not None:
            await self._something.wait()
            await self._write()

    def close(self) -> None:
        """Let ``run`` end."""
        self._closed = True
        self._something.set()

    def _open_page(self) -> _Page:
        if self._page is None:
            self._page = _Page()
            self._something.set()
        return self._page

    async def _write(self) -> None:
        page, self._page = self._page, None
        self._something.clear()
        if page is None:
            return
        now = self.clock()
        progress = Progress(page.taken, page.begun, page.ended)
        try:
            kept = await asyncio.to_thread(self.store.keep, progress, self.worker, now, now + self.lease)
        except StorageError as error:
            self._failed(page, error)
        else:
            page.written.set_result(kept)

    def _failed(self, page: _Page, error: StorageError) -> None:
        """Whoever waits is told; what nobody waits for is written with the next, a little later."""
        log.warning("updates.not_kept", reason=str(error))
        page.written.set_exception(error)
        page.written.exception()  # perhaps nobody waits
        if page.ended:
            asyncio.get_running_loop().call_later(_AGAIN, lambda: self._open_page().ended.extend(page.ended))
