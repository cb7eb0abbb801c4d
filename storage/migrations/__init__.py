"""Changes of the schema, in order (Alembic); run by ``Database.migrate``, no ini file needed.

A new one, from the root of the checkout: change ``storage/schema.py``, then write ``versions/NNNN_what_changes.py``
by the pattern of its neighbours. Tests prove that it ends where the schema stands, and that it can be undone.
"""

from __future__ import annotations

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, text

from domain.errors import StorageError

#: An arbitrary number that replicas starting together agree on: one migrates, the others wait.
_LOCK = 7_309_453


def is_current(connection: Connection) -> bool:
    """Whether a database has every change. Raises StorageError: it has one that this version does not know."""
    scripts = ScriptDirectory.from_config(_config(connection))
    current = set(MigrationContext.configure(connection).get_current_heads())
    if not current <= {script.revision for script in scripts.walk_revisions()}:
        raise StorageError("The database was written by a newer version of the paper: update the program.")
    return current == set(scripts.get_heads())


def migrate(connection: Connection, to: str = "head") -> None:
    """Bring a database to a revision (``head``, ``base`` or one's name), inside the caller's transaction."""
    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _LOCK})
    turn = command.downgrade if to == "base" else command.upgrade
    turn(_config(connection), to)


def _config(connection: Connection) -> Config:
    config = Config()
    config.set_main_option("script_location", "storage:migrations")
    config.attributes["connection"] = connection
    return config
