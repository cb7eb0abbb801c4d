"""What a receiver is told to be: its limits, its latency and its faults."""

from __future__ import annotations

import json
import math
from dataclasses import asdict, dataclass, field
from enum import StrEnum
from random import Random

#: The standard normal quantile of 0.99: what turns a median and a 99th percentile into a lognormal's spread.
_NORMAL_99 = 2.3263


class Mode(StrEnum):
    """How "30 messages in a second" is read."""

    SLIDING = "sliding"  # never more in any second, wherever it begins
    BUCKET = "bucket"  # a bucket of that size, refilled evenly
    OFF = "off"


@dataclass(frozen=True, slots=True)
class Faults:
    """What goes wrong. Shares are of requests (``blocked``: of chats), moments seconds after the first message.

    ``reset_before``: the connection is cut before the message is processed; ``reset_after``: after it, so that only
    the reply is lost. ``server_errors``: 502 with a page of HTML. ``outage_at``: nothing answers from then, for
    ``outage_seconds``. ``lowered_at``: from then the rate is ``lowered_to``. Every chat below zero that is not a
    supergroup has moved to one.
    """

    reset_before: float = 0.0
    reset_after: float = 0.0
    server_errors: float = 0.0
    blocked: float = 0.0
    outage_at: float | None = None
    outage_seconds: float = 0.0
    lowered_at: float | None = None
    lowered_to: int = 10


@dataclass(frozen=True, slots=True)
class Conditions:
    """All of it. Seconds; ``median`` and ``slow`` (the 99th percentile) are of the whole round trip.

    ``penalties``: retry_after of the first, second, … flood in a row; the last repeats. ``chat_interval``: between two
    messages to one chat, 0 for no such limit. ``host``: the address of this machine on which it listens.
    """

    mode: Mode = Mode.SLIDING
    rate: int = 30
    penalties: tuple[int, ...] = (1,)
    chat_interval: float = 1.0
    median: float = 0.05
    slow: float = 0.25
    faults: Faults = field(default_factory=Faults)
    seed: int = 5
    host: str = "127.0.0.1"

    def to_json(self) -> str:
        """As it is handed to the process."""
        return json.dumps(asdict(self))

    @classmethod
    def from_json(cls, text: str) -> Conditions:
        """As it was handed to the process."""
        fields = json.loads(text)
        fields["faults"] = Faults(**fields["faults"])
        fields["penalties"] = tuple(fields["penalties"])
        fields["mode"] = Mode(fields["mode"])
        return cls(**fields)


class Latency:
    """Round trips, lognormal: seconds, drawn one by one."""

    def __init__(self, conditions: Conditions, chance: Random) -> None:
        self._none = conditions.median <= 0
        if not self._none:
            self._mean = math.log(conditions.median)
            self._spread = math.log(max(conditions.slow / conditions.median, 1.0)) / _NORMAL_99
        self._chance = chance

    def draw(self) -> float:
        """One round trip."""
        return 0.0 if self._none else self._chance.lognormvariate(self._mean, self._spread)
