"""Firings of the timetable: whoever is first to write one down runs it, and a dead runner's is taken over."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select, update
from sqlalchemy.sql.dml import Update

from storage.conflicts import insert_into
from storage.database import Database
from storage.schema import JobRunRow


@dataclass(frozen=True, slots=True)
class JobRun:
    """One firing. ``finished_at`` is None while it runs, after it was given back, and after its runner died."""

    job: str
    due_at: datetime
    worker: str
    claimed_at: datetime
    finished_at: datetime | None


class JobRuns:
    """Who runs what was due when. Every method raises StorageError."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def claim(self, job: str, due_at: datetime, worker: str, now: datetime, lease: timedelta) -> bool:
        """Take a firing for a lease; False when it is done, or taken. A lease that ran out is anybody's."""
        taken = {"worker": worker, "claimed_at": now, "lease_until": now + lease}
        with self._database.write() as connection:
            first = insert_into(connection, JobRunRow).values(job=job, due_at=due_at, **taken).on_conflict_do_nothing()
            if connection.execute(first.returning(JobRunRow.job)).first() is not None:
                return True
            free = _undone(job, due_at).where(JobRunRow.lease_until <= now)
            return connection.execute(free.values(**taken)).rowcount > 0

    def renew(self, job: str, due_at: datetime, worker: str, now: datetime, lease: timedelta) -> None:
        """Keep a claim for the length of another lease, unless another worker has taken it over meanwhile."""
        with self._database.write() as connection:
            own = _undone(job, due_at).where(JobRunRow.worker == worker)
            connection.execute(own.values(lease_until=now + lease))

    def finish(self, job: str, due_at: datetime, worker: str, now: datetime) -> None:
        """Note that a firing is done, unless another worker has taken it over meanwhile."""
        with self._database.write() as connection:
            connection.execute(_undone(job, due_at).where(JobRunRow.worker == worker).values(finished_at=now))

    def release(self, job: str, due_at: datetime, worker: str, now: datetime) -> None:
        """Give a firing back undone, to be claimed again by anybody."""
        with self._database.write() as connection:
            connection.execute(_undone(job, due_at).where(JobRunRow.worker == worker).values(lease_until=now))

    def last(self, job: str) -> JobRun | None:
        """The newest firing of a job that anybody claimed; None when there is none."""
        columns = (JobRunRow.job, JobRunRow.due_at, JobRunRow.worker, JobRunRow.claimed_at, JobRunRow.finished_at)
        newest = select(*columns).where(JobRunRow.job == job).order_by(JobRunRow.due_at.desc()).limit(1)
        with self._database.read() as connection:
            row = connection.execute(newest).first()
        return None if row is None else JobRun(*row)


def _undone(job: str, due_at: datetime) -> Update:
    own = JobRunRow.job == job, JobRunRow.due_at == due_at
    return update(JobRunRow).where(*own, JobRunRow.finished_at.is_(None))
