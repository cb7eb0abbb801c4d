"""The command `worker` on one PostgreSQL: workers are replaced in the middle of a notice, and one is killed."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import select

from domain.audiences import Audience
from domain.editions import Message, Style
from morningpost.settings import Settings
from morningpost.wiring import build_house
from sandbox.serving import Serving
from sandbox.telegram import SandboxTelegram
from sandbox.telegram.limits import Limits
from storage.schema import GateRow
from tests.contract.outbox.ledgers import Town

RATE = 30

pytestmark = pytest.mark.parametrize("engine_name", ["postgresql"], indirect=True)


def wait_for(condition: Callable[[], bool], seconds: float = 30.0) -> None:
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, "it never came true"
        time.sleep(0.01)


class Office:
    """A paper whose workers are processes of their own."""

    def __init__(self, database_url: str, folder: Path, telegram: SandboxTelegram, address: str) -> None:
        self.telegram = telegram
        own = {
            "TELEGRAM_BOT_TOKEN": telegram.token,
            "TELEGRAM_API_URL": address,
            "TELEGRAM_RATE": str(RATE),
            "DATABASE_URL": database_url,
            "DATA_DIR": str(folder),
        }
        self.house = build_house(Settings.from_env(own, folder))
        self.town = Town(self.house.database)
        self._environ = {**os.environ, **own}
        self._folder = folder
        self._workers: list[subprocess.Popen[bytes]] = []

    def notify(self, readers: int) -> None:
        """Owe a notice to so many."""
        for reader in range(1, readers + 1):
            self.telegram.user(reader).start()
        self.town.subscribe(*range(1, readers + 1))
        words = [Message(Style.CLASSIC, "Tomorrow there is no paper.")]
        self.house.outbox.open_notice(words, Audience(), at=datetime.now(UTC), by="ann")

    def work(self) -> subprocess.Popen[bytes]:
        """Start a worker, and wait until it has a share of the rate."""
        others = self._holders()
        command = [sys.executable, "-c", "from morningpost.cli import main; main()", "worker"]
        log = self._folder / f"worker-{len(self._workers)}.log"
        with log.open("wb") as output:
            worker = subprocess.Popen(command, cwd=self._folder, env=self._environ, stdout=output, stderr=output)
        self._workers.append(worker)
        wait_for(lambda: worker.poll() is not None or bool(self._holders() - others))
        assert worker.poll() is None, log.read_text()
        return worker

    def _holders(self) -> set[str]:
        with self.house.database.read() as connection:
            return set(connection.scalar(select(GateRow.holders)) or ())

    @property
    def taken(self) -> int:
        return self.telegram.statistics.accepted

    def copies(self, readers: int) -> list[int]:
        return [len(self.telegram.user(reader).received) for reader in range(1, readers + 1)]

    def close(self) -> None:
        for worker in self._workers:
            worker.kill()
            worker.wait()
        self.house.database.close()


@pytest.fixture
def office(database_url: str, tmp_path: Path) -> Iterator[Office]:
    telegram = SandboxTelegram(limits=Limits(per_second=RATE))
    with Serving(telegram) as serving:
        office = Office(database_url, tmp_path, telegram, serving.url)
        yield office
        office.close()


def test_workers_that_are_replaced_lose_nothing_double_nothing_and_keep_the_limit(office: Office) -> None:
    first, second = office.work(), office.work()
    office.notify(90)
    wait_for(lambda: office.taken >= 15)
    first.terminate()
    assert first.wait(15) == 0
    third = office.work()
    wait_for(lambda: office.taken >= 45)
    second.terminate()
    assert second.wait(15) == 0
    wait_for(lambda: set(office.town.states().values()) == {"sent"})
    third.terminate()
    assert third.wait(15) == 0
    assert office.copies(90) == [1] * 90
    assert office.telegram.statistics.refused == 0
    assert not any(row.resent for row in office.town.rows())
