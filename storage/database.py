"""The door to the database: opens it, migrates it, and lends connections for one transaction at a time."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from enum import IntEnum
from typing import Any, Self

from sqlalchemy import URL, Connection, Engine, Pool, create_engine, event, func, make_url, select
from sqlalchemy.exc import ArgumentError

from domain.errors import StorageError
from storage.failures import told_plainly
from storage.migrations import is_current, migrate
from storage.remnants import erase_remnants
from storage.watched_file import watch

#: How long a transaction waits for another one before it gives up, seconds.
BUSY_SECONDS = 10.0

_CONNECT_SECONDS = 5

#: No process is taken for frozen or gone sooner, ms.
_LEAST_IDLE = 1000

#: A server that can't be reached any more is given up after so long, not after a quarter of an hour or two hours as
#: TCP would: for what was sent and not acknowledged (ms), and for a connection on which nothing comes (s).
_LOST_SOON = {"tcp_user_timeout": 10_000, "keepalives_idle": 5, "keepalives_interval": 2, "keepalives_count": 3}

#: Between two tries to switch a new SQLite file to its log.
_PAUSE_SECONDS = 0.02

#: Who waits for the write lock of SQLite looks at least this often whether it is free, seconds (sqlite3.c,
#: ``sqliteDefaultBusyCallback``: 100 ms); without a pause the one who writes most would always be first again.
_OTHERS_FIRST = 0.11


class Turn(IntEnum):
    """What processes take turns at, because they look before they write. On SQLite all writing is in turns."""

    ARCHIVE = 7_309_454
    ISSUES = 7_309_455


_DRIVERS = {
    "sqlite": "sqlite+pysqlite",
    "sqlite+pysqlite": "sqlite+pysqlite",
    "postgres": "postgresql+psycopg",
    "postgresql": "postgresql+psycopg",
    "postgresql+psycopg": "postgresql+psycopg",
}
_SNAPSHOTS: Mapping[str, Mapping[str, Any]] = {
    "sqlite": {"sqlite_begin": "BEGIN"},
    "postgresql": {"isolation_level": "REPEATABLE READ", "postgresql_readonly": True},
}
_FORMS = "sqlite:///path/to/file.db or postgresql://user:password@host/name"


class Session:
    """Several transactions in turn on one connection, so that temporary tables live from one to the next."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._has_written = False

    @contextmanager
    def scratch(self) -> Iterator[Connection]:
        """A transaction that sees one moment of the database and writes to temporary tables alone: nobody waits."""
        is_sqlite = self._connection.dialect.name == "sqlite"
        self._connection.execution_options(sqlite_begin="BEGIN")
        with self._connection.begin():
            if not is_sqlite:
                self._connection.exec_driver_sql("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
            yield self._connection

    @contextmanager
    def write(self) -> Iterator[Connection]:
        """A transaction, as that of ``Database.write``. On SQLite, who waits for the lock comes before the next one."""
        if self._has_written and self._connection.dialect.name == "sqlite":
            time.sleep(_OTHERS_FIRST)
        self._has_written = True
        self._connection.execution_options(sqlite_begin="BEGIN IMMEDIATE")
        with self._connection.begin():
            yield self._connection


class Database:
    """One database, SQLite or PostgreSQL. Safe to use from several threads; opens connections when they are needed."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._snapshot: Mapping[str, Any] = _SNAPSHOTS[engine.dialect.name]
        self._left: list[Pool] = []

    @classmethod
    def open(cls, url: str, busy_seconds: float = BUSY_SECONDS) -> Self:
        """A database by its address: ``sqlite:///relative``, ``sqlite:////absolute`` or ``postgresql://…``.

        Nothing is touched yet. ``busy_seconds`` is how long a transaction waits for a lock of another one; on
        PostgreSQL also how long the server waits for a process to go on with its own, so that a host that is cut off or
        frozen in the middle of one keeps no lock.
        Raises StorageError: not such an address.
        """
        address = _address(url)
        if address.get_backend_name() == "sqlite":
            return cls(_sqlite_engine(address, busy_seconds))
        return cls(_postgresql_engine(address, busy_seconds))

    @property
    def is_sqlite(self) -> bool:
        """Whether this is a file of the embedded engine."""
        return self._engine.dialect.name == "sqlite"

    def migrate(self) -> None:
        """Bring the tables up to date, all or nothing. Raises StorageError, also for a database of a newer version."""
        with self.read() as connection:
            if is_current(connection):
                return
        with told_plainly(self._engine.url), foreign_keys_resting(self._engine) as connection:
            migrate(connection)

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """A connection that sees one unchanging moment of the database. Raises StorageError."""
        with self._used(), self._engine.connect() as connection:
            connection.execution_options(**self._snapshot)
            with connection.begin():
                yield connection

    @contextmanager
    def write(self, turn: Turn | None = None) -> Iterator[Connection]:
        """A connection in one transaction: all of it is kept at the end, or nothing after an error.

        On SQLite it takes the only write lock at once, so it never fails half-way for want of it; on PostgreSQL
        a ``turn`` makes those who take the same one wait for each other. Raises StorageError.
        """
        with self._used(), self._engine.begin() as connection:
            if turn is not None and not self.is_sqlite:
                connection.execute(select(func.pg_advisory_xact_lock(int(turn))))
            yield connection

    @contextmanager
    def session(self) -> Iterator[Session]:
        """One connection for several transactions, one after the other. Raises StorageError."""
        with self._used(), self._engine.connect() as connection:
            try:
                yield Session(connection)
            finally:
                connection.invalidate()  # its temporary tables end with it

    def erase_remnants(self, number: int) -> None:
        """Make sure that a number erased from every row is nowhere else in an SQLite file. Raises StorageError."""
        if self.is_sqlite:
            with self._used(), closing(self._engine.raw_connection()) as connection:
                erase_remnants(connection.cursor(), number)

    def close(self) -> None:
        """Give every connection back. A thread that is at work still, or comes late, closes its own when it is done."""
        self._left.append(self._engine.pool)
        self._engine.dispose()

    @contextmanager
    def _used(self) -> Iterator[None]:
        try:
            with told_plainly(self._engine.url):
                yield
        finally:
            for pool in (*self._left, self._engine.pool) if self._left else ():
                pool.dispose()


def _address(url: str) -> URL:
    try:
        address = make_url(url)
    except (ArgumentError, ValueError) as error:
        raise StorageError(f"DATABASE_URL is not an address of a database: write {_FORMS}.") from error
    driver = _DRIVERS.get(address.drivername)
    if driver is None:
        raise StorageError(f"DATABASE_URL begins with {address.drivername}, which is not supported: write {_FORMS}.")
    if driver.startswith("sqlite") and address.database in {None, "", ":memory:"}:
        raise StorageError(f"DATABASE_URL names no file, and a paper kept in memory would be lost: write {_FORMS}.")
    return address.set(drivername=driver)


def _sqlite_engine(address: URL, busy_seconds: float) -> Engine:
    engine = create_engine(address, hide_parameters=True, connect_args={"timeout": busy_seconds})
    event.listen(engine, "connect", lambda connection, _record: _prepare_sqlite(connection, busy_seconds))
    watch(engine, address)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def _prepare_sqlite(connection: sqlite3.Connection, busy_seconds: float) -> None:
    """Each new connection: we begin transactions ourselves; FULL keeps a commit through a power cut."""
    connection.isolation_level = None
    _write_ahead(connection, time.monotonic() + busy_seconds)
    for pragma in ("synchronous = FULL", "foreign_keys = ON", "secure_delete = ON"):
        connection.execute(f"PRAGMA {pragma}")


def _write_ahead(connection: sqlite3.Connection, deadline: float) -> None:
    """Switch to the write-ahead log: of processes that do so at once on a new file, SQLite lets all but one fail."""
    while True:
        try:
            connection.execute("PRAGMA journal_mode = WAL")
        except sqlite3.OperationalError:
            if time.monotonic() >= deadline:
                raise
            time.sleep(_PAUSE_SECONDS)
        else:
            return


def _begin_sqlite(connection: Connection) -> None:
    connection.exec_driver_sql(connection.get_execution_options().get("sqlite_begin", "BEGIN IMMEDIATE"))


def _postgresql_engine(address: URL, busy_seconds: float) -> Engine:
    busy = max(1, round(busy_seconds * 1000))
    # Ten thousand rows lie in memory: with the server's default it would read all of them to find a hundred by id.
    paging = "-c random_page_cost=1.1"
    settings = f"-c timezone=UTC -c lock_timeout={busy} -c idle_in_transaction_session_timeout={busy} {paging}"
    return create_engine(
        address,
        hide_parameters=True,
        pool_pre_ping=True,  # a server that was restarted costs nobody an error
        connect_args={
            "options": settings,
            "connect_timeout": _CONNECT_SECONDS,
            "application_name": "morningpost",
            **_LOST_SOON,
        },
    )


@contextmanager
def foreign_keys_resting(engine: Engine) -> Iterator[Connection]:
    """A transaction in which SQLite tables may be rebuilt; references are checked as a whole before it ends."""
    with engine.connect() as connection:
        if engine.dialect.name != "sqlite":
            with connection.begin():
                yield connection
            return
        bare = connection.connection.cursor()
        bare.execute("PRAGMA foreign_keys = OFF")  # has no effect inside a transaction
        try:
            with connection.begin():
                yield connection
                if connection.exec_driver_sql("PRAGMA foreign_key_check").first() is not None:
                    raise StorageError(
                        "The migration would leave rows that point to nothing, so nothing was changed: tell the makers."
                    )
        finally:
            bare.execute("PRAGMA foreign_keys = ON")
            bare.close()
