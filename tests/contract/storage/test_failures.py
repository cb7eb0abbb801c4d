"""What goes wrong with a database is told in a sentence that says what to do, and never repeats a password."""

from __future__ import annotations

import os
import sqlite3
import traceback
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import event, make_url, text
from sqlalchemy.exc import IntegrityError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from domain.errors import StorageError
from domain.items import ItemKey, Kind, Source
from storage.archive import Archive
from storage.database import Database
from storage.failures import sentence
from storage.issues import Issues
from storage.subscribers import Subscribers
from tests.contract.storage.samples import MORNING, dump, haul, issue, sighting, subscriber
from tests.databases import PostgresqlServer

SECRET = "hunter2hunter2"


def told(url: str) -> str:
    """What using a database says that can't be used; the whole traceback is searched for the password."""
    database = Database.open(url)
    try:
        with pytest.raises(StorageError) as raised:
            database.migrate()
    finally:
        database.close()
    assert SECRET not in "".join(traceback.format_exception(raised.value))
    return str(raised.value)


# -- addresses ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("url", "why"),
    [
        ("", "is not an address"),
        ("paper.db", "is not an address"),
        (f"postgresql://paper:{SECRET}@host:port/paper", "is not an address"),
        (f"mysql://paper:{SECRET}@host/paper", "begins with mysql, which is not supported"),
        (f"postgresql+asyncpg://paper:{SECRET}@host/paper", r"begins with postgresql\+asyncpg"),
        ("sqlite+aiosqlite:///paper.db", r"begins with sqlite\+aiosqlite"),
        ("sqlite://", "names no file"),
        ("sqlite:///", "names no file"),
        ("sqlite:///:memory:", "names no file"),
    ],
)
def test_what_is_no_address_is_told_with_one_that_is(url: str, why: str) -> None:
    with pytest.raises(StorageError, match=f"DATABASE_URL.*{why}.*write sqlite:///path/to/file.db or") as raised:
        Database.open(url)
    assert SECRET not in "".join(traceback.format_exception(raised.value))


@pytest.mark.parametrize("scheme", ["postgres", "postgresql", "postgresql+psycopg"])
def test_every_usual_way_to_write_a_postgresql_address_works(postgresql_server: PostgresqlServer, scheme: str) -> None:
    with postgresql_server.database() as url:
        database = Database.open(url.replace("postgresql:", f"{scheme}:"))
        database.migrate()
        assert Issues(database).dates() == []
        database.close()


# -- SQLite -------------------------------------------------------------------------------------------------------


@pytest.fixture
def sqlite_url(sqlite_template: Path, tmp_path: Path) -> str:
    path = tmp_path / "paper.db"
    path.write_bytes(sqlite_template.read_bytes())
    return f"sqlite:///{path}"


@pytest.fixture
def sqlite_database(sqlite_url: str) -> Iterator[Database]:
    database = Database.open(sqlite_url)
    yield database
    database.close()


def test_a_missing_folder_is_told(tmp_path: Path) -> None:
    assert told(f"sqlite:///{tmp_path}/nowhere/paper.db") == (
        f"The database {tmp_path}/nowhere/paper.db can't be opened: "
        "create its folder, and allow this user to write there."
    )


def test_a_file_that_is_something_else_is_told_and_left_alone(tmp_path: Path) -> None:
    letter = tmp_path / "letter.txt"
    letter.write_text("Dear reader, this is not a database.\n" * 100)
    assert "is not an SQLite database: name another file in DATABASE_URL" in told(f"sqlite:///{letter}")
    assert letter.read_text().startswith("Dear reader")


def test_a_damaged_file_is_told(sqlite_url: str) -> None:
    path = Path(str(make_url(sqlite_url).database))
    content = bytearray(path.read_bytes())
    content[4096:] = os.urandom(len(content) - 4096)
    path.write_bytes(content)
    database = Database.open(sqlite_url)
    with pytest.raises(StorageError, match="is damaged: restore it from a backup"):
        Subscribers(database).counts()
    database.close()


def test_a_file_that_may_only_be_read_can_be_read_but_not_written(sqlite_url: str) -> None:
    path = make_url(sqlite_url).database
    read_only = Database.open(f"sqlite:///file:{path}?mode=ro&uri=true")
    assert Issues(read_only).dates() == []
    with pytest.raises(StorageError, match="may not be written: allow this user to write the file and its folder"):
        Subscribers(read_only).join(subscriber())
    read_only.close()


def fill_up(database: Database, pages: int) -> None:
    """From now on the database may not grow by more than some pages, as on a full disk."""

    def limit(connection: sqlite3.Connection, _record: object) -> None:
        used = connection.execute("PRAGMA page_count").fetchone()[0]
        connection.execute(f"PRAGMA max_page_count = {used + pages}")

    database.close()
    event.listen(database._engine, "connect", limit)


def test_a_full_disk_is_told_and_nothing_is_half_written(sqlite_database: Database) -> None:
    before = dump(sqlite_database)
    fill_up(sqlite_database, pages=5)
    keys = [ItemKey(Source.GITHUB, Kind.REPOSITORY, f"owner/name{n}") for n in range(1000)]
    acts = (
        lambda: Archive(sqlite_database).store(haul(*map(sighting, keys))),
        lambda: Subscribers(sqlite_database).import_rows(subscriber(chat) for chat in range(1, 3000)),
        lambda: Issues(sqlite_database).save_draft(issue(motto="long" * 10_000), (), MORNING),
    )
    for act in acts:
        with pytest.raises(StorageError, match=r"The disk of the database .* is full: free some space"):
            act()
    assert dump(sqlite_database) == before


