"""A ledger in memory, a receiver and a network, all in virtual time: a broadcast of minutes is over in a moment."""

from __future__ import annotations

import asyncio
import heapq
import math
import random
from collections import Counter, deque
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta

from delivery.letters import Letter, write_letter
from delivery.pace import Pace
from delivery.pacing import Limits
from delivery.pump import Pump
from domain.deliveries import BroadcastId, ContentRejected, Delayed, DeliveryId, Moved, Outcome, Sent, WireClosed
from domain.editions import Message, Style
from domain.errors import StorageError
from domain.ledger import Ask, Form, Lease, Tick, WorkerId
from domain.readers import ChatId, ChatKind
from storage.gate import Gate
from tests.integration.delivery.parts import Heard
from tests.unit.delivery.virtual import VirtualLoop

MORNING = datetime(2026, 7, 4, 6, 30, tzinfo=UTC)
FORM = Form(BroadcastId(1), date(2026, 7, 4), Style.CLASSIC)
#: A wait for an answer, as a network has it: lognormal, 50 ms in the median, 250 ms in one of a hundred.
MEDIAN, SPREAD = 0.05, math.log(5) / 2.3263


class Strict:
    """Never more than ``rate`` in any second; after a refusal none for a second."""

    def __init__(self, rate: int) -> None:
        self.rate = rate
        self._taken: deque[float] = deque()
        self._closed_until = -math.inf

    def refuses(self, now: float) -> bool:
        while self._taken and self._taken[0] <= now - 1.0:
            self._taken.popleft()
        if now >= self._closed_until and len(self._taken) < self.rate:
            self._taken.append(now)
            return False
        self._closed_until = max(self._closed_until, now + 1.0) if now >= self._closed_until else self._closed_until
        return True


class Bucket:
    """A bucket of ``rate``, refilled evenly."""

    def __init__(self, rate: int) -> None:
        self.rate = rate
        self._held, self._at = float(rate), 0.0

    def refuses(self, now: float) -> bool:
        self._held = min(self.rate, self._held + (now - self._at) * self.rate)
        self._at = now
        if self._held < 1.0:
            return True
        self._held -= 1.0
        return False


@dataclass
class Receiver:
    """The wire and what is behind it: half of a round trip before a message is processed, half after."""

    loop: VirtualLoop
    door: Strict | Bucket
    chance: random.Random = field(default_factory=lambda: random.Random(5))
    taken: list[float] = field(default_factory=list)
    copies: Counter[int] = field(default_factory=Counter)
    floods: list[float] = field(default_factory=list)
    begun: dict[int, float] = field(default_factory=dict)
    edited: list[tuple[int, int]] = field(default_factory=list)
    instead: Outcome | None = None
    until: Callable[[ChatId], float] = lambda _: math.inf
    late: list[int] = field(default_factory=list)

    def letter(self, message: Message) -> Letter:
        return write_letter(message)

    async def send(self, chat_id: ChatId, letter: Letter, silent: bool = False) -> Outcome:
        self.begun[chat_id] = now = self.loop.time()
        if now > self.until(chat_id):
            self.late.append(chat_id)
        half = self.chance.lognormvariate(math.log(MEDIAN), SPREAD) / 2
        await asyncio.sleep(half)
        outcome = self.instead or self._processed(chat_id)
        await asyncio.sleep(half)
        return outcome

    async def edit(self, chat_id: ChatId, message_id: int, letter: Letter) -> Outcome:
        self.edited.append((chat_id, message_id))
        return Sent(message_id)

    def _processed(self, chat_id: ChatId) -> Outcome:
        now = self.loop.time()
        if self.door.refuses(now):
            self.floods.append(now)
            return Delayed("retry after 1", 1.0, everyone=True)
        self.taken.append(now)
        self.copies[chat_id] += 1
        return Sent(1)

    def rate(self, since: float = 0.0) -> float:
        """Messages a second from the first taken after a moment to the last."""
        taken = [moment for moment in self.taken if moment >= since]
        return (len(taken) - 1) / (taken[-1] - taken[0])

    @property
    def most_in_a_second(self) -> int:
        most, window = 0, deque[float]()
        for moment in self.taken:
            window.append(moment)
            while window[0] <= moment - 1.0:
                window.popleft()
            most = max(most, len(window))
        return most


