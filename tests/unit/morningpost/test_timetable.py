from __future__ import annotations

from datetime import UTC, datetime, time, timedelta

import pytest

from morningpost.timetable import Job, Patience, Timetable, daily, every


class Clock:
    def __init__(self, at: datetime) -> None:
        self.at = at

    def __call__(self) -> datetime:
        return self.at


class RunsInMemory:
    """The rule of the table of runs: the first claim wins, a finished run is never claimed again."""

    def __init__(self) -> None:
        self.held: dict[tuple[str, datetime], datetime] = {}
        self.done: set[tuple[str, datetime]] = set()

    def claim(self, job: str, due_at: datetime, worker: str, now: datetime, lease: timedelta) -> bool:
        key = (job, due_at)
        if key in self.done or self.held.get(key, now) > now:
            return False
        self.held[key] = now + lease
        return True

    def renew(self, job: str, due_at: datetime, worker: str, now: datetime, lease: timedelta) -> None:
        self.held[job, due_at] = now + lease

    def finish(self, job: str, due_at: datetime, worker: str, now: datetime) -> None:
        self.done.add((job, due_at))

    def release(self, job: str, due_at: datetime, worker: str, now: datetime) -> None:
        self.held.pop((job, due_at))


class Diary:
    def __init__(self, *, done: bool = True, error: Exception | None = None) -> None:
        self.due: list[datetime] = []
        self.done = done
        self.error = error

    async def act(self, due_at: datetime) -> bool:
        self.due.append(due_at)
        if self.error is not None:
            raise self.error
        return self.done


LEASE = Patience().lease
SEVEN = datetime(2026, 8, 22, 7, tzinfo=UTC)


def timetable(diary: Diary, clock: Clock, runs: RunsInMemory, worker: str = "a") -> Timetable:
    job = Job("press", daily(time(7), "UTC"), timedelta(hours=12), diary.act)
    return Timetable((job,), runs, worker, clock)


async def test_a_job_before_its_time_is_not_done() -> None:
    diary = Diary()
    job = Job("press", daily(time(7), "UTC"), timedelta(hours=12), diary.act)
    await Timetable((job,), RunsInMemory(), "a", Clock(SEVEN - timedelta(seconds=1))).sweep()
    assert diary.due == []


async def test_a_missed_job_is_caught_up_once_within_its_grace() -> None:
    diary, runs = Diary(), RunsInMemory()
    table = timetable(diary, Clock(SEVEN + timedelta(hours=5)), runs)
    await table.sweep()
    await table.sweep()
    assert diary.due == [SEVEN]


async def test_a_job_missed_for_longer_than_its_grace_is_let_go() -> None:
    diary = Diary()
    await timetable(diary, Clock(SEVEN + timedelta(hours=13)), RunsInMemory()).sweep()
    assert diary.due == []


async def test_two_machines_do_a_job_once() -> None:
    diary, runs, clock = Diary(), RunsInMemory(), Clock(SEVEN)
    await timetable(diary, clock, runs, "a").sweep()
    await timetable(diary, clock, runs, "b").sweep()
    assert diary.due == [SEVEN]


@pytest.mark.parametrize("diary", [Diary(done=False), Diary(error=RuntimeError("the database is locked"))])
async def test_a_job_that_is_not_done_is_tried_again_at_the_next_sweep(diary: Diary) -> None:
    table = timetable(diary, Clock(SEVEN), RunsInMemory())
    await table.sweep()
    await table.sweep()
    assert diary.due == [SEVEN, SEVEN]


async def test_a_job_of_a_machine_that_died_is_free_after_its_lease() -> None:
    diary, runs, clock = Diary(), RunsInMemory(), Clock(SEVEN)
    runs.claim("press", SEVEN, "dead", SEVEN, LEASE)
    await timetable(diary, clock, runs).sweep()
    assert diary.due == []
    clock.at = SEVEN + LEASE
    await timetable(diary, clock, runs).sweep()
    assert diary.due == [SEVEN]


def test_a_daily_time_keeps_its_hour_through_daylight_saving() -> None:
    job = Job("press", daily(time(6, 30), "Europe/Berlin"), timedelta(hours=12), Diary().act)
    before, after = datetime(2026, 3, 28, 12, tzinfo=UTC), datetime(2026, 3, 29, 12, tzinfo=UTC)
    assert job.latest_due(before) == datetime(2026, 3, 28, 5, 30, tzinfo=UTC)
    assert job.latest_due(after) == datetime(2026, 3, 29, 4, 30, tzinfo=UTC)


def test_even_intervals_are_the_same_on_every_machine() -> None:
    job = Job("collect", every(timedelta(hours=3)), timedelta(hours=1), Diary().act)
    assert job.latest_due(datetime(2026, 8, 22, 6, 20, tzinfo=UTC)) == datetime(2026, 8, 22, 6, tzinfo=UTC)
    assert job.next_due(datetime(2026, 8, 22, 6, 20, tzinfo=UTC)) == datetime(2026, 8, 22, 9, tzinfo=UTC)


async def test_the_alarm_clock_catches_up_at_once_when_it_starts() -> None:
    diary = Diary()
    table = timetable(diary, Clock(SEVEN + timedelta(minutes=1)), RunsInMemory())
    waited = WaitFor(diary)
    table.jobs = (Job("press", table.jobs[0].trigger, table.jobs[0].grace, waited.act),)
    table.start()
    await waited.happened.wait()
    table.stop()
    assert diary.due == [SEVEN]


class WaitFor:
    def __init__(self, diary: Diary) -> None:
        import asyncio

        self.diary = diary
        self.happened = asyncio.Event()

    async def act(self, due_at: datetime) -> bool:
        done = await self.diary.act(due_at)
        self.happened.set()
        return done
