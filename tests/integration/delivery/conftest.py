"""A newsroom on a real SQLite file, and a server of our own."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from storage.database import Database
from tests.integration.delivery.parts import Newsroom
from tests.integration.delivery.servers import OwnServer, own_server


@pytest.fixture
def newsroom(sqlite_template: Path, tmp_path: Path) -> Iterator[Newsroom]:
    """A ledger that owes nothing yet."""
    database = Database.open(f"sqlite:///{shutil.copy(sqlite_template, tmp_path / 'paper.db')}")
    yield Newsroom(database)
    database.close()


@pytest.fixture(scope="session")
def server() -> Iterator[OwnServer]:
    """A server that may be stopped, because no other test uses it at the same time."""
    with own_server() as server:
        yield server