@dataclass
class Ledger:
    """One broadcast to so many readers, and the gate of the token. ``refuses``: the database is away."""

    readers: int
    rate: int
    edits: bool = False
    lease: float = 60.0
    refuses: bool = False
    takes: float = 0.0
    ticks: int = 0
    stopped: bool = False

    def __post_init__(self) -> None:
        self.gate = Gate(self.rate, MORNING)
        self.queued = [(MORNING - timedelta(days=1), number, 1) for number in range(1, self.readers + 1)]
        self.sending: dict[int, tuple[int, datetime]] = {}
        self.ended: dict[int, Outcome] = {}

    def tick(self, ask: Ask) -> Tick:
        if self.refuses:
            raise StorageError("the database is away")
        self.ticks += 1
        stopped = tuple(
            BroadcastId(1) for each in ask.settlements if self._settled(each.delivery, each.outcome, ask.now)
        )
        self.gate.arrive(ask.now)
        budget = self.gate.share(ask.worker, ask.hold, ask.now)
        if self.gate.changed:
            self.gate.seen_at, self.gate.changed = ask.now, False
        leases = [] if self.stopped else self._leases(ask, min(ask.room, budget.slots))
        next_at = self.queued[0][0] if self.queued and not self.stopped else None
        pending = bool(self.sending or (self.queued and not self.stopped))
        return Tick(tuple(leases), next_at, pending, stopped=stopped[:1], budget=budget)

    def _leases(self, ask: Ask, room: int) -> list[Lease]:
        leases: list[Lease] = []
        while self.queued and len(leases) < room and self.queued[0][0] <= ask.now + ask.horizon:
            due, number, attempt = heapq.heappop(self.queued)
            until = ask.now + timedelta(seconds=self.lease)
            self.sending[number] = attempt, until
            copy = number if self.edits else None
            chat, at = ChatId(number), max(due, ask.now)
            leases.append(Lease(DeliveryId(number), attempt, FORM, chat, ChatKind.PRIVATE, False, at, until, copy))
        return leases

    def _settled(self, number: int, outcome: Outcome, now: datetime) -> bool:
        attempt, _ = self.sending.pop(number)
        if isinstance(outcome, Delayed):
            if outcome.everyone:
                self.gate.pause(now + timedelta(seconds=outcome.seconds))
            heapq.heappush(self.queued, (now + timedelta(seconds=outcome.seconds), number, attempt + 1))
            return False
        if isinstance(outcome, ContentRejected | WireClosed | Moved):
            heapq.heappush(self.queued, (now, number, attempt))
            self.stopped = True
            return True
        self.ended[number] = outcome
        return False


@dataclass
class Town:
    """Readers, a receiver, a ledger, and the pumps between them. ``wall``: how far the wall clock is off, seconds."""

    loop: VirtualLoop
    readers: int
    limits: Limits = field(default_factory=Limits)
    bucket: bool = False
    edits: bool = False
    wall: float = 0.0

    def __post_init__(self) -> None:
        rate = self.limits.rate
        self.receiver = Receiver(self.loop, Bucket(rate) if self.bucket else Strict(rate))
        self.ledger = Ledger(self.readers, rate, self.edits)
        self.receiver.until = self.lease_until
        self.waits: list[float] = []
        self.paces: list[Pace] = []
        self.fetched = 0
        self.heard = Heard()

    def now(self) -> datetime:
        return MORNING + timedelta(seconds=self.loop.time() + self.wall)

    def lease_until(self, chat_id: ChatId) -> float:
        """Until when a row may be on its way; for ever, what is no row."""
        lease = self.ledger.sending.get(chat_id)
        return math.inf if lease is None else (lease[1] - MORNING).total_seconds()

    def words(self, form: Form) -> Message:
        self.fetched += 1
        return Message(form.style, "<b>today</b>")

    def pump(self, name: str = "ann") -> Pump:
        pace = Pace(self.limits, self.loop.time)
        self.paces.append(pace)
        worker = WorkerId(name)
        return Pump(self.ledger, self.receiver, pace, self.words, self.heard, worker=worker, clock=self.now)

    async def command(self, number: int, pace: Pace) -> None:
        asked_at, chat_id = self.loop.time(), ChatId(10**8 + number)
        letter = self.receiver.letter(Message(Style.CLASSIC, "here it is"))
        await pace.send(chat_id, lambda: self.receiver.send(chat_id, letter))
        self.waits.append(self.receiver.begun[chat_id] - asked_at)

    async def commands(self, rate: float, pace: Pace) -> None:
        chance, number = random.Random(1), 0
        async with asyncio.TaskGroup() as answers:
            while True:
                await asyncio.sleep(chance.expovariate(rate))
                number += 1
                answers.create_task(self.command(number, pace))
