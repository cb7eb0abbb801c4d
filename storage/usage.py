"""What is used of the paper: openings of pages, for all readers together, and on which day a reader was seen last."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, func, or_, select, update
from sqlalchemy.orm import InstrumentedAttribute

from domain.readers import ChatId
from domain.usage import PageView, Views
from storage.conflicts import insert_into
from storage.database import Database
from storage.schema import PageViewRow, SubscriberRow

#: Chats in one statement.
_AT_ONCE = 1000

_VIEWS = func.sum(PageViewRow.views)


class Usage:
    """Every method raises StorageError."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def note(self, views: Mapping[PageView, int], seen: Mapping[ChatId, date]) -> frozenset[ChatId]:
        """Add openings to those that are counted, and note who was seen on which day; all in one transaction.

        Returns the chats whose rows somebody else was writing just then: they are to be noted again, for if two
        waited for each other's rows, one would fail. Chats that are not on the list leave no trace.
        """
        with self._database.write() as connection:
            if views:
                _add(connection, views)
            return frozenset(_see(connection, seen))

    def views(self, since: date) -> Views:
        """How often pages were opened from a day on."""
        by_day = _counted(PageViewRow.viewed_on, since).order_by(PageViewRow.viewed_on)
        by_page = _counted(PageViewRow.page, since).order_by(_VIEWS.desc(), PageViewRow.page)
        with self._database.read() as connection:
            days = {day: int(views) for day, views in connection.execute(by_day)}
            return Views(days, {page: int(views) for page, views in connection.execute(by_page)})


def _add(connection: Connection, views: Mapping[PageView, int]) -> None:
    """In one order, whoever writes: of two that add to the same rows the second waits for the first."""
    rows = [
        {"viewed_on": view.on, "issue_date": view.issue_date, "page": view.page, "views": views[view]}
        for view in sorted(views)
    ]
    adding = insert_into(connection, PageViewRow)
    more = {"views": PageViewRow.views + adding.excluded.views}
    connection.execute(adding.on_conflict_do_update(index_elements=PageViewRow.__table__.primary_key, set_=more), rows)


def _see(connection: Connection, seen: Mapping[ChatId, date]) -> Iterator[ChatId]:
    for day in sorted(set(seen.values())):
        chats = sorted(chat for chat, on in seen.items() if on == day)
        for start in range(0, len(chats), _AT_ONCE):
            yield from _see_on(connection, day, chats[start : start + _AT_ONCE])


def _see_on(connection: Connection, day: date, chats: Sequence[ChatId]) -> Iterator[ChatId]:
    """Note a day for chats of which none so late is known; those that are left are being written by others."""
    earlier = or_(SubscriberRow.seen_on.is_(None), SubscriberRow.seen_on < day)
    stale = select(SubscriberRow.chat_id).where(SubscriberRow.chat_id.in_(chats), earlier)
    free = connection.scalars(stale.with_for_update(skip_locked=True)).all()
    if free:
        connection.execute(update(SubscriberRow).where(SubscriberRow.chat_id.in_(free)).values(seen_on=day))
    if connection.dialect.name != "sqlite":  # there one alone writes
        yield from map(ChatId, connection.scalars(stale))


def _counted(column: InstrumentedAttribute[Any], since: date) -> Select[Any, int]:
    within: ColumnElement[bool] = PageViewRow.viewed_on >= since
    return select(column, _VIEWS).where(within).group_by(column)
