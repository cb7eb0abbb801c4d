"""Telegram's answers as bytes, behind python-telegram-bot's own transport seam: its own code makes the errors."""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable
from typing import Any

import pytest
from telegram import Bot
from telegram.error import TelegramError
from telegram.request import BaseRequest, RequestData

TOKEN = "700000001:AAE-a_token_that_must_never_be_seen_000"
ME = {"id": 700000001, "is_bot": True, "first_name": "Post", "username": "post_bot"}
MESSAGE = {"message_id": 42, "date": 1795219200, "chat": {"id": 1, "type": "private"}}

Answer = tuple[int, bytes] | Exception
Script = Callable[[str, dict[str, Any]], Answer]


def ok(result: object) -> Answer:
    return 200, json.dumps({"ok": True, "result": result}).encode()


def refusal(code: int, description: str, **parameters: object) -> Answer:
    body: dict[str, object] = {"ok": False, "error_code": code, "description": description}
    if parameters:
        body["parameters"] = parameters
    return code, json.dumps(body).encode()


class Transport(BaseRequest):
    """Answers every call by a function of method and parameters, and remembers what was asked."""

    def __init__(self, script: Script) -> None:
        self._script = script
        self.calls: list[tuple[str, dict[str, Any]]] = []

    @property
    def read_timeout(self) -> float | None:
        return 5.0

    async def initialize(self) -> None:
        pass

    async def shutdown(self) -> None:
        pass

    async def do_request(
        self, url: str, method: str, request_data: RequestData | None = None, *timeouts: Any, **more: Any
    ) -> tuple[int, bytes]:
        called = url.rpartition("/")[2]
        parameters = dict(request_data.json_parameters) if request_data else {}
        self.calls.append((called, parameters))
        answer = ok(ME) if called == "getMe" and len(self.calls) == 1 else self._script(called, parameters)
        if isinstance(answer, Exception):
            raise answer
        return answer


def bot_that_hears(script: Script) -> tuple[Bot, Transport]:
    transport = Transport(script)
    return Bot(TOKEN, request=transport, get_updates_request=transport), transport


async def error_of(answer: Answer, act: Callable[[Bot], Awaitable[object]]) -> TelegramError:
    """What python-telegram-bot raises when Telegram answers so."""
    bot, _ = bot_that_hears(lambda *_: answer)
    async with bot:
        with pytest.raises(TelegramError) as raised:
            await act(bot)
    return raised.value
