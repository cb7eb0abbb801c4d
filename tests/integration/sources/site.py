"""A site on loopback that answers exactly the bytes it is told to, and remembers what it was asked."""

from __future__ import annotations

import asyncio
import gzip
import ssl
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from email.message import Message
from email.parser import Parser

from sources.network import Origin


@dataclass(frozen=True, slots=True)
class Asked:
    """A request as it arrived."""

    path: str
    headers: Message
    method: str = "GET"


#: Writes an answer to a request; the connection is closed after it.
Answer = Callable[[Asked, asyncio.StreamWriter], Awaitable[None]]


@dataclass(slots=True)
class Site:
    """Answers the requests for a path with its answers in turn, the last one for ever; 404 for other paths.

    A path that is set without a query answers whatever the query is.
    """

    port: int = 0
    scheme: str = "http"
    answers: dict[str, list[Answer]] = field(default_factory=dict)
    asked: list[Asked] = field(default_factory=list)
    connections: int = 0
    talking: set[asyncio.Task[None]] = field(default_factory=set)

    @property
    def url(self) -> str:
        return f"{self.scheme}://127.0.0.1:{self.port}"

    @property
    def origin(self) -> Origin:
        return Origin.parse(self.url)

    def on(self, path: str, *answers: Answer) -> str:
        """Answer a path; returns its address."""
        self.answers[path] = list(answers)
        return f"{self.url}{path}"

    def accept(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.connections += 1
        talk = asyncio.create_task(self._talk(reader, writer))
        self.talking.add(talk)
        talk.add_done_callback(self.talking.discard)

    async def _talk(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
            line, _, fields = head.partition("\r\n")
            asked = Asked(line.split(" ")[1], Parser().parsestr(fields, headersonly=True), line.split(" ")[0])
            self.asked.append(asked)
            queue = self.answers.get(asked.path) or self.answers.get(asked.path.partition("?")[0], [status(404)])
            answer = queue.pop(0) if len(queue) > 1 else queue[0]
            await answer(asked, writer)
        except (asyncio.IncompleteReadError, ConnectionError):
            pass
        finally:
            writer.close()


@asynccontextmanager
async def site(tls: ssl.SSLContext | None = None) -> AsyncIterator[Site]:
    """A running site on a free port of 127.0.0.1."""
    running = Site(scheme="https" if tls else "http")
    server = await asyncio.start_server(running.accept, "127.0.0.1", 0, ssl=tls)
    running.port = server.sockets[0].getsockname()[1]
    try:
        yield running
    finally:
        server.close()
        talking = list(running.talking)
        for talk in talking:
            talk.cancel()
        await asyncio.gather(*talking, return_exceptions=True)


def status(code: int, headers: dict[str, str] | None = None, body: bytes = b"") -> Answer:
    """An answer with a status, headers and a body of stated length."""
    fields = {"Content-Length": str(len(body)), "Connection": "close", **(headers or {})}

    async def answer(asked: Asked, writer: asyncio.StreamWriter) -> None:
        head = "".join(f"{name}: {value}\r\n" for name, value in fields.items())
        writer.write(f"HTTP/1.1 {code} Status\r\n{head}\r\n".encode("latin-1") + body)
        await writer.drain()

    return answer


def ok(body: bytes, **headers: str) -> Answer:
    """An answer with status 200; underscores of header names are hyphens."""
    return status(200, {name.replace("_", "-"): value for name, value in headers.items()}, body)


def by_method(**answers: Answer) -> Answer:
    """Another answer for each method; 405 for the others."""

    async def answer(asked: Asked, writer: asyncio.StreamWriter) -> None:
        await answers.get(asked.method, status(405))(asked, writer)

    return answer


def redirect(to: str, code: int = 302) -> Answer:
    """A redirect."""
    return status(code, {"Location": to})


def validated(body: bytes, etag: str) -> Answer:
    """200 with an ETag, 304 to whoever has it."""

    async def answer(asked: Asked, writer: asyncio.StreamWriter) -> None:
        known = asked.headers.get("If-None-Match") == etag
        chosen = status(304, {"ETag": etag}) if known else ok(body, ETag=etag)
        await chosen(asked, writer)

    return answer


def zipped(body: bytes, cut: int | None = None) -> Answer:
    """A gzipped answer, cut off after so many bytes while its length is that of the cut."""
    return ok(gzip.compress(body)[:cut], Content_Encoding="gzip")


def endless(piece: bytes, pause: float) -> Answer:
    """An answer that never ends: a piece after each pause (seconds)."""

    async def answer(asked: Asked, writer: asyncio.StreamWriter) -> None:
        writer.write(b"HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n")
        while not writer.is_closing():
            writer.write(piece)
            await writer.drain()
            await asyncio.sleep(pause)

    return answer


def silent(seconds: float) -> Answer:
    """No answer for so long."""

    async def answer(asked: Asked, writer: asyncio.StreamWriter) -> None:
        await asyncio.sleep(seconds)

    return answer


def hung_up() -> Answer:
    """The connection is closed without an answer."""

    async def answer(asked: Asked, writer: asyncio.StreamWriter) -> None:
        writer.close()

    return answer
