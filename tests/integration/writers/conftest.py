from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from morningpost.desk.facts import StoredFacts
from tests.integration.writers.paper import DAY, Draft, collected, house_with, written


@pytest.fixture(scope="session")
def readings(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with collected mornings; tests copy it."""
    return collected(tmp_path_factory.mktemp("readings"))


@pytest.fixture(scope="session")
def draft(readings: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Draft]:
    """The issue of the last morning by the data writer alone."""
    with house_with(readings, tmp_path_factory.mktemp("draft")) as house:
        issue = written(house)
        yield Draft(issue, house.issues.before(DAY, 45), StoredFacts(house.archive))
