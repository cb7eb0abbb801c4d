"""``python -m benchmarks.receiver CONDITIONS``: print the port, and receive until terminated."""

from __future__ import annotations

import asyncio
import gc
import signal
import sys

from benchmarks.receiver.api import Api
from benchmarks.receiver.conditions import Conditions
from benchmarks.receiver.http import Connection


class Site:
    """The listening socket, which an outage closes and opens again on its port."""

    def __init__(self, conditions: Conditions) -> None:
        self._faults = conditions.faults
        self._host = conditions.host
        self._loop = asyncio.get_running_loop()
        self._api = Api(conditions, self._loop)
        self._api.began = self._plan
        self._connections: set[Connection] = set()
        self._server: asyncio.Server | None = None
        self._under_way: set[asyncio.Task[None]] = set()
        self.port = 0

    async def open(self) -> None:
        """Listen."""
        self._server = await self._loop.create_server(
            lambda: Connection(self._api.handle, self._connections), self._host, self.port, backlog=4096
        )
        self.port = self._server.sockets[0].getsockname()[1]

    def _plan(self) -> None:
        """The first message has come: what is to happen later is timed from here."""
        if self._faults.lowered_at is not None:
            self._loop.call_later(self._faults.lowered_at, self._api.lower)
        if self._faults.outage_at is not None:
            self._loop.call_later(self._faults.outage_at, self._begin_outage)

    def _begin_outage(self) -> None:
        task = self._loop.create_task(self._outage())
        self._under_way.add(task)
        task.add_done_callback(self._under_way.discard)

    async def _outage(self) -> None:
        if self._server is not None:
            self._server.close()
        for connection in list(self._connections):
            connection.break_off()
        await asyncio.sleep(self._faults.outage_seconds)
        await self.open()


async def serve(conditions: Conditions) -> None:
    """Receive until terminated."""
    terminated = asyncio.Event()
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, terminated.set)
    site = Site(conditions)
    await site.open()
    print(site.port, flush=True)
    await terminated.wait()


if __name__ == "__main__":
    gc.freeze()
    gc.set_threshold(100_000, 50, 50)  # a pause of ours would look like latency
    asyncio.run(serve(Conditions.from_json(sys.argv[1])))
