"""Nothing lost, nothing twice: real worker processes, killed without warning in the middle of a broadcast."""

from __future__ import annotations

import random
import time
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from domain.ledger import OnUncertain
from sandbox.serving import Serving
from sandbox.telegram.faults import Latency
from sandbox.telegram.limits import Limits
from sandbox.telegram.sandbox import SandboxTelegram
from storage.database import Database
from tests.contract.outbox.ledgers import Town
from tests.integration.delivery.fleet import Worker, wait_for
from tests.integration.delivery.worker import Job

RATE = 90
LEASE, HOLD = 2.0, 1.5
#: At this rate and latency no more are under way at once (delivery/latency.py).
IN_FLIGHT = 16


class City:
    """A local Telegram, a ledger, and workers as processes."""

    def __init__(self, database_url: str) -> None:
        self.telegram = SandboxTelegram(limits=Limits(per_second=RATE))
        self.telegram.faults.latency = Latency(0.05, 0.2)
        self.serving = Serving(self.telegram).start()
        self.database_url = database_url
        self.town = Town(Database.open(database_url), now=datetime.now(UTC))
        self.workers: list[Worker] = []

    def open(self, readers: int) -> None:
        for reader in range(1, readers + 1):
            self.telegram.user(reader).start()
        self.town.publish()
        self.town.subscribe(*range(1, readers + 1))
        self.town.open(now=True)

    def work(self, **settings: Any) -> Worker:
        """Start a worker, and return when it is about to begin."""
        given = {"lease": LEASE, "hold": HOLD, **settings}
        worker = Worker(Job(self.database_url, self.serving.url, self.telegram.token, RATE, **given))
        self.workers.append(worker)
        return worker

    def copies(self) -> Counter[int]:
        """How many messages each reader has received."""
        people = (chat.id for chat in self.telegram.world.chats.values() if chat.user and not chat.user.is_bot)
        return Counter({reader: len(self.telegram.user(reader).received) for reader in people})

    def left_by(self, worker: Worker) -> int:
        """How many rows a dead worker has left on their way."""
        return len(self.town.rows(state="sending", worker=worker.name))

    def close(self) -> None:
        for worker in self.workers:
            worker.kill()
        self.serving.stop()
        self.town.database.close()


@pytest.fixture
def city(database_url: str) -> Iterator[City]:
    city = City(database_url)
    yield city
    city.close()


def kill_after(city: City, worker: Worker, messages: int, pause: float) -> int:
    """Kill a worker a moment after Telegram has received so many; how many rows it left on their way."""
    wait_for(lambda: city.telegram.statistics.accepted >= messages)
    time.sleep(pause)
    worker.kill()
    return city.left_by(worker)


def prove(city: City, readers: int, in_doubt: int) -> None:
    """Each reader has one copy; a second one only who was uncertain, and silently."""
    copies = city.copies()
    twice = {reader for reader, count in copies.items() if count == 2}
    rows = city.town.rows()
    assert set(copies) == set(range(1, readers + 1))
    assert set(copies.values()) <= {1, 2}, "nobody is left out, nobody gets three"
    assert {row.state.value for row in rows} == {"sent"}
    assert twice <= {row.chat_id for row in rows if row.resent}
    assert sum(row.resent for row in rows) <= in_doubt
    assert all(city.telegram.user(reader).received[-1].silent for reader in twice)
    assert city.telegram.statistics.refused == 0, "the limit was never exceeded, kills or not"
    assert city.telegram.statistics.most_in_one_second <= RATE


def test_a_worker_killed_again_and_again_loses_nothing_and_doubles_only_what_was_uncertain(
    city: City, engine_name: str, tmp_path: Path
) -> None:
    readers, kills = (200, 5) if engine_name == "sqlite" else (90, 2)
    chance = random.Random(readers)
    city.open(readers)
    for number in range(1, kills + 1):
        kill_after(city, city.work(flights=tmp_path), readers * number // (kills + 2), chance.uniform(0, 0.05))
    city.work(flights=tmp_path).ended_well()
    prove(city, readers, kills * IN_FLIGHT)


@pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True)
def test_when_told_to_leave_them_uncertain_rows_are_counted_and_nobody_gets_two(city: City) -> None:
    city.open(60)
    left = kill_after(city, city.work(on_uncertain=OnUncertain.LEAVE), 20, 0.01)
    city.work(on_uncertain=OnUncertain.LEAVE).ended_well()
    states = Counter(row.state.value for row in city.town.rows())
    assert states["uncertain"] == left
    assert states["sent"] + left == 60
    assert max(city.copies().values()) == 1


@pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True)
def test_a_worker_that_is_asked_to_stop_leaves_nothing_in_doubt(city: City) -> None:
    city.open(60)
    worker = city.work()
    wait_for(lambda: city.telegram.statistics.accepted >= 20)
    worker.stop()
    assert city.left_by(worker) == 0
    city.work().ended_well()
    assert city.copies() == Counter(dict.fromkeys(range(1, 61), 1))


@pytest.mark.parametrize("engine_name", ["postgresql"], indirect=True)
def test_another_worker_takes_over_while_one_is_killed(city: City) -> None:
    city.open(120)
    first, second = city.work(), city.work()
    left = kill_after(city, first, 40, 0.02)
    second.ended_well()
    prove(city, 120, left)


@pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True)
def test_a_frozen_worker_does_not_send_what_others_have_taken_over(city: City) -> None:
    city.open(60)
    worker = city.work(lease=1.0)
    wait_for(lambda: city.telegram.statistics.accepted >= 15)
    worker.freeze()
    time.sleep(1.6)
    worker.thaw()
    worker.ended_well()
    copies = city.copies()
    assert min(copies.values()) == 1
    assert {reader for reader, count in copies.items() if count > 1} <= {
        row.chat_id for row in city.town.rows() if row.resent
    }