def test_when_the_disk_has_space_again_everything_goes_on(sqlite_url: str, sqlite_database: Database) -> None:
    fill_up(sqlite_database, pages=5)
    with pytest.raises(StorageError, match="is full"):
        Subscribers(sqlite_database).import_rows(subscriber(chat) for chat in range(1, 3000))
    with closing(sqlite3.connect(str(make_url(sqlite_url).database))) as other:
        assert other.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    roomy = Database.open(sqlite_url)
    assert Subscribers(roomy).import_rows(subscriber(chat) for chat in range(1, 3000)) == (2999, 0)
    roomy.close()


# -- PostgreSQL ---------------------------------------------------------------------------------------------------


def test_a_server_that_is_not_there_is_told() -> None:
    message = told(f"postgresql://paper:{SECRET}@127.0.0.1:1/paper")
    assert message == "The database paper at 127.0.0.1:1 can't be reached: start it, or correct DATABASE_URL."


def test_a_host_that_is_not_there_is_told() -> None:
    assert "The database paper at nowhere.invalid can't be reached" in told(
        f"postgresql://paper:{SECRET}@nowhere.invalid/paper"
    )


def test_a_database_that_is_not_there_is_told(postgresql_server: PostgresqlServer) -> None:
    url = postgresql_server.address("nothing").replace("postgres:@", f"postgres:{SECRET}@")
    assert told(url) == "There is no database nothing at the local socket: create it, or correct DATABASE_URL."


def test_a_user_who_is_not_there_is_told(postgresql_server: PostgresqlServer) -> None:
    url = postgresql_server.address("postgres").replace("postgres:@", f"nobody:{SECRET}@")
    assert "refused the user or the password: correct DATABASE_URL" in told(url)


def test_a_user_without_rights_is_told(postgresql_server: PostgresqlServer) -> None:
    with postgresql_server.database() as url:
        owner = Database.open(url)
        owner.migrate()
        with owner.write() as connection:
            connection.execute(text("CREATE ROLE guest LOGIN"))
        guest = Database.open(url.replace("postgres:@", "guest:@"))
        with pytest.raises(StorageError, match="lacks a right: grant it, or name another user"):
            Subscribers(guest).counts()
        guest.close()
        with owner.write() as connection:
            connection.execute(text("DROP ROLE guest"))
        owner.close()


def test_a_connection_that_the_server_cut_is_replaced_unseen(postgresql_server: PostgresqlServer) -> None:
    others = "FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
    with postgresql_server.database() as url:
        database = Database.open(url)
        database.migrate()
        postgresql_server.run(url, f"SELECT pg_terminate_backend(pid) {others}")
        assert Subscribers(database).join(subscriber())
        database.close()


# -- both ---------------------------------------------------------------------------------------------------------


def test_a_database_without_tables_is_told(new_database_url: str) -> None:
    database = Database.open(new_database_url)
    with pytest.raises(StorageError, match="lacks tables that this version needs"):
        Subscribers(database).counts()
    database.close()


def test_what_breaks_a_rule_of_the_database_is_told_and_nothing_is_kept(database: Database) -> None:
    before = dump(database)
    with (
        pytest.raises(StorageError, match=r"refused: .*(FOREIGN KEY|foreign key)") as raised,
        database.write() as open_,
    ):
        open_.execute(text("INSERT INTO citations VALUES ('2026-07-04', 'reading', 1)"))
    assert isinstance(raised.value.__cause__, IntegrityError)
    assert dump(database) == before


def test_what_is_written_never_stands_in_an_error(database: Database) -> None:
    """A chat id or a text in a log line would outlive the wish to be forgotten."""
    with pytest.raises(StorageError) as raised:
        Subscribers(database).import_rows([subscriber(424_242_424_242), subscriber(2**63)])
    assert "424242424242" not in "".join(traceback.format_exception(raised.value))


def test_a_database_whose_every_connection_is_taken_is_told() -> None:
    url = make_url("sqlite:///paper.db")
    assert sentence(PoolTimeout(), url) == "Every connection to the database paper.db is busy: try again."


def test_an_error_without_words_is_told_by_its_name() -> None:
    url = make_url("sqlite:///paper.db")
    assert sentence(OverflowError(), url) == "The database paper.db refused: OverflowError"


def test_a_password_that_a_driver_repeats_is_struck_out() -> None:
    url = make_url(f"postgresql://paper:{SECRET}@host/paper")
    assert sentence(OverflowError(f"no {SECRET}"), url) == "The database paper at host refused: no ***"


def test_reading_sees_one_moment(database: Database, database_url: str) -> None:
    other = Database.open(database_url)
    with database.read() as connection:
        count = text("SELECT count(*) FROM subscribers")
        assert connection.scalar(count) == 0
        Subscribers(other).join(subscriber())
        assert connection.scalar(count) == 0
    assert len(list(Subscribers(database).export())) == 1
    other.close()


def test_reading_can_not_write_on_postgresql(postgresql_server: PostgresqlServer, postgresql_url: str) -> None:
    database = Database.open(postgresql_url)
    with pytest.raises(StorageError, match="may not be written"), database.read() as connection:
        connection.execute(text("DELETE FROM subscribers"))
    database.close()


def test_an_error_of_the_caller_keeps_its_name_and_nothing_is_kept(database: Database) -> None:
    class Whim(Exception):
        pass

    def write() -> None:
        with database.write() as connection:
            connection.execute(text("INSERT INTO gate VALUES (1, '2026-07-04', NULL, '{}')"))
            raise Whim

    with pytest.raises(Whim):
        write()
    assert not any(dump(database).values())
