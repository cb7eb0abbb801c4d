"""What is dear to make, made once for a whole run and copied by the tests of all its workers."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

import pytest

#: So long a worker waits for another that makes the same, seconds; then it makes its own.
_PATIENCE = 90.0


class Shared:
    """Folders that the workers of one run share."""

    def __init__(self, own: Path, shared: Path) -> None:
        self._own = own
        self._shared = shared

    def folder(self, name: str, make: Callable[[Path], object]) -> Path:
        """The folder of a name; the first who asks lets ``make`` fill it. Nobody else writes into it."""
        made = self._shared / name
        try:
            made.with_suffix(".claimed").mkdir()
        except FileExistsError:
            return made if _appears(made) else self._made(self._own / name, make)
        self._made(self._shared / f"{name}.unfinished", make).rename(made)
        return made

    @staticmethod
    def _made(folder: Path, make: Callable[[Path], object]) -> Path:
        if not folder.exists():
            folder.mkdir()
            make(folder)
        return folder


def _appears(folder: Path) -> bool:
    ends = time.monotonic() + _PATIENCE
    while not folder.exists():
        if time.monotonic() > ends:
            return False
        time.sleep(0.05)
    return True


@pytest.fixture(scope="session")
def shared(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Shared:
    """What the workers of this run share."""
    own = tmp_path_factory.getbasetemp()
    return Shared(own, own if worker_id == "master" else own.parent)
