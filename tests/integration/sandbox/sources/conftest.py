"""A world that a test fills, served over real HTTP."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime

import httpx
import pytest

from sandbox.serving import Serving
from sandbox.sources import LocalSources, Morning

AT = datetime(2026, 8, 20, 5, 30, tzinfo=UTC)


@dataclass(frozen=True)
class Sites:
    """The local sources and a client that asks them by path."""

    sources: LocalSources
    url: str
    client: httpx.Client

    def get(self, path: str, **headers: str) -> httpx.Response:
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        return self.client.get(path, headers=named)

    def on(self, morning: Morning) -> Sites:
        self.sources.turn_to(morning)
        return self


@pytest.fixture(scope="session")
def _serving() -> Iterator[Sites]:
    sources = LocalSources(Morning(at=AT))
    with Serving(sources) as server, httpx.Client(base_url=server.url, timeout=10) as client:
        yield Sites(sources, server.url, client)


@pytest.fixture
def sites(_serving: Sites) -> Sites:
    """The local sources, sound and uncounted, on an empty morning."""
    _serving.sources.heal()
    _serving.sources.forget_requests()
    return _serving.on(Morning(at=AT))
