"""Chromium, a local Telegram with its page, and the page as somebody sees it; skipped, saying so, without Chromium."""

from __future__ import annotations

import shutil
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import httpx
import pytest
import pytest_asyncio
from playwright.async_api import Browser, Page, async_playwright

from sandbox.serving import Serving
from sandbox.telegram import Chat, Pane, Reader, SandboxTelegram
from tests.browser.walking import Walk, lived_through, walking

ARGUMENTS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


def chromium() -> str | None:
    """The path of a Chromium on this machine."""
    return next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)


@dataclass(frozen=True, slots=True)
class City:
    """A local Telegram that serves its page, with one channel and two people, and the bot's hand."""

    telegram: SandboxTelegram
    url: str
    channel: Chat
    reader: Reader
    admin: Reader

    def call(self, method: str, **parameters: object) -> dict[str, object]:
        """Call a method as the bot."""
        answer = httpx.post(f"{self.url}/bot{self.telegram.token}/{method}", json=parameters).json()
        assert answer["ok"], answer
        result: dict[str, object] = answer["result"]
        return result


Open = Callable[..., Awaitable[Page]]


@pytest.fixture
def city() -> Iterator[City]:
    telegram = SandboxTelegram()
    reader, admin = telegram.user(1001, "Ada Lovelace"), telegram.user(1003, "Edith Clarke")
    channel = telegram.channel("@paper", "The Paper")
    telegram.show([Pane("Channel", channel.id, 1001), Pane("Reader", 1001, 1001), Pane("Admin", 1003, 1003)])
    with Serving(telegram) as serving:
        yield City(telegram, serving.url, channel, reader, admin)


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def browser() -> AsyncIterator[Browser]:
    path = chromium()
    if path is None:
        pytest.skip("there is no Chromium here (Debian: apt-get install chromium)")
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
        yield browser
        await browser.close()


@pytest_asyncio.fixture(loop_scope="module")
async def open_page(browser: Browser, city: City) -> AsyncIterator[Open]:
    """Opens the page; fails the test afterwards where the page had an error or asked for anything elsewhere."""
    troubles: list[str] = []

    async def open_page(
        width: int = 1280, height: int = 900, scheme: Literal["light", "dark"] = "light", zone: str = "UTC"
    ) -> Page:
        context = await browser.new_context(
            viewport={"width": width, "height": height}, color_scheme=scheme, timezone_id=zone, locale="en-GB"
        )
        page = await context.new_page()
        page.set_default_timeout(5000)
        page.on("pageerror", lambda error: troubles.append(str(error)))
        page.on("console", lambda told: troubles.append(told.text) if told.type == "error" else None)
        page.on("request", lambda asked: None if asked.url.startswith(city.url) else troubles.append(asked.url))
        await page.goto(city.url)
        await page.wait_for_selector(".pane, .empty")
        return page

    yield open_page
    for context in browser.contexts:
        await context.close()
    assert not troubles


@pytest.fixture(scope="session")
def lived(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("walked")
    lived_through(folder)
    return folder


@pytest_asyncio.fixture(loop_scope="module")
async def walk(browser: Browser, lived: Path, tmp_path: Path) -> AsyncIterator[Walk]:
    """A whole paper at work behind the page."""
    async with walking(shutil.copytree(lived, tmp_path / "house"), browser) as walk:
        yield walk
