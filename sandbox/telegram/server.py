"""The Bot API over HTTP: one ASGI application that reads a call, lets the faults at it, and answers."""

from __future__ import annotations

import asyncio
import json
import re
import socket
import struct
from typing import Any, Final
from urllib.parse import unquote

from starlette.datastructures import FormData, Headers, UploadFile
from starlette.formparsers import MultiPartException, MultiPartParser
from starlette.types import Message, Receive, Scope, Send

from sandbox.telegram.desk import Desk
from sandbox.telegram.errors import Refusal
from sandbox.telegram.faults import Fault, Faults, Harm
from sandbox.telegram.methods.media import path_of
from sandbox.telegram.methods.registry import METHODS
from sandbox.telegram.parameters import Parameters, Upload, from_json, from_query
from sandbox.telegram.polls import close_due

_PATH = re.compile(r"/bot([^/]+)(?:/test)?/([^/]+)/?")
_JSON: Final = [(b"content-type", b"application/json")]
_HTML: Final = [(b"content-type", b"text/html")]
_PAGE: Final = (
    b"<html>\r\n<head><title>%d</title></head>\r\n<body>\r\n<center><h1>%d</h1></center>\r\n</body>\r\n</html>\r\n"
)
#: Bytes of a body that are read at most; Telegram takes uploads of 50 MB.
BODY_BYTES: Final = 50 * 1024 * 1024 + 65536


