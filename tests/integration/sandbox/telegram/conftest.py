"""A running local Telegram and a bot of python-telegram-bot that talks to it."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator

import httpx
import pytest
from telegram import Bot
from telegram.request import HTTPXRequest

from sandbox.serving import Serving
from sandbox.telegram import SandboxTelegram


@pytest.fixture
def telegram() -> SandboxTelegram:
    return SandboxTelegram()


@pytest.fixture
def serving(telegram: SandboxTelegram) -> Iterator[Serving]:
    with Serving(telegram) as serving:
        yield serving


@pytest.fixture
def api(telegram: SandboxTelegram, serving: Serving) -> Iterator[httpx.Client]:
    """The Bot API, bare."""
    with httpx.Client(base_url=f"{serving.url}/bot{telegram.token}/") as client:
        yield client


@pytest.fixture
async def bot(telegram: SandboxTelegram, serving: Serving) -> AsyncIterator[Bot]:
    request = HTTPXRequest(read_timeout=5)
    base, files = f"{serving.url}/bot", f"{serving.url}/file/bot"
    async with Bot(telegram.token, base_url=base, base_file_url=files, request=request) as bot:
        yield bot
