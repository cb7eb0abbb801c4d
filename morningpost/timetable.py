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

from domain.errors import StorageError

log = structlog.get_logger()

_EPOCH = datetime(2026, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Patience:
    """How long the timetable waits.

    ``sweep``: until a job that was missed or failed is looked at again. ``lease``: as long as this a worker that died
    in the middle of a job keeps it from the others; one that is at work renews it three times as often.
    """

    sweep: timedelta = timedelta(seconds=30)
    lease: timedelta = timedelta(seconds=60)


class Runs(Protocol):
    """Who does which job at which due moment; the first to claim does it."""

    def claim(self, job: str, due_at: datetime, worker: str, now: datetime, lease: timedelta) -> bool:
        """Take a due job; False when it is done, or another worker is at it."""
        ...

    def renew(self, job: str, due_at: datetime, worker: str, now: datetime, lease: timedelta) -> None:
        """Keep a claim for the length of another lease."""
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

    def __init__(
        self,
        jobs: tuple[Job, ...],
        runs: Runs,
        worker: str,
        clock: Callable[[], datetime],
        patience: Patience | None = None,
    ) -> None:
        self.jobs = jobs
        self._runs = runs
        self._worker = worker
        self._clock = clock
        self._patience = patience or Patience()
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
            IntervalTrigger(seconds=self._patience.sweep.total_seconds(), timezone=UTC),
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
            if await asyncio.to_thread(self._runs.claim, *self._claim(job, due_at)):
                await self._do(job, due_at)

    def _claim(self, job: Job, due_at: datetime) -> tuple[str, datetime, str, datetime, timedelta]:
        return job.name, due_at, self._worker, self._clock(), self._patience.lease

    async def _do(self, job: Job, due_at: datetime) -> None:
        log.info("job.started", job=job.name, due_at=due_at.isoformat())
        renewing = asyncio.create_task(self._renew(job, due_at))
        try:
            done = await job.act(due_at)
        except Exception as error:
            log.exception("job.failed", job=job.name, error=str(error))
            done = False
        finally:
            renewing.cancel()
        end = self._runs.finish if done else self._runs.release
        await asyncio.to_thread(end, job.name, due_at, self._worker, self._clock())
        log.info("job.ended", job=job.name, done=done)

    async def _renew(self, job: Job, due_at: datetime) -> None:
        while True:
            await asyncio.sleep(self._patience.lease.total_seconds() / 3)
            try:
                await asyncio.to_thread(self._runs.renew, *self._claim(job, due_at))
            except StorageError as error:
                log.warning("job.not_renewed", job=job.name, reason=str(error))
