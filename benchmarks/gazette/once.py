"""What is measured once, not on every morning: the time and the memory of one issue from 60 days of readings."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from benchmarks import assembly
from benchmarks.gazette.living import Lived
from benchmarks.gazette.table import NOT_RUN, Row

#: Goals for one issue from 60 days of readings.
MOST_SECONDS = 3.0
MOST_MEGABYTES = 250


def rows(mornings: Sequence[Lived]) -> Iterator[Row]:
    """The alterations, the time, the memory."""
    yield Row("Altered sentences caught", "≥ 99.9 %", NOT_RUN)
    yield Row("True sentences rejected", "0", NOT_RUN)
    slowest = max(lived.seconds for lived in mornings)
    yield Row("Processor seconds for the slowest issue", "< 3", f"{slowest:.2f}", failed=slowest >= MOST_SECONDS)
    cost = assembly.cost()
    yield Row("Seconds for an issue from 60 days", "< 3", f"{cost.seconds:.2f}", failed=cost.seconds >= MOST_SECONDS)
    yield Row("Megabytes for it, at most", "< 250", f"{cost.megabytes:.0f}", failed=cost.megabytes >= MOST_MEGABYTES)
