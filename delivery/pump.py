"""The pump: leases rows of the ledger, sends each at its slot, and writes down at once how it ended."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from math import inf

import structlog

from delivery.courier import Courier, Flight
from delivery.pace import Pace
from delivery.ports import Clock, Editions, Ledger, Notices, Wire
from delivery.telling import Telling
from domain.deliveries import BroadcastId, WireClosed
from domain.errors import StorageError
from domain.ledger import Ask, Lease, Settlement, Tick, WorkerId

log = structlog.get_logger()

#: After a refusal of the database: the first pause, doubled up to the longest, seconds.
_FIRST_PAUSE, _LONGEST_PAUSE = 0.1, 5.0
#: Before each of the last tries to write what has ended, when the worker stops, seconds.
_LAST_PAUSES = (0.0, 0.2, 1.0, 3.0)


@dataclass(frozen=True, slots=True)
class Tempo:
    """How the pump works; seconds.

    ``every``: between two ticks while there is work. ``horizon``: rows are leased this far ahead of their slots; what
    lies between is what a crash leaves uncertain. ``idle``: the longest sleep when nothing is due, for rows that
    another process adds. ``in_flight``: requests at once. ``attempts``: after so many a row is given up, refused for
    a passing reason.
    """

    every: float = 0.1
    horizon: float = 0.15
    idle: float = 1.0
    in_flight: int = 16
    attempts: int = 20


class Pump:
    """One worker: stateless but for what is on its way. Any number may run on one ledger."""

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
    ) -> None:
        self._ledger = ledger
        self._pace = pace
        self._telling = Telling(notices)
        self._worker = worker
        self._clock = clock
        self._tempo = tempo or Tempo()
        self._courier = Courier(wire, pace, editions, self._telling, clock, attempts=self._tempo.attempts)
        self._flights: dict[asyncio.Task[None], Flight] = {}
        self._settled: list[Settlement] = []
        self._stopped: set[BroadcastId] = set()
        self._wake = asyncio.Event()

    def wake(self) -> None:
        """There may be something to do at once: a broadcast was opened in this very process."""
        self._wake.set()

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
            self._wake.set()
            await work
            raise

    async def _work(self, stop: asyncio.Event, *, until_done: bool) -> None:
        halt = asyncio.create_task(stop.wait())
        try:
            while not stop.is_set():
                self._wake.clear()  # before the tick, so that a word during it is not lost
                tick = await self._tick(self._room(), halt)
                self._launch(tick.leases)
                if until_done and not (tick.pending or self._flights or self._settled):
                    break
                await self._rest(tick, halt)
        finally:
            halt.cancel()
            await self._drain()

    def _room(self) -> int:
        waiting = sum(1 for flight in self._flights.values() if not flight.begun)
        return min(self._tempo.in_flight - len(self._flights), self._pace.room(self._tempo.horizon) - waiting)

    async def _tick(self, room: int, halt: asyncio.Task[bool]) -> Tick:
        """One transaction; while the database refuses, what has ended is kept and offered again."""
        pause = _FIRST_PAUSE
        while True:
            settlements = tuple(self._settled)
            try:
                tick = await self._transaction(settlements, room)
            except StorageError as error:
                self._telling.ledger_refused(str(error), pause)
                await asyncio.wait({halt}, timeout=pause)
                if halt.done():
                    return Tick()
                pause = min(pause * 2, _LONGEST_PAUSE)
            else:
                del self._settled[: len(settlements)]
                self._note(tick, settlements)
                return tick

    async def _transaction(self, settlements: tuple[Settlement, ...], room: int) -> Tick:
        horizon = timedelta(seconds=self._tempo.horizon)
        ask = Ask(self._worker, self._clock(), settlements, max(room, 0), horizon)
        return await asyncio.to_thread(self._ledger.tick, ask)

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

    def _launch(self, leases: Iterable[Lease]) -> None:
        for lease in leases:
            if lease.form.broadcast in self._stopped:
                self._stopped.discard(lease.form.broadcast)
                self._courier.forget(lease.form.broadcast)
            flight = Flight(lease)
            task = asyncio.create_task(self._fly(flight))
            self._flights[task] = flight
            task.add_done_callback(self._flights.pop)

    async def _rest(self, tick: Tick, halt: asyncio.Task[bool]) -> None:
        seconds = self._tempo.every if self._flights or self._settled else self._until(tick.next_at)
        woken = asyncio.create_task(self._wake.wait())
        await asyncio.wait({woken, halt}, timeout=seconds, return_when=asyncio.FIRST_COMPLETED)
        woken.cancel()

    def _until(self, moment: datetime | None) -> float:
        if moment is None:
            return self._tempo.idle
        wait = self._pace.wait()
        seconds = max((moment - self._clock()).total_seconds(), wait if wait < inf else 0.0)
        return min(max(seconds, self._tempo.every), self._tempo.idle)

    async def _fly(self, flight: Flight) -> None:
        self._settled.append(await self._courier.take(flight))

    async def _drain(self) -> None:
        """Hand back what has not begun, let the rest finish, and write everything down."""
        for task, flight in self._flights.items():
            if not flight.begun:
                task.cancel()
        if self._flights:
            await asyncio.wait(set(self._flights))
        for pause in _LAST_PAUSES:
            if not self._settled:
                break
            await asyncio.sleep(pause)
            with suppress(StorageError):
                settlements = tuple(self._settled)
                self._note(await self._transaction(settlements, 0), settlements)
                self._settled.clear()
        if self._settled:
            log.error("delivery.unwritten", outcomes=len(self._settled))
        await self._telling.finish()
