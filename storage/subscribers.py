"""The readers' list: who reads us, how the subscription stands, in what form and at which hour."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date, datetime
from itertools import islice
from typing import Any, Unpack

from sqlalchemy import Connection, Row, Select, bindparam, case, func, select, update

from domain.combinations import Combination
from domain.errors import NotFound
from domain.readers import Changes, ChatId, Subscriber, SubscriberState
from storage import forms
from storage.conflicts import insert_into
from storage.database import Database
from storage.forgetting import forget
from storage.schema import SubscriberRow

#: Rows that are written or read at once.
_BATCH = 2000

#: The days of each bit mask, Monday the lowest bit.
_WEEKDAYS = tuple(frozenset(day for day in range(7) if bits & 1 << day) for bits in range(1 << 7))

#: What an import changes of a reader who is on the list, unless it says more.
_IMPORTED = frozenset({"zone", "hour", "style"})

#: The columns of the settings, by their names in a subscriber.
_COLUMNS = {
    "zone": "zone",
    "hour": "hour",
    "weekdays": "weekdays",
    "sections": "sections",
    "order": "section_order",
    "topics": "topics",
    "keywords": "keywords",
    "style": "style",
    "language": "language",
    "silent": "silent",
    "cadence": "cadence",
    "thread": "thread",
}

#: The settings by which one reader's issue differs from another's.
_OF_THE_FORM = frozenset({"sections", "order", "topics", "keywords", "language"})

#: How a subscription stands, and since when: an import may end one, and begins none again.
_STANDING = ("state", "state_since")

_NOT_SUBSCRIBED = "This chat is not subscribed: /subscribe first."


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
                forms.keep(connection, [Combination.of(subscriber)])
                return True
            own = update(SubscriberRow).where(SubscriberRow.chat_id == subscriber.chat_id)
            back = {"state": SubscriberState.ACTIVE, "paused_until": None}
            was_away = own.where(SubscriberRow.state != SubscriberState.ACTIVE).values(back)
            came_back = connection.execute(was_away).rowcount > 0
            connection.execute(own.values(state_since=subscriber.joined_at))
            return came_back

    def leave(self, chat_id: ChatId, at: datetime) -> None:
        """End a subscription at the reader's word; the settings are kept, should he come back."""
        self.set_state(chat_id, SubscriberState.LEFT, at)

    def set_state(self, chat_id: ChatId, state: SubscriberState, at: datetime) -> None:
        """Note how a subscription stands at a moment; for a chat that is not on the list there is nothing to note.

        A pause that is set so ends at the reader's word.
        """
        with self._database.write() as connection:
            own = update(SubscriberRow).where(SubscriberRow.chat_id == chat_id)
            connection.execute(own.values(state=state, state_since=at, paused_until=None))

    def pause(self, chat_id: ChatId, until: date, at: datetime) -> Subscriber:
        """Send a reader nothing until the issue of a day, with which he comes back by himself.

        Raises NotFound: the chat is not subscribed.
        """
        own = SubscriberRow.chat_id == chat_id
        standing = SubscriberRow.state.in_([SubscriberState.ACTIVE, SubscriberState.PAUSED])
        paused = {"state": SubscriberState.PAUSED, "state_since": at, "paused_until": until}
        with self._database.write() as connection:
            if not connection.execute(update(SubscriberRow).where(own, standing).values(paused)).rowcount:
                raise NotFound(_NOT_SUBSCRIBED)
            return _subscriber(connection.execute(_all().where(own)).one())

    def change(self, chat_id: ChatId, **changes: Unpack[Changes]) -> Subscriber:
        """Change a reader's settings; what is left out stays. Raises NotFound: the chat never subscribed."""
        own = SubscriberRow.chat_id == chat_id
        with self._database.write() as connection:
            row = connection.execute(_all().where(own).with_for_update()).first()
            if row is None:
                raise NotFound(_NOT_SUBSCRIBED)
            changed = replace(_subscriber(row), **changes)
            if changes:
                columns = _columns(changed)
                values = {_COLUMNS[name]: columns[_COLUMNS[name]] for name in changes}
                connection.execute(update(SubscriberRow).where(own).values(values | {"form": columns["form"]}))
                forms.keep(connection, [Combination.of(changed)])
        return changed

    def settle_in(self, chat_id: ChatId, thread: int | None) -> Subscriber:
        """Bring a group's papers into one of its topics, or into General (None). Raises NotFound."""
        own = SubscriberRow.chat_id == chat_id
        with self._database.write() as connection:
            chosen = update(SubscriberRow).where(own).values(thread=thread, thread_lost_at=None)
            if not connection.execute(chosen).rowcount:
                raise NotFound(_NOT_SUBSCRIBED)
            return _subscriber(connection.execute(_all().where(own)).one())

    def counts(self) -> Mapping[SubscriberState, int]:
        """How many chats stand in each state, the empty ones too."""
        counted = select(SubscriberRow.state, func.count()).group_by(SubscriberRow.state)
        with self._database.read() as connection:
            found = dict(connection.execute(counted).all())
        return {state: found.get(state, 0) for state in SubscriberState}

    def import_rows(self, subscribers: Iterable[Subscriber], settings: Collection[str] = _IMPORTED) -> tuple[int, int]:
        """Add readers, and give those on the list what their rows say of ``settings``; all of them or none.

        Nobody who left, paused or blocked the paper is brought back by an import. Returns how many were added, and
        how many were on the list already.
        """
        rows = iter(subscribers)
        added = updated = 0
        with self._database.write() as connection:
            while batch := {subscriber.chat_id: subscriber for subscriber in islice(rows, _BATCH)}:
                known = _import(connection, batch, settings)
                _keep_forms(connection, batch, settings)
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


