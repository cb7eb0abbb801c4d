"""A proxy on loopback: it tunnels what it is asked to tunnel, and remembers what it was asked."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field

from tests.integration.delivery.peer import MESSAGE, head, ok


@dataclass(slots=True)
class Proxy:
    """``heads`` are the heads of the requests that came; ``status`` is what it answers to CONNECT."""

    status: int = 200
    heads: list[str] = field(default_factory=list)
    address: str = ""
    pipes: set[asyncio.Task[None]] = field(default_factory=set)

    async def accept(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with suppress(asyncio.IncompleteReadError, ConnectionError):
            asked = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
            self.heads.append(asked)
            verb, target, _ = asked.split(" ", 2)
            if verb == "CONNECT" and self.status == 200:
                await self._tunnel(target, reader, writer)
            else:  # it stands for the server that it would ask
                status, body = (self.status, b"") if verb == "CONNECT" else ok(MESSAGE)
                writer.write(head(status, f"Content-Length: {len(body)}") + body)
                await writer.drain()
        writer.close()

    async def _tunnel(self, target: str, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        host, _, port = target.rpartition(":")
        there, back = await asyncio.open_connection(host, int(port))
        writer.write(head(200))
        ways = (_pipe(reader, back), _pipe(there, writer))
        tasks = {asyncio.create_task(way) for way in ways}
        self.pipes |= tasks
        await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
        back.close()


async def _pipe(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    with suppress(ConnectionError):
        while data := await reader.read(65536):
            writer.write(data)
            await writer.drain()


@asynccontextmanager
async def proxy() -> AsyncIterator[Proxy]:
    """A running proxy on a free port of 127.0.0.1; ``address`` is its host and port."""
    running = Proxy()
    server = await asyncio.start_server(running.accept, "127.0.0.1", 0)
    running.address = f"127.0.0.1:{server.sockets[0].getsockname()[1]}"
    try:
        yield running
    finally:
        server.close()
        for pipe in running.pipes:
            pipe.cancel()
        await asyncio.gather(*running.pipes, return_exceptions=True)
