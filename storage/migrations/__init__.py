"""Changes of the schema, in order (Alembic); run by ``Database.migrate``, no ini file needed.

A new one, from the root of the checkout: change ``storage/schema/``, then write ``versions/NNNN_what_changes.py``
by the pattern of its neighbours. Tests prove that it ends where the schema stands, and that it can be undone.
"""

from __future__ import annotations

from importlib.resources import files
from typing import TYPE_CHECKING

from sqlalchemy import Connection, inspect, text

from domain.errors import StorageError

if TYPE_CHECKING:
    from alembic.config import Config

#: An arbitrary number that replicas starting together agree on: one migrates, the others wait.
_LOCK = 7_309_453


def revisions() -> tuple[str, ...]:
    """The names of all changes, in order: the digits that their files begin with."""
    names = (entry.name for entry in (files(__name__) / "versions").iterdir())
    return tuple(sorted(name.partition("_")[0] for name in names if name[:1].isdigit()))


def is_current(connection: Connection) -> bool:
    """Whether a database has every change. Raises StorageError: it has one that this version does not know.

    Asked at every start, and so without Alembic, which takes its time and 10 MB to load.
    """
    if not inspect(connection).has_table("alembic_version"):
        return False
    current = set(connection.execute(text("SELECT version_num FROM alembic_version")).scalars())
    known = revisions()
    if not current <= set(known):
        raise StorageError("The database was written by a newer version of the paper: update the program.")
    return current == {known[-1]}


def migrate(connection: Connection, to: str = "head") -> None:
    """Bring a database to a revision (``head``, ``base`` or one's name), inside the caller's transaction."""
    from alembic import command

    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _LOCK})
    turn = command.downgrade if to == "base" else command.upgrade
    turn(_config(connection), to)


def _config(connection: Connection) -> Config:
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", "storage:migrations")
    config.attributes["connection"] = connection
    return config
