"""One request to an endpoint: bounded in time and size, sent to one address only, told in words when it fails."""

from __future__ import annotations

import json
import math
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from email.utils import parsedate_to_datetime
from typing import Any

import httpx

from writers.endpoint import Endpoint

#: A chat completion of a section is some kilobytes; what is longer is none.
LARGEST_BODY = 512 * 1024

#: An error's own words are told as far as this.
LONGEST_REASON = 200

Json = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Reply:
    """An answer of the endpoint: its status, its JSON object (empty where it sent none) and how long to wait."""

    status: int
    body: Json = field(default_factory=dict)
    wait: float | None = None


class NoReply(Exception):
    """No reply that could be read; the message says why and holds no secret."""


class Wire:
    """Posts to one endpoint. ``timer`` is a monotonic clock in seconds."""

    def __init__(self, endpoint: Endpoint, timer: Callable[[], float] = time.monotonic) -> None:
        self._endpoint = endpoint
        self._timer = timer

    def post(self, body: Json, seconds: float) -> Reply:
        """Ask once. Raises NoReply: no connection, too slow, too long, no JSON, or a redirect."""
        end = self._timer() + seconds
        headers = {"Authorization": f"Bearer {self._endpoint.key}"} if self._endpoint.key else {}
        timeout = httpx.Timeout(seconds, connect=min(seconds, 10))
        try:
            with (
                httpx.Client(timeout=timeout, follow_redirects=False) as client,
                client.stream("POST", self._endpoint.address, json=body, headers=headers) as response,
            ):
                return self._read(response, end)
        except httpx.TimeoutException:
            raise NoReply(f"no answer within {seconds:.0f} s") from None
        except (httpx.HTTPError, httpx.InvalidURL) as error:
            raise NoReply(f"the connection to {self._endpoint.host} failed: {type(error).__name__}") from None

    def _read(self, response: httpx.Response, end: float) -> Reply:
        if response.is_redirect:
            raise NoReply(
                f"{self._endpoint.host} redirects elsewhere ({response.status_code}): set LLM_URL to the address itself"
            )
        read = bytearray()
        for part in response.iter_bytes():
            read += part
            if len(read) > LARGEST_BODY:
                raise NoReply(f"the answer is longer than {LARGEST_BODY // 1024} kB")
            if self._timer() > end:
                raise NoReply("the answer came too slowly")
        return Reply(response.status_code, self._json(bytes(read), response), _wait(response))

    def _json(self, read: bytes, response: httpx.Response) -> Json:
        try:
            found = json.loads(read)
        except (ValueError, RecursionError):
            if response.is_success:
                raise NoReply("the answer is no JSON") from None
            return {}
        return found if isinstance(found, dict) else {}

    def reason(self, reply: Reply) -> str:
        """What an error reply says, in one line, without the key."""
        said = _words_of(reply.body)
        if self._endpoint.key:
            said = said.replace(self._endpoint.key, "•••")
        return " ".join(said.split())[:LONGEST_REASON]


def _words_of(body: Json) -> str:
    """The message of an error: most send an object, LM Studio a text, Google a list, vLLM had it at the top."""
    error = body.get("error", body.get("message", body.get("detail", "")))
    if isinstance(error, dict):
        error = error.get("message", "")
    return error if isinstance(error, str) else ""


def _wait(response: httpx.Response) -> float | None:
    """Seconds to wait, by Retry-After: a number, or a date against the answer's own; None for what makes no sense."""
    told = response.headers.get("retry-after", "")
    try:
        seconds = float(told) if told[:1].isdigit() else _until(told, response.headers.get("date", ""))
    except (ValueError, TypeError):
        return None
    return max(seconds, 0.0) if math.isfinite(seconds) else None


def _until(then: str, now: str) -> float:
    return (parsedate_to_datetime(then) - parsedate_to_datetime(now)).total_seconds()
