"""An event loop whose time is a number: it jumps to the next timer instead of sleeping, so a minute takes a moment."""

from __future__ import annotations

import asyncio
import selectors
from collections.abc import Callable, Coroutine
from concurrent.futures import Executor
from typing import Any, TypeVar

Result = TypeVar("Result")


class _Jumping(selectors.SelectSelector):
    def __init__(self) -> None:
        super().__init__()
        self.now = 0.0

    def select(self, timeout: float | None = None) -> list[tuple[selectors.SelectorKey, int]]:
        if timeout is None:
            raise AssertionError("nothing will ever happen again")
        self.now += max(0.0, timeout)
        return super().select(0)


class VirtualLoop(asyncio.SelectorEventLoop):
    """Timers ring in their order without waiting; what is given to a thread is done on the spot."""

    def __init__(self) -> None:
        self._jumping = _Jumping()
        super().__init__(self._jumping)

    def time(self) -> float:
        return self._jumping.now

    def pass_time(self, seconds: float) -> None:
        """The process stands still for so long, as if it had been stopped."""
        self._jumping.now += seconds

    def run_in_executor(  # type: ignore[override]  # nothing here runs beside the loop
        self, executor: Executor | None, func: Callable[..., Result], *args: Any
    ) -> asyncio.Future[Result]:
        done = self.create_future()
        try:
            done.set_result(func(*args))
        except Exception as error:  # noqa: BLE001  # as an executor does, whatever it is
            done.set_exception(error)
        return done


def live(story: Callable[[VirtualLoop], Coroutine[Any, Any, Result]]) -> Result:
    """Run a story from its beginning at 0.0 to its end."""
    loop = VirtualLoop()
    try:
        return loop.run_until_complete(story(loop))
    finally:
        loop.run_until_complete(loop.shutdown_asyncgens())
        loop.close()
