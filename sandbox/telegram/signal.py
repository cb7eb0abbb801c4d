"""One bell for everybody who waits for a change: threads (tests) and event loops (long polls, the page)."""

from __future__ import annotations

import asyncio
import contextlib
import threading
import time
from collections.abc import Callable
from typing import TypeVar

Found = TypeVar("Found")


class Signal:
    """Guards the state (``with signal.lock``) and tells of every change to it."""

    def __init__(self) -> None:
        self.lock = threading.RLock()
        self._changed = threading.Condition(self.lock)
        self._sleepers: set[tuple[asyncio.AbstractEventLoop, asyncio.Event]] = set()

    def ring(self) -> None:
        """Wake everybody who waits; call it after a change."""
        with self.lock:
            self._changed.notify_all()
            sleepers, self._sleepers = self._sleepers, set()
        for loop, event in sleepers:
            with contextlib.suppress(RuntimeError):  # that loop is closed: nobody waits there any more
                loop.call_soon_threadsafe(event.set)

    def wait_for(self, predicate: Callable[[], Found], timeout: float) -> Found:
        """Block this thread until ``predicate`` gives something true, and give that. Raises TimeoutError."""
        with self.lock:
            found = self._changed.wait_for(predicate, timeout)
        if not found:
            raise TimeoutError(f"it did not come true within {timeout} s")
        return found

    async def until(self, predicate: Callable[[], Found], timeout: float) -> Found:  # noqa: ASYNC109
        """The same for a coroutine; what the predicate gave last when the time is over (falsy then)."""
        ends = time.monotonic() + timeout
        while True:
            with self.lock:
                found = predicate()
                if found or time.monotonic() >= ends:
                    return found
                sleeper = (asyncio.get_running_loop(), asyncio.Event())
                self._sleepers.add(sleeper)
            try:
                async with asyncio.timeout(max(0.0, ends - time.monotonic())):
                    await sleeper[1].wait()
            except TimeoutError:
                continue
            finally:
                with self.lock:
                    self._sleepers.discard(sleeper)
