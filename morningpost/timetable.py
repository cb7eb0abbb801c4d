"""The timetable: which job is due at which moment, each done once, and caught up when its time was missed."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from typing import Any, Protocol

import structlog
from apscheduler.schedulers.asyncio import AsyncIOScheduler
from apscheduler.triggers.cron import CronTrigger
from apscheduler.triggers.interval import IntervalTrigger

log = structlog.get_logger()

#: A job that was missed or failed is looked at again this often.
SWEEP_EVERY = timedelta(minutes=5)

#: A worker that died in the middle of a job gives it free after this long.
LEASE = timedelta(minutes=15)

_EPOCH = datetime(2026, 1, 1, tzinfo=UTC)


class Runs(Protocol):
    """Who does which job at which due moment; the first to claim does it."""

    def claim(self, job: str, due_at: datetime, worker: str, now: datetime, lease: timedelta) -> bool:
        """Take a due job; False when it is done, or another worker is at it."""
        ...

    def finish(self, job: str, due_at: datetime, worker: str, now: datetime) -> None:
        """Note that it is done."""
        ...

    def release(self, job: str, due_at: datetime, worker: str, now: datetime) -> None:
        """Give it back undone, to be tried again."""
        ...


@dataclass(frozen=True, slots=True)
class Job:
    """One line of the timetable.

    ``act`` gets the due moment (aware UTC) and says whether the job is done; one that is not is tried again at the
    next sweep, until ``grace`` after its due moment is over.
    """

    name: str
    trigger: Any  # an APScheduler trigger; the library has no types
    grace: timedelta
    act: Callable[[datetime], Awaitable[bool]]

    def latest_due(self, now: datetime) -> datetime | None:
        """The newest due moment that is not after ``now`` and still within its grace."""
        latest: datetime | None = None
        moment = self.trigger.get_next_fire_time(None, now - self.grace)
        while moment is not None and moment <= now:
            latest = moment.astimezone(UTC)
            moment = self.trigger.get_next_fire_time(moment, moment + timedelta(microseconds=1))
        return latest

    def next_due(self, now: datetime) -> datetime | None:
        """The next due moment after ``now`` (aware UTC)."""
        moment = self.trigger.get_next_fire_time(None, now)
        return None if moment is None else moment.astimezone(UTC)


def daily(at: time, zone: str) -> Any:
    """Every day at a local time."""
    return CronTrigger(hour=at.hour, minute=at.minute, timezone=zone)


def every(interval: timedelta) -> Any:
    """At even intervals, the same ones on every machine."""
    return IntervalTrigger(seconds=int(interval.total_seconds()), start_date=_EPOCH, timezone=UTC)


class Timetable:
    """Fires the jobs at their times and sweeps for what was missed; any number of machines may run the same one."""

    def __init__(self, jobs: tuple[Job, ...], runs: Runs, worker: str, clock: Callable[[], datetime]) -> None:
        self.jobs = jobs
        self._runs = runs
        self._worker = worker
        self._clock = clock
        self._scheduler = AsyncIOScheduler(timezone=UTC)
        self._busy = asyncio.Lock()

    def start(self) -> None:
        """Set the alarm clocks; the first sweep, which catches up, follows at once."""
        for job in self.jobs:
            self._scheduler.add_job(
                self.fire, job.trigger, args=[job], id=job.name, coalesce=True, misfire_grace_time=None
            )
        self._scheduler.add_job(
            self.sweep,
            IntervalTrigger(seconds=int(SWEEP_EVERY.total_seconds()), timezone=UTC),
            id="sweep",
            coalesce=True,
            misfire_grace_time=None,
            next_run_time=self._clock(),
        )
        self._scheduler.start()

    def stop(self) -> None:
        """Silence the alarm clocks; a job that runs is finished by whoever waits for it."""
        self._scheduler.shutdown(wait=False)

    async def sweep(self) -> None:
        """Do every job that is due and not done, in the order of the day."""
        for job in self.jobs:
            await self.fire(job)

    async def fire(self, job: Job) -> None:
        """Do a job if it is due, and nobody has done it or is at it."""
        async with self._busy:
            due_at = job.latest_due(self._clock())
            if due_at is None:
                return
            if not await asyncio.to_thread(self._runs.claim, job.name, due_at, self._worker, self._clock(), LEASE):
                return
            await self._do(job, due_at)

    async def _do(self, job: Job, due_at: datetime) -> None:
        log.info("job.started", job=job.name, due_at=due_at.isoformat())
        try:
            done = await job.act(due_at)
        except Exception as error:
            log.exception("job.failed", job=job.name, error=str(error))
            done = False
        end = self._runs.finish if done else self._runs.release
        await asyncio.to_thread(end, job.name, due_at, self._worker, self._clock())
        log.info("job.ended", job=job.name, done=done)
