"""One pace for everything that one bot token sends: replies first, rows of broadcasts between them."""

from __future__ import annotations

import asyncio
import time
from collections import deque
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from math import inf

from delivery.pacing import Limits, Pacing, Permit
from domain.deliveries import Outcome, Unknown
from domain.readers import ChatId

#: Of this many messages that leave while both wait, one is a row: a flood of commands never starves the paper.
_A_ROW_EVERY = 6


@dataclass(eq=False, slots=True)
class _Waiting:
    chat_id: ChatId
    reply: bool
    turn: asyncio.Future[Permit]


class NotMade(Exception):
    """Raised by a request instead of leaving: its permit is given back as if it had never been asked for."""


class Pace:
    """The asynchronous door to a ``Pacing``: whoever sends waits here for his turn. One per token and event loop."""

    def __init__(self, limits: Limits, clock: Callable[[], float] = time.monotonic) -> None:
        self.pacing = Pacing(limits)
        self._clock = clock
        self._replies: deque[_Waiting] = deque()
        self._rows: deque[_Waiting] = deque()
        self._since_row = 0
        self._alarm: asyncio.TimerHandle | None = None

    async def send(self, chat_id: ChatId, request: Callable[[], Awaitable[Outcome]], *, reply: bool) -> Outcome:
        """Wait for the turn of a chat, make the request, and learn from its outcome.

        Returns the outcome with its scope decided (``Delayed.everyone``). Cancelled while it waits, nothing was sent.
        Raises NotMade when the request does.
        """
        permit = await self._turn(chat_id, reply=reply)
        try:
            outcome = await request()
        except NotMade:
            self.pacing.give_back(permit)
            raise
        except BaseException:
            self.pacing.end(permit, Unknown("the request broke off"), self._clock())
            raise
        else:
            return self.pacing.end(permit, outcome, self._clock())
        finally:
            self._grant()

    def chat_wait(self, chat_id: ChatId) -> float:
        """Seconds until a chat's own limits let a message through; infinity while one to it is unanswered."""
        now = self._clock()
        return self.pacing.chat_ready_at(chat_id, now) - now

    def room(self, seconds: float) -> int:
        """How many rows could begin within so many seconds, those included that wait already."""
        now = self._clock()
        return self.pacing.room(now, now + seconds)

    def wait(self) -> float:
        """Seconds until a row may begin; infinity while only an answer can tell."""
        now = self._clock()
        return self.pacing.begins_at(now, reply=False) - now

    async def _turn(self, chat_id: ChatId, *, reply: bool) -> Permit:
        waiting = _Waiting(chat_id, reply, asyncio.get_running_loop().create_future())
        queue = self._replies if reply else self._rows
        queue.append(waiting)
        self._grant()
        try:
            return await waiting.turn
        except asyncio.CancelledError:
            self._withdraw(waiting, queue)
            raise

    def _withdraw(self, waiting: _Waiting, queue: deque[_Waiting]) -> None:
        if waiting in queue:
            queue.remove(waiting)
        elif waiting.turn.done() and not waiting.turn.cancelled():
            self.pacing.give_back(waiting.turn.result())
        self._grant()

    def _grant(self) -> None:
        """Let everyone go who may, then set the alarm for the next who will."""
        now = self._clock()
        while (waiting := self._next(now)) is not None:
            (self._replies if waiting.reply else self._rows).remove(waiting)
            self._since_row = self._since_row + 1 if waiting.reply else 0
            permit = self.pacing.begin(waiting.chat_id, now, reply=waiting.reply)
            waiting.turn.set_result(permit)
        self._set_alarm(now)

    def _next(self, now: float) -> _Waiting | None:
        if self.pacing.begins_at(now, reply=True) > now:
            return None
        row_first = self._since_row >= _A_ROW_EVERY - 1
        queues = (self._rows, self._replies) if row_first else (self._replies, self._rows)
        waiting = (waiting for queue in queues for waiting in queue if not waiting.turn.done())
        return next((each for each in waiting if self._ready_at(each, now) <= now), None)

    def _ready_at(self, waiting: _Waiting, now: float) -> float:
        return self.pacing.ready_at(waiting.chat_id, now, reply=waiting.reply)

    def _set_alarm(self, now: float) -> None:
        if self._alarm is not None:
            self._alarm.cancel()
            self._alarm = None
        moment = self._next_moment(now)
        if moment < inf:
            self._alarm = asyncio.get_running_loop().call_later(max(0.0, moment - now), self._grant)

    def _next_moment(self, now: float) -> float:
        """When to look again: when the token is free, and then when the first chat is."""
        if not self._replies and not self._rows:
            return inf
        begin = self.pacing.begins_at(now, reply=bool(self._replies))
        if begin > now:
            return begin
        return min(self._ready_at(waiting, now) for waiting in (*self._replies, *self._rows))
