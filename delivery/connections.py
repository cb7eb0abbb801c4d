"""The connections to Telegram, pooled and kept alive: one pool for all that a process asks of it.

The pool, TLS, proxies and the parser of answers are aiohttp's. One thing is ours, because it decides what becomes of a
message: whether a request has left when no answer comes.
"""

from __future__ import annotations

import asyncio
import select
import ssl
from dataclasses import dataclass
from functools import cached_property
from typing import Final, Self

import aiohttp
from aiohttp.client_proto import ResponseHandler
from aiohttp.client_reqrep import ClientRequest
from aiohttp.connector import Connection
from aiohttp.http_exceptions import HttpProcessingError
from aiohttp.streams import StreamReader
from yarl import URL

from delivery.bodies import Body
from delivery.proxies import ProxyUnusable, proxy_for, trusted_authorities

#: Connections at most. Paid broadcasts need rate x round trip of them: 1,000/s at 0.3 s.
CONNECTIONS: Final = 400
#: Seconds for a place in the pool, the name, the connection and TLS together.
CONNECTING: Final = 5.0
#: Seconds for an answer, given long: one that we did not wait for is a message that may be sent twice.
PATIENCE: Final = 20.0
#: An idle connection is used again for so long, seconds; servers and routers forget theirs after a minute or more.
_KEPT_ALIVE: Final = 30.0
#: No answer of Telegram is as long, bytes; the rest of a longer one is not read.
_LONGEST_ANSWER: Final = 2 * 2**20
#: So many pooled connections may turn out to be closed before a request gives up.
_TRIES: Final = 4

#: The peer has closed its half; Linux alone tells.
_HUNG_UP: Final[int] = getattr(select, "POLLRDHUP", 0)


class NeverLeft(Exception):
    """No byte of the request has left this machine."""


class NoAnswer(Exception):
    """The request left, at least in part, and no answer came back that can be read."""


class NotInTime(NoAnswer):
    """The request left, and the answer was not there in time."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back. ``body`` is empty where it broke off or was longer than any answer of Telegram."""

    status: int
    body: bytes


@dataclass(frozen=True)
class Endpoint:
    """An address that is asked again and again, prepared once. ``verb``: GET or POST."""

    url: URL
    verb: str = "POST"

    @cached_property
    def route(self) -> ClientRequest:
        """Where connections for it lead, and by which proxy; it holds nothing of the path, which has the token."""
        proxy = proxy_for(self.url)
        return ClientRequest(
            self.verb,
            self.url.origin(),
            loop=asyncio.get_running_loop(),
            proxy=None if proxy is None else proxy.origin(),
            proxy_headers=None if proxy is None else self._for_proxy(proxy),
        )

    def _for_proxy(self, proxy: URL) -> dict[str, str]:
        """Headers for the proxy; the host at once, for aiohttp adds it and would then take it for another proxy."""
        named = {"Host": self.url.host_port_subcomponent or ""}
        if proxy.user is not None:
            named["Proxy-Authorization"] = aiohttp.encode_basic_auth(proxy.user, proxy.password or "")
        return named

    @cached_property
    def _start(self) -> bytes:
        """Everything of a request's head that is always the same."""
        route, target, host = self.route, self.url.raw_path_qs, self.url.host_port_subcomponent
        headers = {"Host": host, "User-Agent": "morningpost"}
        if self.url.user is not None:
            headers["Authorization"] = aiohttp.encode_basic_auth(self.url.user, self.url.password or "")
        if route.proxy is not None and not route.is_ssl():
            target = str(self.url.with_user(None))
            headers.update(route.proxy_headers or {})
        lines = [f"{self.verb} {target} HTTP/1.1", *(f"{name}: {value}" for name, value in headers.items()), ""]
        return "\r\n".join(lines).encode("latin-1")

    def request(self, body: Body | None) -> bytes:
        """The bytes that ask it."""
        if body is None:
            return self._start + b"\r\n"
        head = b"Content-Type: %b\r\nContent-Length: %d\r\n\r\n" % (body.media_type, len(body.content))
        return self._start + head + body.content


