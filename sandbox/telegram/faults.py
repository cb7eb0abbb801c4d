"""What goes wrong on demand: refusals, broken answers, cut connections, slowness, outages, by method and chat."""

from __future__ import annotations

import math
import random
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from enum import StrEnum
from threading import Lock
from typing import Final, Self

from sandbox.telegram.errors import Refusal, bad_request, forbidden, too_many_requests, upgraded


class Harm(StrEnum):
    """What becomes of a call that a fault hits."""

    REFUSE = "refuse"  # a proper Bot API error; nothing is done
    PAGE = "page"  # an HTML page with some status; nothing is done
    SLOW = "slow"  # done, but late
    RESET_BEFORE = "reset_before"  # the connection is cut and nothing is done
    RESET_AFTER = "reset_after"  # it is done, then the connection is cut without an answer
    HALF_JSON = "half_json"  # it is done, and half of the answer comes
    HTML_OK = "html_ok"  # it is done, and status 200 comes with an HTML page


_REFUSALS: Final[dict[str, Callable[[], Refusal]]] = {
    "blocked": lambda: forbidden("bot was blocked by the user"),
    "deactivated": lambda: forbidden("user is deactivated"),
    "kicked": lambda: forbidden("bot was kicked from the channel chat"),
    "not_started": lambda: forbidden("bot can't initiate conversation with a user"),
    "chat_not_found": lambda: bad_request("chat not found"),
    "unauthorized": lambda: Refusal(401, "Unauthorized"),
    "server_error": lambda: Refusal(500, "Internal Server Error"),
}


@dataclass(slots=True)
class Fault:
    """One kind of harm and whom it hits: calls of ``methods`` (any when empty) to ``chats`` (any when empty).

    ``share`` of them are hit (1: all), at most ``times`` of them (None: for ever) and until ``until`` on the server's
    monotonic clock. ``hits`` counts.
    """

    harm: Harm
    refusal: Refusal | None = None
    methods: frozenset[str] = frozenset()
    chats: frozenset[int] = frozenset()
    share: float = 1.0
    times: int | None = None
    status: int = 502
    seconds: float = 0.0
    until: float = math.inf
    hits: int = 0

    def only(
        self,
        *,
        methods: Iterable[str] = (),
        chats: Iterable[int] = (),
        share: float = 1.0,
        times: int | None = None,
    ) -> Self:
        """Narrow whom it hits; gives itself."""
        self.methods = frozenset(name.lower() for name in methods)
        self.chats = frozenset(chats)
        self.share = share
        self.times = times
        return self

    @classmethod
    def refuse(cls, refusal: Refusal) -> Self:
        """Any Bot API error."""
        return cls(Harm.REFUSE, refusal)

    @classmethod
    def named(cls, name: str) -> Self:
        """A usual refusal: blocked, deactivated, kicked, not_started, chat_not_found, unauthorized, server_error."""
        return cls(Harm.REFUSE, _REFUSALS[name]())

    @classmethod
    def too_many_requests(cls, retry_after: int) -> Self:
        """429 with that retry_after in seconds, whatever the limits say."""
        return cls(Harm.REFUSE, too_many_requests(retry_after))

    @classmethod
    def migrated(cls, new_chat_id: int) -> Self:
        """400: the group was upgraded to a supergroup."""
        return cls(Harm.REFUSE, upgraded(new_chat_id))

    @classmethod
    def page(cls, status: int = 502) -> Self:
        """An HTML page with that status, as a proxy in front of Telegram sends it."""
        return cls(Harm.PAGE, status=status)

    @classmethod
    def slow(cls, seconds: float) -> Self:
        """Each call takes that much longer, half of it before and half after it is done."""
        return cls(Harm.SLOW, seconds=seconds)

    @classmethod
    def of(cls, harm: Harm) -> Self:
        """Any other harm: RESET_BEFORE, RESET_AFTER, HALF_JSON, HTML_OK."""
        return cls(harm)


@dataclass(frozen=True, slots=True)
class Latency:
    """How long calls take: log-normal, ``p50`` and ``p99`` in seconds; half before and half after processing."""

    p50: float
    p99: float

    def draw(self, chance: random.Random) -> float:
        """One call's delay in seconds."""
        if self.p50 <= 0:
            return 0.0
        # The 99th percentile of a normal distribution lies 2.3263 deviations above its middle.
        return self.p50 * math.exp(chance.gauss(0, math.log(max(self.p99, self.p50) / self.p50) / 2.3263))


@dataclass(slots=True)
class Faults:
    """The faults in force. Safe to change while the server runs. ``now`` is a monotonic clock in seconds."""

    chance: random.Random
    now: Callable[[], float]
    latency: Latency | None = None
    _faults: list[Fault] = field(default_factory=list)
    _lock: Lock = field(default_factory=Lock)

    def add(self, fault: Fault) -> Fault:
        """Put a fault in force; gives it, so that its hits can be read."""
        with self._lock:
            self._faults.append(fault)
        return fault

    def outage(self, seconds: float, status: int | None = 502) -> Fault:
        """For so long every call gets an HTML page with ``status``, or with None a cut connection."""
        harm = Harm.RESET_BEFORE if status is None else Harm.PAGE
        return self.add(Fault(harm, status=status or 502, until=self.now() + seconds))

    def clear(self) -> None:
        """No faults, no latency."""
        with self._lock:
            self._faults.clear()
            self.latency = None

    @property
    def hits_something(self) -> bool:
        """Whether any fault is in force."""
        return bool(self._faults)

    def hit(self, method: str, chat_id: int | None) -> list[Fault]:
        """The faults that hit this call (``method`` in lower case), in the order in which they were added."""
        if not self._faults:
            return []
        with self._lock:
            self._faults = [one for one in self._faults if self.now() < one.until]
            hit = [one for one in self._faults if self._hits(one, method, chat_id)]
            for fault in hit:
                fault.hits += 1
        return hit

    def delay(self) -> float:
        """The latency of the next call in seconds."""
        return 0.0 if self.latency is None else self.latency.draw(self.chance)

    def _hits(self, fault: Fault, method: str, chat_id: int | None) -> bool:
        if fault.methods and method not in fault.methods:
            return False
        if fault.chats and chat_id not in fault.chats:
            return False
        if fault.times is not None and fault.hits >= fault.times:
            return False
        return fault.share >= 1 or self.chance.random() < fault.share