def _import(connection: Connection, batch: Mapping[ChatId, Subscriber], settings: Collection[str]) -> int:
    """Write a batch; return how many of it were on the list."""
    known = connection.scalar(
        select(func.count()).select_from(SubscriberRow).where(SubscriberRow.chat_id.in_(list(batch)))
    )
    statement = insert_into(connection, SubscriberRow)
    imported = statement.excluded
    ends = (SubscriberRow.state == SubscriberState.ACTIVE) & (imported.state != SubscriberState.ACTIVE)
    changes: dict[str, Any] = {_COLUMNS[name]: imported[_COLUMNS[name]] for name in settings}
    changes |= {name: case((ends, imported[name]), else_=SubscriberRow.__table__.c[name]) for name in _STANDING}
    connection.execute(
        statement.on_conflict_do_update(index_elements=[SubscriberRow.chat_id], set_=changes),
        [_columns(subscriber) for subscriber in batch.values()],
    )
    return known or 0


def _keep_forms(connection: Connection, batch: Mapping[ChatId, Subscriber], settings: Collection[str]) -> None:
    """Keep the combinations of a batch as it stands now; an import may have said only a part of one."""
    if _OF_THE_FORM.isdisjoint(settings):
        forms.keep(connection, map(Combination.of, batch.values()))  # of those who are new
        return
    rows = connection.execute(_all().where(SubscriberRow.chat_id.in_(list(batch)))).all()
    standing = {row.chat_id: Combination.of(_subscriber(row)) for row in rows}
    forms.keep(connection, standing.values())
    stale = [{"chat": row.chat_id, "key": key} for row in rows if (key := standing[row.chat_id].key) != row.form]
    if stale:
        own = update(SubscriberRow).where(SubscriberRow.chat_id == bindparam("chat"))
        connection.execute(own.values(form=bindparam("key")), stale)


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
        "section_order": subscriber.order,
        "topics": sorted(subscriber.topics),
        "keywords": subscriber.keywords,
        "cadence": subscriber.cadence,
        "paused_until": subscriber.paused_until,
        "thread": subscriber.thread,
        "thread_lost_at": subscriber.thread_lost_at,
        "seen_on": subscriber.seen_on,
        "form": Combination.of(subscriber).key,
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
        order=row.section_order,
        topics=frozenset(row.topics),
        keywords=row.keywords,
        cadence=row.cadence,
        paused_until=row.paused_until,
        thread=row.thread,
        thread_lost_at=row.thread_lost_at,
        seen_on=row.seen_on,
    )


def _bits(weekdays: frozenset[int]) -> int:
    return sum(1 << day for day in weekdays)
