"""Flood limits at the receiver: so many messages in any second, in any chat, in any minute; and what is counted."""

from __future__ import annotations

import math
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final


class Reading(StrEnum):
    """How the overall limit is counted."""

    SLIDING = "sliding"  # never more than so many in any window
    BUCKET = "bucket"  # a bucket of that size, refilled evenly


@dataclass(frozen=True, slots=True)
class Limits:
    """What is allowed; None or 0 switches a limit off.

    ``per_second``: messages in any one second over all chats. ``chat_interval``: seconds between two messages to one
    chat, after a burst of ``chat_burst``. ``group_per_minute``: messages a minute in a group or a channel.
    ``penalties``: the retry_after (seconds) of the first, second, … refusal in a row of a scope; the last repeats;
    where the window frees later than that, retry_after says so. ``holds``: after a refusal a scope refuses until its
    retry_after is over. ``edits_count``: edits take part in the limits, too.
    """

    per_second: int | None = 30
    reading: Reading = Reading.SLIDING
    chat_interval: float | None = 1.0
    chat_burst: int = 1
    group_per_minute: int | None = 20
    penalties: tuple[int, ...] = (1,)
    holds: bool = True
    edits_count: bool = False


#: What Telegram's FAQ says, read strictly (telegram.md §8).
TELEGRAM: Final = Limits()
#: A paid broadcast: 1,000 messages a second.
PAID: Final = Limits(per_second=1000)
#: No limit at all.
UNLIMITED: Final = Limits(per_second=None, chat_interval=None, group_per_minute=None)


@dataclass(slots=True)
class Statistics:
    """What came in.

    ``ignored`` are messages sent to a scope that had refused one at least ``_HEARD`` seconds before, and whose
    retry_after was not over yet.
    """

    calls: int = 0
    accepted: int = 0
    refused: int = 0
    ignored: int = 0
    edits: int = 0
    most_in_one_second: int = 0
    first_at: float | None = None
    last_at: float | None = None
    by_method: dict[str, int] = field(default_factory=dict)
    by_answer: dict[int, int] = field(default_factory=dict)

    @property
    def rate(self) -> float:
        """Messages a second between the first and the last accepted one."""
        if self.first_at is None or self.last_at is None or self.last_at <= self.first_at:
            return 0.0
        return (self.accepted - 1) / (self.last_at - self.first_at)


class _Window:
    """At most ``size`` in any ``seconds``."""

    __slots__ = ("_seconds", "_size", "_times")

    def __init__(self, size: int, seconds: float) -> None:
        self._size = size
        self._seconds = seconds
        self._times: deque[float] = deque()

    def wait(self, now: float) -> float:
        """Seconds until one more fits; 0 when it does now."""
        while self._times and self._times[0] <= now - self._seconds:
            self._times.popleft()
        if len(self._times) < self._size:
            return 0.0
        return self._times[len(self._times) - self._size] + self._seconds - now

    def take(self, now: float) -> None:
        self._times.append(now)


class _Bucket:
    """A bucket of ``size``, refilled evenly within ``seconds``."""

    __slots__ = ("_at", "_left", "_rate", "_size")

    def __init__(self, size: int, seconds: float) -> None:
        self._size = size
        self._rate = size / seconds
        self._left = float(size)
        self._at = -math.inf

    def wait(self, now: float) -> float:
        """Seconds until one more fits; 0 when it does now."""
        if now > self._at:
            self._left = min(self._size, self._left + (now - self._at) * self._rate)
            self._at = now
        return 0.0 if self._left >= 1 else (1 - self._left) / self._rate

    def take(self, now: float) -> None:
        self._left -= 1


@dataclass(slots=True)
class _Scope:
    """The whole bot, or one chat: its windows, and how long it refuses everything."""

    windows: list[_Window | _Bucket]
    refused_at: float = math.inf
    holds_until: float = -math.inf
    refusals: int = 0


_BOT: Final = None
_HEARD: Final = 0.25


class Gate:
    """Says of each message whether it is taken now. ``now`` is a monotonic clock in seconds."""

    def __init__(self, limits: Limits, now: Callable[[], float]) -> None:
        self.statistics = Statistics()
        self._now = now
        self._second: deque[float] = deque()
        self.set(limits)

    def set(self, limits: Limits) -> None:
        """Use other limits from now on; what was counted for the old ones is forgotten."""
        self.limits = limits
        self._scopes: dict[int | None, _Scope] = {}

    def reset_statistics(self) -> None:
        """Count from nothing again."""
        self.statistics = Statistics()
        self._second.clear()

    def admit(self, chat_id: int, by_the_minute: bool) -> int:
        """0 when the message is taken, else the retry_after in seconds (at least 1) that refuses it."""
        now = self._now()
        scopes = self._bot_scope() + self._chat_scopes(chat_id, by_the_minute)
        for scope in scopes:
            retry_after = self._asks_to_wait(scope, now)
            if retry_after:
                self.statistics.refused += 1
                return retry_after
        for scope in scopes:
            scope.refusals = 0
            for window in scope.windows:
                window.take(now)
        self._count(now)
        return 0

    def _asks_to_wait(self, scope: _Scope, now: float) -> int:
        if now < scope.holds_until:
            self.statistics.ignored += now > scope.refused_at + _HEARD
            return max(1, math.ceil(scope.holds_until - now))
        wait = max((window.wait(now) for window in scope.windows), default=0.0)
        if wait <= 0:
            return 0
        penalty = self.limits.penalties[min(scope.refusals, len(self.limits.penalties) - 1)]
        scope.refusals += 1
        retry_after = max(penalty, math.ceil(wait), 1)
        if self.limits.holds:
            scope.refused_at, scope.holds_until = now, now + retry_after
        return retry_after

    def _bot_scope(self) -> list[_Scope]:
        per_second = self.limits.per_second
        if not per_second:
            return []
        scope = self._scopes.get(_BOT)
        if scope is None:
            kind = _Window if self.limits.reading is Reading.SLIDING else _Bucket
            scope = self._scopes[_BOT] = _Scope([kind(per_second, 1.0)])
        return [scope]

    def _chat_scopes(self, chat_id: int, by_the_minute: bool) -> list[_Scope]:
        scope = self._scopes.get(chat_id)
        if scope is None:
            windows: list[_Window | _Bucket] = []
            if self.limits.chat_interval:
                windows.append(_Window(self.limits.chat_burst, self.limits.chat_interval * self.limits.chat_burst))
            if by_the_minute and self.limits.group_per_minute:
                windows.append(_Window(self.limits.group_per_minute, 60.0))
            if not windows:
                return []
            scope = self._scopes[chat_id] = _Scope(windows)
        return [scope]

    def _count(self, now: float) -> None:
        told = self.statistics
        told.accepted += 1
        told.first_at = now if told.first_at is None else told.first_at
        told.last_at = now
        self._second.append(now)
        while self._second[0] <= now - 1.0:
            self._second.popleft()
        told.most_in_one_second = max(told.most_in_one_second, len(self._second))
