"""How attention comes and goes: the daily gains of one thing over the week, by rule and without chance."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache
from importlib.resources import files
from typing import Any, Final, Self
from zlib import crc32

#: The week's first morning is a Saturday; every morning is read at 05:30 UTC.
FIRST: Final = datetime(2026, 8, 15, 5, 30, tzinfo=UTC)
DAYS: Final = 8

#: How far back the sites count: a trending score is about the likes of seven days.
WINDOW: Final = 7

#: The gains of the days after a spike, as parts of it.
_SPIKE: Final = (1.0, 0.6, 0.3, 0.1)
#: Gains are summed from this day on; what was before is in ``base``.
_HORIZON: Final = -30


def moment(day: int, hour: float | None = None) -> datetime:
    """The moment (UTC) of a day of the sample, by default when its morning is read."""
    if hour is None:
        return FIRST + timedelta(days=day)
    return FIRST.replace(hour=0, minute=0) + timedelta(days=day, seconds=round(hour * 3600))


@cache
def table(name: str) -> Any:
    """A file of the sample, parsed."""
    return tomllib.loads(files("sandbox.sample").joinpath(name).read_text("utf-8"))


@dataclass(frozen=True, slots=True)
class Course:
    """The gains of a thing: launched in the course of the day ``launched``, ``peak`` on its first whole day.

    Each later day keeps ``fade`` of the gain before it; ``steady`` is added every day; ``spike`` comes once, in the
    course of ``spike_day``. ``key`` makes the days uneven, always in the same way.
    """

    key: str
    launched: int
    peak: int = 0
    fade: float = 1.0
    steady: int = 0
    base: int = 0
    spike: int = 0
    spike_day: int | None = None

    @classmethod
    def of(cls, key: str, row: Mapping[str, Any]) -> Self:
        """The course that a row of the sample tells."""
        names = ("launched", "peak", "fade", "steady", "base", "spike", "spike_day")
        return cls(key, **{name: row[name] for name in names if name in row})

    def gain(self, day: int) -> int:
        """What was gained in the 24 hours before the morning of ``day``."""
        age = day - self.launched
        if age <= 0:
            return 0
        launch = 0.6 * self.peak if age == 1 else self.peak * self.fade ** (age - 2)
        since = day - self.spike_day - 1 if self.spike_day is not None else -1
        spike = self.spike * _SPIKE[since] if 0 <= since < len(_SPIKE) else 0.0
        return round((launch + spike + self.steady) * self._unevenness(day))

    def total(self, day: int) -> int:
        """All that was gained up to the morning of ``day``."""
        return self.base + sum(self.gain(earlier) for earlier in range(max(self.launched, _HORIZON) + 1, day + 1))

    def of_window(self, day: int) -> int:
        """What was gained in the seven days before the morning of ``day``."""
        return sum(self.gain(earlier) for earlier in range(day - WINDOW + 1, day + 1))

    def _unevenness(self, day: int) -> float:
        return 1 + (crc32(f"{self.key} {day}".encode()) % 13 - 6) / 60
