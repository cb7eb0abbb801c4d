"""What editors did to drafts: their words, their leads, what they skip; kept in the transaction of the new draft."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime

from sqlalchemy import Connection, delete, select

from domain.editions import Edition
from domain.edits import Change, Direction, Edit, LeadChoice, Redo, Skip, Withdrawal
from domain.issue import Issue, SectionName
from domain.items import ItemKey
from storage.admin_actions import AdminAction, record_action
from storage.conflicts import insert_into
from storage.database import Database, Turn
from storage.issue_json import edit_from_json, edit_to_json
from storage.issue_writing import Draft, write_draft
from storage.proofs import require_proof
from storage.schema import DirectionRow, EditRow, SkipRow

_LEAD = "lead"
_REDO = "redo "
_SKIP_COLUMNS = (SkipRow.item, SkipRow.name, SkipRow.url, SkipRow.by, SkipRow.at)


class EditorialChanges:
    """The record of what editors changed. Every method raises StorageError."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def edits(self, day: date) -> tuple[Edit, ...]:
        """The sentences of a day's issue that are in an editor's words, the oldest edit first."""
        kept = select(EditRow.content).where(EditRow.issue_date == day).order_by(EditRow.at, EditRow.place)
        with self._database.read() as connection:
            return tuple(map(edit_from_json, connection.scalars(kept)))

    def direction(self, day: date) -> Direction:
        """How editors want the issue of a day written, without whatever they skipped for good."""
        told = select(DirectionRow.what, DirectionRow.value).where(DirectionRow.issue_date == day)
        with self._database.read() as connection:
            values: Mapping[str, str] = {row.what: row.value for row in connection.execute(told)}
            skipped = frozenset(map(ItemKey.parse, connection.scalars(select(SkipRow.item))))
        redone = {SectionName(what.removeprefix(_REDO)): int(value) for what, value in values.items() if what != _LEAD}
        return Direction(values.get(_LEAD, ""), redone, skipped)

    def skips(self) -> tuple[Skip, ...]:
        """Everything that is skipped for good, the newest first."""
        with self._database.read() as connection:
            rows = connection.execute(select(*_SKIP_COLUMNS).order_by(SkipRow.at.desc(), SkipRow.item))
            return tuple(Skip(ItemKey.parse(item), name, url, by, at) for item, name, url, by, at in rows)

    def save(  # noqa: PLR0917 - an act has its what, its who and its when
        self, change: Change, issue: Issue, editions: Sequence[Edition], of: str, by: str, at: datetime
    ) -> None:
        """Keep a change and the draft that it leads to, if the draft that stands still bears the fingerprint ``of``.

        Raises Outdated: it does not any more. NotAllowed: it is published.
        """
        draft = Draft.of(issue, editions)
        with self._database.write(Turn.ISSUES) as connection:
            require_proof(connection, issue.date, of)
            act = _write(connection, change, issue.date, by, at)
            write_draft(connection, draft, at)
            record_action(connection, AdminAction(at, by, act[0], str(issue.date), act[1]))

    def unskip(self, item: ItemKey, by: str, at: datetime) -> bool:
        """Let an item be named again; False when it was not skipped."""
        with self._database.write() as connection:
            gone = connection.execute(delete(SkipRow).where(SkipRow.item == str(item))).rowcount > 0
            if gone:
                record_action(connection, AdminAction(at, by, "unskip", str(item)))
            return gone


def _write(connection: Connection, change: Change, day: date, by: str, at: datetime) -> tuple[str, str]:
    """Write one change down; the name of the act, and what it was done to."""
    match change:
        case Edit(place=place):
            _put_edit(connection, change, day, by, at)
            return "edit", str(place)
        case Withdrawal(place=place):
            connection.execute(delete(EditRow).where(EditRow.issue_date == day, EditRow.place == str(place)))
            return "withdraw", str(place)
        case Skip(item=item):
            row = {"name": change.name, "url": change.url, "by": by, "at": at}
            connection.execute(
                insert_into(connection, SkipRow)
                .values(item=str(item), **row)
                .on_conflict_do_update(index_elements=[SkipRow.item], set_=row)
            )
            return "skip", str(item)
        case LeadChoice(key=key):
            _direct(connection, day, _LEAD, key, by, at)
            return "lead", key
        case Redo(section=section):
            what = f"{_REDO}{section}"
            told = select(DirectionRow.value).where(DirectionRow.issue_date == day, DirectionRow.what == what)
            _direct(connection, day, what, str(int(connection.scalar(told) or 0) + 1), by, at)
            return "redo", section.value


def _put_edit(connection: Connection, edit: Edit, day: date, by: str, at: datetime) -> None:
    row = {"content": edit_to_json(edit), "by": by, "at": at}
    connection.execute(
        insert_into(connection, EditRow)
        .values(issue_date=day, place=str(edit.place), **row)
        .on_conflict_do_update(index_elements=[EditRow.issue_date, EditRow.place], set_=row)
    )


def _direct(connection: Connection, day: date, what: str, value: str, by: str, at: datetime) -> None:  # noqa: PLR0917
    row = {"value": value, "by": by, "at": at}
    connection.execute(
        insert_into(connection, DirectionRow)
        .values(issue_date=day, what=what, **row)
        .on_conflict_do_update(index_elements=[DirectionRow.issue_date, DirectionRow.what], set_=row)
    )
