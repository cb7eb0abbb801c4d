"""What the drivers' errors mean, in a sentence that says what to do; passwords are never repeated."""

from __future__ import annotations

import sqlite3
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from sqlalchemy import URL
from sqlalchemy.exc import SQLAlchemyError, StatementError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from domain.errors import StorageError

if TYPE_CHECKING:
    import psycopg

#: What SQLite calls a trouble -> what the operator is told. ``{place}`` is the file.
_SQLITE = {
    "SQLITE_BUSY": "The database {place} is locked by another process: let it finish or stop it, then try again.",
    "SQLITE_LOCKED": "The database {place} is locked by another process: let it finish or stop it, then try again.",
    "SQLITE_FULL": "The disk of the database {place} is full: free some space, then try again.",
    "SQLITE_READONLY": "The database {place} may not be written: allow this user to write the file and its folder.",
    "SQLITE_CANTOPEN": "The database {place} can't be opened: create its folder, and allow this user to write there.",
    "SQLITE_PERM": "The database {place} may not be opened: allow this user to read and write the file.",
    "SQLITE_CORRUPT": "The database {place} is damaged: restore it from a backup.",
    "SQLITE_NOTADB": "{place} is not an SQLite database: name another file in DATABASE_URL.",
    "SQLITE_IOERR": "The disk of the database {place} fails to read or write: check the disk, then try again.",
}

#: The same for PostgreSQL, by SQLSTATE, the longest prefix first. ``{place}`` is host and database.
_POSTGRESQL = {
    "53100": "The disk of the database {place} is full: free some space, then try again.",
    "53300": "The database {place} takes no more connections: raise max_connections or stop other clients.",
    "55P03": "The database {place} is locked by another process: let it finish or stop it, then try again.",
    "57014": "The database {place} took too long: let other work on it finish, then try again.",
    "40": "The database {place} was changed by another process at the same moment: try again.",
    "25P03": "The database {place} waited too long for this process, and undid what it had begun: try again.",
    "25006": "The database {place} may not be written: name a primary server in DATABASE_URL.",
    "42501": "The user of the database {place} lacks a right: grant it, or name another user in DATABASE_URL.",
    "28": "The database {place} refused the user or the password: correct DATABASE_URL.",
    "3D000": "There is no database {place}: create it, or correct DATABASE_URL.",
    "57P": "The database {place} is starting or stopping: try again in a moment.",
    "08": "The database {place} can't be reached: start it, or correct DATABASE_URL.",
}

_NO_TABLES = "The database {place} lacks tables that this version needs: run `morningpost doctor`, which adds them."


@contextmanager
def told_plainly(url: URL) -> Iterator[None]:
    """Turns whatever a driver raises inside into a StorageError with one plain sentence."""
    try:
        yield
    except (SQLAlchemyError, sqlite3.Error, UnicodeEncodeError, OverflowError) as error:
        raise StorageError(sentence(error, url)) from error
    except Exception as error:
        psycopg = _psycopg()
        if psycopg is None or not isinstance(error, psycopg.Error):
            raise
        raise StorageError(sentence(error, url)) from error


def place(url: URL) -> str:
    """Where a database is, without user and password."""
    if url.get_backend_name() == "sqlite":
        return str(url.database)
    port = f":{url.port}" if url.port else ""
    return f"{url.database or ''} at {url.host or 'the local socket'}{port}"


def sentence(error: Exception, url: URL) -> str:
    """One line for an operator: what is wrong, where, and what to do."""
    cause = error.orig if isinstance(error, StatementError) and error.orig is not None else error
    words = _words(cause) or "The database {place} refused: {reason}"
    return words.format(place=place(url), reason=_reason(cause, url))


def _words(cause: BaseException) -> str | None:
    if isinstance(cause, PoolTimeout):
        return "Every connection to the database {place} is busy: try again."
    if isinstance(cause, sqlite3.Error):
        return _sqlite_words(cause)
    return _driver_words(cause)


def _driver_words(cause: BaseException) -> str | None:
    """What psycopg said, if it was psycopg: it is loaded where the database is PostgreSQL, and only then."""
    psycopg = _psycopg()
    if psycopg is None or not isinstance(cause, psycopg.Error):
        return None
    if cause.sqlstate is None and not isinstance(cause, psycopg.OperationalError):
        return None
    return _postgresql_words(cause)


def _psycopg() -> Any:
    return sys.modules.get("psycopg")


def _sqlite_words(cause: sqlite3.Error) -> str | None:
    if "no such table" in str(cause) or "no such column" in str(cause):
        return _NO_TABLES
    name = getattr(cause, "sqlite_errorname", "")
    return next((words for prefix, words in _SQLITE.items() if name.startswith(prefix)), None)


def _postgresql_words(cause: psycopg.Error) -> str | None:
    state = cause.sqlstate
    if state in {"42P01", "42703"}:
        return _NO_TABLES
    if state is None:
        return _unreached_words(cause)
    return next((words for prefix, words in _POSTGRESQL.items() if state.startswith(prefix)), None)


def _unreached_words(cause: psycopg.Error) -> str:
    """Before a connection stands there is no SQLSTATE; only the words of the server tell troubles apart."""
    said = str(cause)
    if "authentication failed" in said or "no password supplied" in said or 'role "' in said:
        return _POSTGRESQL["28"]
    if "does not exist" in said:
        return _POSTGRESQL["3D000"]
    if "too many clients" in said or "connection slots" in said:
        return _POSTGRESQL["53300"]
    return _POSTGRESQL["08"]


def _reason(cause: BaseException, url: URL) -> str:
    """The driver's own first line, without the password, should it stand there."""
    said = next(iter(str(cause).splitlines()), "") or type(cause).__name__
    return said.replace(str(url.password), "***") if url.password else said
