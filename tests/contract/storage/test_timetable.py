"""A firing of the timetable is run by one worker, and by another when that one died."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

from storage.database import Database
from storage.timetable import JobRun, JobRuns
from tests.contract.storage.samples import DAY, MORNING, dump

LEASE = timedelta(minutes=15)
SOON = MORNING + timedelta(minutes=5)
AFTER = MORNING + LEASE


def test_the_first_to_claim_a_firing_has_it(runs: JobRuns) -> None:
    assert runs.claim("press", MORNING, "a", MORNING, LEASE)
    assert not runs.claim("press", MORNING, "b", SOON, LEASE)
    assert not runs.claim("press", MORNING, "a", SOON, LEASE)


def test_another_job_or_another_time_is_another_firing(runs: JobRuns) -> None:
    assert runs.claim("press", MORNING, "a", MORNING, LEASE)
    assert runs.claim("collect", MORNING, "b", MORNING, LEASE)
    assert runs.claim("press", MORNING + DAY, "b", MORNING, LEASE)


def test_the_firing_of_a_dead_worker_is_taken_over_when_its_lease_ends(runs: JobRuns) -> None:
    runs.claim("press", MORNING, "a", MORNING, LEASE)
    assert runs.claim("press", MORNING, "b", AFTER, LEASE)
    assert not runs.claim("press", MORNING, "c", AFTER + LEASE / 2, LEASE)


def test_a_claim_that_is_renewed_is_not_taken_over(runs: JobRuns) -> None:
    runs.claim("press", MORNING, "a", MORNING, LEASE)
    runs.renew("press", MORNING, "a", SOON, LEASE)
    assert not runs.claim("press", MORNING, "b", AFTER, LEASE)
    assert runs.claim("press", MORNING, "b", SOON + LEASE, LEASE)


def test_what_is_done_is_never_done_again(runs: JobRuns) -> None:
    runs.claim("press", MORNING, "a", MORNING, LEASE)
    runs.finish("press", MORNING, "a", SOON)
    assert not runs.claim("press", MORNING, "b", AFTER + DAY, LEASE)


def test_what_is_given_back_may_be_claimed_at_once(runs: JobRuns) -> None:
    runs.claim("press", MORNING, "a", MORNING, LEASE)
    runs.release("press", MORNING, "a", SOON)
    assert runs.claim("press", MORNING, "b", SOON, LEASE)


def test_a_worker_whose_firing_was_taken_over_changes_nothing_any_more(runs: JobRuns, database: Database) -> None:
    runs.claim("press", MORNING, "a", MORNING, LEASE)
    runs.claim("press", MORNING, "b", AFTER, LEASE)
    before = dump(database)
    runs.renew("press", MORNING, "a", AFTER, LEASE)
    runs.finish("press", MORNING, "a", AFTER)
    runs.release("press", MORNING, "a", AFTER)
    assert dump(database) == before


def test_what_is_done_is_not_given_back(runs: JobRuns) -> None:
    runs.claim("press", MORNING, "a", MORNING, LEASE)
    runs.finish("press", MORNING, "a", SOON)
    runs.release("press", MORNING, "a", SOON)
    assert not runs.claim("press", MORNING, "b", AFTER, LEASE)


def test_of_many_workers_at_once_one_gets_the_firing(runs: JobRuns) -> None:
    with ThreadPoolExecutor(4) as threads:
        claimed = list(threads.map(lambda worker: runs.claim("press", MORNING, worker, MORNING, LEASE), "abcdefgh"))
    assert sorted(claimed) == [False] * 7 + [True]


def test_the_newest_firing_of_a_job_is_told(runs: JobRuns) -> None:
    assert runs.last("press") is None
    runs.claim("press", MORNING + DAY, "b", SOON, LEASE)
    runs.claim("press", MORNING, "a", MORNING, LEASE)
    runs.claim("collect", MORNING + 2 * DAY, "a", MORNING, LEASE)
    assert runs.last("press") == JobRun("press", MORNING + DAY, "b", SOON, None)
    runs.finish("press", MORNING + DAY, "b", AFTER)
    assert runs.last("press") == JobRun("press", MORNING + DAY, "b", SOON, AFTER)
