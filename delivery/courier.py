"""The courier: takes one leased row to Telegram, in the form that the server knows, and tells how it ended."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, replace
from datetime import datetime
from math import inf

import structlog

from delivery.pace import NotMade, Pace
from delivery.ports import Clock, Editions, Wire
from delivery.telling import Telling
from delivery.trials import Trials
from domain.deliveries import BroadcastId, ContentRejected, Delayed, Moved, Outcome, Refused, Unknown, Unsupported
from domain.editions import Message, Style
from domain.ledger import Form, Lease, Settlement
from domain.readers import ChatKind

log = structlog.get_logger()

#: The longest wait between two attempts that we choose ourselves, seconds.
_LONGEST_WAIT = 300.0
#: A chat that is not ready sooner, seconds, gives its row back instead of keeping a place among those in flight.
_KEEPS_ITS_PLACE = 2.0
#: Before a row is tried again for which something of ours broke, seconds.
_AFTER_A_BREAK = 5.0


@dataclass(eq=False, slots=True)
class Flight:
    """One lease on its way. Until it has ``begun`` nothing has touched the wire, and it can be handed back."""

    lease: Lease
    begun: bool = False


class Courier:
    """Sends single rows: each at its slot, never late, its form on trial until Telegram has taken it once.

    ``attempts``: after so many a row is given up, refused for a passing reason.
    """

    def __init__(
        self, wire: Wire, pace: Pace, editions: Editions, telling: Telling, clock: Clock, *, attempts: int
    ) -> None:
        self._wire = wire
        self._pace = pace
        self._editions = editions
        self._telling = telling
        self._clock = clock
        self._attempts = attempts
        self._trials = Trials()
        self._messages: dict[Form, Message | None] = {}
        self._rich_missing = False

    def forget(self, broadcast: BroadcastId) -> None:
        """It is over, or it goes on after a stop: then someone has mended it, and its words may be others."""
        self._trials.forget(broadcast)
        self._messages = {form: message for form, message in self._messages.items() if form.broadcast != broadcast}

    async def take(self, flight: Flight) -> Settlement:
        """Send a row and return how it ended, whatever happens; cancelled before it has begun, it is handed back."""
        lease = flight.lease
        try:
            outcome = await self._deliver(flight)
        except (asyncio.CancelledError, NotMade):
            outcome = self._broken_off(flight, "it was interrupted", 0.0)
        except Exception as error:  # the top of a job: whatever broke, the row must come to a true end
            log.exception("delivery.broke", delivery=lease.delivery)
            outcome = self._broken_off(flight, type(error).__name__, _AFTER_A_BREAK)
        if lease.kind is ChatKind.CHANNEL:
            self._telling.channel(lease, outcome)
        return Settlement(lease.delivery, lease.attempt, outcome, self._clock(), flight.begun)

    @staticmethod
    def _broken_off(flight: Flight, reason: str, seconds: float) -> Outcome:
        if flight.begun:
            return Unknown(f"broken off: {reason}")
        return Delayed(f"handed back: {reason}", seconds)

    async def _deliver(self, flight: Flight) -> Outcome:
        lease = flight.lease
        wait = self._pace.chat_wait(lease.chat_id)
        if _KEEPS_ITS_PLACE < wait < inf:
            return Delayed("the chat's own limit", wait)
        await asyncio.sleep((lease.at - self._clock()).total_seconds())
        recall = self._recall(flight)
        try:
            outcome = await self._in_its_form(flight)
        finally:
            recall.cancel()
        if outcome is None:
            return Delayed("handed back: its broadcast was stopped", 0.0)
        return self._given_up(lease, outcome)

    def _recall(self, flight: Flight) -> asyncio.TimerHandle:
        """Hand the row back when it could not begin in time, however long the pace lets it wait."""
        task = asyncio.current_task()

        def unless_begun() -> None:
            if task is not None and not flight.begun:
                task.cancel()

        left = (_latest(flight.lease) - self._clock()).total_seconds()
        return asyncio.get_running_loop().call_later(max(left, 0.0), unless_begun)

    async def _in_its_form(self, flight: Flight) -> Outcome | None:
        form = flight.lease.form
        if self._rich_missing and form.style is Style.RICH:
            form = replace(form, style=Style.CLASSIC)
        outcome = await self._trials.send(form, lambda: self._send(flight, form))
        if not isinstance(outcome, Unsupported) or form.style is not Style.RICH:
            return outcome
        if not self._rich_missing:
            self._rich_missing = True
            self._telling.rich_missing()
        return await self._in_its_form(flight)

    async def _send(self, flight: Flight, form: Form) -> Outcome:
        if self._rich_missing and form.style is Style.RICH:
            return Unsupported("the server lacks rich messages")
        message = await self._message(form)
        if message is None:
            return ContentRejected(f"there is no {form.style} edition to send")
        lease, letter = flight.lease, self._wire.letter(message)

        async def request() -> Outcome:
            if self._clock() > _latest(lease):
                raise NotMade  # the machine slept: another worker may have this row by now
            flight.begun = True
            return self._backed_off(lease, await self._wire.send(lease.chat_id, letter, lease.silent))

        return await self._pace.send(lease.chat_id, request, reply=False)

    async def _message(self, form: Form) -> Message | None:
        if form not in self._messages:
            self._messages[form] = await asyncio.to_thread(self._editions, form)
        return self._messages[form]

    @staticmethod
    def _backed_off(lease: Lease, outcome: Outcome) -> Outcome:
        """A failure that is nobody's fault is waited out twice as long each time; a 429 says itself how long."""
        if isinstance(outcome, Delayed) and not outcome.everyone:
            doubled = outcome.seconds * 2 ** min(lease.attempt - 1, 10)
            return replace(outcome, seconds=min(doubled, _LONGEST_WAIT))
        return outcome

    def _given_up(self, lease: Lease, outcome: Outcome) -> Outcome:
        if isinstance(outcome, Delayed | Moved) and lease.attempt >= self._attempts:
            last = outcome.reason if isinstance(outcome, Delayed) else f"moved to {outcome.to}"
            return Refused(f"given up after {lease.attempt} attempts: {last}")
        return outcome


def _latest(lease: Lease) -> datetime:
    """The last moment to begin: half of a lease is kept for the answer."""
    return lease.at + (lease.until - lease.at) / 2
