"""The combinations that readers want of an issue, each kept once under its key."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import Connection, delete, exists, select

from domain.combinations import PLAIN, Combination, FormKey
from storage.conflicts import insert_into
from storage.database import Database
from storage.schema import FormRow, SubscriberRow


class Forms:
    """Implements the lookup of combinations. Raises StorageError."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def combination(self, key: FormKey) -> Combination | None:
        """What stands behind a key; None when nobody wants it any more."""
        if key == PLAIN:
            return Combination()
        with self._database.read() as connection:
            found = connection.scalar(select(FormRow.combination).where(FormRow.key == key))
        return None if found is None else Combination.from_json(found)

    def in_use(self) -> tuple[Combination, ...]:
        """The combinations of today's readers, in the order of their keys; not the paper as it is."""
        wanted = exists().where(SubscriberRow.form == FormRow.key)
        with self._database.read() as connection:
            found = connection.scalars(select(FormRow.combination).where(wanted).order_by(FormRow.key)).all()
        return tuple(map(Combination.from_json, found))


def keep(connection: Connection, combinations: Iterable[Combination]) -> None:
    """Keep combinations, so that they are found by their keys."""
    rows = {combination.key: combination.to_json() for combination in combinations}
    rows.pop(PLAIN, None)
    if rows:
        values = [{"key": key, "combination": text} for key, text in sorted(rows.items())]
        inserting = insert_into(connection, FormRow)
        same = {"combination": inserting.excluded.combination}  # which locks it against being dropped
        connection.execute(inserting.on_conflict_do_update(index_elements=[FormRow.key], set_=same), values)


def drop_unused(connection: Connection, keys: Iterable[int]) -> None:
    """Erase those of these combinations that no reader wants; copies made of them are corrected as the paper is."""
    of_these = FormRow.key.in_(sorted(keys))
    connection.execute(select(FormRow.key).where(of_these).order_by(FormRow.key).with_for_update())
    connection.execute(delete(FormRow).where(of_these, ~exists().where(SubscriberRow.form == FormRow.key)))
