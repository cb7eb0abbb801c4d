"""A database in trouble in the middle of a tick: it is told in one sentence, nothing is lost, and it goes on."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from itertools import count
from pathlib import Path

import psycopg
import pytest
from sqlalchemy import make_url

from domain.deliveries import DeliveryState
from domain.errors import StorageError
from domain.ledger import Ask, Hold, Lease, Settlement, Tick
from storage.database import Database
from storage.outbox import Rules
from tests.contract.outbox.ledgers import ANN, BOB, HORIZON, Town

on_sqlite = pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True)
on_postgresql = pytest.mark.parametrize("engine_name", ["postgresql"], indirect=True)


@contextmanager
def held_by_another(url: str) -> Iterator[None]:
    """Another process writes for a long time: the whole file on SQLite, the gate on PostgreSQL."""
    other = Database.open(url)
    try:
        with other.write() as connection:
            connection.exec_driver_sql("UPDATE gate SET seen_at = seen_at")
            yield
    finally:
        other.close()


def hasty(town: Town, url: str) -> Town:
    """The same ledger, seen by a worker that waits for no lock."""
    return Town(Database.open(url, busy_seconds=0.02), now=town.now, rules=town.rules)


def test_a_long_transaction_of_somebody_else_is_waited_out_with_the_settlements_in_hand(
    town: Town, database_url: str
) -> None:
    town.issue_for(1, 2, 3)
    town.make_due()
    worker = hasty(town, database_url)
    leases = worker.tick().leases
    with held_by_another(database_url), pytest.raises(StorageError, match="is locked by another process"):
        worker.tick(*worker.send_all(leases))
    assert set(town.states().values()) == {"sending"}
    assert worker.tick(*worker.send_all(leases)).finished
    assert set(town.states().values()) == {"sent"}
    worker.database.close()


@on_postgresql
def test_an_idle_worker_waits_for_nobody_and_writes_nothing(town: Town, database_url: str) -> None:
    town.issue_for(1, hour=9)
    idle = town.tick()
    worker = hasty(town, database_url)
    with held_by_another(database_url):
        assert worker.tick() == idle
    worker.database.close()


@on_sqlite
def test_a_full_disk_loses_no_outcome_and_leases_no_row(town: Town) -> None:
    town.rules = Rules(rate=1000)
    town.issue_for(*range(1, 1000))
    town.make_due()
    leases = town.tick(room=5).leases
    fill_the_disk(town)
    before = town.rows()
    with pytest.raises(StorageError, match=r"disk of the database .* is full: free some space"):
        town.tick(*town.send_all(leases), room=990)
    assert town.rows() == before
    resize(town, 2**30)
    town.tick(*town.send_all(leases), room=0)
    assert [row.id for row in town.rows(state=DeliveryState.SENT)] == [lease.delivery for lease in leases]


def fill_the_disk(town: Town) -> None:
    """Let the file grow no more, and use up what is free in it."""
    with town.database.read() as connection:
        pages = connection.exec_driver_sql("PRAGMA page_count").scalar()
    resize(town, pages)
    with suppress(StorageError):
        for number in count(10_000):
            town.subscribe(number)


def resize(town: Town, pages: int | None) -> None:
    """How large the file may grow: what a disk's end is to SQLite."""
    with town.database.read() as connection:
        connection.exec_driver_sql(f"PRAGMA max_page_count = {pages}")


@on_postgresql
def test_a_server_that_breaks_off_in_the_middle_of_a_tick_loses_and_doubles_nothing(
    town: Town, database_url: str
) -> None:
    town.issue_for(1, 2, 3)
    town.make_due()
    leases = town.tick(room=2).leases
    begun = threading.Event()

    def tick() -> Tick:
        begun.set()
        return town.tick(*town.send_all(leases))

    with ThreadPoolExecutor(1) as pool, held_by_another(database_url):
        ticking = pool.submit(tick)
        begun.wait()
        break_off_whoever_waits(database_url)
        with pytest.raises(StorageError, match=r"starting or stopping|can't be reached"):
            ticking.result()
    assert sorted(town.states().values()) == ["queued", "sending", "sending"]
    last = town.tick(*town.send_all(leases)).leases
    assert [lease.chat_id for lease in last] == [3]
    assert town.tick(*town.send_all(last)).finished


def break_off_whoever_waits(url: str) -> None:
    """As a server does that is stopped: end the session that waits for a lock."""
    ending = (
        "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity"
        " WHERE datname = current_database() AND wait_event_type = 'Lock'"
    )
    with psycopg.connect(url, autocommit=True) as connection:
        while connection.execute(ending).fetchone() == (0,):
            pass


@on_postgresql
def test_sessions_that_a_restart_ended_are_opened_again(town: Town, database_url: str) -> None:
    town.issue_for(1)
    town.make_due()
    town.tick(room=0)
    with psycopg.connect(database_url, autocommit=True) as connection:
        connection.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )
    assert [lease.chat_id for lease in town.tick().leases] == [1]


@on_sqlite
def test_a_database_that_vanished_is_told(town: Town, database_url: str) -> None:
    town.database.close()
    Path(str(make_url(database_url).database)).unlink()
    with pytest.raises(StorageError, match="lacks tables that this version needs"):
        town.tick()


@on_postgresql
def test_a_server_that_is_gone_is_told(town: Town) -> None:
    gone = Town(Database.open("postgresql://paper@127.0.0.1:9/paper"))
    with pytest.raises(StorageError, match="can't be reached: start it"):
        gone.tick()


def tick_knowing(town: Town, *known: Lease, settlements: tuple[Settlement, ...] = ()) -> Tick:
    """The tick after one whose answer was lost."""
    ids = frozenset(lease.delivery for lease in known)
    return town.outbox.tick(Ask(ANN, town.now, settlements, 100, HORIZON, Hold(), known=ids))


def test_rows_whose_lease_never_came_to_the_worker_are_leased_again_at_once(town: Town) -> None:
    town.issue_for(1, 2, 3)
    town.make_due()
    known = town.tick(room=1).leases
    town.tick(room=1)  # its answer is lost
    tick = tick_knowing(town, *known)
    assert [(lease.chat_id, lease.attempt) for lease in tick.leases] == [(2, 1), (3, 1)]
    assert town.tick(*town.send_all([*known, *tick.leases])).finished


def test_what_was_settled_in_a_tick_whose_answer_was_lost_is_settled_once(town: Town) -> None:
    town.issue_for(1, 2)
    town.make_due()
    (lease,) = town.tick(room=1).leases
    settled = tuple(town.send_all([lease]))
    town.tick(*settled)  # its answer is lost
    before = town.rows(chat_id=1)
    tick = tick_knowing(town, settlements=settled)
    assert town.rows(chat_id=1) == before
    assert [lease.chat_id for lease in tick.leases] == [2]


def test_what_another_worker_sends_is_not_queued_again(town: Town) -> None:
    town.issue_for(1)
    town.make_due()
    assert len(town.tick(worker=BOB).leases) == 1
    assert tick_knowing(town).leases == ()
    assert town.states() == {1: "sending"}
