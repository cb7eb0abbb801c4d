"""A window of slots: how many requests may lie in any span of time, whatever the network does to them."""

from __future__ import annotations

from collections import deque
from math import inf


class Window:
    """At most ``limit`` requests processed in any ``span`` seconds, as the strictest receiver counts them.

    A slot is taken before a request and freed ``span`` seconds after its answer. The request was processed somewhere
    between the two, so two uses of one slot lie at least ``span`` apart at the receiver. No rule that frees slots
    earlier is safe against a receiver that counts so, and this one reaches limit / (span + mean round trip).
    Moments are seconds of any one clock that does not run backwards.
    """

    def __init__(self, limit: int, span: float) -> None:
        self.limit = limit
        self.span = span
        self.in_flight = 0
        self._freed_at: deque[float] = deque()

    def ready_at(self, now: float, spare: int = 0) -> float:
        """The first moment, from ``now`` on, when a slot is free and ``spare`` more are; infinity if answers decide."""
        self._forget(now)
        missing = self.in_flight + len(self._freed_at) - self.limit + 1 + spare
        if missing <= 0:
            return now
        return self._freed_at[missing - 1] if missing <= len(self._freed_at) else inf

    def free_by(self, now: float, moment: float) -> int:
        """How many slots will be free at ``moment`` if no answer comes until then."""
        self._forget(now)
        resting = len(self._freed_at)
        for freed_at in self._freed_at:
            if freed_at > moment:
                break
            resting -= 1
        return max(0, self.limit - self.in_flight - resting)

    def in_use(self, now: float) -> int:
        """How many slots are under way or still rest."""
        self._forget(now)
        return self.in_flight + len(self._freed_at)

    def resize(self, limit: int, now: float) -> None:
        """From ``now`` on it is so many; what is in use beyond that comes to an end first."""
        self.limit = limit

    def take(self) -> None:
        """Use a slot: the request is about to leave."""
        self.in_flight += 1

    def answered(self, now: float) -> None:
        """The answer came, or will never come: the slot rests."""
        self.in_flight -= 1
        self._freed_at.append(now + self.span)

    def give_back(self) -> None:
        """The request was not made after all."""
        self.in_flight -= 1

    def _forget(self, now: float) -> None:
        while self._freed_at and self._freed_at[0] <= now:
            self._freed_at.popleft()
