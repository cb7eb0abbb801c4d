"""What every ring of tests shares: the recorded days, and the settings that libraries read at import."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import settings

#: A busy machine is no reason to fail: what must be fast is measured in benchmarks, never in a test.
settings.register_profile("paper", deadline=None)
settings.load_profile("paper")

os.environ.setdefault("PTB_TIMEDELTA", "1")

pytest_plugins = ["tests.databases", "tests.sharing"]

#: The folders whose tests take longest.
LONGEST = ("/tests/morning/", "/tests/browser/")


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with what takes longest, so that no worker is left alone with it in the end."""
    items.sort(key=lambda item: not any(folder in item.path.as_posix() for folder in LONGEST))


RECORDINGS = Path(__file__).resolve().parents[2] / "shared" / "recordings"


@pytest.fixture(scope="session")
def recordings() -> Path:
    """The folder of recorded days of the sources; skips where it is absent."""
    if not RECORDINGS.is_dir():
        pytest.skip(f"the recorded days are not here: {RECORDINGS}")
    return RECORDINGS
