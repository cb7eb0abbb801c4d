"""The ledger's file on bad days: locked, its disk full, moved away, its clock set back. It goes on when it can."""

from __future__ import annotations

import asyncio
import shutil
import sqlite3
import subprocess
from collections import Counter
from collections.abc import Callable, Iterator, MutableMapping
from contextlib import closing, contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from structlog.testing import capture_logs

from delivery.pacing import Limits
from domain.deliveries import Outcome, Sent
from storage.database import Database
from storage.outbox import Rules
from tests.integration.delivery.parts import Newsroom, until

READERS, RATE = 150, 150


class Paper:
    """A broadcast on a file in a folder, and what the log says meanwhile. Each message takes a moment."""

    def __init__(self, template: Path, folder: Path) -> None:
        self.file = Path(shutil.copy(template, folder / "paper.db"))
        self.newsroom = Newsroom(Database.open(f"sqlite:///{self.file}", busy_seconds=0.1))
        self.newsroom.limits = Limits(rate=RATE, chat_span=0.0)
        self.newsroom.town.rules = Rules(rate=RATE)
        self.newsroom.telegram.answers = lambda chat, _: self._slowly(chat)
        self.logs: list[MutableMapping[str, Any]] = []
        self.newsroom.open(*range(1, READERS + 1))

    @staticmethod
    async def _slowly(chat: int) -> Outcome:
        await asyncio.sleep(0.05)
        return Sent(chat)

    @property
    def sent(self) -> int:
        return len(self.newsroom.telegram.sent)

    def told(self, words: str) -> bool:
        """Whether the log says why the ledger refuses, in such words."""
        return any(words in each.get("reason", "") for each in self.logs if each["event"] == "ledger.refused")

    async def trouble_in_the_middle(self, begin: Callable[[], object], words: str, end: Callable[[], object]) -> None:
        """Deliver; meanwhile a trouble begins, is told in such words, nothing new leaves, and it ends."""
        with capture_logs() as self.logs:
            work = asyncio.create_task(self.newsroom.deliver())
            await until(lambda: self.sent >= READERS // 4)
            begin()
            await until(lambda: self.told(words))
            await asyncio.sleep(0.6)
            assert self.sent < READERS, "nothing leaves that is not written down first"
            end()
            await work

    def prove(self) -> None:
        """Everybody has one copy, and none was ever in doubt."""
        assert Counter(self.newsroom.telegram.chats) == dict.fromkeys(range(1, READERS + 1), 1)
        rows = self.newsroom.town.rows()
        assert {row.state.value for row in rows} == {"sent"}
        assert not any(row.resent for row in rows)

    def close(self) -> None:
        self.newsroom.database.close()


@pytest.fixture
def paper(sqlite_template: Path, tmp_path: Path) -> Iterator[Paper]:
    paper = Paper(sqlite_template, tmp_path)
    yield paper
    paper.close()


async def test_a_file_that_another_process_keeps_locked_is_waited_for(paper: Paper) -> None:
    with closing(sqlite3.connect(paper.file, isolation_level=None)) as other:
        await paper.trouble_in_the_middle(
            lambda: other.execute("BEGIN IMMEDIATE"),
            "is locked by another process: let it finish or stop it",
            lambda: other.execute("ROLLBACK"),
        )
    paper.prove()


@contextmanager
def small_disk(folder: Path) -> Iterator[Path]:
    """A disk of four megabytes of its own."""
    disk = folder / "disk"
    disk.mkdir()
    mount, umount = shutil.which("mount"), shutil.which("umount")
    if mount is None or umount is None:
        pytest.skip("a small disk needs the tools mount and umount")
    made = subprocess.run(
        [mount, "-t", "tmpfs", "-o", "size=4m", "tmpfs", disk], capture_output=True, text=True, check=False
    )
    if made.returncode:
        pytest.skip(f"a small disk needs the right to mount one: {made.stderr.strip()}")
    try:
        yield disk
    finally:
        subprocess.run([umount, "-l", disk], check=True)


async def test_a_full_disk_is_waited_for(sqlite_template: Path, tmp_path: Path) -> None:
    with small_disk(tmp_path) as disk:
        paper = Paper(sqlite_template, disk)
        filler = disk / "filler"
        await paper.trouble_in_the_middle(lambda: fill(filler), "is full: free some space", filler.unlink)
        paper.prove()
        paper.close()


def fill(file: Path) -> None:
    """Leave not a byte of its disk."""
    with file.open("wb", buffering=0) as opened:
        try:
            while True:
                opened.write(b"x" * 4096)
        except OSError:
            return


async def test_a_file_that_was_moved_away_is_waited_for(paper: Paper, tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()

    def move(source: Path, target: Path) -> None:
        for file in source.glob("paper.db*"):
            file.rename(target / file.name)

    await paper.trouble_in_the_middle(
        lambda: move(tmp_path, elsewhere), "is gone: put it back", lambda: move(elsewhere, tmp_path)
    )
    paper.prove()


async def deliver_with_a_clock_set_by(hours: int, paper: Paper) -> None:
    off = timedelta(0)
    pump = paper.newsroom.pump(clock=lambda: datetime.now(UTC) + off)
    work = asyncio.create_task(pump.run_until_done())
    await until(lambda: paper.sent >= READERS // 4)
    off = timedelta(hours=hours)
    await asyncio.wait_for(work, 20)


async def test_a_clock_that_runs_back_by_hours_in_the_middle_changes_nothing(paper: Paper) -> None:
    await deliver_with_a_clock_set_by(-3, paper)
    paper.prove()


async def test_a_clock_that_leaps_ahead_puts_only_what_is_under_way_in_doubt(paper: Paper) -> None:
    await deliver_with_a_clock_set_by(3, paper)
    copies = Counter(paper.newsroom.telegram.chats)
    rows = paper.newsroom.town.rows()
    assert {row.state.value for row in rows} == {"sent"}
    assert set(copies) == set(range(1, READERS + 1))
    assert {chat for chat, count in copies.items() if count > 1} <= {row.chat_id for row in rows if row.resent}
    assert sum(copies.values()) - READERS <= RATE // 4
