"""The curve of a day: readers spread from their hours on, so that no second needs more than the rate.

One queue serves all hours, as a single till would: whoever's hour comes first is served first, nobody before his hour,
and the till never rests while anybody waits. So the last one is served as early as the rate allows.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

_SECOND = 1000  # milliseconds


@dataclass(frozen=True, slots=True)
class Stretch:
    """Readers of one moment (aware UTC) in the day's order, without a gap in the serving before them since ``begins``.

    ``first`` is the place, from 0, of whoever is served at ``begins``: of an earlier moment, if that is still served.
    """

    moment: datetime
    begins: datetime
    first: int
    rate: int

    def due(self, place: int) -> datetime:
        """When whoever has that place in the day's order is due, to the millisecond."""
        return self.begins + timedelta(milliseconds=(place - self.first) * _SECOND // self.rate)


def curve(readers: Mapping[datetime, int], rate: int, *, not_before: datetime | None = None) -> tuple[Stretch, ...]:
    """The day's plan: for each moment (aware UTC, whole milliseconds) that readers wait for, how they are served.

    ``readers`` counts them by moment, ``rate`` is how many a second are served, and nobody is before ``not_before``.
    """
    return tuple(_stretches(readers, rate, not_before))


def _stretches(readers: Mapping[datetime, int], rate: int, not_before: datetime | None) -> Iterator[Stretch]:
    place = 0
    last: Stretch | None = None
    for moment, count in sorted(readers.items()):
        begins = max(moment, not_before or moment)
        if last is not None and begins <= last.due(place):
            last = Stretch(moment, last.begins, last.first, rate)
        else:
            last = Stretch(moment, begins, place, rate)
        yield last
        place += count
