"""Runs an ASGI application in a thread of its own on a free port of 127.0.0.1, for tests, the demo and benchmarks."""

from __future__ import annotations

import asyncio
import socket
import threading
from contextlib import suppress
from types import TracebackType
from typing import Final, Self

import uvicorn
from starlette.types import ASGIApp, Receive, Scope, Send

#: Seconds that answers under way get to finish when the server stops; then their connections are closed.
GRACE: Final = 0.2

#: Between two looks at the clock, for the date in every answer, seconds; uvicorn counts on it.
_TICK: Final = 0.1


class NotServing(RuntimeError):
    """The server is not running: it was not started, or it could not start (the cause says why)."""


class Serving:
    """A server for one application, from ``start`` (or ``with``, ``async with``) to ``stop``.

    It has its own thread and event loop; it logs no access. ``port`` 0 takes a free one. A stopped server can be
    started again on the port it had, so that a test can play an outage. Raises NotServing when the application's
    lifespan fails at the start, OSError when the port is taken.
    """

    def __init__(self, app: ASGIApp, *, host: str = "127.0.0.1", port: int = 0) -> None:
        self._app = app
        self._host = host
        self._port = port
        self._server: _Server | None = None
        self._thread: threading.Thread | None = None

    @property
    def url(self) -> str:
        """The base address, ``http://127.0.0.1:43211``; known once started, and kept after the stop."""
        if not self._port:
            raise NotServing("start the server before asking for its address")
        return f"http://{self._host}:{self._port}"

    @property
    def port(self) -> int:
        """The port, 0 before the first start."""
        return self._port

    def start(self) -> Self:
        """Start, and return when requests are answered."""
        if self._thread is not None:
            return self
        listener = _listener(self._host, self._port)
        self._port = listener.getsockname()[1]
        self._server = _Server(self._app)
        self._thread = threading.Thread(
            target=self._server.run_on, args=(listener,), name=f"serving-{self._port}", daemon=True
        )
        self._thread.start()
        self._server.ready.wait()
        if not self._server.started:
            self.stop()
            raise NotServing("the application did not start; its own error is in the log")
        return self

    def stop(self) -> None:
        """Stop: answers under way get ``GRACE`` seconds, then every connection is closed."""
        if self._server is None or self._thread is None:
            return
        self._server.end()
        self._thread.join()
        self._server = self._thread = None

    def __enter__(self) -> Self:
        return self.start()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    async def __aenter__(self) -> Self:
        return await asyncio.to_thread(self.start)

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await asyncio.to_thread(self.stop)


def _listener(host: str, port: int) -> socket.socket:
    # Named TCP, or asyncio does not switch Nagle's algorithm off and every second answer waits 40 ms for an ACK.
    listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    try:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind((host, port))
    except OSError:
        listener.close()
        raise
    return listener


class _Server(uvicorn.Server):
    """uvicorn, which says when it is ready and does not wait for ever for answers that hang on purpose."""

    def __init__(self, app: ASGIApp) -> None:
        super().__init__(
            uvicorn.Config(
                self._quiet,
                loop="asyncio",
                http="h11",
                ws="none",
                interface="asgi3",
                log_config=None,
                access_log=False,
                proxy_headers=False,
                server_header=False,
            )
        )
        self._served = app
        self.ready = threading.Event()
        self._loop: asyncio.AbstractEventLoop | None = None
        self._ending = asyncio.Event()

    def run_on(self, listener: socket.socket) -> None:
        """Serve until ``should_exit``; the body of the thread."""
        try:
            self.run(sockets=[listener])
        except SystemExit:  # the lifespan failed: uvicorn has logged why
            self.started = False
        finally:
            listener.close()
            self.ready.set()

    def end(self) -> None:
        """Stop serving, at once and not at uvicorn's next look at the clock, which a thousand tests would wait for."""
        self.should_exit = True
        if self._loop is not None and not self._loop.is_closed():
            self._loop.call_soon_threadsafe(self._ending.set)

    async def main_loop(self) -> None:
        self._loop = asyncio.get_running_loop()
        ticks = 0
        while not self.should_exit and not await self.on_tick(ticks):
            ticks += 1
            with suppress(TimeoutError):
                async with asyncio.timeout(_TICK):
                    await self._ending.wait()

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        self.ready.set()

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        for server in self.servers:
            server.close()
        for connection in list(self.server_state.connections):
            connection.shutdown()
        if self.server_state.tasks:
            await asyncio.wait(self.server_state.tasks, timeout=GRACE)
        for connection in list(self.server_state.connections):
            connection.transport.close()
        for task in list(self.server_state.tasks):
            task.cancel()
        await self.lifespan.shutdown()

    async def _quiet(self, scope: Scope, receive: Receive, send: Send) -> None:
        try:
            await self._served(scope, receive, send)
        except asyncio.CancelledError:
            if not self.should_exit:
                raise
