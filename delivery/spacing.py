"""How rows of a broadcast keep out of the way of replies: at a distance from each other, and of the last free slots."""

from __future__ import annotations

from math import ceil, exp, inf, sqrt

#: Rows that were held up may catch up by so many distances, so that late answers cost no capacity either.
_CATCHING_UP = 2.0
#: Rows that would leave closer to each other leave together, seconds: to wake for each of them costs too much.
_TOGETHER = 0.005
#: How fast the rate of replies is forgotten, seconds.
_MEMORY = 10.0
#: Replies a second below which no slot is kept for them: they wait for the next that comes free.
_RARE = 0.25
#: Slots kept for replies: so many for each reply a second, or so many deviations of their number where that is less;
#: of all slots at most this part. Found by simulation: at 20 a second and a rate of 30 a reply in 100 waits 0.2 s.
_FOR_EACH, _DEVIATIONS = 0.65, 3.0
_AT_MOST = 1 / 2


class Spacing:
    """``share``: of the even distance between two rows. Moments are seconds of a clock that does not run backwards."""

    def __init__(self, share: float) -> None:
        self._share = share
        self._next_row_at = -inf
        self._together = 0.0
        self._replies = 0.0
        self._counted_at = 0.0

    def row_at(self, now: float) -> float:
        """The first moment for the next row."""
        return now if self._next_row_at <= now else self._next_row_at + self._together

    def row(self, now: float, slots: int, span: float) -> None:
        """A row leaves."""
        gap = self.gap(slots, span)
        self._together = max(0.0, _TOGETHER - gap)
        self._next_row_at = max(self._next_row_at, now - _CATCHING_UP * gap - self._together) + gap

    def reply(self, now: float) -> None:
        """A reply leaves."""
        self._replies = self._rate(now) + 1 / _MEMORY
        self._counted_at = now

    def kept(self, now: float, slots: int) -> int:
        """How many slots rows leave free: enough for the replies that may come at once, going by the last ones."""
        if self._replies < _RARE or (rate := self._rate(now)) < _RARE:
            return 0
        return int(min(ceil(min(_FOR_EACH * rate, _DEVIATIONS * sqrt(rate))), slots * _AT_MOST))

    def gap(self, slots: int, span: float) -> float:
        """The distance between two rows, seconds."""
        return self._share * span / slots

    def _rate(self, now: float) -> float:
        return self._replies * exp((self._counted_at - now) / _MEMORY)
