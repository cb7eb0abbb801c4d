"""The window of one bot token, kept in the database: how many rows may leave in any second, whoever sends them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import islice, repeat

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
#: Moments are rounded up to this, milliseconds, so that the window stays short at any rate.
_GRAIN = 10
#: A clock that ran back by less is not worth a correction.
_TOLERANCE = timedelta(seconds=1)


@dataclass(slots=True)
class Gate:
    """``rate`` slots, each freed ``span`` after its answer; leased rows hold one until they are settled.

    ``resting`` counts by moment (milliseconds since 1970) the slots that come free then.
    """

    rate: int
    span: timedelta
    seen_at: datetime
    paused_until: datetime | None = None
    resting: dict[int, int] = field(default_factory=dict)

    def arrive(self, now: datetime) -> timedelta:
        """Take note of the time; returns how far the clock ran back since anybody was here, zero if it did not.

        What was planned by the wrong clock moves with it: nobody waits for a time that will not come for hours.
        """
        back = self.seen_at - now
        self.seen_at = now
        if back > _TOLERANCE:
            shift = _milliseconds(back)
            self.resting = {moment - shift: count for moment, count in self.resting.items()}
            self.paused_until = self.paused_until - back if self.paused_until else None
        self.resting = {moment: count for moment, count in self.resting.items() if moment > _since_epoch(now)}
        return max(back, timedelta(0)) if back > _TOLERANCE else timedelta(0)

    def answered(self, moments: Iterable[datetime]) -> None:
        """These requests were answered then: their slots rest for a span."""
        for moment in moments:
            self._rest(moment + self.span)

    def handed_back(self, moments: Iterable[datetime], horizon: timedelta) -> None:
        """These rows were given back then, untouched: by ``horizon`` later the slot they held has rested enough."""
        for moment in moments:
            self._rest(moment + horizon)

    def _rest(self, until: datetime) -> None:
        freed_at = -(-(until - _EPOCH) // timedelta(milliseconds=_GRAIN)) * _GRAIN
        self.resting[freed_at] = self.resting.get(freed_at, 0) + 1

    def pause(self, until: datetime) -> None:
        """Nothing leaves before that moment."""
        self.paused_until = max(self.paused_until or until, until)

    def slots(self, in_flight: int, room: int, now: datetime, until: datetime) -> list[datetime]:
        """At most ``room`` moments between ``now`` and ``until`` at which a row may leave, in order."""
        begin = max(now, self.paused_until or now)
        if begin >= until:
            return []
        return list(islice(self._moments(in_flight, begin, until), room))

    def take(self, slots: Iterable[datetime]) -> None:
        """Rows were leased for these slots: from now on they hold them, and nothing else counts them."""
        for slot in slots:
            moment = _since_epoch(slot)
            if self.resting.get(moment):
                self.resting[moment] -= 1

    def next_slot(self, in_flight: int, now: datetime) -> datetime | None:
        """The first moment at which a row may leave; None while only an answer can tell."""
        begin = max(now, self.paused_until or now)
        return next(self._moments(in_flight, begin, begin + self.span * 2), None)

    def _moments(self, in_flight: int, begin: datetime, until: datetime) -> Iterator[datetime]:
        waiting = {moment: count for moment, count in self.resting.items() if moment > _since_epoch(begin)}
        free = self.rate - in_flight - sum(waiting.values())
        yield from repeat(begin, max(0, free))
        owed = max(0, -free)  # the rate was lowered, or a crash left rows leased: these slots must vanish first
        for moment, count in sorted(waiting.items()):
            kept, owed = max(0, count - owed), max(0, owed - count)
            freed_at = _EPOCH + timedelta(milliseconds=moment)
            if freed_at < until:
                yield from repeat(freed_at, kept)

    def stored(self) -> Mapping[str, int]:
        """``resting`` as JSON can keep it."""
        return {str(moment): count for moment, count in self.resting.items() if count}


def _since_epoch(moment: datetime) -> int:
    return _milliseconds(moment - _EPOCH)


def _milliseconds(span: timedelta) -> int:
    return span // timedelta(milliseconds=1)
