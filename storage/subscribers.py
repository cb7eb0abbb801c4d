"""The readers' list: who reads us, how the subscription stands, in what form and at which hour."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from itertools import islice
from typing import Any

from sqlalchemy import Connection, Row, Select, case, func, select, update

from domain.editions import Style
from domain.errors import NotFound
from domain.readers import ChatId, Subscriber, SubscriberState
from storage.conflicts import insert_into
from storage.database import Database
from storage.forgetting import forget
from storage.schema import SubscriberRow

#: Rows that are written or read at once.
_BATCH = 2000

#: The days of each bit mask, Monday the lowest bit.
_WEEKDAYS = tuple(frozenset(day for day in range(7) if bits & 1 << day) for bits in range(1 << 7))

#: What an import may change of a reader who is on the list: what its file can say.
_IMPORTED = ("zone", "hour", "style")

#: How a subscription stands, and since when: an import may end one, and begins none again.
_STANDING = ("state", "state_since")


class Subscribers:
    """The readers' list. Every method raises StorageError."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def get(self, chat_id: ChatId) -> Subscriber | None:
        """Find a reader; None when the chat never subscribed."""
        with self._database.read() as connection:
            row = connection.execute(_all().where(SubscriberRow.chat_id == chat_id)).first()
        return None if row is None else _subscriber(row)

    def join(self, subscriber: Subscriber) -> bool:
        """Subscribe a chat, or bring it back with the settings that it had; True when it was not active before."""
        with self._database.write() as connection:
            joining = insert_into(connection, SubscriberRow).values(_columns(subscriber)).on_conflict_do_nothing()
            if connection.execute(joining.returning(SubscriberRow.chat_id)).first() is not None:
                return True
            own = update(SubscriberRow).where(SubscriberRow.chat_id == subscriber.chat_id)
            was_away = own.where(SubscriberRow.state != SubscriberState.ACTIVE).values(state=SubscriberState.ACTIVE)
            came_back = connection.execute(was_away).rowcount > 0
            connection.execute(own.values(state_since=subscriber.joined_at))
            return came_back

    def leave(self, chat_id: ChatId, at: datetime) -> None:
        """End a subscription at the reader's word; the settings are kept, should he come back."""
        self.set_state(chat_id, SubscriberState.LEFT, at)

    def set_state(self, chat_id: ChatId, state: SubscriberState, at: datetime) -> None:
        """Note how a subscription stands at a moment; for a chat that is not on the list there is nothing to note."""
        with self._database.write() as connection:
            connection.execute(
                update(SubscriberRow).where(SubscriberRow.chat_id == chat_id).values(state=state, state_since=at)
            )

    def change(
        self,
        chat_id: ChatId,
        *,
        zone: str | None = None,
        hour: int | None = None,
        weekdays: frozenset[int] | None = None,
        sections: frozenset[str] | None = None,
        style: Style | None = None,
        language: str | None = None,
        silent: bool | None = None,
    ) -> Subscriber:
        """Change a reader's settings; what is left out stays. Raises NotFound: the chat never subscribed."""
        wanted = {
            "zone": zone,
            "hour": hour,
            "weekdays": None if weekdays is None else _bits(weekdays),
            "sections": None if sections is None else sorted(sections),
            "style": style,
            "language": language,
            "silent": silent,
        }
        changes = {name: value for name, value in wanted.items() if value is not None}
        own = SubscriberRow.chat_id == chat_id
        with self._database.write() as connection:
            if changes:
                connection.execute(update(SubscriberRow).where(own).values(changes))
            row = connection.execute(_all().where(own)).first()
        if row is None:
            raise NotFound("This chat is not subscribed: /subscribe first.")
        return _subscriber(row)

    def counts(self) -> Mapping[SubscriberState, int]:
        """How many chats stand in each state, the empty ones too."""
        counted = select(SubscriberRow.state, func.count()).group_by(SubscriberRow.state)
        with self._database.read() as connection:
            found = dict(connection.execute(counted).all())
        return {state: found.get(state, 0) for state in SubscriberState}

    def import_rows(self, subscribers: Iterable[Subscriber]) -> tuple[int, int]:
        """Add readers, and give those on the list the zone, hour and style of their row; all of them or none.

        Nobody who left, paused or blocked the paper is brought back by an import. Returns how many were added, and
        how many were on the list already.
        """
        rows = iter(subscribers)
        added = updated = 0
        with self._database.write() as connection:
            while batch := {subscriber.chat_id: subscriber for subscriber in islice(rows, _BATCH)}:
                known = _import(connection, batch)
                added, updated = added + len(batch) - known, updated + known
        return added, updated

    def export(self) -> Iterator[Subscriber]:
        """Every reader, in the order of the chat ids; a few at a time, so that no lock is held meanwhile."""
        last: int | None = None
        while rows := self._following(last):
            yield from map(_subscriber, rows)
            last = rows[-1].chat_id

    def _following(self, last: int | None) -> list[Row[Any]]:
        page = _all().order_by(SubscriberRow.chat_id).limit(_BATCH)
        with self._database.read() as connection:
            return list(connection.execute(page if last is None else page.where(SubscriberRow.chat_id > last)))

    def forget(self, chat_id: ChatId) -> bool:
        """Erase every trace of a chat; True when there was one.

        Its deliveries stay without it, because the receipts count them; none of them is sent any more.
        """
        with self._database.write() as connection:
            known = forget(connection, chat_id)
        self._database.erase_remnants(chat_id)
        return known


def _import(connection: Connection, batch: Mapping[ChatId, Subscriber]) -> int:
    """Write a batch; return how many of it were on the list."""
    known = connection.scalar(
        select(func.count()).select_from(SubscriberRow).where(SubscriberRow.chat_id.in_(list(batch)))
    )
    statement = insert_into(connection, SubscriberRow)
    imported = statement.excluded
    ends = (SubscriberRow.state == SubscriberState.ACTIVE) & (imported.state != SubscriberState.ACTIVE)
    changes: dict[str, Any] = {name: imported[name] for name in _IMPORTED}
    changes |= {name: case((ends, imported[name]), else_=SubscriberRow.__table__.c[name]) for name in _STANDING}
    connection.execute(
        statement.on_conflict_do_update(index_elements=[SubscriberRow.chat_id], set_=changes),
        [_columns(subscriber) for subscriber in batch.values()],
    )
    return known or 0


def _all() -> Select[Any]:
    return select(*SubscriberRow.__table__.columns)


def _columns(subscriber: Subscriber) -> dict[str, Any]:
    return {
        "chat_id": subscriber.chat_id,
        "kind": subscriber.kind,
        "state": subscriber.state,
        "zone": subscriber.zone,
        "hour": subscriber.hour,
        "weekdays": _bits(subscriber.weekdays),
        "sections": sorted(subscriber.sections),
        "style": subscriber.style,
        "language": subscriber.language,
        "silent": subscriber.silent,
        "joined_at": subscriber.joined_at,
        "came_from": subscriber.came_from,
        "state_since": subscriber.joined_at,
    }


def _subscriber(row: Row[Any]) -> Subscriber:
    return Subscriber(
        chat_id=ChatId(row.chat_id),
        joined_at=row.joined_at,
        kind=row.kind,
        state=row.state,
        zone=row.zone,
        hour=row.hour,
        weekdays=_WEEKDAYS[row.weekdays],
        sections=frozenset(row.sections),
        style=row.style,
        language=row.language,
        silent=row.silent,
        came_from=row.came_from,
    )


def _bits(weekdays: frozenset[int]) -> int:
    return sum(1 << day for day in weekdays)
