"""A bucket of tokens at the receiver, as the sender must count it not to find it empty, whatever the network does."""

from __future__ import annotations

from math import ceil, inf


class Bucket:
    """At most ``limit`` requests at once and ``limit`` per ``span`` seconds in the long run, as a token bucket counts.

    In any stretch of T seconds the receiver takes limit + limit x T / span. A request under way may be processed at
    any moment, so it counts in full; an answered one counts from its answer, the last moment at which it can have
    been processed, and drains at the bucket's rate. While both together stay within ``limit`` no stretch holds more.
    Unlike a window it reaches the whole rate, but a receiver that counts by the second would refuse some of it.
    """

    def __init__(self, limit: int, span: float) -> None:
        self.limit = limit
        self.span = span
        self.in_flight = 0
        self._level = 0.0
        self._seen_at = -inf

    def ready_at(self, now: float, spare: int = 0) -> float:
        """The first moment, from ``now`` on, when ``spare`` + 1 may leave; infinity if answers decide."""
        self._drain(now)
        places = self.limit - self.in_flight - 1 - spare
        if self._level <= places:
            return now
        return inf if places < 0 else now + (self._level - places) * self.span / self.limit

    def free_by(self, now: float, moment: float) -> int:
        """How many may leave until ``moment`` if no answer comes until then."""
        self._drain(now)
        drained = (moment - now) * self.limit / self.span
        return max(0, int(self.limit - self.in_flight - max(0.0, self._level - drained)))

    def in_use(self, now: float) -> int:
        """How much of the bucket is under way or not yet drained."""
        self._drain(now)
        return self.in_flight + ceil(self._level)

    def resize(self, limit: int, now: float) -> None:
        """From ``now`` on it is so large, and drains accordingly."""
        self._drain(now)
        self.limit = limit

    def take(self) -> None:
        """The request is about to leave."""
        self.in_flight += 1

    def answered(self, now: float) -> None:
        """The answer came, or will never come: what it cost drains from now on."""
        self._drain(now)
        self.in_flight -= 1
        self._level += 1.0

    def give_back(self) -> None:
        """The request was not made after all."""
        self.in_flight -= 1

    def _drain(self, now: float) -> None:
        if self._level:
            self._level = max(0.0, self._level - (now - self._seen_at) * self.limit / self.span)
        self._seen_at = now
