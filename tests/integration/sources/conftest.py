"""A site on loopback, and doors that may ask it."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from sources.cache import ResponseCache
from sources.door import Door, DoorLimits, user_agent
from sources.network import Network, Origin
from tests.integration.sources.site import Site, site

NOW = datetime(2026, 7, 4, 5, 30, tzinfo=UTC)

#: A small cap, and no waiting worth the name between attempts.
QUICK = DoorLimits(connect=5.0, read=5.0, total=10.0, body=100_000, first_wait=0.01, longest_wait=30.0)
#: For answers that are too slow on purpose.
IMPATIENT = replace(QUICK, read=0.2, total=0.5)


@dataclass(slots=True)
class Sleeper:
    """Stands for the clock on the wall: sleeping takes no time, and is remembered."""

    slept: list[float] = field(default_factory=list)

    async def __call__(self, seconds: float) -> None:
        self.slept.append(seconds)


@pytest.fixture
async def page() -> AsyncIterator[Site]:
    async with site() as running:
        yield running


@pytest.fixture
async def other() -> AsyncIterator[Site]:
    async with site() as running:
        yield running


@pytest.fixture
def sleeper() -> Sleeper:
    return Sleeper()


@pytest.fixture
async def door_to(sleeper: Sleeper) -> AsyncIterator[Callable[..., Door]]:
    """Makes doors; what they opened is closed at the end of the test."""
    doors: list[Door] = []

    def make(*trusted: Origin, folder: Path | None = None, **options: Any) -> Door:
        options.setdefault("network", Network(trusted))
        options.setdefault("limits", QUICK)
        options.setdefault("clock", lambda: NOW)
        cache = ResponseCache(folder) if folder else None
        door = Door(user_agent("1.2.3", "https://paper.example/contact"), cache=cache, sleep=sleeper, **options)
        doors.append(door)
        return door

    yield make
    for door in doors:
        await door.__aexit__(None, None, None)
