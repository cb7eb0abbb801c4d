"""What the bot is told: the queue of updates, who may read it, and what it asked to hear."""

from __future__ import annotations

import random
from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from sandbox.telegram.errors import Refusal, bad_request, conflict
from sandbox.telegram.signal import Signal

#: Every kind of update that the sandbox can make, and those that come only when they are asked for by name.
KINDS: Final = (
    "message",
    "edited_message",
    "channel_post",
    "edited_channel_post",
    "callback_query",
    "my_chat_member",
    "chat_member",
    "message_reaction",
    "message_reaction_count",
    "poll",
    "poll_answer",
    "inline_query",
    "chosen_inline_result",
    "shipping_query",
    "pre_checkout_query",
    "chat_join_request",
    "chat_boost",
    "removed_chat_boost",
)
ON_DEMAND: Final = frozenset(("chat_member", "message_reaction", "message_reaction_count"))

_WEBHOOK_ACTIVE: Final = (
    "can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first"
)
_OTHER_READER: Final = "terminated by other getUpdates request; make sure that only one bot instance is running"


@dataclass(slots=True)
class Webhook:
    """Where updates are pushed to, and how that went. ``last_error_at`` is a Unix time in seconds."""

    url: str
    secret: str = ""
    max_connections: int = 40
    last_error_at: int = 0
    last_error: str = ""


@dataclass(slots=True)
class Poll:
    """A getUpdates that waits; ``ended_by`` says what ended it, if not an update."""

    ended_by: Refusal | None = None


@dataclass(slots=True)
class Updates:
    """The updates that nobody has confirmed yet, oldest first."""

    signal: Signal
    chance: random.Random
    queue: deque[tuple[int, dict[str, Any]]] = field(default_factory=deque)
    allowed: frozenset[str] = frozenset(KINDS) - ON_DEMAND
    asked: frozenset[str] | None = None
    webhook: Webhook | None = None
    next_id: int = 0
    polls: int = 0
    _poll: Poll | None = None

    def __post_init__(self) -> None:
        self.next_id = self.chance.randrange(100_000_000, 999_000_000)

    def put(self, kind: str, body: dict[str, Any]) -> int | None:
        """Queue an update; its id, or None where the bot did not ask for this kind."""
        with self.signal.lock:
            if kind not in self.allowed:
                return None
            update_id = self.next_id
            self.next_id += 1
            self.queue.append((update_id, {"update_id": update_id, kind: body}))
        self.signal.ring()
        return update_id

    def allow(self, kinds: Any) -> None:
        """Take over an allowed_updates list: empty means all but those on demand; None leaves it as it was."""
        if kinds is None:
            return
        if not isinstance(kinds, list):
            raise bad_request("expected an Array of String as allowed_updates")
        named = frozenset(str(kind).lower() for kind in kinds) & frozenset(KINDS)
        self.asked = named or None
        self.allowed = named or frozenset(KINDS) - ON_DEMAND

    def confirm(self, offset: int) -> None:
        """Forget updates before ``offset``; a negative one keeps that many from the end."""
        if offset < 0:
            while len(self.queue) > -offset:
                self.queue.popleft()
        while offset > 0 and self.queue and self.queue[0][0] < offset:
            self.queue.popleft()

    def first(self, limit: int) -> list[dict[str, Any]]:
        """The oldest updates, at most ``limit``."""
        return [body for _, body in list(self.queue)[:limit]]

    def interrupt(self, reason: str) -> None:
        """End a waiting getUpdates with 409."""
        if self._poll is not None:
            self._poll.ended_by = conflict(reason)
            self._poll = None
            self.signal.ring()

    async def poll(self, offset: int, limit: int, timeout: float, kinds: Sequence[str] | None) -> list[dict[str, Any]]:  # noqa: ASYNC109
        """Answer a getUpdates: at once, or when something comes in time (s); a second reader ends the first."""
        with self.signal.lock:
            if self.webhook is not None:
                raise conflict(_WEBHOOK_ACTIVE)
            self.interrupt(_OTHER_READER)
            self.allow(kinds)
            self.confirm(offset)
            poll = self._poll = Poll()
            self.polls += 1
            self.signal.ring()
        try:
            await self.signal.until(lambda: poll.ended_by or bool(self.queue), timeout)
        finally:
            if self._poll is poll:
                self._poll = None
        if poll.ended_by is not None:
            raise poll.ended_by
        with self.signal.lock:
            return self.first(limit)
