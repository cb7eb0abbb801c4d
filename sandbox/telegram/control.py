"""The sandbox's own HTTP interface, for a sandbox in another process: users, faults, limits, statistics, the stage.

All bodies are JSON objects; wrong ones are answered with 400 and a sentence. Nothing here is Telegram's.
"""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import asdict
from inspect import isawaitable
from typing import TYPE_CHECKING, Any, Final

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from sandbox.telegram.chats import CHANNEL_RIGHTS, Chat
from sandbox.telegram.errors import Refusal, too_many_requests, upgraded
from sandbox.telegram.faults import Fault, Harm, Latency
from sandbox.telegram.hands import Hands
from sandbox.telegram.limits import Limits, Reading
from sandbox.telegram.page.views import Pane, chat_view, message_view
from sandbox.telegram.receipts import report

if TYPE_CHECKING:
    from sandbox.telegram.people import Reader
    from sandbox.telegram.sandbox import SandboxTelegram

Body = Mapping[str, Any]
_Act = Callable[[Body], Any]
_CRUDE: Final = frozenset((Harm.RESET_BEFORE, Harm.RESET_AFTER, Harm.HALF_JSON, Harm.HTML_OK))


class Control:
    """The routes below ``/_sandbox``."""

    def __init__(self, telegram: SandboxTelegram) -> None:
        self._telegram = telegram

    def routes(self) -> list[Route]:
        """Every route: a path and what it does."""
        hands = Hands(self._telegram)
        acts: dict[str, _Act] = {
            "users": self._add_users,
            "channels": self._add_channel,
            "groups": self._add_group,
            "topics": self._topic,
            "say": hands.say,
            "press": hands.press,
            "photo": hands.send_photo,
            "location": hands.share_location,
            "rewrite": hands.rewrite,
            "react": hands.react,
            "vote": hands.vote,
            "inline": hands.ask_inline,
            "choose": hands.choose_inline,
            "block": hands.block,
            "unblock": hands.unblock,
            "rights": self._set_rights,
            "faults": self._add_fault,
            "latency": self._set_latency,
            "outage": self._start_outage,
            "limits": self._set_limits,
            "stage": self._set_stage,
        }
        return [
            *(Route(f"/_sandbox/{name}", _endpoint(act), methods=["POST"]) for name, act in acts.items()),
            Route("/_sandbox/faults", self._clear_faults, methods=["DELETE"]),
            Route("/_sandbox/stats", self._stats, methods=["GET"]),
            Route("/_sandbox/stats", self._reset_stats, methods=["DELETE"]),
            Route("/_sandbox/chats/{reference}", self._chat, methods=["GET"]),
        ]

    def _add_users(self, body: Body) -> Any:
        """``{"id", "name", "language", "username", "started"}``, or ``{"first_id", "count"}`` for a crowd."""
        if "count" in body:
            self._telegram.crowd(int(body["first_id"]), int(body["count"]))
            return {"added": int(body["count"])}
        reader = self._telegram.user(
            int(body["id"]),
            str(body.get("name", "")),
            language=str(body.get("language", "en")),
            username=str(body.get("username", "")),
        )
        if body.get("started"):
            reader.unblock()
        return {"id": reader.id}

    def _add_channel(self, body: Body) -> Any:
        """``{"name", "title", "id", "rights", "admins"}``; rights as a list, all by default."""
        chat = self._telegram.channel(
            str(body["name"]),
            str(body.get("title", "")),
            chat_id=body.get("id"),
            rights=body.get("rights", CHANNEL_RIGHTS),
            admins=[self._reader(one) for one in body.get("admins", ())],
        )
        return {"id": chat.id}

    def _add_group(self, body: Body) -> Any:
        """``{"title", "id", "members"}``."""
        members = [self._reader(one) for one in body.get("members", ())]
        return {"id": self._telegram.group(str(body["title"]), chat_id=body.get("id"), members=members).id}

    def _topic(self, body: Body) -> Any:
        """``{"chat_id", "user_id", "name"}`` opens a topic; with ``thread`` and ``act``: close, reopen or delete it."""
        forum = self._telegram.forum(self._telegram.chat(body["chat_id"]), self._telegram.user(int(body["user_id"])))
        if "act" not in body:
            return {"thread": forum.open(str(body["name"])).id}
        acts = {"close": forum.close, "reopen": forum.reopen, "delete": forum.delete}
        acts[str(body["act"])](int(body["thread"]))
        return {}

    def _set_rights(self, body: Body) -> Any:
        """``{"chat_id", "rights"}``: the bot's rights in a channel or group."""
        self._telegram.set_rights(self._telegram.chat(body["chat_id"]), body["rights"])
        return {}

    def _add_fault(self, body: Body) -> Any:
        """``{"fault", "methods", "chats", "share", "times"}`` and what the fault needs; see ``fault_from``."""
        self._telegram.faults.add(fault_from(body))
        return {}

    def _set_latency(self, body: Body) -> Any:
        """``{"p50", "p99"}`` in seconds; p50 0 switches it off."""
        latency = Latency(float(body["p50"]), float(body["p99"]))
        self._telegram.faults.latency = latency if latency.p50 > 0 else None
        return {}

    def _start_outage(self, body: Body) -> Any:
        """``{"seconds", "status"}``; status null cuts connections."""
        self._telegram.faults.outage(float(body["seconds"]), body.get("status", 502))
        return {}

    def _set_limits(self, body: Body) -> Any:
        """The fields of Limits; those left out as in ``TELEGRAM``."""
        given = dict(body)
        if "reading" in given:
            given["reading"] = Reading(given["reading"])
        if "penalties" in given:
            given["penalties"] = tuple(given["penalties"])
        with self._telegram.world.signal.lock:
            self._telegram.gate.set(Limits(**given))
        return asdict(self._telegram.gate.limits)

    def _set_stage(self, body: Body) -> Any:
        """``{"banner", "title", "panes": [{"role", "chat_id", "viewer_id"}]}``."""
        panes = [
            Pane(
                str(pane["role"]), self._telegram.chat(pane["chat_id"]).id, int(pane.get("viewer_id", pane["chat_id"]))
            )
            for pane in body.get("panes", ())
        ]
        stage = self._telegram.stage
        self._telegram.show(panes, banner=body.get("banner", stage.banner), title=body.get("title", stage.title))
        return {}

    async def _clear_faults(self, _: Request) -> Response:
        self._telegram.faults.clear()
        return JSONResponse({})

    async def _stats(self, _: Request) -> Response:
        return JSONResponse(report(self._telegram.statistics, self._telegram.world))

    async def _reset_stats(self, _: Request) -> Response:
        with self._telegram.world.signal.lock:
            self._telegram.gate.reset_statistics()
        return JSONResponse({})

    async def _chat(self, request: Request) -> Response:
        try:
            chat = self._telegram.chat(request.path_params["reference"])
        except KeyError as unknown:
            return _refused(404, str(unknown.args[0]))
        return JSONResponse(_whole_chat(self._telegram, chat))

    def _reader(self, user_id: Any) -> Reader:
        return self._telegram.user(int(user_id))