class Connections:
    """A pool, from ``open`` to ``close`` (or ``async with``); both may be called again, by everyone who shares it.

    ``trust``: whose certificates count, by default the environment's. ``connecting``: seconds for a connection.
    """

    def __init__(
        self, trust: ssl.SSLContext | None = None, *, connections: int = CONNECTIONS, connecting: float = CONNECTING
    ) -> None:
        self._trust = trust
        self._limit = connections
        self._connecting = aiohttp.ClientTimeout(connect=connecting, sock_connect=connecting)
        self._connector: aiohttp.TCPConnector | None = None

    async def open(self) -> None:
        """Make ready; nothing is connected yet."""
        if self._connector is None:
            self._trust = self._trust or trusted_authorities()
            self._connector = aiohttp.TCPConnector(
                ssl=self._trust, limit=self._limit, keepalive_timeout=_KEPT_ALIVE, ttl_dns_cache=300
            )

    async def close(self) -> None:
        """Close every connection; what is under way ends without an answer."""
        connector, self._connector = self._connector, None
        if connector is not None:
            await connector.close()

    async def __aenter__(self) -> Self:
        await self.open()
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.close()

    async def ask(self, endpoint: Endpoint, body: Body | None = None, *, patience: float | None = PATIENCE) -> Answer:
        """Ask once, and return what came back, whatever its status; a redirect is an answer like any other.

        ``patience``: seconds for the answer once connected, None for ever. Raises NeverLeft, NoAnswer or NotInTime.
        """
        connection = await self._connected(endpoint)
        try:
            async with asyncio.timeout(patience):
                answer = await _exchanged(connection, endpoint.request(body))
        except TimeoutError:
            connection.close()
            raise NotInTime(f"no answer within {patience:.0f} s") from None
        except BaseException:
            connection.close()
            raise
        connection.release()
        return answer

    async def _connected(self, endpoint: Endpoint) -> Connection:
        """A connection that the server has not closed, as far as this machine can know."""
        for _ in range(_TRIES):
            connection = await self._connection(endpoint)
            if not _hung_up(connection):
                return connection
            connection.close()
            await asyncio.sleep(0)  # let the loop hear of all others that were closed
        raise NeverLeft("the server closes its connections")

    async def _connection(self, endpoint: Endpoint) -> Connection:
        if self._connector is None:
            raise RuntimeError("open the connections first")
        try:
            return await self._connector.connect(endpoint.route, [], self._connecting)
        except TimeoutError:
            raise NeverLeft(f"no connection within {self._connecting.connect:.0f} s") from None
        except ProxyUnusable as error:
            raise NeverLeft(str(error)) from None
        except (aiohttp.ClientError, OSError, ValueError) as error:  # never its text: a proxy's may have a password
            raise NeverLeft(f"no connection: {_name(error)}") from None


async def _exchanged(connection: Connection, request: bytes) -> Answer:
    protocol, transport = connection.protocol, connection.transport
    if protocol is None or transport is None:
        raise NeverLeft("the connection is closed")
    protocol.set_response_params(read_until_eof=True, auto_decompress=True)
    transport.write(request)
    if transport.is_closing():  # asyncio writes at once where it can: then nothing of it was taken
        raise NeverLeft("the connection was closed")
    try:
        return await _answer(protocol)
    except (aiohttp.ClientError, HttpProcessingError, aiohttp.EofStream, OSError) as error:
        raise NoAnswer(f"no answer: {_name(error)}") from None


async def _answer(protocol: ResponseHandler) -> Answer:
    message, payload = await protocol.read()
    while 100 <= message.code < 200 and message.code != 101:
        message, payload = await protocol.read()
    return Answer(message.code, await _read(payload))


async def _read(payload: StreamReader) -> bytes:
    """The whole body; nothing where it broke off or goes on for too long."""
    body = b""
    try:
        while not payload.at_eof() and len(body) <= _LONGEST_ANSWER:
            body += await payload.readany()
    except (aiohttp.ClientError, HttpProcessingError):
        return b""
    return body if len(body) <= _LONGEST_ANSWER else b""


def _hung_up(connection: Connection) -> bool:
    """Whether the server has closed the connection while it lay in the pool, though the loop has not heard of it."""
    transport = connection.transport
    if transport is None or transport.is_closing():
        return True
    if not _HUNG_UP:
        return False
    poll = select.poll()
    poll.register(transport.get_extra_info("socket").fileno(), _HUNG_UP)
    return bool(poll.poll(0))


def _name(error: BaseException) -> str:
    """What happened, in the words of the operating system where it has some."""
    words = error.strerror if isinstance(error, OSError) else None
    return words or type(error).__name__
