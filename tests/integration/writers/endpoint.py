"""A local endpoint for chat completions: real HTTP on loopback, answering as a test says."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from sandbox.serving import Serving
from writers.endpoint import Endpoint, Prices, Purse
from writers.model import LanguageModel

KEY = "sk-a-secret-key-0123456789"
MODEL = "some-model"

#: What is asked, parsed, and how often before: the answer.
Reply = Callable[[dict[str, Any], int], Response]


@dataclass
class Asked:
    """The endpoint, and what it was asked so far."""

    url: str = ""
    bodies: list[dict[str, Any]] = field(default_factory=list)
    headers: list[dict[str, str]] = field(default_factory=list)

    def model(self, **changes: Any) -> LanguageModel:
        """A language model at this endpoint."""
        prices = changes.pop("prices", Prices())
        purse = Purse(prices, changes.pop("budget", None))
        endpoint = Endpoint(f"{self.url}{changes.pop('path', '/v1')}", MODEL, KEY, prices)
        return LanguageModel(endpoint, purse, **changes)


@contextmanager
def serving(reply: Reply) -> Iterator[Asked]:
    """The endpoint at work."""
    asked = Asked()

    async def answer(request: Request) -> Response:
        asked.headers.append(dict(request.headers))
        asked.bodies.append(json.loads(await request.body()))
        return reply(asked.bodies[-1], len(asked.bodies) - 1)

    app = Starlette(routes=[Route("/{path:path}/chat/completions", answer, methods=["POST"])])
    with Serving(app) as server:
        asked.url = server.url
        yield asked


def always(response: Callable[[], Response]) -> Reply:
    """The same answer to everything."""
    return lambda _body, _count: response()


def in_turn(*responses: Callable[[], Response]) -> Reply:
    """One answer after the other, the last one for ever."""
    return lambda _body, count: responses[min(count, len(responses) - 1)]()


def sentences(*written: tuple[str, Sequence[str]]) -> str:
    """The text of an answer as it was asked for."""
    return json.dumps({"sentences": [{"t": text, "f": list(facts)} for text, facts in written]})


def completion(content: object, **changes: Any) -> Response:
    """A chat completion as OpenAI documents it."""
    message = {"role": "assistant", "content": content, "refusal": None, **changes.pop("message", {})}
    choice = {"index": 0, "message": message, "logprobs": None, "finish_reason": "stop", **changes.pop("choice", {})}
    body = {
        "id": "chatcmpl-1",
        "object": "chat.completion",
        "created": 1_780_000_000,
        "model": "some-model-2026",
        "choices": [choice],
        "usage": {"prompt_tokens": 1200, "completion_tokens": 80, "total_tokens": 1280},
        **changes,
    }
    return JSONResponse({name: value for name, value in body.items() if value is not None})


def error(status: int, message: str, headers: dict[str, str] | None = None, **more: Any) -> Response:
    """An error as OpenAI documents it."""
    body = {"error": {"message": message, "type": "invalid_request_error", "param": None, "code": None, **more}}
    return JSONResponse(body, status, headers)
