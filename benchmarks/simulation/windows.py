"""Workers that share the rate of one token, event by event: what reaches Telegram, and when.

Each worker has so many slots of the rate; a message takes a slot, is processed half a round trip later, and frees the
slot one second after its answer. Rows of a worker leave a little apart. A worker that dies keeps its share until its
hold ends; then the others take it. Time is simulated: seconds from 0.
"""

from __future__ import annotations

import heapq
import math
from collections.abc import Sequence
from dataclasses import dataclass, field
from random import Random

from benchmarks.receiver.conditions import Conditions, Latency
from benchmarks.receiver.counts import most_in

#: A slot rests so long after its answer; Telegram counts by the second.
SPAN = 1.0
#: How much of the even distance between two rows is kept, and by how many distances late ones may catch up.
SPACING, CATCHING_UP = 0.9, 2.0
#: A share comes back so long after the last word of a dead worker, at worst.
HOLD = 5.0


@dataclass(frozen=True, slots=True)
class Scene:
    """``rate`` a second shared by ``workers``; round trips of ``median`` and, one in a hundred, ``slow`` seconds.

    ``killed_at``: when the first worker dies, and how long after it all goes on is in ``seconds``.
    """

    rate: int
    workers: int = 1
    median: float = 0.05
    slow: float = 0.25
    seconds: float = 120.0
    killed_at: float = math.inf
    seed: int = 1


@dataclass(frozen=True, slots=True)
class Seen:
    """What Telegram saw. ``moments`` in order; ``in_flight``: the most at once of all workers."""

    moments: Sequence[float]
    in_flight: int

    @property
    def rate(self) -> float:
        """Messages a second, the first two seconds left out: they begin with a full window."""
        steady = [moment for moment in self.moments if moment >= 2.0]
        return (len(steady) - 1) / (steady[-1] - steady[0])

    @property
    def most_in_one_second(self) -> int:
        """The largest number in any second."""
        return most_in(self.moments)

    def rate_between(self, begin: float, end: float) -> float:
        """Messages a second in a stretch of time."""
        return sum(begin <= moment < end for moment in self.moments) / (end - begin)


@dataclass(slots=True)
class _Worker:
    slots: int
    dies_at: float = math.inf
    free_at: list[float] = field(default_factory=list)
    next_at: float = 0.0

    def __post_init__(self) -> None:
        self.free_at = [0.0] * self.slots

    def begins_at(self) -> float:
        """When its next message leaves; never where it has no slot, or is dead by then."""
        if not self.free_at:
            return math.inf
        moment = max(self.free_at[0], self.next_at)
        return moment if moment < self.dies_at else math.inf

    def send(self, round_trip: float) -> float:
        """One message; the moment when it leaves."""
        begins = self.begins_at()
        heapq.heapreplace(self.free_at, begins + round_trip + SPAN)
        gap = SPACING * SPAN / self.slots
        self.next_at = max(self.next_at, begins - CATCHING_UP * gap) + gap
        return begins

    def take(self, slots: int, now: float) -> None:
        """Slots that nobody holds any more."""
        self.slots += slots
        for _ in range(slots):
            heapq.heappush(self.free_at, now)


def simulate(scene: Scene) -> Seen:
    """Let them send for a while; there is always something to send."""
    workers = _shared(scene)
    latency = Latency(Conditions(median=scene.median, slow=scene.slow), Random(scene.seed))
    taken_over_at = scene.killed_at + HOLD
    processed: list[float] = []
    flights: list[tuple[float, float]] = []
    while True:
        worker = min(workers, key=_Worker.begins_at)
        now = worker.begins_at()
        if taken_over_at <= min(now, scene.seconds):
            _take_over(workers, taken_over_at)
            taken_over_at = math.inf
            continue
        if now >= scene.seconds:
            break
        round_trip = latency.draw()
        worker.send(round_trip)
        processed.append(now + round_trip / 2)
        flights.append((now, now + round_trip))
    return Seen(sorted(processed), _most_at_once(flights))


def _shared(scene: Scene) -> list[_Worker]:
    each, rest = divmod(scene.rate, scene.workers)
    workers = [_Worker(each + (number < rest)) for number in range(scene.workers)]
    workers[0].dies_at = scene.killed_at
    return workers


def _take_over(workers: list[_Worker], now: float) -> None:
    dead, *others = workers
    each, rest = divmod(dead.slots, len(others)) if others else (0, 0)
    for number, worker in enumerate(others):
        worker.take(each + (number < rest), now)


def _most_at_once(flights: Sequence[tuple[float, float]]) -> int:
    turns = sorted([(begin, 1) for begin, _ in flights] + [(end, -1) for _, end in flights])
    most = now = 0
    for _, turn in turns:
        now += turn
        most = max(most, now)
    return most
