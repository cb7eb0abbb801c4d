"""A server on loopback that stands for Telegram and does to a connection exactly what it is told."""

from __future__ import annotations

import asyncio
import json
import ssl
import struct
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from email.message import Message
from email.parser import Parser
from socket import SO_LINGER, SOL_SOCKET
from typing import Any

TOKEN = "700000001:AAE-a_token_that_must_never_be_seen_000"
ME = {"id": 700000001, "is_bot": True, "first_name": "Post", "username": "post_bot"}
MESSAGE = {"message_id": 42, "date": 1795219200, "chat": {"id": 1, "type": "private"}}


@dataclass(frozen=True, slots=True)
class Asked:
    """A request as it arrived. ``connection`` counts from 1."""

    verb: str
    target: str
    headers: Message
    body: bytes
    connection: int

    @property
    def method(self) -> str:
        return self.target.rpartition("/")[2]

    @property
    def json(self) -> dict[str, Any]:
        values: dict[str, Any] = json.loads(self.body)
        return values


#: Answers a request, or does something else to it; the connection stays open unless it closes it.
Act = Callable[[Asked, asyncio.StreamWriter], Awaitable[None]]


@dataclass(slots=True)
class Peer:
    """Does its ``acts`` in turn, one for each request, the last for ever; ``url`` has no path."""

    acts: list[Act] = field(default_factory=list)
    asked: list[Asked] = field(default_factory=list)
    connections: int = 0
    url: str = ""
    talking: set[asyncio.Task[None]] = field(default_factory=set)
    writers: list[asyncio.StreamWriter] = field(default_factory=list)

    @property
    def bot(self) -> str:
        """The bot's address."""
        return f"{self.url}/bot{TOKEN}"

    def does(self, *acts: Act) -> None:
        self.acts = list(acts)

    async def accept(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.connections += 1
        self.writers.append(writer)
        task = asyncio.current_task()
        assert task is not None
        self.talking.add(task)
        try:
            await self._talk(reader, writer, self.connections)
        except (asyncio.IncompleteReadError, ConnectionError, ssl.SSLError):
            pass
        finally:
            self.talking.discard(task)
            writer.close()

    async def _talk(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, number: int) -> None:
        while not writer.is_closing():
            line, _, fields = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").partition("\r\n")
            headers = Parser().parsestr(fields, headersonly=True)
            body = await reader.readexactly(int(headers.get("Content-Length", "0")))
            verb, target, _ = line.split(" ")
            asked = Asked(verb, target, headers, body, number)
            self.asked.append(asked)
            act = self.acts.pop(0) if len(self.acts) > 1 else self.acts[0]
            await act(asked, writer)


@asynccontextmanager
async def peer(tls: ssl.SSLContext | None = None) -> AsyncIterator[Peer]:
    """A running peer on a free port of 127.0.0.1."""
    running = Peer([says(ok(MESSAGE))])
    server = await asyncio.start_server(running.accept, "127.0.0.1", 0, ssl=tls)
    running.url = f"{'https' if tls else 'http'}://127.0.0.1:{server.sockets[0].getsockname()[1]}"
    try:
        yield running
    finally:
        server.close()
        for task in list(running.talking):
            task.cancel()
        await asyncio.gather(*running.talking, return_exceptions=True)


def ok(result: object) -> tuple[int, bytes]:
    return 200, json.dumps({"ok": True, "result": result}).encode()


def refusal(code: int, description: str, **parameters: object) -> tuple[int, bytes]:
    body: dict[str, object] = {"ok": False, "error_code": code, "description": description}
    if parameters:
        body["parameters"] = parameters
    return code, json.dumps(body).encode()


def says(answer: tuple[int, bytes], *headers: str) -> Act:
    """Answer properly, with a length."""
    status, body = answer
    return sends(head(status, f"Content-Length: {len(body)}", *headers) + body)


def head(status: int, *headers: str) -> bytes:
    return "\r\n".join([f"HTTP/1.1 {status} Whatever", *headers, "", ""]).encode()


def sends(data: bytes) -> Act:
    """Send bytes as they are, and keep the connection."""

    async def act(_: Asked, writer: asyncio.StreamWriter) -> None:
        writer.write(data)
        await writer.drain()

    return act


def then_closes(act: Act) -> Act:
    """Do something, and close the connection in order."""

    async def both(asked: Asked, writer: asyncio.StreamWriter) -> None:
        await act(asked, writer)
        writer.close()

    return both


def then_resets(act: Act) -> Act:
    """Do something, and cut the connection (RST)."""

    async def both(asked: Asked, writer: asyncio.StreamWriter) -> None:
        await act(asked, writer)
        writer.get_extra_info("socket").setsockopt(SOL_SOCKET, SO_LINGER, struct.pack("ii", 1, 0))
        writer.transport.abort()

    return both


async def is_silent(_: Asked, __: asyncio.StreamWriter) -> None:
    """Answer nothing, and keep the connection."""
