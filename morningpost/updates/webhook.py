"""Telegram's calls to us: whose they are, whether they can be what Telegram sends, and that they are kept."""

from __future__ import annotations

import asyncio
import hmac
import json
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from ipaddress import IPv4Network, IPv6Network, ip_address, ip_network
from typing import Any, Final

import structlog
from starlette.applications import Starlette
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.routing import Route

from domain.errors import StorageError
from morningpost.updates.taking import Full

log = structlog.get_logger()

Network = IPv4Network | IPv6Network
Take = Callable[[Sequence[Mapping[str, Any]]], Awaitable[None]]

#: Where Telegram calls from (core.telegram.org/bots/webhooks).
TELEGRAM_NETWORKS: Final = (ip_network("149.154.160.0/20"), ip_network("91.108.4.0/22"))

#: An update is a few kilobytes; nothing of Telegram's is longer, bytes.
LONGEST_BODY: Final = 2**20
#: Seconds for a body to arrive.
_PATIENCE: Final = 10.0
#: Seconds after which Telegram may try again when we could not keep an update.
_AGAIN: Final = 2


@dataclass(frozen=True, slots=True)
class Guard:
    """Whom we believe. ``sources``: networks that may call, empty for any; ``forwarders``: proxies of ours."""

    secret: str
    sources: tuple[Network, ...] = ()
    forwarders: tuple[Network, ...] = ()

    def knows(self, secret: str) -> bool:
        """Whether a caller knows the secret; takes as long whatever he says."""
        return hmac.compare_digest(secret.encode(), self.secret.encode())

    def admits(self, peer: str, forwarded: str) -> bool:
        """Whether a call may come from there.

        ``forwarded`` is X-Forwarded-For: only what a forwarder of ours wrote counts, and he writes at its end.
        """
        if not self.sources:
            return True
        hops = [*(hop.strip() for hop in forwarded.split(",") if hop.strip()), peer]
        while len(hops) > 1 and _within(hops[-1], self.forwarders):
            hops.pop()
        return _within(hops[-1], self.sources)


def application(path: str, guard: Guard, take: Take) -> Starlette:
    """The one address that Telegram calls; everything else is not found."""

    async def called(request: Request) -> Response:
        status = await _answer(request, guard, take)
        return Response(status_code=status, headers={"Retry-After": str(_AGAIN)} if status == 503 else None)

    return Starlette(routes=[Route(path, called, methods=["POST"])])


async def _answer(request: Request, guard: Guard, take: Take) -> int:
    """Keep an update; the status that says what became of it."""
    refused = _refused(request, guard)
    if refused is not None:
        return refused
    body = await _body(request)
    if isinstance(body, int):
        return body
    update = _update(body)
    if update is None:
        return 400
    try:
        await take([update])
    except (Full, StorageError) as error:
        log.warning("webhook.later", reason=str(error) or "too many updates wait")
        return 503
    return 200


def _refused(request: Request, guard: Guard) -> int | None:
    """The status for one who is not Telegram, told by the head alone; None for one who may be."""
    peer = request.client.host if request.client is not None else ""
    if not guard.admits(peer, ",".join(request.headers.getlist("x-forwarded-for"))):
        log.warning("webhook.stranger", peer=peer)
        return 403
    if not guard.knows(request.headers.get("x-telegram-bot-api-secret-token", "")):
        log.warning("webhook.wrong_secret", peer=peer)
        return 403
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    return None if kind == "application/json" else 415


async def _body(request: Request) -> bytes | int:
    """The body, or the status that refuses it."""
    length = request.headers.get("content-length", "")
    if length.isdigit() and int(length) > LONGEST_BODY:
        return 413
    body = bytearray()
    try:
        async with asyncio.timeout(_PATIENCE):
            async for piece in request.stream():
                body += piece
                if len(body) > LONGEST_BODY:
                    return 413
    except (TimeoutError, ClientDisconnect):
        return 408
    return bytes(body)


def _update(body: bytes) -> Mapping[str, Any] | None:
    """An update has at least a number."""
    try:
        told = json.loads(body)
    except (ValueError, RecursionError):
        return None
    if not isinstance(told, dict):
        return None
    number = told.get("update_id")
    return told if isinstance(number, int) and not isinstance(number, bool) and 0 < number < 2**63 else None


def _within(address: str, networks: Sequence[Network]) -> bool:
    try:
        known = ip_address(address)
    except ValueError:
        return False
    mapped = getattr(known, "ipv4_mapped", None) or known
    return any(mapped in network for network in networks)
