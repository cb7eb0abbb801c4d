"""Nothing lost, nothing twice: real worker processes, killed without warning in the middle of a broadcast.

They come from a fork server that has the modules loaded, which only saves the time of importing them again.
"""

from __future__ import annotations

import multiprocessing
import os
import random
import signal
import time
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from multiprocessing.context import ForkServerProcess

import pytest

from domain.ledger import OnUncertain
from sandbox.serving import Serving
from sandbox.telegram.faults import Latency
from sandbox.telegram.limits import Limits
from sandbox.telegram.sandbox import SandboxTelegram
from storage.database import Database
from tests.contract.outbox.ledgers import Town
from tests.integration.delivery.worker import Job, run

PROCESSES = multiprocessing.get_context("forkserver")
PROCESSES.set_forkserver_preload(["tests.integration.delivery.worker"])
RATE = 90
LEASE = 2.0


class City:
    """A local Telegram, a ledger, and workers as processes."""

    def __init__(self, database_url: str) -> None:
        self.telegram = SandboxTelegram(limits=Limits(per_second=RATE))
        self.telegram.faults.latency = Latency(0.05, 0.2)
        self.serving = Serving(self.telegram).start()
        self.database_url = database_url
        self.town = Town(Database.open(database_url), now=datetime.now(UTC))
        self.workers: list[ForkServerProcess] = []

    def open(self, readers: int) -> None:
        for reader in range(1, readers + 1):
            self.telegram.user(reader).start()
        self.town.publish()
        self.town.subscribe(*range(1, readers + 1))
        self.town.open(now=True)

    def work(self, lease: float = LEASE, on_uncertain: OnUncertain = OnUncertain.RESEND) -> ForkServerProcess:
        """Start a worker, and return when it is about to begin."""
        job = Job(self.database_url, self.serving.url, self.telegram.token, RATE, lease, on_uncertain)
        here, there = PROCESSES.Pipe()
        worker = PROCESSES.Process(target=run, args=(job, there), daemon=True)
        worker.start()
        self.workers.append(worker)
        assert here.poll(20)
        assert here.recv() == "ready"
        return worker

    def copies(self) -> Counter[int]:
        """How many messages each reader has received."""
        people = (chat.id for chat in self.telegram.world.chats.values() if chat.user and not chat.user.is_bot)
        return Counter({reader: len(self.telegram.user(reader).received) for reader in people})

    def left_by(self, worker: ForkServerProcess) -> int:
        """How many rows a dead worker has left on their way."""
        return len(self.town.rows(state="sending", worker=str(worker.pid)))

    def close(self) -> None:
        for worker in self.workers:
            worker.kill()
            worker.join()
        self.serving.stop()
        self.town.database.close()


@pytest.fixture
def city(database_url: str) -> Iterator[City]:
    city = City(database_url)
    yield city
    city.close()


def wait_for(condition: Callable[[], bool], seconds: float = 20.0) -> None:
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, "it never came true"
        time.sleep(0.003)


def ended_well(worker: ForkServerProcess) -> None:
    worker.join(60)
    assert worker.exitcode == 0


def kill_after(city: City, worker: ForkServerProcess, messages: int, pause: float) -> int:
    """Kill a worker a moment after Telegram has received so many; how many rows it left on their way."""
    wait_for(lambda: city.telegram.statistics.accepted >= messages)
    time.sleep(pause)
    worker.kill()
    worker.join()
    return city.left_by(worker)


def prove(city: City, readers: int, left_on_their_way: int) -> None:
    """Each reader has one copy; a second one only who was uncertain, and silently."""
    copies = city.copies()
    twice = {reader for reader, count in copies.items() if count == 2}
    rows = city.town.rows()
    assert set(copies) == set(range(1, readers + 1))
    assert set(copies.values()) <= {1, 2}, "nobody is left out, nobody gets three"
    assert {row.state.value for row in rows} == {"sent"}
    assert twice <= {row.chat_id for row in rows if row.resent}
    assert sum(row.resent for row in rows) <= left_on_their_way
    assert all(city.telegram.user(reader).received[-1].silent for reader in twice)
    assert city.telegram.statistics.refused == 0, "the limit was never exceeded, kills or not"
    assert city.telegram.statistics.most_in_one_second <= RATE


def test_a_worker_killed_again_and_again_loses_nothing_and_doubles_only_what_was_uncertain(
    city: City, engine_name: str
) -> None:
    readers, kills = (200, 5) if engine_name == "sqlite" else (90, 2)
    chance = random.Random(readers)
    city.open(readers)
    left = 0
    for number in range(1, kills + 1):
        on_their_way = kill_after(city, city.work(), readers * number // (kills + 2), chance.uniform(0, 0.05))
        assert on_their_way <= RATE * 2 // 3, "uncertain is what was under way or leased just ahead, not a batch"
        left += on_their_way
    ended_well(city.work())
    prove(city, readers, left)


@pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True)
def test_when_told_to_leave_them_uncertain_rows_are_counted_and_nobody_gets_two(city: City) -> None:
    city.open(60)
    left = kill_after(city, city.work(on_uncertain=OnUncertain.LEAVE), 20, 0.01)
    ended_well(city.work(on_uncertain=OnUncertain.LEAVE))
    states = Counter(row.state.value for row in city.town.rows())
    assert states["uncertain"] == left
    assert states["sent"] + left == 60
    assert max(city.copies().values()) == 1


@pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True)
def test_a_worker_that_is_asked_to_stop_leaves_nothing_in_doubt(city: City) -> None:
    city.open(60)
    worker = city.work()
    wait_for(lambda: city.telegram.statistics.accepted >= 20)
    worker.terminate()
    ended_well(worker)
    assert city.left_by(worker) == 0
    ended_well(city.work())
    assert city.copies() == Counter(dict.fromkeys(range(1, 61), 1))


@pytest.mark.parametrize("engine_name", ["postgresql"], indirect=True)
def test_another_worker_takes_over_while_one_is_killed(city: City) -> None:
    city.open(120)
    first, second = city.work(), city.work()
    left = kill_after(city, first, 40, 0.02)
    ended_well(second)
    prove(city, 120, left)


@pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True)
def test_a_frozen_worker_does_not_send_what_others_have_taken_over(city: City) -> None:
    city.open(60)
    worker = city.work(lease=1.0)
    wait_for(lambda: city.telegram.statistics.accepted >= 15)
    assert worker.pid is not None
    os.kill(worker.pid, signal.SIGSTOP)
    time.sleep(1.6)
    os.kill(worker.pid, signal.SIGCONT)
    ended_well(worker)
    copies = city.copies()
    assert min(copies.values()) == 1
    assert {reader for reader, count in copies.items() if count > 1} <= {
        row.chat_id for row in city.town.rows() if row.resent
    }
