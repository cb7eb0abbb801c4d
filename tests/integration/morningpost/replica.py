"""One replica of the paper as far as its timetable goes, as a process of its own: it writes down what it does."""

from __future__ import annotations

import asyncio
import os
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from morningpost.timetable import Job, Patience, Timetable, every
from storage.database import Database
from storage.timetable import JobRuns

LEASE = timedelta(seconds=1)


@dataclass(frozen=True)
class Shift:
    """What a replica is told. It does its job every ``interval``; whoever finds ``hangs`` first never ends."""

    database: str
    diary: Path
    interval: timedelta
    hangs: Path


def run(shift: Shift) -> None:
    """Keep the timetable until someone kills us."""
    asyncio.run(_keep(shift))


async def _keep(shift: Shift) -> None:
    async def act(due_at: datetime) -> bool:
        _write(shift.diary, f"began {due_at:%H:%M:%S} {os.getpid()}")
        if _first_to_take(shift.hangs):
            await asyncio.Event().wait()
        await asyncio.sleep(0.05)
        _write(shift.diary, f"ended {due_at:%H:%M:%S} {os.getpid()}")
        return True

    job = Job("press", every(shift.interval), shift.interval, act)
    runs = JobRuns(Database.open(shift.database))
    patience = Patience(sweep=timedelta(seconds=0.2), lease=LEASE)
    Timetable((job,), runs, str(os.getpid()), lambda: datetime.now(UTC), patience).start()
    await asyncio.Event().wait()


def _write(diary: Path, line: str) -> None:
    with diary.open("a") as opened:
        opened.write(f"{line}\n")


def _first_to_take(path: Path) -> bool:
    try:
        path.unlink()
    except FileNotFoundError:
        return False
    return True
