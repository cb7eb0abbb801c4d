"""What is written together is told apart: each caller learns of his own updates alone."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime
from pathlib import Path

import pytest

from domain.errors import StorageError
from domain.updates import Incoming
from morningpost.updates.register import Register, TakenOver
from storage.database import Database
from storage.updates import Updates


def register_in(folder: Path, worker: str = "a", *, tables: bool = True) -> Register:
    database = Database.open(f"sqlite:///{folder / 'paper.db'}")
    if tables:
        database.migrate()
    return Register(Updates(database, 700), worker, lambda: datetime.now(UTC))


def updates(*numbers: int) -> list[Incoming]:
    return [Incoming(number, "{}") for number in numbers]


async def finish(register: Register, writing: asyncio.Task[None]) -> None:
    register.close()
    await writing


async def test_each_caller_is_told_of_his_own_updates_and_one_alone_of_what_two_bring(tmp_path: Path) -> None:
    register = register_in(tmp_path)
    writing = asyncio.create_task(register.run())
    told = await asyncio.gather(*(register.take(updates(*numbers)) for numbers in [(1, 2), (3,), (2, 4)]))
    assert told == [{1, 2}, {3}, {4}]
    assert await register.take(updates(4, 5)) == {5}
    await finish(register, writing)


async def test_an_update_is_begun_once(tmp_path: Path) -> None:
    register = register_in(tmp_path)
    writing = asyncio.create_task(register.run())
    await register.take(updates(1))
    await register.begin(1)
    with pytest.raises(TakenOver):
        await register.begin(1)
    await finish(register, writing)


async def test_what_is_ended_before_the_close_is_written(tmp_path: Path) -> None:
    register = register_in(tmp_path)
    writing = asyncio.create_task(register.run())
    await register.take(updates(1))
    register.end(1)
    await finish(register, writing)
    assert register.store.holders() == []


async def test_who_can_not_be_written_for_is_told_so(tmp_path: Path) -> None:
    register = register_in(tmp_path, tables=False)
    writing = asyncio.create_task(register.run())
    with pytest.raises(StorageError):
        await register.take(updates(1))
    await finish(register, writing)
