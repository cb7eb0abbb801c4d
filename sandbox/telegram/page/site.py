"""The page over HTTP: its three files, its state, and a stream of what changes (Server-Sent Events)."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from functools import partial
from importlib.resources import files
from typing import Any, Final
from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import JSONResponse, Response, StreamingResponse
from starlette.routing import Route

from sandbox.telegram.desk import Desk
from sandbox.telegram.page.views import Stage, news, whole

_TYPES: Final = {"html": "text/html", "css": "text/css", "js": "text/javascript", "svg": "image/svg+xml"}
_FILES: Final = frozenset(
    (
        "page.css",
        "message.css",
        "composer.css",
        "page.js",
        "pane.js",
        "composer.js",
        "writing.js",
        "message.js",
        "poll.css",
        "poll.js",
        "rich.js",
        "text.js",
        "icon.svg",
    )
)
#: Nothing from elsewhere, nothing inline: what a message says can never run.
_POLICY: Final = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
#: Seconds after which a silent stream says that it is still there.
_HEARTBEAT: Final = 20.0


class Site:
    """The routes of the page."""

    def __init__(self, desk: Desk, stage: Stage) -> None:
        self._desk = desk
        self._stage = stage

    def routes(self) -> list[Route]:
        """``/`` and everything that the page asks for by itself."""
        return [
            Route("/", self._page),
            Route("/_sandbox/page/{name}", self._file),
            Route("/_sandbox/state", self._state),
            Route("/_sandbox/events", self._events),
            Route("/_sandbox/photos/{unique_id}", self._photo),
            Route("/_sandbox/documents/{chat_id}/{message_id:int}", self._document),
        ]

    async def _page(self, _: Request) -> Response:
        return _static("page.html")

    async def _file(self, request: Request) -> Response:
        name = request.path_params["name"]
        return _static(name) if name in _FILES else Response(status_code=404)

    async def _state(self, _: Request) -> Response:
        return JSONResponse(whole(self._desk, self._stage))

    async def _photo(self, request: Request) -> Response:
        wanted = request.path_params["unique_id"]
        photo = next((one for one in self._desk.photos.values() if one.unique_id == wanted), None)
        if photo is None:
            return Response(status_code=404)
        return Response(photo.content, media_type=photo.media_type, headers={"cache-control": "max-age=86400"})

    async def _document(self, request: Request) -> Response:
        """A file that was sent, to be saved: nothing in it is shown or run."""
        place = request.path_params
        chat = self._desk.world.find(place["chat_id"])
        message = None if chat is None else chat.messages.get(place["message_id"])
        document = None if message is None else message.content.document
        if document is None:
            return Response(status_code=404)
        headers = {"content-disposition": f"attachment; filename*=utf-8''{quote(document.name)}"}
        return Response(document.content, media_type="application/octet-stream", headers=headers)

    async def _events(self, request: Request) -> Response:
        after = int(request.query_params.get("after") or request.headers.get("last-event-id") or 0)
        return StreamingResponse(self._stream(after), media_type="text/event-stream")

    def _has_news(self, after: int) -> bool:
        return self._desk.world.last_change > after

    async def _stream(self, after: int) -> AsyncIterator[str]:
        world = self._desk.world
        yield ": connected\n\n"
        while True:
            await world.signal.until(partial(self._has_news, after), _HEARTBEAT)
            if world.last_change == after:
                yield ": still here\n\n"
                continue
            told = news(self._desk, self._stage, after)
            after = told["change"]
            if told["missed"] or told["chats"] or told["messages"] or told["toasts"]:
                yield f"id: {after}\ndata: {_line(told)}\n\n"


def _line(value: dict[str, Any]) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _static(name: str) -> Response:
    content = files("sandbox.telegram.page").joinpath(name).read_bytes()
    headers = {"content-security-policy": _POLICY, "x-content-type-options": "nosniff", "cache-control": "no-store"}
    return Response(content, media_type=_TYPES[name.rpartition(".")[2]], headers=headers)
