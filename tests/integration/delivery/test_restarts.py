"""The database server fails, stays away for a while, or loses a host in the middle of a transaction: it goes on."""

from __future__ import annotations

import time
from collections.abc import Iterator

import pytest
from sqlalchemy import select

from benchmarks.receiver.conditions import Conditions
from benchmarks.receiver.process import receiving
from domain.errors import StorageError
from storage.database import Database
from storage.schema import GateRow
from tests.integration.delivery.fleet import Fleet
from tests.integration.delivery.servers import OwnServer

RATE = 200


@pytest.fixture
def database_address(server: OwnServer) -> Iterator[str]:
    with server.database() as name:
        yield server.url(name)


@pytest.fixture
def fleet(database_address: str) -> Iterator[Fleet]:
    with receiving(Conditions(rate=RATE)) as telegram:
        fleet = Fleet(database_address, telegram, RATE)
        yield fleet
        fleet.close()


def test_a_server_that_fails_twice_under_two_workers_loses_nothing_and_doubles_nothing_silently(
    fleet: Fleet, server: OwnServer
) -> None:
    fleet.open(400)
    workers = fleet.work(), fleet.work()
    for messages in (80, 200):
        fleet.reach(messages)
        server.restart()
    for worker in workers:
        worker.ended_well()
    fleet.prove()


def test_while_the_server_is_away_nothing_new_leaves_and_then_it_goes_on(fleet: Fleet, server: OwnServer) -> None:
    fleet.open(300)
    workers = fleet.work(lease=10.0), fleet.work(lease=10.0)
    fleet.reach(80)
    server.stop()
    gone_at = time.monotonic()
    time.sleep(1.2)
    server.start()
    for worker in workers:
        worker.ended_well()
    fleet.prove_nothing_was_in_doubt()
    assert fleet.taken_between(gone_at, gone_at + 1.2) < RATE // 2, "only rows that had been written down before"


def deliver_while_the_gate_is_kept(fleet: Fleet, keeper: Database) -> None:
    with keeper.write() as connection:
        connection.execute(select(GateRow).with_for_update())
        fleet.work().ended_well()


def test_a_host_that_freezes_in_the_middle_of_a_transaction_does_not_keep_the_others_from_theirs(
    fleet: Fleet, database_address: str
) -> None:
    fleet.open(100)
    fleet.work().stop()
    frozen = Database.open(database_address, busy_seconds=1.0)
    with pytest.raises(StorageError, match="waited too long for this process"):
        deliver_while_the_gate_is_kept(fleet, frozen)
    frozen.close()
    fleet.prove_nothing_was_in_doubt()
