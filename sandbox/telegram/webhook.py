"""Pushing updates to the bot's webhook: several at once, those of one chat in order, again after every failure."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Callable
from typing import Any, Final

import httpx

from sandbox.telegram.desk import Desk
from sandbox.telegram.errors import Refusal
from sandbox.telegram.parameters import Parameters
from sandbox.telegram.updates import Webhook

#: Seconds before the second attempt; doubled for every further one up to the longest.
FIRST_PAUSE: Final = 0.1
LONGEST_PAUSE: Final = 60.0
#: Seconds that a Retry-After of the webhook may ask for at most.
LONGEST_ASKED: Final = 3600
_TIMEOUT: Final = 60.0

Call = Callable[[str, Parameters], Any]


class Pusher:
    """Delivers the queue of updates while a webhook is set. ``call`` runs a method that the webhook answers with."""

    def __init__(self, desk: Desk, call: Call) -> None:
        self._desk = desk
        self._call = call
        self._under_way: dict[int, int] = {}  # the id of an update, and the chat that it belongs to

    async def run(self) -> None:
        """Push until cancelled."""
        async with asyncio.TaskGroup() as tasks, httpx.AsyncClient(timeout=_TIMEOUT) as client:
            while True:
                await self._desk.world.signal.until(self._is_due, 3600)
                with self._desk.world.signal.lock:
                    due = self._next()
                if due is not None:
                    tasks.create_task(self._deliver(client, *due))

    def _is_due(self) -> bool:
        return self._next(take=False) is not None

    def _next(self, *, take: bool = True) -> tuple[Webhook, int, dict[str, Any]] | None:
        """The oldest update that may go now: a free connection, and nothing under way for its chat."""
        webhook = self._desk.updates.webhook
        if webhook is None or len(self._under_way) >= webhook.max_connections:
            return None
        busy = set(self._under_way.values())
        for update_id, body in self._desk.updates.queue:
            chat = _chat_of(body)
            if update_id in self._under_way or chat in busy:
                busy.add(chat)
                continue
            if take:
                self._under_way[update_id] = chat
            return webhook, update_id, body
        return None

    async def _deliver(self, client: httpx.AsyncClient, webhook: Webhook, update_id: int, body: dict[str, Any]) -> None:
        pause = FIRST_PAUSE
        try:
            while self._desk.updates.webhook is webhook:
                asked = await self._attempt(client, webhook, body)
                if asked is None:
                    self._settle(update_id)
                    return
                await self._desk.world.signal.until(
                    lambda: self._desk.updates.webhook is not webhook, max(pause, asked)
                )
                pause = min(pause * 2, LONGEST_PAUSE)
        finally:
            self._under_way.pop(update_id, None)
            self._desk.world.signal.ring()

    async def _attempt(self, client: httpx.AsyncClient, webhook: Webhook, body: dict[str, Any]) -> float | None:
        """None when the webhook took the update; else the seconds that it asks to wait."""
        headers = {"X-Telegram-Bot-Api-Secret-Token": webhook.secret} if webhook.secret else {}
        try:
            answer = await client.post(webhook.url, json=body, headers=headers)
        except httpx.HTTPError as failure:
            self._note(webhook, f"Connection failed: {type(failure).__name__}")
            return 0.0
        if answer.is_success:
            self._reply(answer)
            return None
        self._note(webhook, f"Wrong response from the webhook: {answer.status_code} {answer.reason_phrase}")
        asked = answer.headers.get("retry-after", "")
        return float(min(int(asked), LONGEST_ASKED)) if asked.isdigit() else 0.0

    def _note(self, webhook: Webhook, error: str) -> None:
        webhook.last_error = error
        webhook.last_error_at = int(self._desk.world.clock().timestamp())
        self._desk.world.signal.ring()

    def _settle(self, update_id: int) -> None:
        with self._desk.world.signal.lock:
            queue = self._desk.updates.queue
            kept = [one for one in queue if one[0] != update_id]
            queue.clear()
            queue.extend(kept)

    def _reply(self, answer: httpx.Response) -> None:
        """A webhook may answer with one call of a method; its result is not told to anybody."""
        with contextlib.suppress(ValueError, Refusal):
            body = answer.json() if answer.content else None
            if isinstance(body, dict) and isinstance(body.get("method"), str):
                self._call(body["method"].lower(), Parameters(body))


def _chat_of(body: dict[str, Any]) -> int:
    """The id that an update is ordered by: its chat, or the person who pressed."""
    told = next(value for name, value in body.items() if name != "update_id")
    place = told.get("chat") or told.get("message", {}).get("chat") or told.get("from") or {}
    return int(place.get("id", 0))
