"""What tests of the whole house begin with."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.integration.drafted import live_through
from tests.sharing import Shared


@pytest.fixture(scope="session")
def lived(shared: Shared) -> Path:
    """The folder of a house that has lived through three sample mornings; tests work in copies of it."""
    return shared.folder("lived", live_through)
