"""Misbehaviour on demand: what a site may do to whoever asks it."""

from __future__ import annotations

import asyncio
import gzip
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass
from typing import Final, Literal, get_args

from starlette.requests import Request
from starlette.responses import Response, StreamingResponse

Kind = Literal[
    "status",
    "slow",
    "hang",
    "drip",
    "html_for_json",
    "truncated_gzip",
    "gzip_bomb",
    "redirect_loop",
    "redirect_to",
    "xml_bomb",
    "empty",
    "malformed",
    "oversized",
]
KINDS: Final = frozenset(get_args(Kind))

#: Ten levels of ten: a thousand million lols from one kilobyte.
XML_BOMB: Final = (
    b'<?xml version="1.0"?>\n<!DOCTYPE lolz [<!ENTITY lol "lol">'
    + b"".join(
        b'<!ENTITY lol%d "%s">' % (level, (b"&lol%d;" % (level - 1) if level > 1 else b"&lol;") * 10)
        for level in range(1, 10)
    )
    + b"]>\n<rss version='2.0'><channel><title>&lol9;</title></channel></rss>"
)

_HTML: Final = (
    b"<!DOCTYPE html><html><head><title>Just a moment...</title></head><body>Checking your browser</body></html>"
)
_PIECE: Final = 64 * 1024


@dataclass(frozen=True, slots=True)
class Fault:
    """One kind of misbehaviour.

    ``status`` and ``retry_after`` (seconds) are for ``status``; ``seconds`` for ``slow`` (before the answer) and
    ``drip`` (between bytes); ``size`` (bytes) for ``oversized`` and ``gzip_bomb``; ``url`` for ``redirect_to``.
    ``times`` is how many requests it spoils, None all of them; ``path`` limits it to paths that begin so
    (``api/models``).
    Raises ValueError for an unknown kind, and for a redirect without an address.
    """

    kind: Kind
    status: int = 503
    retry_after: int | None = None
    seconds: float = 1.0
    size: int = 64 * 1024 * 1024
    url: str = ""
    times: int | None = None
    path: str = ""

    def __post_init__(self) -> None:
        if self.kind not in KINDS:
            raise ValueError(f"{self.kind!r} is no kind of fault; there are {', '.join(sorted(KINDS))}")
        if self.kind == "redirect_to" and not self.url:
            raise ValueError("a redirect_to needs a url")


async def spoiled(fault: Fault, request: Request, good: Response) -> Response:
    """The answer that the fault makes of a good one; a ``status`` is the site's own affair."""
    if fault.kind == "slow":
        await asyncio.sleep(fault.seconds)
        return good
    if fault.kind == "hang":
        await _until_gone(request)
        return Response(status_code=503)
    return _MADE[fault.kind](fault, request, good)


def _redirect(fault: Fault, request: Request, _good: Response) -> Response:
    return Response(status_code=302, headers={"location": fault.url or str(request.url)})


def _drip(fault: Fault, _request: Request, good: Response) -> Response:
    return StreamingResponse(_drops(bytes(good.body), fault.seconds), media_type=good.media_type)


def _html(_fault: Fault, _request: Request, _good: Response) -> Response:
    return Response(_HTML, media_type="text/html")


def _truncated_gzip(_fault: Fault, _request: Request, good: Response) -> Response:
    squeezed = gzip.compress(bytes(good.body))
    return _squeezed(squeezed[: len(squeezed) // 2], good)


def _gzip_bomb(fault: Fault, _request: Request, good: Response) -> Response:
    return _squeezed(gzip.compress(bytes(fault.size)), good)


def _squeezed(body: bytes, good: Response) -> Response:
    return Response(body, media_type=good.media_type, headers={"content-encoding": "gzip"})


def _xml_bomb(_fault: Fault, _request: Request, _good: Response) -> Response:
    return Response(XML_BOMB, media_type="application/xml")


def _malformed(_fault: Fault, _request: Request, good: Response) -> Response:
    return Response(bytes(good.body)[: len(good.body) // 2] + b"\xff<{", media_type=good.media_type)


def _oversized(fault: Fault, _request: Request, good: Response) -> Response:
    return StreamingResponse(_flood(fault.size), media_type=good.media_type)


def _empty(_fault: Fault, _request: Request, good: Response) -> Response:
    return Response(b"", media_type=good.media_type)


_MADE: Final[dict[str, Callable[[Fault, Request, Response], Response]]] = {
    "drip": _drip,
    "html_for_json": _html,
    "truncated_gzip": _truncated_gzip,
    "gzip_bomb": _gzip_bomb,
    "redirect_loop": _redirect,
    "redirect_to": _redirect,
    "xml_bomb": _xml_bomb,
    "empty": _empty,
    "malformed": _malformed,
    "oversized": _oversized,
}


async def _until_gone(request: Request) -> None:
    while (await request.receive())["type"] != "http.disconnect":
        pass


async def _drops(body: bytes, pause: float) -> AsyncIterator[bytes]:
    for byte in body:
        yield bytes([byte])
        await asyncio.sleep(pause)


async def _flood(size: int) -> AsyncIterator[bytes]:
    for start in range(0, size, _PIECE):
        yield b" " * min(_PIECE, size - start)
