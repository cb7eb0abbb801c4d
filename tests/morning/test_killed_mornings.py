from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import func, select

from domain.deliveries import BroadcastState
from domain.issue import IssueState
from domain.readers import ChatId, Subscriber
from morningpost.settings import Settings
from morningpost.telegram import Identity
from morningpost.wiring import House, build_house
from sandbox import sample
from sandbox.serving import Serving
from sandbox.sources import LocalSources
from sandbox.telegram import Chat, Latency, Message, Reader, SandboxTelegram
from storage.schema import DeliveryRow

READERS = 60
PATIENCE = 60.0


def noon_zone(now: datetime) -> str:
    """A zone where it is about noon, so that the day's times are past and midnight is far."""
    offset = 12 - now.hour
    return f"Etc/GMT{-offset:+d}" if offset else "Etc/GMT"


class Operator:
    """Starts the paper as a process, kills it, and starts it again."""

    def __init__(self, environ: dict[str, str], folder: Path) -> None:
        self._environ = {**os.environ, **environ, "PYTHONPATH": str(Path(__file__).resolve().parents[2])}
        self._log = folder / "log"

    @contextmanager
    def running(self) -> Iterator[subprocess.Popen[bytes]]:
        command = [sys.executable, "-m", "tests.morning.paper_process"]
        with self._log.open("ab") as log:
            process = subprocess.Popen(command, env=self._environ, stderr=log, stdout=log)
            try:
                yield process
            finally:
                process.kill()
                process.wait()

    def kill_when(self, reached: Callable[[], bool]) -> None:
        """Start it, and kill it as soon as it has got there."""
        with self.running() as process:
            self._wait(process, reached)
            process.send_signal(signal.SIGKILL)

    def run_until(self, done: Callable[[], bool]) -> None:
        """Start it, and end it in order when it is done."""
        with self.running() as process:
            self._wait(process, done)
            process.terminate()
            assert process.wait(20) == 0

    def told(self, words: str) -> Callable[[], bool]:
        """Whether these words have come to the log since this was asked."""
        before = self._log.read_text().count(words) if self._log.exists() else 0
        return lambda: self._log.read_text().count(words) > before

    def _wait(self, process: subprocess.Popen[bytes], reached: Callable[[], bool]) -> None:
        deadline = time.monotonic() + PATIENCE
        while not reached():
            assert time.monotonic() < deadline, self._log.read_text()[-3000:]
            assert process.poll() is None, self._log.read_text()[-3000:]
            time.sleep(0.01)


@pytest.mark.timeout(240)
def test_a_morning_killed_at_every_step_prints_one_issue_and_loses_and_doubles_nothing(tmp_path: Path) -> None:
    telegram = SandboxTelegram()
    telegram.faults.latency = Latency(p50=0.05, p99=0.2)
    channel = telegram.channel("@ai_morning_post", "The AI Morning Post")
    sources = LocalSources(sample.mornings()[-1])
    people = [telegram.user(5000 + number) for number in range(READERS)]
    for person in people:
        person.start()
    now = datetime.now(UTC)
    zone = noon_zone(now)
    local = now.astimezone(ZoneInfo(zone))
    with Serving(telegram) as telegram_server, Serving(sources) as source_server:
        (tmp_path / "feeds.toml").write_text(sources.feeds_toml(source_server.url), encoding="utf-8")
        environ = {
            **sources.addresses(source_server.url),
            "FEEDS_FILE": str(tmp_path / "feeds.toml"),
            "TELEGRAM_BOT_TOKEN": telegram.token,
            "TELEGRAM_API_URL": telegram_server.url,
            "TELEGRAM_CHANNEL": "@ai_morning_post",
            "DATA_DIR": str(tmp_path / "data"),
            "CHECK_LINKS": "false",
            "PAPER_TIMEZONE": zone,
            "ASSEMBLE_AT": f"{local - timedelta(minutes=10):%H:%M}",
            "PRESS_AT": f"{local - timedelta(minutes=5):%H:%M}",
            "LOG_LEVEL": "info",
        }
        house = build_house(Settings.from_env(environ, tmp_path), identity=Identity("x", channel.id))
        house.database.migrate()
        house.subscribers.import_rows(_readers(house, zone, local.hour - 1, [person.id for person in people]))
        operator = Operator(environ, tmp_path)
        operator.kill_when(operator.told("job=assemble"))
        operator.kill_when(operator.told("issue.assembled"))
        operator.kill_when(operator.told("job=press"))
        for enough in (1, 15, 35):
            operator.kill_when(partial(_have_it, enough, channel, people))
        operator.run_until(lambda: _is_done(house))
        receipt = house.desk.receipt()
        assert receipt is not None
        record = house.desk.record(None)
        uncertain = _were_uncertain(house)
        house.database.close()
    assert record.state is IssueState.PUBLISHED
    assert (record.issue.date, record.issue.number) == (local.date(), 1)
    copies = [_issues(person.received) for person in people]
    assert _issues(channel.messages.values()) == 1
    resent = sum(count - 1 for count in copies)
    assert min(copies) == 1
    assert resent <= uncertain
    assert receipt.sent + receipt.uncertain == READERS + 1


def _readers(house: House, zone: str, hour: int, chats: list[int]) -> list[Subscriber]:
    joined = house.clock() - timedelta(days=1)
    return [Subscriber(ChatId(chat), joined, zone=zone, hour=hour) for chat in chats]


def _issues(messages: Iterable[Message]) -> int:
    return sum(1 for message in list(messages) if "· No. 1" in message.text)


def _have_it(enough: int, channel: Chat, people: list[Reader]) -> bool:
    """Whether so many have the issue, the channel and the readers together."""
    return _issues(channel.messages.values()) + sum(_issues(person.received) for person in people) >= enough


def _is_done(house: House) -> bool:
    receipt = house.desk.receipt()
    return receipt is not None and receipt.broadcast.state is BroadcastState.DONE


def _were_uncertain(house: House) -> int:
    """How many copies were sent once more because the fate of the first was unknown."""
    with house.database.read() as connection:
        resent = select(func.count()).select_from(DeliveryRow).where(DeliveryRow.resent.is_(True))
        return connection.scalar(resent) or 0
