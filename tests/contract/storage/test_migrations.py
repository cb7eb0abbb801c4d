"""The schema that migrations build is the schema that the code speaks of, on both engines."""

from __future__ import annotations

import json
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, inspect, text

from domain.combinations import Combination, FormKey
from domain.errors import StorageError
from domain.readers import ChatId
from storage.database import Database, foreign_keys_resting
from storage.forms import Forms
from storage.migrations import migrate, revisions
from storage.schema import Table
from storage.subscribers import Subscribers


@pytest.fixture
def new_database(new_database_url: str) -> Iterator[Database]:
    opened = Database.open(new_database_url)
    yield opened
    opened.close()


def is_ours(name: str) -> bool:
    """Whether a table has the same form on each engine; the index of the search has not."""
    return not name.startswith("search_index")


def tables(connection: Connection) -> set[str]:
    return set(filter(is_ours, inspect(connection).get_table_names()))


def differences(connection: Connection) -> list[object]:
    """What autogenerate would still change, types and defaults included."""
    context = MigrationContext.configure(
        connection,
        opts={
            "compare_type": True,
            "compare_server_default": True,
            "include_name": lambda name, kind, _: kind != "table" or is_ours(name),
        },
    )
    return list(compare_metadata(context, Table.metadata))


def test_a_migrated_database_is_what_the_code_speaks_of(new_database: Database) -> None:
    new_database.migrate()
    with new_database.write() as connection:
        assert tables(connection) == {*Table.metadata.tables, "alembic_version"}
        assert differences(connection) == []


def test_the_comparison_would_see_a_column_that_a_migration_forgot(new_database: Database) -> None:
    new_database.migrate()
    with new_database.write() as connection:
        connection.execute(text("ALTER TABLE issues DROP COLUMN held_by"))
        assert len(differences(connection)) == 1


def test_migrating_twice_changes_nothing(new_database: Database) -> None:
    new_database.migrate()
    new_database.migrate()
    with new_database.write() as connection:
        assert differences(connection) == []


def test_every_migration_can_be_undone_and_done_again(new_database: Database) -> None:
    new_database.migrate()
    with new_database.write() as connection:
        assert "search_index" in inspect(connection).get_table_names()
        migrate(connection, to="base")
        assert inspect(connection).get_table_names() == ["alembic_version"]
    new_database.migrate()
    with new_database.write() as connection:
        assert differences(connection) == []


def test_votes_from_before_each_story_had_its_own_are_kept_for_their_page(new_database: Database) -> None:
    with new_database.write() as connection:
        migrate(connection, to="0010")
        connection.execute(text(_ISSUE))
        connection.execute(text(_VOTE))
    new_database.migrate()
    with new_database.read() as connection:
        (row,) = connection.execute(text("SELECT page, story, reader, kind, liked, words FROM feedback"))
    assert tuple(row) == ("lead", "", 1001, "gain", True, "Too long.")


def test_readers_from_before_buttons_spoke_their_language_get_the_combination_of_it(new_database: Database) -> None:
    spoken = {1: ("en", []), 2: ("ru", []), 3: ("ru", []), 4: ("ar", ["vision"]), 5: ("en", ["vision"])}
    vision = Combination(topics=("vision",))
    with new_database.write() as connection:
        migrate(connection, to="0014")
        connection.execute(text(_FORM), {"key": vision.key, "said": vision.to_json()})
        for chat, (language, topics) in spoken.items():
            form = vision.key if topics else 0
            said = {"chat": chat, "language": language, "topics": json.dumps(topics), "form": form}
            connection.execute(text(_READER), said)
    new_database.migrate()
    readers, forms = Subscribers(new_database), Forms(new_database)
    for chat, (language, topics) in spoken.items():
        reader = readers.get(ChatId(chat))
        assert reader is not None
        with new_database.read() as connection:
            key = connection.scalar(text("SELECT form FROM subscribers WHERE chat_id = :chat"), {"chat": chat})
        wanted = Combination.of(reader)
        assert (key, forms.combination(FormKey(key))) == (wanted.key, wanted)
        assert (wanted.language, wanted.topics) == (language.replace("en", ""), tuple(topics))
    config = Config()
    config.set_main_option("script_location", "storage:migrations")
    with new_database.write() as connection:
        config.attributes["connection"] = connection
        command.downgrade(config, "0014")
        left = connection.execute(text("SELECT chat_id, form FROM subscribers ORDER BY chat_id")).all()
    assert [tuple(row) for row in left] == [(1, 0), (2, 0), (3, 0), (4, vision.key), (5, vision.key)]


