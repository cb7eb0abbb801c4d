"""The pump: asks the ledger for rows and a share of the rate, has them sent, and writes down at once how they ended."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from math import inf
from pathlib import Path

import structlog

from delivery.courier import Courier
from delivery.moments import Anchor
from delivery.pace import Pace
from delivery.ports import Clock, Editions, Ledger, Notices, Wire
from delivery.recorder import FlightRecorder
from delivery.rows import Row
from delivery.salvage import Salvage
from delivery.telling import Telling
from delivery.waking import Waking
from domain.deliveries import BroadcastId, WireClosed
from domain.errors import StorageError
from domain.ledger import Ask, Lease, Settlement, Tick, WorkerId

log = structlog.get_logger()

#: After a refusal of the database: the first pause, doubled up to the longest, seconds.
_FIRST_PAUSE, _LONGEST_PAUSE = 0.1, 5.0
#: Before each of the last tries to write what has ended, when the worker stops, seconds.
_LAST_PAUSES = (0.0, 0.2, 1.0, 3.0)
#: Rows that must wait longer before they can begin are handed back, seconds: a crash would leave them uncertain.
_WAITS_WITH_ROWS = 1.0
#: How often the flights of dead workers are looked for, seconds.
_SALVAGE_EVERY = 5.0
#: How much one tick changes what is expected of the next.
_WEIGHT = 0.2
#: How early the next tick may come when slots wait for rows, or replies for slots: after this part of the time.
_EARLY = 0.25


@dataclass(frozen=True, slots=True)
class Tempo:
    """How the pump works; seconds.

    ``every``: between two ticks while there is work. ``ahead``: rows are leased so much further ahead than the next
    tick is expected to answer; what lies between is what a crash leaves uncertain besides what is under way. ``idle``:
    the longest sleep when nothing is due, for rows that another process adds. ``attempts``: after so many a row is
    given up, refused for a passing reason.
    """

    every: float = 0.2
    ahead: float = 0.03
    idle: float = 1.0
    attempts: int = 20


class Pump:
    """One worker: stateless but for what is on its way. Any number may run on one ledger.

    ``flights``: the folder in which the workers of this machine keep what they have begun, so that a killed one leaves
    no more uncertain than what was under way; without it, what it had leased.
    """

    def __init__(
        self,
        ledger: Ledger,
        wire: Wire,
        pace: Pace,
        editions: Editions,
        notices: Notices,
        *,
        worker: WorkerId,
        clock: Clock = lambda: datetime.now(UTC),
        tempo: Tempo | None = None,
        flights: Path | None = None,
    ) -> None:
        self._ledger = ledger
        self._pace = pace
        self._telling = Telling(notices, pace.now)
        self._worker = worker
        self._clock = clock
        self._tempo = tempo or Tempo()
        self._recorder = FlightRecorder(flights, worker, clock)
        self._salvage = Salvage(self._recorder, ledger, clock)
        self._courier = Courier(
            wire,
            pace,
            editions,
            self._telling,
            recorder=self._recorder,
            attempts=self._tempo.attempts,
            wants_rows=self._more_rows,
            wants_slots=self._more_slots,
            has_news=self._news,
        )
        self._stopped: set[BroadcastId] = set()
        self._waking = Waking(pace.now)
        self._ticking = False
        self._ticked_at = -inf
        self._takes = 0.0
        self._unanswered = False  # an answer of the ledger was lost, and perhaps leases with it
        self._salvage_at = -inf
        self._more = False  # the ledger gave all the rows that we had room for: there may be more

    def wake(self) -> None:
        """There may be something to do at once: a broadcast was opened in this very process."""
        self._waking.now()

    async def run(self, stop: asyncio.Event) -> None:
        """Work until ``stop`` is set; then lease nothing more, let what has begun finish, and write it down.

        Cancelling does the same. What can't be written in the end is left to its lease, and becomes uncertain.
        """
        await self._to_the_end(stop, until_done=False)

    async def run_until_done(self, stop: asyncio.Event | None = None) -> None:
        """Work until nothing that is due or begun is left; hours still to come are not waited for."""
        await self._to_the_end(stop or asyncio.Event(), until_done=True)

    async def _to_the_end(self, stop: asyncio.Event, *, until_done: bool) -> None:
        work = asyncio.create_task(self._work(stop, until_done=until_done))
        try:
            await asyncio.shield(work)
        except asyncio.CancelledError:
            stop.set()
            await work
            raise

    async def _work(self, stop: asyncio.Event, *, until_done: bool) -> None:
        halt = asyncio.create_task(stop.wait())
        halt.add_done_callback(lambda _: self._waking.now())
        self._courier.open()
        self._recorder.open()
        self._pace.reserve()
        try:
            while not stop.is_set():
                await self._tell_of_wrecks()
                self._waking.reset()  # before the tick, so that a word during it is not lost
                tick, anchor = await self._tick(halt)
                self._launch(tick.leases, anchor)
                if until_done and not (tick.pending or self._courier.busy):
                    break
                await self._waking.sleep(self._ticked_at + self._pause_after(tick, anchor))
        finally:
            halt.cancel()
            await self._drain()

    async def _tick(self, halt: asyncio.Task[bool]) -> tuple[Tick, Anchor]:
        """One transaction; while the database refuses, what has ended is kept and offered again."""
        pause = _FIRST_PAUSE
        while True:
            try:
                return await self._transaction(self._pace.room(self._horizon()))
            except StorageError as error:
                self._unanswered = True
                self._telling.ledger_refused(str(error), pause)
                await asyncio.wait({halt}, timeout=pause)
                if halt.done():
                    return Tick(), self._anchor()
                pause = min(pause * 2, _LONGEST_PAUSE)

    def _anchor(self) -> Anchor:
        return Anchor(self._clock(), self._pace.now())

    def _horizon(self) -> float:
        return self._tempo.every + self._takes + self._tempo.ahead

    async def _transaction(self, room: int, *, leaving: bool = False) -> tuple[Tick, Anchor]:
        """Raises StorageError, and then what has ended is kept."""
        anchor = self._anchor()
        self._ticked_at, self._ticking = anchor.steady, True
        settlements = tuple(ending.settlement(anchor) for ending in self._courier.endings)
        hold = replace(self._pace.hold(all_there_is=self._more), leaving=leaving)
        known = frozenset(self._courier.held) if self._unanswered else None
        ask = Ask(self._worker, anchor.wall, settlements, room, timedelta(seconds=self._horizon()), hold, known)
        tick = await asyncio.to_thread(self._ledger.tick, ask)
        self._unanswered = False
        self._courier.written(len(settlements))
        self._takes += (self._pace.now() - anchor.steady - self._takes) * _WEIGHT
        if room:
            self._more = len(tick.leases) >= room
        self._pace.share(tick.budget, anchor)
        self._ticking = False
        self._note(tick, settlements)
        return tick, anchor

    def _note(self, tick: Tick, settlements: Iterable[Settlement]) -> None:
        self._telling.ledger_answered()
        refused = next((each.outcome.reason for each in settlements if isinstance(each.outcome, WireClosed)), None)
        for broadcast in tick.stopped:
            self._stopped.add(broadcast)
            if refused is None:
                self._telling.stopped(broadcast)
        if tick.stopped and refused is not None:
            self._telling.wire_closed(refused)
        for broadcast in tick.finished:
            self._courier.forget(broadcast)
            self._telling.finished(broadcast)

    def _launch(self, leases: Iterable[Lease], anchor: Anchor) -> None:
        for lease in leases:
            if lease.form.broadcast in self._stopped:
                self._stopped.discard(lease.form.broadcast)
                self._courier.forget(lease.form.broadcast)
        self._courier.take(Row.of(lease, anchor) for lease in leases)
        if self._courier.waiting:
            self._hand_back()

    def _hand_back(self) -> None:
        """What can't begin soon, or in time, is better off in the ledger."""
        now, wait = self._pace.now(), self._pace.wait()
        if _WAITS_WITH_ROWS < wait < inf:
            self._courier.hand_back("nothing may leave for a while")
        else:
            self._courier.hand_back("too late for its lease", lambda row: row.latest < now)

    def _pause_after(self, tick: Tick, anchor: Anchor) -> float:
        """Seconds from one tick to the next, unless something happens."""
        if self._courier.endings:
            return self._tempo.every
        wait = self._pace.wait()
        seconds = wait if wait < inf else 0.0
        if not (self._more or self._courier.waiting):
            due = inf if tick.next_at is None else anchor.to_steady(tick.next_at) - anchor.steady
            seconds = max(seconds, due)
        return min(max(seconds, self._tempo.every), self._tempo.idle)

    def _news(self) -> None:
        """A row has ended: it is written down with the next tick."""
        self._waking.by(self._ticked_at + self._tempo.every)

    def _more_rows(self) -> None:
        """No row waits: if a slot is free and there are more, it is not kept waiting for the next tick."""
        if self._more and not self._ticking and self._pace.wait() <= 0:
            self._waking.by(self._ticked_at + self._tempo.every * _EARLY)

    def _more_slots(self) -> None:
        """A reply finds no slot: our share of the rate should be larger."""
        self._waking.by(self._ticked_at + self._tempo.every * _EARLY)

    async def _tell_of_wrecks(self) -> None:
        """Settle what dead workers of this machine came to know, so that little of theirs stays uncertain."""
        if self._pace.now() < self._salvage_at:
            return
        self._salvage_at = self._pace.now() + _SALVAGE_EVERY
        for tick, settlements in await asyncio.to_thread(self._salvage.settled):
            self._note(tick, settlements)

    async def _drain(self) -> None:
        """Hand back what has not begun, let the rest finish, write everything down, and give our share back."""
        await self._courier.close()
        for pause in _LAST_PAUSES:
            if not self._courier.endings:
                break
            await asyncio.sleep(pause)
            with suppress(StorageError):
                await self._transaction(0)
        if self._courier.endings:
            log.error("delivery.unwritten", outcomes=len(self._courier.endings))
        await self._telling.finish()
        with suppress(StorageError):
            await self._transaction(0, leaving=True)
        if not self._courier.held:
            self._recorder.close()
        self._pace.reserve()  # for the last words of those who still talk
