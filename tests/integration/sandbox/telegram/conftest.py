"""A running local Telegram and a bot of python-telegram-bot that talks to it."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator

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
async def bot(telegram: SandboxTelegram, serving: Serving) -> AsyncIterator[Bot]:
    request = HTTPXRequest(read_timeout=5)
    async with Bot(telegram.token, base_url=f"{serving.url}/bot", request=request) as bot:
        yield bot