_FORM = "INSERT INTO forms (key, combination) VALUES (:key, :said)"
_READER = """INSERT INTO subscribers (chat_id, kind, state, zone, hour, weekdays, sections, style, language, silent,
    joined_at, came_from, state_since, topics, form)
VALUES (:chat, 'private', 'active', 'UTC', 7, 127, '[]', 'classic', :language, false,
    '2026-07-04 05:30:00+00:00', '', '2026-07-04 05:30:00+00:00', :topics, :form)"""
_ISSUE = """INSERT INTO issues (date, number, state, content, assembled_at)
VALUES ('2026-07-04', 1, 'draft', '{}', '2026-07-04 05:30:00+00:00')"""
_VOTE = """INSERT INTO feedback (issue_date, page, reader, kind, liked, words, at)
VALUES ('2026-07-04', 'lead', 1001, 'gain', true, 'Too long.', '2026-07-04 07:00:00+00:00')"""


def test_a_migration_that_breaks_off_leaves_nothing(new_database: Database) -> None:
    def break_off() -> None:
        with new_database.write() as connection:
            migrate(connection)
            raise RuntimeError

    with pytest.raises(RuntimeError):
        break_off()
    with new_database.read() as connection:
        assert tables(connection) == set()


def test_a_database_of_a_newer_version_is_left_alone(new_database: Database) -> None:
    new_database.migrate()
    with new_database.write() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(StorageError, match="newer version of the paper: update the program"):
        new_database.migrate()


def test_a_database_that_is_up_to_date_is_not_locked_for_migrating(
    new_database: Database, new_database_url: str
) -> None:
    new_database.migrate()
    starting = Database.open(new_database_url, busy_seconds=0.02)
    with new_database.write() as connection:
        connection.execute(text("DELETE FROM gate"))
        starting.migrate()
    starting.close()


def test_many_processes_that_start_at_once_migrate_once(new_database_url: str) -> None:
    databases = [Database.open(new_database_url) for _ in range(4)]
    with ThreadPoolExecutor(4) as threads:
        list(threads.map(Database.migrate, databases))
    with databases[0].write() as connection:
        assert differences(connection) == []
    for database in databases:
        database.close()


@pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True)
def test_a_migration_that_leaves_rows_pointing_to_nothing_is_undone(new_database: Database) -> None:
    with new_database.write() as connection:
        connection.execute(text("CREATE TABLE parents (id INTEGER PRIMARY KEY)"))
        connection.execute(
            text("CREATE TABLE children (parent INTEGER REFERENCES parents DEFERRABLE INITIALLY DEFERRED)")
        )

    def orphan() -> None:
        with foreign_keys_resting(new_database._engine) as connection:
            connection.execute(text("INSERT INTO children VALUES (1)"))

    with pytest.raises(StorageError, match="rows that point to nothing, so nothing was changed"):
        orphan()
    with new_database.read() as connection:
        assert connection.scalar(text("SELECT count(*) FROM children")) == 0
        assert connection.scalar(text("PRAGMA foreign_keys")) == 1


def test_the_migrations_stand_in_one_line() -> None:
    config = Config()
    config.set_main_option("script_location", "storage:migrations")
    scripts = ScriptDirectory.from_config(config)
    assert len(scripts.get_heads()) == 1
    assert len(scripts.get_bases()) == 1
    assert tuple(script.revision for script in scripts.walk_revisions())[::-1] == revisions()