class BotServer:
    """Answers ``/bot<token>/<method>``."""

    def __init__(self, token: str, desk: Desk, faults: Faults) -> None:
        self._token = token
        self._desk = desk
        self._faults = faults

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one call."""
        try:
            method = self._method(scope["path"])
            given = await _parameters(scope, receive)
        except Refusal as refusal:
            await self._tell(send, refusal.code, refusal.as_json())
            return
        statistics = self._desk.gate.statistics
        statistics.calls += 1
        statistics.by_method[method] = statistics.by_method.get(method, 0) + 1
        faults = self._faults.hit(method, _chat_id(given)) if self._faults.hits_something else []
        delay = self._faults.delay() + sum(fault.seconds for fault in faults)
        if delay:
            await asyncio.sleep(delay / 2)
        if await self._harmed_before(faults, send):
            return
        status, body = await self._answer(method, given)
        if delay:
            await asyncio.sleep(delay / 2)
        if not await self._harmed_after(faults, send, body):
            await self._tell(send, status, body)

    def _method(self, path: str) -> str:
        found = _PATH.fullmatch(path)
        if found is None:
            raise Refusal(404, "Not Found")
        if unquote(found[1]) != self._token:
            raise Refusal(401, "Unauthorized")
        method = found[2].lower()
        if method not in METHODS and method != "getupdates":
            raise Refusal(404, "Not Found: method not found")
        return method

    async def _answer(self, method: str, given: Parameters) -> tuple[int, dict[str, Any]]:
        if self._desk.logged_out:
            return 400, Refusal(400, "Bad Request: Logged out").as_json()
        try:
            if method == "getupdates":
                result: Any = await self._get_updates(given)
            else:
                result = self.call(method, given)
        except Refusal as refusal:
            return refusal.code, refusal.as_json()
        return 200, {"ok": True, "result": result}

    def call(self, method: str, given: Parameters) -> Any:
        """Run a method (its name in lower case) and give its result. Raises Refusal."""
        if method not in METHODS:
            raise Refusal(404, "Not Found: method not found")
        with self._desk.world.signal.lock:
            close_due(self._desk)
            return METHODS[method](self._desk, given)

    async def download(self, path: str, send: Send) -> None:
        """Answer ``/file/bot<token>/<file_path>``."""
        prefix = f"/file/bot{self._token}/"
        wanted = unquote(path).removeprefix(prefix)
        photo = next((one for one in self._desk.photos.values() if path_of(one) == wanted), None)
        if photo is None or not unquote(path).startswith(prefix):
            await self._tell(send, 404, Refusal(404, "Not Found").as_json())
            return
        await _write(send, 200, [(b"content-type", photo.media_type.encode())], photo.content)

    async def _get_updates(self, given: Parameters) -> list[dict[str, Any]]:
        close_due(self._desk)
        return await self._desk.updates.poll(
            given.integer("offset", 0),
            given.integer("limit", 100, 1, 100),
            given.integer("timeout", 0, 0, 50),
            given.structure("allowed_updates", "allowed updates"),
        )

    async def _harmed_before(self, faults: list[Fault], send: Send) -> bool:
        for fault in faults:
            if fault.harm is Harm.REFUSE and fault.refusal is not None:
                await self._tell(send, fault.refusal.code, fault.refusal.as_json())
                return True
            if fault.harm is Harm.PAGE:
                await _write(send, fault.status, _HTML, _PAGE % (fault.status, fault.status))
                return True
            if fault.harm is Harm.RESET_BEFORE:
                await _reset(send)
                return True
        return False

    async def _harmed_after(self, faults: list[Fault], send: Send, body: dict[str, Any]) -> bool:
        harms = {fault.harm for fault in faults}
        if Harm.RESET_AFTER in harms:
            await _reset(send)
        elif Harm.HALF_JSON in harms:
            whole = json.dumps(body).encode()
            await _write(send, 200, _JSON, whole[: len(whole) // 2])
        elif Harm.HTML_OK in harms:
            await _write(send, 200, _HTML, _PAGE % (200, 200))
        else:
            return False
        return True

    async def _tell(self, send: Send, status: int, body: dict[str, Any]) -> None:
        answers = self._desk.gate.statistics.by_answer
        answers[status] = answers.get(status, 0) + 1
        headers = _JSON
        if status == 429:
            headers = [*_JSON, (b"retry-after", str(body["parameters"]["retry_after"]).encode())]
        await _write(send, status, headers, json.dumps(body, ensure_ascii=False, separators=(",", ":")).encode())


async def _write(send: Send, status: int, headers: list[tuple[bytes, bytes]], body: bytes) -> None:
    length = (b"content-length", str(len(body)).encode())
    await send({"type": "http.response.start", "status": status, "headers": [*headers, length]})
    await send({"type": "http.response.body", "body": body})


async def _reset(send: Send) -> None:
    """Cut the connection as a crashed server does: with RST and not a byte of an answer.

    ASGI knows no such thing, so this reaches for the transport of uvicorn, whose request cycle ``send`` is bound to.
    """
    transport = getattr(getattr(send, "__self__", None), "transport", None)
    if transport is None:
        raise RuntimeError("resetting connections works only when uvicorn serves the sandbox itself, unwrapped")
    connection = transport.get_extra_info("socket")
    if connection is not None:
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    transport.abort()
    await asyncio.sleep(0)  # lets uvicorn see that the connection is gone, so that it sends no 500
    await asyncio.sleep(0)


async def _parameters(scope: Scope, receive: Receive) -> Parameters:
    values = from_query(scope["query_string"]) if scope["query_string"] else {}
    headers = Headers(scope=scope)
    kind = headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind == "multipart/form-data":
        return await _from_multipart(values, headers, receive)
    body = await _body(receive)
    if kind == "application/json" and body:
        values |= from_json(body)
    elif body:
        values |= from_query(body)
    return Parameters(values)


async def _from_multipart(values: dict[str, Any], headers: Headers, receive: Receive) -> Parameters:
    body = await _body(receive)

    async def chunks() -> Any:
        yield body
        yield b""

    try:
        form: FormData = await MultiPartParser(headers, chunks()).parse()
    except (MultiPartException, KeyError, ValueError) as broken:
        raise Refusal(400, "Bad Request: can't parse multipart body") from broken
    files = {}
    for name, value in form.multi_items():
        if isinstance(value, UploadFile):
            files[name] = Upload(value.filename or name, await value.read(), value.content_type or "")
        else:
            values[name] = value
    await form.close()
    return Parameters(values, files)


async def _body(receive: Receive) -> bytes:
    message: Message = await receive()
    body = message.get("body", b"")
    if not message.get("more_body"):
        return bytes(body)
    parts, size = [body], len(body)
    while message.get("more_body"):
        message = await receive()
        parts.append(message.get("body", b""))
        size += len(parts[-1])
        if size > BODY_BYTES:
            raise Refusal(413, "Request Entity Too Large")
    return b"".join(parts)


def _chat_id(given: Parameters) -> int | None:
    try:
        return int(given.text("chat_id"))
    except ValueError:
        return None
