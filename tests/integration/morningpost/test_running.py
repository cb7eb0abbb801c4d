from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from morningpost.running import run_paper
from morningpost.settings import Settings
from morningpost.telegram import Identity, TelegramSilent, identify
from morningpost.wiring import House, build_house
from sandbox.serving import Serving
from sandbox.telegram import SandboxTelegram


def settings(folder: Path, url: str, token: str) -> Settings:
    environ = {
        "TELEGRAM_BOT_TOKEN": token,
        "TELEGRAM_API_URL": url,
        "TELEGRAM_CHANNEL": "@ai_morning_post",
        "DATA_DIR": str(folder),
    }
    return Settings.from_env(environ, folder)


def migrated(given: Settings) -> House:
    house = build_house(given)
    house.database.migrate()
    return house


async def test_a_paper_that_starts_during_an_outage_answers_when_it_is_over(tmp_path: Path) -> None:
    telegram = SandboxTelegram()
    reader = telegram.user(1001, "Ada")
    serving = Serving(telegram).start()
    serving.stop()
    house, stop = migrated(settings(tmp_path, serving.url, telegram.token)), asyncio.Event()
    work = asyncio.create_task(run_paper(house, stop, patience=None))
    await asyncio.sleep(0.3)
    assert not work.done()
    with serving:
        reader.say("/help")
        await telegram.until(lambda: reader.received, 10)
        stop.set()
        await work
    house.database.close()


async def test_a_paper_that_is_stopped_before_telegram_answered_says_so(tmp_path: Path) -> None:
    house, stop = migrated(settings(tmp_path, "http://127.0.0.1:9", "123456:AAAAAAAAAAAAAAAA")), asyncio.Event()
    work = asyncio.create_task(run_paper(house, stop, patience=None))
    await asyncio.sleep(0.2)
    stop.set()
    with pytest.raises(TelegramSilent, match="Stopped"):
        await work
    house.database.close()


async def test_a_wrong_token_ends_the_paper_with_what_to_do(tmp_path: Path) -> None:
    with Serving(SandboxTelegram()) as serving:
        house = migrated(settings(tmp_path, serving.url, "123456:AAAAAAAAAAAAAAAA"))
        with pytest.raises(TelegramSilent, match="@BotFather"):
            await run_paper(house, asyncio.Event(), patience=None)
        house.database.close()


async def test_who_we_are_is_remembered_through_an_outage(tmp_path: Path) -> None:
    telegram = SandboxTelegram()
    channel = telegram.channel("@ai_morning_post", "The AI Morning Post")
    with Serving(telegram) as serving:
        given = settings(tmp_path, serving.url, telegram.token)
        assert await identify(given) == Identity("ai_morning_post_bot", channel.id)
    assert await identify(given) == Identity("ai_morning_post_bot", channel.id)


async def test_a_channel_whose_number_nobody_tells_is_an_error_with_what_to_do(tmp_path: Path) -> None:
    with Serving(SandboxTelegram()) as serving, pytest.raises(TelegramSilent, match="doctor"):
        await identify(settings(tmp_path, serving.url, SandboxTelegram().token))
