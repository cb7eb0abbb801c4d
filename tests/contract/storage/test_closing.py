"""A database that is closed leaves no connection open, whoever is at work in it."""

from __future__ import annotations

import sqlite3
from typing import Any

import pytest
from sqlalchemy import Connection, text

from storage.database import Database


def bare(connection: Connection) -> Any:
    """The driver's own connection."""
    return connection.connection.dbapi_connection


def is_open(connection: Any) -> bool:
    """Whether it can still be asked."""
    if not isinstance(connection, sqlite3.Connection):
        return not connection.closed
    try:
        connection.execute("SELECT 1")
    except sqlite3.ProgrammingError:
        return False
    return True


@pytest.fixture
def opened(database_url: str) -> Database:
    return Database.open(database_url)


def test_an_idle_connection_is_closed_with_it(opened: Database) -> None:
    with opened.read() as connection:
        own = bare(connection)
    assert is_open(own)
    opened.close()
    assert not is_open(own)


def test_who_is_at_work_when_it_is_closed_finishes_and_closes_its_own(opened: Database) -> None:
    with opened.write() as connection:
        own = bare(connection)
        opened.close()
        assert connection.scalar(text("SELECT 1")) == 1
    assert not is_open(own)


def test_who_comes_after_it_was_closed_leaves_nothing_open_either(opened: Database) -> None:
    opened.close()
    with opened.read() as connection:
        own = bare(connection)
        assert connection.scalar(text("SELECT 1")) == 1
    assert not is_open(own)
