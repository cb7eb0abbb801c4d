"""How long answers take, and how many requests under way the rate needs for that."""

from __future__ import annotations

from math import ceil, sqrt

#: What is assumed before the first answer, seconds.
_ASSUMED = 0.06
#: How much one answer changes the mean.
_WEIGHT = 1 / 32
_FLOOR = 4
#: No answer is expected sooner, seconds.
_SHORTEST = 0.001
#: Without any answer for so long, seconds, and for so many round trips, something is in the way.
_SILENCE, _TRIPS = 1.0, 3.0
#: Deviations and places above the mean, so that the ceiling never costs a slot on a quiet day.
_DEVIATIONS, _PLACES = 2.0, 2.0


class Latency:
    """A moving mean of round trips, seconds."""

    def __init__(self) -> None:
        self.mean = _ASSUMED
        self._last_at = 0.0

    def waits(self, now: float) -> None:
        """A request leaves while none is under way."""
        self._last_at = max(self._last_at, now)

    def answered(self, began: float, now: float) -> None:
        """An answer came at ``now`` to what was sent at ``began``."""
        self.mean += (now - began - self.mean) * _WEIGHT
        self._last_at = now

    def expected(self, now: float) -> float:
        """How long the next answer may take: no less than we have been waiting for any."""
        return max(self.mean, now - self._last_at, _SHORTEST)

    def silent(self, now: float) -> bool:
        """Whether answers fail to come, if any are waited for."""
        return now - self._last_at > max(_SILENCE, _TRIPS * self.mean)

    def in_flight(self, slots: int, span: float) -> int:
        """The most requests under way at once that ``slots`` per ``span`` need; never more than the slots.

        By Little's law there are rate x latency on average; arrivals scatter like a Poisson process around it.
        """
        mean = slots / span * self.mean
        return min(max(ceil(mean + _DEVIATIONS * sqrt(mean) + _PLACES), _FLOOR), slots)