def fault_from(body: Body) -> Fault:
    """The fault that a JSON object describes. Raises KeyError or ValueError.

    ``fault`` is too_many_requests (with ``retry_after``), migrated (``new_chat_id``), page (``status``), slow
    (``seconds``), reset_before, reset_after, half_json, html_ok, or a name of ``Fault.named``.
    """
    name = str(body["fault"])
    makers: dict[str, Callable[[], Fault]] = {
        "too_many_requests": lambda: Fault.refuse(too_many_requests(int(body["retry_after"]))),
        "migrated": lambda: Fault.refuse(upgraded(int(body["new_chat_id"]))),
        "page": lambda: Fault.page(int(body.get("status", 502))),
        "slow": lambda: Fault.slow(float(body["seconds"])),
        **{harm.value: lambda harm=harm: Fault.of(harm) for harm in _CRUDE},  # type: ignore[misc]
    }
    fault = makers[name]() if name in makers else Fault.named(name)
    return fault.only(
        methods=body.get("methods", ()),
        chats=body.get("chats", ()),
        share=float(body.get("share", 1.0)),
        times=body.get("times"),
    )


def _endpoint(act: _Act) -> Callable[[Request], Awaitable[Response]]:
    async def answer(request: Request) -> Response:
        if request.headers.get("content-type", "").partition(";")[0] != "application/json":
            return _refused(415, "send a JSON object as application/json")  # a page elsewhere cannot do that
        try:
            body = json.loads(await request.body())
            done = act(body)
            return JSONResponse(await done if isawaitable(done) else done)
        except (KeyError, ValueError, TypeError, AttributeError, Refusal) as wrong:
            return _refused(400, f"{type(wrong).__name__}: {wrong}")

    return answer


def _refused(status: int, sentence: str) -> Response:
    return JSONResponse({"error": sentence}, status_code=status)


def _whole_chat(telegram: SandboxTelegram, chat: Chat) -> dict[str, Any]:
    with telegram.world.signal.lock:
        messages = [
            message_view(message) | {"html": message.html, "edits": [one.html for one in message.edits]}
            for message in chat.messages.values()
        ]
        return {"chat": chat_view(telegram.desk, chat), "messages": messages}
