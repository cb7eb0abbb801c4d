"""Reads a body to its end or to the cap, whichever comes first; a compressed one is opened under the same cap."""

from __future__ import annotations

import zlib

from sources.errors import TooMuch, Unreadable

#: What zlib calls the gzip format.
_GZIP = 16 + zlib.MAX_WBITS
_GZIP_MAGIC = b"\x1f\x8b"


class BodyReader:
    """Takes the pieces of a body as they arrive. ``limit`` caps both what arrives and what it opens to (bytes)."""

    def __init__(self, host: str, encoding: str, limit: int) -> None:
        self._host = host
        self._limit = limit
        self._opened = bytearray()
        self._zipped = encoding in {"gzip", "x-gzip"}
        self._unzip = zlib.decompressobj(_GZIP)
        self.received = 0
        if not self._zipped and encoding not in {"", "identity"}:
            raise Unreadable(f"{host} answered in an encoding that was not asked for")

    def take(self, piece: bytes) -> None:
        """Add a piece. Raises TooMuch at the cap, Unreadable when it is not gzip."""
        self.received += len(piece)
        if self.received > self._limit:
            self._refuse()
        if self._zipped:
            self._open(piece)
        else:
            self._opened += piece

    def whole(self) -> bytes:
        """The body. Raises Unreadable when it broke off."""
        if self._zipped and self.received and not self._unzip.eof:
            raise Unreadable(f"{self._host} sent a compressed answer that broke off; it is asked again next time")
        return bytes(self._opened)

    def _open(self, piece: bytes) -> None:
        while piece:
            if self._unzip.eof:  # a second gzip member may follow; anything else after the end is padding
                if not piece.startswith(_GZIP_MAGIC):
                    return
                self._unzip = zlib.decompressobj(_GZIP)
            room = self._limit - len(self._opened) + 1
            try:
                self._opened += self._unzip.decompress(piece, room)
            except zlib.error:
                raise Unreadable(f"{self._host} sent an answer that is not the gzip it claims to be") from None
            if len(self._opened) > self._limit:
                self._refuse()
            piece = self._unzip.unused_data or self._unzip.unconsumed_tail

    def _refuse(self) -> None:
        raise TooMuch(f"{self._host} sent more than {self._limit:,} bytes; the answer was not read further")
