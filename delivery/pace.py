"""One pace for everything that one bot token sends: replies first, rows of broadcasts between them."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass
from math import inf
from typing import Protocol

from delivery.line import Line
from delivery.moments import Anchor, steady
from delivery.pacing import Limits, Pacing, Permit
from delivery.rows import Row
from domain.deliveries import Outcome, Unknown
from domain.ledger import Budget, Hold
from domain.readers import ChatId

#: Of this many messages that leave while both wait, one is a row: a flood of commands never starves the paper.
_A_ROW_EVERY = 6


@dataclass(eq=False, slots=True)
class _Reply:
    chat_id: ChatId
    at: float
    turn: asyncio.Future[Permit]


class Carrier(Protocol):
    """Who sends the rows whose turn has come."""

    def admits(self, row: Row, now: float) -> bool:
        """Whether a row may begin; if not, it has been taken care of otherwise."""
        ...

    def launch(self, row: Row, permit: Permit) -> None:
        """Begin; the permit is returned by ``ended`` or ``given_back``."""
        ...

    def hungry(self) -> None:
        """No row waits."""
        ...

    def starved(self) -> None:
        """A reply finds no slot because our share of the rate is small."""
        ...


class Pace:
    """The asynchronous door to a ``Pacing``: whoever sends waits here for his turn. One per token and event loop.

    Replies wait as coroutines; rows wait as data, and are launched by their carrier. ``clock``: steady seconds.
    """

    def __init__(self, limits: Limits, clock: Callable[[], float] = steady) -> None:
        self.pacing = Pacing(limits)
        self.now = clock
        self._replies: Line[_Reply] = Line(self.pacing.chats.ready_at)
        self._rows: Line[Row] = Line(self.pacing.chats.ready_at)
        self._carrier: Carrier | None = None
        self._since_row = 0
        self._alarm: asyncio.TimerHandle | None = None
        self._alarm_at = inf

    async def send(self, chat_id: ChatId, request: Callable[[], Awaitable[Outcome]]) -> Outcome:
        """Send a reply: wait for the turn of its chat, make the request, and learn from its outcome.

        Returns the outcome with its scope decided (``Delayed.everyone``). Cancelled while it waits, nothing was sent.
        """
        permit = await self._turn(chat_id)
        try:
            outcome = await request()
        except BaseException:
            self.ended(permit, Unknown("the request broke off"))
            raise
        return self.ended(permit, outcome)

    def carried_by(self, carrier: Carrier) -> None:
        """Rows are launched by him from now on."""
        self._carrier = carrier

    def carry(self, rows: Iterable[Row]) -> None:
        """Let rows wait for their turns."""
        for row in rows:
            self._rows.append(row)
        self._grant()

    def withdraw(self, unwanted: Callable[[Row], bool] = lambda _: True) -> list[Row]:
        """Rows that shall not wait any longer."""
        return self._rows.take_out(unwanted)

    @property
    def rows_waiting(self) -> int:
        """Rows that wait for their turn."""
        return len(self._rows)

    def ended(self, permit: Permit, outcome: Outcome) -> Outcome:
        """A request was answered. Returns its outcome with its scope decided."""
        outcome = self.pacing.end(permit, outcome, self.now())
        self._answered(permit.chat_id)
        return outcome

    def given_back(self, permit: Permit) -> None:
        """A request was not made after all."""
        self.pacing.give_back(permit)
        self._answered(permit.chat_id)

    def chat_wait(self, chat_id: ChatId) -> float:
        """Seconds until a chat's own limits let a message through; infinity while one to it is unanswered."""
        now = self.now()
        return self.pacing.chats.ready_at(chat_id, now) - now

    def room(self, seconds: float) -> int:
        """How many more rows could begin within so many seconds than wait already."""
        now = self.now()
        return max(0, self.pacing.room(now, now + seconds) - len(self._rows))

    def wait(self) -> float:
        """Seconds until a row may begin; infinity while only an answer, or the ledger, can tell."""
        now = self.now()
        return self.pacing.begins_at(now, reply=False) - now

    def hold(self, *, all_there_is: bool) -> Hold:
        """What the ledger is told of our share of the rate."""
        return self.pacing.hold(self.now(), len(self._rows) + len(self._replies), all_there_is=all_there_is)

    def share(self, budget: Budget | None, anchor: Anchor) -> None:
        """The ledger gave us a share of the rate; None: it keeps none, and all of it is ours."""
        limits, now = self.pacing.limits, self.now()
        if budget is None:
            self.pacing.share(limits.rate, inf, now)
        else:
            self.pacing.share(budget.slots, anchor.to_steady(budget.until) - limits.span, now)
            if budget.paused_until is not None:
                self.pacing.pause(anchor.to_steady(budget.paused_until), now)
        self._grant()

    def reserve(self) -> None:
        """Until the ledger says otherwise, we hold no more than what answers to people need."""
        self.pacing.share(self.pacing.limits.reserve, inf, self.now())

    async def _turn(self, chat_id: ChatId) -> Permit:
        waiting = _Reply(chat_id, 0.0, asyncio.get_running_loop().create_future())
        self._replies.append(waiting)
        self._grant()
        if self._carrier is not None and not waiting.turn.done() and self.pacing.slots < self.pacing.limits.rate:
            self._carrier.starved()
        try:
            return await waiting.turn
        except asyncio.CancelledError:
            if waiting.turn.done() and not waiting.turn.cancelled():
                self.given_back(waiting.turn.result())
            raise

    def _answered(self, chat_id: ChatId) -> None:
        self._rows.answered(chat_id)
        self._replies.answered(chat_id)
        self._grant()

    def _grant(self) -> None:
        """Let everyone go who may, then set the alarm for the next who will."""
        now = self.now()
        while (moment := self._one_goes(now)) <= now:
            pass
        if self._carrier is not None and not len(self._rows):
            self._carrier.hungry()
        self._set_alarm(now, moment)

    def _one_goes(self, now: float) -> float:
        """Let one go. Returns when to look again: ``now`` when one went, infinity while only an answer can tell."""
        if not len(self._replies):
            return self._row_goes(now)
        if self._since_row >= _A_ROW_EVERY - 1:
            moment = self._row_goes(now, in_turn=True)
            return moment if moment <= now else min(moment, self._reply_goes(now))
        moment = self._reply_goes(now)
        return moment if moment <= now else min(moment, self._row_goes(now))

    def _reply_goes(self, now: float) -> float:
        begin = self.pacing.begins_at(now, reply=True)
        if begin > now:
            return begin
        while (waiting := self._replies.head(now)) is not None:
            self._replies.leave()
            if not waiting.turn.done():
                self._since_row += 1
                waiting.turn.set_result(self.pacing.begin(waiting.chat_id, now, reply=True))
                return now
            self._replies.answered(waiting.chat_id)  # he waits no longer; the next for this chat may go
        return self._replies.next_at()

    def _row_goes(self, now: float, *, in_turn: bool = False) -> float:
        if self._carrier is None or not len(self._rows):
            return inf
        begin = self.pacing.begins_at(now, reply=False, in_turn=in_turn)
        if begin > now:
            return begin
        while (row := self._rows.head(now)) is not None:
            self._rows.leave()
            if self._carrier.admits(row, now):
                self._since_row = 0
                self._carrier.launch(row, self.pacing.begin(row.chat_id, now, reply=False))
                return now
            self._rows.answered(row.chat_id)
        return self._rows.next_at()

    def _set_alarm(self, now: float, moment: float) -> None:
        if self._alarm is not None:
            if now < self._alarm_at <= moment:
                return  # it rings early enough, and then looks again
            self._alarm.cancel()
            self._alarm = None
        if moment < inf:
            self._alarm_at = moment
            self._alarm = asyncio.get_running_loop().call_later(max(0.0, moment - now), self._rung)

    def _rung(self) -> None:
        self._alarm = None
        self._grant()
