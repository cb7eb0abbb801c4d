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


def migrate(connection: Connection, to: str = "head") -> None:
    """Bring a database to a revision (``head``, ``base`` or one's name), inside the caller's transaction.

    Raises StorageError: the database was written by a newer version of the paper.
    """
    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _LOCK})
    config = _config(connection)
    _refuse_newer(connection, config)
    if to == "base":
        command.downgrade(config, to)
    else:
        command.upgrade(config, to)


def _config(connection: Connection) -> Config:
    config = Config()
    config.set_main_option("script_location", "storage:migrations")
    config.attributes["connection"] = connection
    return config


def _refuse_newer(connection: Connection, config: Config) -> None:
    known = {script.revision for script in ScriptDirectory.from_config(config).walk_revisions()}
    current = set(MigrationContext.configure(connection).get_current_heads())
    if not current <= known:
        raise StorageError("The database was written by a newer version of the paper: update the program.")
