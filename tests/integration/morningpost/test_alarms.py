"""An alarm is told once, however many processes look and are restarted, and that it is over is told once, too."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest

from domain.alarms import Alarm
from morningpost.services.alarms import LEASE, Alarms
from storage.alarms import AlarmBook
from storage.database import Database

NOW = datetime(2026, 7, 4, 7, 0, tzinfo=UTC)
DISK, SOURCE = Alarm("disk", "12 MB are free", "here"), Alarm("source arxiv", "no list could be read")


class Paper:
    """What is wrong with it, what was told, and any number of processes that look."""

    def __init__(self, database_url: str) -> None:
        self._database_url = database_url
        self._opened: list[Database] = []
        self.wrong: set[Alarm] = set()
        self.told: list[str] = []
        self.now = NOW
        self.killed = False

    def process(self, place: str = "here") -> Alarms:
        """A process that has just begun."""
        database = Database.open(self._database_url)
        self._opened.append(database)
        book = AlarmBook(database)
        return Alarms(lambda: set(self.wrong), book, self._raised, self._over, lambda: self.now, place)

    async def _raised(self, text: str) -> None:
        await asyncio.sleep(0)
        if self.killed:
            raise KeyboardInterrupt
        self.told.append(text)

    async def _over(self, text: str) -> None:
        await asyncio.sleep(0)
        self.told.append(f"over: {text}")

    def close(self) -> None:
        for database in self._opened:
            database.close()


@pytest.fixture
def paper(database_url: str) -> Iterator[Paper]:
    paper = Paper(database_url)
    yield paper
    paper.close()


async def test_an_alarm_is_told_once_and_its_end_once_and_it_may_come_again(paper: Paper) -> None:
    alarms = paper.process()
    assert await alarms.sweep(NOW)
    assert paper.told == []
    paper.wrong = {DISK}
    for _ in range(3):
        await alarms.sweep(NOW)
    paper.wrong = {Alarm("disk", "11 MB are free", "here")}
    await alarms.sweep(NOW)
    assert paper.told == ["disk of here: 12 MB are free"]
    paper.wrong = set()
    await alarms.sweep(NOW)
    await alarms.sweep(NOW)
    assert paper.told[1:] == ["over: disk of here is well again; it was not since 04 July, 07:00 UTC."]
    paper.wrong = {DISK}
    await alarms.sweep(NOW)
    assert paper.told[2:] == ["disk of here: 12 MB are free"]


async def test_whoever_begins_anew_knows_what_was_told(paper: Paper) -> None:
    paper.wrong = {SOURCE}
    await paper.process().sweep(NOW)
    await paper.process().sweep(NOW)
    assert len(paper.told) == 1
    paper.wrong = set()
    await paper.process().sweep(NOW)
    assert paper.told[1:] == ["over: source arxiv is well again; it was not since 04 July, 07:00 UTC."]


async def test_processes_that_look_at_once_tell_once(paper: Paper) -> None:
    several = [paper.process() for _ in range(4)]
    paper.wrong = {SOURCE}
    await asyncio.gather(*(each.sweep(NOW) for each in several))
    assert len(paper.told) == 1
    paper.wrong = set()
    await asyncio.gather(*(each.sweep(NOW) for each in several))
    assert len(paper.told) == 2


async def test_what_a_process_was_killed_over_is_told_by_another(paper: Paper) -> None:
    paper.wrong, paper.killed = {SOURCE}, True
    with pytest.raises(KeyboardInterrupt):
        await paper.process().sweep(NOW)
    paper.killed = False
    await paper.process().sweep(NOW)
    assert paper.told == []  # who was killed might still be at it
    paper.now = NOW + LEASE
    await paper.process().sweep(NOW)
    assert paper.told == ["source arxiv: no list could be read"]


async def test_what_is_wrong_on_one_machine_is_not_over_because_another_is_well(paper: Paper) -> None:
    paper.wrong = {DISK}
    await paper.process("here").sweep(NOW)
    paper.wrong = set()
    await paper.process("there").sweep(NOW + timedelta(minutes=5))
    assert len(paper.told) == 1
    await paper.process("here").sweep(NOW + timedelta(minutes=10))
    assert len(paper.told) == 2
