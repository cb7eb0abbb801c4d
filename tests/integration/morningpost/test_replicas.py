"""Three replicas keep one timetable on one PostgreSQL: each firing is done once, and that of a dead one by another."""

from __future__ import annotations

import multiprocessing
import os
import signal
import time
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import timedelta
from multiprocessing.context import ForkServerProcess
from pathlib import Path

import pytest

from tests.integration.morningpost.replica import LEASE, Shift, run

PROCESSES = multiprocessing.get_context("forkserver")

pytestmark = pytest.mark.parametrize("engine_name", ["postgresql"], indirect=True)


class Replicas:
    """Three processes, and what they wrote down."""

    def __init__(self, database_url: str, folder: Path) -> None:
        self._database_url = database_url
        self._diary = folder / "diary"
        self.hangs = folder / "hangs"
        self._processes: list[ForkServerProcess] = []

    def start(self, interval: timedelta) -> None:
        shift = Shift(self._database_url, self._diary, interval, self.hangs)
        self._processes = [PROCESSES.Process(target=run, args=(shift,), daemon=True) for _ in range(3)]
        for process in self._processes:
            process.start()

    def lines(self, what: str) -> list[tuple[str, int]]:
        """Due moment and process of each line that begins so."""
        if not self._diary.exists():
            return []
        words = [line.split() for line in self._diary.read_text().splitlines()]
        return [(due, int(pid)) for word, due, pid in words if word == what]

    def close(self) -> None:
        for process in self._processes:
            process.kill()
            process.join()


@pytest.fixture
def replicas(database_url: str, tmp_path: Path) -> Iterator[Replicas]:
    replicas = Replicas(database_url, tmp_path)
    yield replicas
    replicas.close()


def wait_for(condition: Callable[[], bool], seconds: float = 30.0) -> None:
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, "it never came true"
        time.sleep(0.01)


def test_each_firing_is_done_once_across_three_replicas(replicas: Replicas) -> None:
    replicas.start(timedelta(seconds=1))
    wait_for(lambda: len(replicas.lines("ended")) >= 4)
    replicas.close()
    began = Counter(due for due, _ in replicas.lines("began"))
    assert set(began.values()) == {1}
    assert len(began) >= 4


def test_the_firing_of_a_replica_that_died_at_it_is_done_by_another(replicas: Replicas) -> None:
    replicas.hangs.touch()
    replicas.start(timedelta(days=1))
    wait_for(lambda: not replicas.hangs.exists())
    time.sleep(1.5 * LEASE.total_seconds())
    [(due, hanging)] = replicas.lines("began")  # while it lives it renews its claim, and nobody takes it
    os.kill(hanging, signal.SIGKILL)
    wait_for(lambda: bool(replicas.lines("ended")))
    [(done, other)] = replicas.lines("ended")
    assert done == due
    assert other != hanging
