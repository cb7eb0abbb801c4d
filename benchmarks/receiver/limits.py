"""Flood limits at the receiver, pure: which message is let through, and how long a refused one is told to wait.

Moments are seconds of a clock that does not run backwards.
"""

from __future__ import annotations

import math
from collections import deque
from dataclasses import dataclass
from typing import Protocol

from benchmarks.receiver.conditions import Conditions, Mode

#: A message that was sent so long after a refusal, seconds, is sent by someone who had heard it.
HEARD = 0.25


class Limit(Protocol):
    """A limit over all chats."""

    rate: int

    def take(self, now: float) -> bool:
        """Let one message through, or not; only what is let through counts."""
        ...


class SlidingWindow:
    """Never more than ``rate`` in any second, wherever it begins."""

    def __init__(self, rate: int) -> None:
        self.rate = rate
        self._accepted: deque[float] = deque()

    def take(self, now: float) -> bool:
        """Let one through when fewer than ``rate`` are less than a second old."""
        accepted = self._accepted
        while accepted and accepted[0] <= now - 1.0:
            accepted.popleft()
        if len(accepted) >= self.rate:
            return False
        accepted.append(now)
        return True


class Bucket:
    """Holds ``rate`` messages, and refills evenly by as many a second."""

    def __init__(self, rate: int) -> None:
        self.rate = rate
        self._held = float(rate)
        self._seen_at = -math.inf

    def take(self, now: float) -> bool:
        """Let one through when there is one in it."""
        if self._seen_at > -math.inf:
            self._held += (now - self._seen_at) * self.rate
        self._held = min(self._held, float(self.rate))
        self._seen_at = now
        if self._held < 1.0:
            return False
        self._held -= 1.0
        return True


@dataclass(frozen=True, slots=True)
class Refusal:
    """A 429. ``retry_after`` in whole seconds; ``ignored``: its sender had been told to wait, and did not."""

    retry_after: int
    everyone: bool
    ignored: bool = False


class Door:
    """All limits together. After a flood everything is refused until its penalty is over."""

    def __init__(self, conditions: Conditions) -> None:
        self._limit = _limit(conditions)
        self._penalties = conditions.penalties
        self._interval = conditions.chat_interval
        self._chats: dict[int, float] = {}
        self._closed_at = self._closed_until = -math.inf
        self._floods = 0

    def lower(self, rate: int) -> None:
        """From now on another rate."""
        if self._limit is not None:
            self._limit.rate = rate

    def refusal(self, chat_id: int, sent_at: float, now: float) -> Refusal | None:
        """Whether a message that was sent and is processed at these moments is refused; None when it passes."""
        if now < self._closed_until:
            waited = sent_at - self._closed_at
            return Refusal(math.ceil(self._closed_until - now), everyone=True, ignored=waited > HEARD)
        if self._interval and now - self._chats.get(chat_id, -math.inf) < self._interval:
            return Refusal(math.ceil(self._interval), everyone=False)
        if self._limit is not None and not self._limit.take(now):
            return self._flood(now)
        self._floods = 0
        if self._interval:
            self._chats[chat_id] = now
        return None

    def _flood(self, now: float) -> Refusal:
        penalty = self._penalties[min(self._floods, len(self._penalties) - 1)]
        self._floods += 1
        self._closed_at, self._closed_until = now, now + penalty
        return Refusal(penalty, everyone=True)


def _limit(conditions: Conditions) -> Limit | None:
    match conditions.mode:
        case Mode.SLIDING:
            return SlidingWindow(conditions.rate)
        case Mode.BUCKET:
            return Bucket(conditions.rate)
        case Mode.OFF:
            return None
