"""A worker of its own beside the running paper, on one PostgreSQL: they share the rate, and nobody gets two copies."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from pathlib import Path

import pytest
from sqlalchemy import select

from domain.audiences import Audience
from domain.editions import Message, Style
from domain.readers import ChatId, Subscriber
from morningpost.running import run_paper
from morningpost.settings import Settings
from morningpost.wiring import House, build_house
from sandbox.serving import Serving
from sandbox.telegram import TELEGRAM, SandboxTelegram
from storage.schema import DeliveryRow, GateRow

READERS = 60


def holders(house: House) -> int:
    """How many processes hold a share of the rate."""
    with house.database.read() as connection:
        return len(connection.execute(select(GateRow.holders)).scalar() or {})


@pytest.mark.parametrize("engine_name", ["postgresql"], indirect=True)
async def test_a_worker_and_the_running_paper_send_one_broadcast_together(database_url: str, tmp_path: Path) -> None:
    telegram = SandboxTelegram(limits=TELEGRAM)
    telegram.crowd(1, READERS)
    with Serving(telegram) as serving:
        environ = {
            "TELEGRAM_BOT_TOKEN": telegram.token,
            "TELEGRAM_API_URL": serving.url,
            "DATABASE_URL": database_url,
            "DATA_DIR": str(tmp_path),
            "LOG_LEVEL": "error",
        }
        house = build_house(Settings.from_env(environ, tmp_path))
        house.subscribers.import_rows(Subscriber(ChatId(chat), house.clock()) for chat in range(1, READERS + 1))
        words = [sys.executable, "-c", "from morningpost.cli import main; main()", "worker"]
        worker = await asyncio.create_subprocess_exec(*words, env={**os.environ, **environ}, cwd=tmp_path)
        stop = asyncio.Event()
        paper = asyncio.create_task(run_paper(house, stop, patience=None))
        await telegram.until(lambda: holders(house) == 2, 30)
        house.outbox.open_notice([Message(Style.CLASSIC, "Hello")], Audience(), at=house.clock(), by="test")
        await telegram.until(lambda: telegram.statistics.accepted >= READERS, 30)
        worker.send_signal(signal.SIGTERM)
        assert await asyncio.wait_for(worker.wait(), 20) == 0
        stop.set()
        await paper
        with house.database.read() as connection:
            rows = connection.execute(select(DeliveryRow.worker, DeliveryRow.state)).all()
        house.database.close()
    assert {row.state.value for row in rows} == {"sent"}
    assert len({row.worker for row in rows}) == 2
    assert telegram.duplicates() == {}
    assert telegram.statistics.refused == 0
