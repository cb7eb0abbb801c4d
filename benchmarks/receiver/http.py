"""As little HTTP/1.1 as clients of the Bot API speak: requests with a length or in chunks, answers with a length."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Callable

_LENGTH = re.compile(rb"\r\ncontent-length:\s*(\d+)", re.IGNORECASE)
_CHUNKED = re.compile(rb"\r\ntransfer-encoding:\s*chunked", re.IGNORECASE)
_EXPECTS = re.compile(rb"\r\nexpect:\s*100-continue", re.IGNORECASE)
_REASONS = {
    200: b"OK",
    400: b"Bad Request",
    403: b"Forbidden",
    404: b"Not Found",
    429: b"Too Many Requests",
    502: b"Bad Gateway",
}


class Connection(asyncio.Protocol):
    """One client's connection. ``handle`` is called with each request: the connection, the target, the body.

    ``cut``: we broke it off ourselves. A client that goes away leaves it False, for what it sent has arrived.
    """

    def __init__(self, handle: Callable[[Connection, bytes, bytes], None], opened: set[Connection]) -> None:
        self._handle = handle
        self._opened = opened
        self._transport: asyncio.Transport | None = None
        self._buffer = b""
        self._promised = False
        self.cut = False

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """A client has come."""
        if not isinstance(transport, asyncio.Transport):
            raise TypeError("a stream is wanted")
        self._transport = transport
        self._opened.add(self)

    def connection_lost(self, exc: Exception | None) -> None:
        """It has gone."""
        self._transport = None
        self._opened.discard(self)

    def data_received(self, data: bytes) -> None:
        """Take every whole request that has come."""
        self._buffer = self._buffer + data if self._buffer else data
        while self._buffer and self._take():
            pass

    def _take(self) -> bool:
        end = self._buffer.find(b"\r\n\r\n")
        if end < 0:
            return False
        head = self._buffer[:end]
        found = self._body(head, end + 4)
        if found is None:
            self._promise(head)
            return False
        body, after = found
        self._buffer = self._buffer[after:]
        self._promised = False
        self._handle(self, head.split(b" ", 2)[1], body)
        return True

    def _body(self, head: bytes, start: int) -> tuple[bytes, int] | None:
        """The body of a request and where it ends; None while it is not whole."""
        length = _LENGTH.search(head)
        if length is not None:
            end = start + int(length[1])
            return (self._buffer[start:end], end) if len(self._buffer) >= end else None
        return self._chunks(start) if _CHUNKED.search(head) else (b"", start)

    def _chunks(self, start: int) -> tuple[bytes, int] | None:
        body = b""
        while (line := self._buffer.find(b"\r\n", start)) >= 0:
            size = int(self._buffer[start:line].split(b";")[0], 16)
            end = line + 2 + size
            if len(self._buffer) < end + 2:
                return None
            body += self._buffer[line + 2 : end]
            start = end + 2
            if not size:
                return body, start
        return None

    def _promise(self, head: bytes) -> None:
        if _EXPECTS.search(head) and not self._promised and self._transport is not None:
            self._promised = True
            self._transport.write(b"HTTP/1.1 100 Continue\r\n\r\n")

    def answer(self, status: int, body: bytes, headers: bytes = b"", kind: bytes = b"application/json") -> bool:
        """Answer the request; False when nobody is there to hear it."""
        if self._transport is None or self._transport.is_closing():
            return False
        self._transport.write(
            b"HTTP/1.1 %d %b\r\nContent-Type: %b\r\nContent-Length: %d\r\n%b\r\n%b"
            % (status, _REASONS[status], kind, len(body), headers, body)
        )
        return True

    def break_off(self) -> None:
        """Reset the connection, with whatever is under way on it."""
        self.cut = True
        if self._transport is not None:
            self._transport.abort()
