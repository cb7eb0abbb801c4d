"""How many slots are used of those we hold: all, until the server says that it is fewer; then what it was seen to take.

Additive increase, multiplicative decrease, with a memory:

- **Decrease.** At a flood error the slots fall to the number of messages that the server took in the span before the
  refused one (each counted halfway between its sending and its answer): its limit as it was felt. They fall by a tenth
  at least, to a quarter at most. Flood errors of requests that had left before the fall change nothing.
- **Increase.** One step (a thirtieth of what we hold, at least one slot) more in every second of good answers, while
  the slots are in fact used, up to a step below where the last flood was.
- **Testing.** That ceiling itself is tried again after a minute, each time it fails after twice as long, at most half
  an hour. When it holds for two seconds, it is forgotten.
"""

from __future__ import annotations

from collections import deque
from math import inf

_LEAST_FALL, _DEEPEST_FALL = 0.9, 0.25
_STEPS = 30
#: Seconds until a ceiling is tried again.
_FIRST_PATIENCE, _LONGEST_PATIENCE = 60.0, 1800.0
#: Good answers are remembered for so many spans.
_SPANS_KEPT = 3.0
#: A ceiling that was tried again holds after so many spans of good answers.
_SPANS_TO_HOLD = 2.0
#: What shares of shares may have lost of a whole slot.
_ROUNDING = 1e-6


class Capacity:
    """``slots`` in use (at least one), out of ``share``. Moments are seconds of a clock that does not run backwards."""

    def __init__(self, share: int, span: float) -> None:
        self.share = share
        self.slots = share
        self._span = span
        self._slots = float(share)
        self._ceiling = inf
        self._patience = _FIRST_PATIENCE
        self._fell_at = -inf
        self._before = self._slots
        self._felt_at = -inf
        self._tested_at = -inf
        self._seen_to_hold = 0.0
        self._taken_at: deque[float] = deque()

    def resize(self, share: int) -> None:
        """We hold so many from now on. What was learned is kept in proportion."""
        scale = share / self.share
        self.share = share
        self._ceiling *= scale
        self._before *= scale
        self._use(self._slots * scale)

    def flooded(self, began: float, now: float) -> None:
        """A flood error, to a request that had left at ``began``."""
        if began < self._fell_at:
            return
        tested = self._slots >= self._ceiling
        self._patience = min(self._patience * 2, _LONGEST_PATIENCE) if tested else _FIRST_PATIENCE
        self._ceiling = float(self.slots)
        self._before = self._slots
        self._fell_at = now
        self._felt_at = (began + now) / 2
        self._fall()

    def good(self, began: float, now: float, *, used: bool) -> None:
        """A good answer. ``used``: the slots were nearly all in use, so that it says something about them."""
        halfway = (began + now) / 2
        self._taken_at.append(halfway)
        while self._taken_at and self._taken_at[0] < now - _SPANS_KEPT * self._span:
            self._taken_at.popleft()
        if began < self._fell_at:
            if halfway <= self._felt_at:
                self._fall()  # it was on its way when the flood came: one more that the server had taken
        elif used and self._slots < self.share:
            self._grow(began, now)

    def _fall(self) -> None:
        since = self._felt_at - self._span
        taken = sum(1 for moment in self._taken_at if since < moment <= self._felt_at)
        self._use(max(min(taken, self._before * _LEAST_FALL), self._before * _DEEPEST_FALL))

    def _grow(self, began: float, now: float) -> None:
        if self._slots >= self._ceiling:
            self._hold(began)
            return
        step = max(1.0, self.share / _STEPS)
        grown = self._slots + step / self._slots
        below = max(self._slots, self._ceiling - step)
        if grown > below:
            grown = self._ceiling if now - self._fell_at >= self._patience else below
        if grown >= self._ceiling:
            self._tested_at, self._seen_to_hold = now, 0.0
        self._use(grown)

    def _hold(self, began: float) -> None:
        """One more answer under the ceiling that is tried again, if it left since: enough of them, and it holds."""
        if began >= self._tested_at:
            self._seen_to_hold += 1 / self._slots
        if self._seen_to_hold >= _SPANS_TO_HOLD:
            self._ceiling, self._patience = inf, _FIRST_PATIENCE

    def _use(self, slots: float) -> None:
        self._slots = min(max(slots, 1.0), float(self.share))
        self.slots = int(self._slots + _ROUNDING)
