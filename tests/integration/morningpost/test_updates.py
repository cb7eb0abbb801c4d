"""Updates survive: real processes killed with real commands under way, and a webhook between them and Telegram."""

from __future__ import annotations

import asyncio
import socket
from pathlib import Path

import httpx
import pytest

from benchmarks.updates import called, polled
from morningpost.running import run_paper
from morningpost.settings import Settings, SettingsError
from morningpost.updates.webhook_server import NotListening, secret_of
from morningpost.wiring import build_house
from sandbox.serving import Serving
from sandbox.telegram import SandboxTelegram
from tests.integration.house import BRISK

KILLS = 2


def settings(folder: Path, telegram: SandboxTelegram, url: str, **more: str) -> Settings:
    environ = {"TELEGRAM_BOT_TOKEN": telegram.token, "TELEGRAM_API_URL": url, "DATA_DIR": str(folder), **more}
    return Settings.from_env(environ, folder)


def free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


def test_every_command_is_answered_once_though_the_process_that_polls_is_killed() -> None:
    proof = polled(KILLS)
    assert (proof.lost, proof.doubled) == (0, 0)
    assert proof.asked > KILLS


def test_every_command_is_answered_once_though_replicas_behind_a_webhook_are_killed(
    postgresql_url: str,
) -> None:
    proof = called(postgresql_url, KILLS)
    assert (proof.lost, proof.doubled) == (0, 0)
    assert proof.asked > KILLS


async def test_a_paper_with_a_webhook_is_called_and_one_without_polls_again(tmp_path: Path) -> None:
    telegram = SandboxTelegram()
    reader = telegram.user(1001, "Ada")
    port = free_port()
    with Serving(telegram) as serving:
        address = f"http://127.0.0.1:{port}/telegram"
        for number, more in enumerate([{"WEBHOOK_URL": address, "WEB_PORT": str(port)}, {}], start=1):
            given = settings(tmp_path, telegram, serving.url, **more)
            house, stop = build_house(given), asyncio.Event()
            house.database.migrate()
            reader.say("/help")  # before anybody is there: it waits with Telegram
            work = asyncio.create_task(run_paper(house, stop, patience=None, limits=BRISK))
            await telegram.until(lambda number=number: len(reader.received) >= number, 10)  # type: ignore[misc]
            webhook = telegram.updates.webhook
            assert (webhook.url if webhook else None) == more.get("WEBHOOK_URL")
            assert webhook is None or webhook.secret == secret_of(given)
            stop.set()
            await work
            house.database.close()
    assert len(reader.received) == 2


async def test_a_stranger_who_calls_the_webhook_is_answered_nothing(tmp_path: Path) -> None:
    telegram, port = SandboxTelegram(), free_port()
    reader = telegram.user(1001, "Ada")
    with Serving(telegram) as serving:
        address = f"http://127.0.0.1:{port}/telegram"
        given = settings(tmp_path, telegram, serving.url, WEBHOOK_URL=address, WEB_PORT=str(port))
        house, stop = build_house(given), asyncio.Event()
        house.database.migrate()
        work = asyncio.create_task(run_paper(house, stop, patience=None, limits=BRISK))
        await telegram.until(lambda: telegram.updates.webhook, 10)
        async with httpx.AsyncClient() as stranger:
            answer = await stranger.post(address, json={"update_id": 1, "message": {"text": "/help"}})
        stop.set()
        await work
        house.database.close()
    assert answer.status_code == 403
    assert reader.received == []


async def test_a_webhook_whose_place_is_taken_says_what_to_do(tmp_path: Path) -> None:
    telegram = SandboxTelegram()
    with Serving(telegram) as serving, socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = str(taken.getsockname()[1])
        given = settings(tmp_path, telegram, serving.url, WEBHOOK_URL="http://127.0.0.1/telegram", WEB_PORT=port)
        house = build_house(given)
        house.database.migrate()
        with pytest.raises(NotListening, match="WEB_PORT"):
            await run_paper(house, asyncio.Event(), patience=None, limits=BRISK)
        house.database.close()


def test_a_weak_secret_is_refused(tmp_path: Path) -> None:
    telegram = SandboxTelegram()
    with pytest.raises(SettingsError, match="WEBHOOK_SECRET"):
        settings(tmp_path, telegram, "http://127.0.0.1:9", WEBHOOK_SECRET="short")
