"""A broadcast under way between real parts: worker processes on one ledger, and a receiver that counts strictly.

The workers come from a fork server that has the modules loaded, which only saves the time of importing them again.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import time
from collections import Counter
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from benchmarks.receiver.process import Receiver
from domain.deliveries import DeliveryState
from storage.database import Database
from tests.contract.outbox.ledgers import Town
from tests.integration.delivery.worker import Job, run

PROCESSES = multiprocessing.get_context("forkserver")
PROCESSES.set_forkserver_preload(["tests.integration.delivery.worker"])


def wait_for(condition: Callable[[], bool], seconds: float = 30.0) -> None:
    """Wait until something has become true."""
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, "it never came true"
        time.sleep(0.005)


class Worker:
    """A worker process; when it is made, it is about to begin."""

    def __init__(self, job: Job) -> None:
        self._told, there = PROCESSES.Pipe()
        self._process = PROCESSES.Process(target=run, args=(job, there), daemon=True)
        self._process.start()
        there.close()
        self._heard: list[str] = []
        assert self._told.poll(30)
        assert self._told.recv() == "ready"

    @property
    def pid(self) -> int:
        assert self._process.pid is not None
        return self._process.pid

    @property
    def name(self) -> str:
        """Its name in the ledger."""
        return str(self.pid)

    @property
    def heard(self) -> list[str]:
        """The notices so far, as an admin would get them."""
        try:
            while self._told.poll():
                self._heard.append(self._told.recv())
        except EOFError:
            pass  # it has ended
        return self._heard

    @property
    def lives(self) -> bool:
        """Whether it has not ended."""
        return self._process.is_alive()

    def kill(self) -> float:
        """End it without warning; the moment at which it was dead."""
        self._process.kill()
        self._process.join()
        return time.monotonic()

    def freeze(self) -> None:
        os.kill(self.pid, signal.SIGSTOP)

    def thaw(self) -> None:
        os.kill(self.pid, signal.SIGCONT)

    def stop(self) -> None:
        """Ask it to stop, and wait until it has."""
        self._process.terminate()
        self.ended_well()

    def ended_well(self, seconds: float = 60.0) -> None:
        """Wait until it has done everything."""
        self._process.join(seconds)
        assert self._process.exitcode == 0


class Fleet:
    """Workers on the ledger of one database; ``telegram`` counts what comes. ``settings`` are those of each job."""

    def __init__(self, database_url: str, telegram: Receiver, rate: int, **settings: Any) -> None:
        self.telegram = telegram
        self.rate = rate
        self.town = Town(Database.open(database_url), now=datetime.now(UTC))
        self._settings = {"database": database_url, "lease": 1.5, "hold": 2.0, **settings}
        self._workers: list[Worker] = []
        self._readers: set[int] = set()

    def open(self, readers: int) -> None:
        """Owe the issue to so many."""
        self._readers = set(range(1, readers + 1))
        self.town.publish()
        self.town.subscribe(*self._readers)
        self.town.open(now=True)

    def work(self, **settings: Any) -> Worker:
        """Start a worker, and return when it is about to begin."""
        given = {"telegram": self.telegram.address, "token": self.telegram.token, "rate": self.rate}
        worker = Worker(Job(**{**given, **self._settings, **settings}))
        self._workers.append(worker)
        return worker

    @property
    def taken(self) -> int:
        """How many messages Telegram has taken."""
        return int(self.telegram.counted()["accepted"])

    def reach(self, messages: int) -> None:
        """Wait until it has taken so many."""
        wait_for(lambda: self.taken >= messages)

    def share_the_rate(self) -> None:
        """Wait until every worker that has started holds about its part of the rate."""
        part = self.rate // len(self._workers)
        wait_for(
            lambda: (
                [slots >= part * 0.8 for slots, *_ in self.town.gate().holders.values()] == [True] * len(self._workers)
            )
        )

    def left_by(self, worker: Worker) -> int:
        """How many rows a dead worker has left on their way."""
        return len(self.town.rows(state=DeliveryState.SENDING, worker=worker.name))

    def copies(self) -> Counter[int]:
        """How many messages each reader has."""
        return Counter({chat: count for (chat, _), count in self.telegram.copies().items()})

    def resent(self) -> set[int]:
        """Readers whose row was uncertain, and was sent once more."""
        return {row.chat_id for row in self.town.rows() if row.resent}

    def taken_between(self, begin: float, end: float) -> int:
        """How many messages Telegram took between two moments of the machine's monotonic clock."""
        return sum(begin <= moment < end for moment in self.telegram.moments())

    def whole_rate_after(self, moment: float, share: float = 0.75) -> float:
        """Seconds from a moment until so much of the whole rate was reached for a second."""
        moments = [each for each in self.telegram.moments() if each >= moment]
        needed = int(self.rate * share)
        for first, last in zip(moments, moments[needed - 1 :], strict=False):
            if last - first <= 1.0:
                return first - moment
        raise AssertionError(f"{share:.0%} of the rate was never reached again")

    def prove(self) -> None:
        """Nobody is left out; a second copy has only who was uncertain; the limit was never exceeded."""
        copies, counted = self.copies(), self.telegram.counted()
        assert {row.state for row in self.town.rows()} == {DeliveryState.SENT}
        assert set(copies) == self._readers, "nobody is left out"
        assert set(copies.values()) <= {1, 2}, "nobody gets three"
        assert {chat for chat, count in copies.items() if count > 1} <= self.resent(), "nothing is doubled silently"
        assert counted["floods"] == 0, "the limit was never exceeded"
        assert counted["most_in_one_second"] <= self.rate

    def prove_nothing_was_in_doubt(self) -> None:
        """Nobody has two, and no row was ever sent once more."""
        self.prove()
        assert not self.resent()
        assert max(self.copies().values()) == 1

    def close(self) -> None:
        for worker in self._workers:
            worker.kill()
        self.town.database.close()
