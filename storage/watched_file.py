"""An SQLite file that is moved away, deleted or replaced while it is open: that is noticed before it is used again.

Otherwise everything would go on in a file that nobody can find any more, and be lost with the process.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from sqlalchemy import URL, Engine, event
from sqlalchemy.exc import DisconnectionError

from domain.errors import StorageError


def watch(engine: Engine, address: URL) -> None:
    """Look at the file whenever a connection is lent. Nothing is watched where the address is a URI of SQLite's own."""
    if address.database is None or address.database.startswith("file:"):
        return
    file = _WatchedFile(address.database)
    event.listen(engine, "do_connect", file.before_opening)
    event.listen(engine, "connect", file.opened)
    event.listen(engine, "checkout", file.lent)


class _WatchedFile:
    """The file of one engine. The listeners take what SQLAlchemy gives them."""

    def __init__(self, path: str) -> None:
        self._path = Path(path)
        self._was_there = False

    def before_opening(self, *_: Any) -> None:
        """Make no new file in the place of one that is gone. Raises StorageError."""
        if self._was_there and self._identity() is None:
            raise self._gone()

    def opened(self, _: Any, record: Any) -> None:
        """Remember which file a connection is to."""
        record.info[_WatchedFile] = self._identity()
        self._was_there = True

    def lent(self, _: Any, record: Any, __: Any) -> None:
        """Raises StorageError: the file is gone. Another file in its place is opened instead."""
        identity = self._identity()
        if identity is None:
            raise self._gone()
        if identity != record.info[_WatchedFile]:
            raise DisconnectionError("another file lies in its place")

    def _identity(self) -> tuple[int, int] | None:
        try:
            status = self._path.stat()
        except FileNotFoundError:
            return None
        return status.st_dev, status.st_ino

    def _gone(self) -> StorageError:
        return StorageError(f"The database {self._path} is gone: put it back, or stop the paper and restore a backup.")
