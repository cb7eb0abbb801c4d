"""The webhook takes what Telegram sends, and nothing else."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from ipaddress import ip_network
from typing import Any

import httpx
import pytest

from domain.errors import StorageError
from morningpost.updates.taking import Full
from morningpost.updates.webhook import LONGEST_BODY, TELEGRAM_NETWORKS, Guard, application

SECRET = "a-secret-that-nobody-knows"
HEADERS = {"x-telegram-bot-api-secret-token": SECRET, "content-type": "application/json"}
BODY = b'{"update_id": 5}'


class Taking:
    """Keeps what is taken, unless told to fail."""

    def __init__(self, error: Exception | None = None) -> None:
        self.error = error
        self.taken: list[Mapping[str, Any]] = []

    async def __call__(self, told: Sequence[Mapping[str, Any]]) -> None:
        if self.error is not None:
            raise self.error
        self.taken.extend(told)


async def call(
    taking: Taking,
    body: bytes = BODY,
    *,
    headers: Mapping[str, str] = HEADERS,
    method: str = "POST",
    path: str = "/telegram",
    guard: Guard | None = None,
    peer: str = "127.0.0.1",
) -> httpx.Response:
    app = application("/telegram", guard or Guard(SECRET), taking)
    transport = httpx.ASGITransport(app, client=(peer, 1234))
    async with httpx.AsyncClient(transport=transport, base_url="http://paper") as client:
        return await client.request(method, path, content=body, headers=dict(headers))


async def test_an_update_is_taken() -> None:
    taking = Taking()
    assert (await call(taking)).status_code == 200
    assert taking.taken == [{"update_id": 5}]


@pytest.mark.parametrize(
    ("status", "asked"),
    [
        (405, {"method": "GET"}),
        (404, {"path": "/elsewhere"}),
        (403, {"headers": {**HEADERS, "x-telegram-bot-api-secret-token": "a-secret-that-nobody-know"}}),
        (403, {"headers": {"content-type": "application/json"}}),
        (415, {"headers": {**HEADERS, "content-type": "text/plain"}}),
        (413, {"body": b'{"update_id": 5, "x": "' + b"x" * LONGEST_BODY + b'"}'}),
        (400, {"body": b"not json"}),
        (400, {"body": b"[" * 100_000}),
        (400, {"body": b'"words"'}),
        (400, {"body": b'{"update_id": true}'}),
        (400, {"body": b'{"update_id": -1}'}),
        (400, {"body": json.dumps({"update_id": 2**63}).encode()}),
        (400, {"body": b"\xff\xfe"}),
    ],
)
async def test_what_telegram_would_never_send_is_refused(status: int, asked: dict[str, Any]) -> None:
    taking = Taking()
    assert (await call(taking, **asked)).status_code == status
    assert taking.taken == []


@pytest.mark.parametrize("error", [Full(), StorageError("The disk is full.")])
async def test_what_can_not_be_kept_is_left_with_telegram(error: Exception) -> None:
    answer = await call(Taking(error))
    assert (answer.status_code, answer.headers["retry-after"]) == (503, "2")


OWN = (ip_network("10.0.0.0/8"),)


@pytest.mark.parametrize(
    ("peer", "forwarded", "admitted"),
    [
        ("149.154.167.220", "", True),
        ("91.108.4.1", "", True),
        ("::ffff:91.108.4.1", "", True),
        ("8.8.8.8", "", False),
        ("8.8.8.8", "149.154.167.220", False),  # a stranger may write what he likes
        ("10.1.2.3", "149.154.167.220", True),
        ("10.1.2.3", "149.154.167.220, 8.8.8.8", False),  # what stands before our proxy's own word is hearsay
        ("10.1.2.3", "8.8.8.8, 149.154.167.220, 10.9.9.9", True),
        ("10.1.2.3", "", False),
        ("10.1.2.3", "nonsense", False),
    ],
)
async def test_only_telegrams_networks_are_heard_and_only_our_proxies_believed(
    peer: str, forwarded: str, *, admitted: bool
) -> None:
    guard = Guard(SECRET, TELEGRAM_NETWORKS, OWN)
    headers = {**HEADERS, "x-forwarded-for": forwarded} if forwarded else HEADERS
    answer = await call(Taking(), headers=headers, guard=guard, peer=peer)
    assert answer.status_code == (200 if admitted else 403)
