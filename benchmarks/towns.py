"""Many readers, and an issue that is owed to them."""

from __future__ import annotations

import time
from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import Integer, Select, case, insert, literal, select

from domain.deliveries import BroadcastId
from domain.editions import Style
from domain.issue import IssueState
from domain.readers import ChatKind, SubscriberState
from storage.columns import Moment
from storage.database import Database
from storage.outbox import Outbox
from storage.schema import IssueRow, SubscriberRow

DAY = date(2026, 7, 4)
#: Where the readers live; all of them at the same hour.
ZONES = ("Europe/Berlin", "America/New_York", "Asia/Kolkata", "America/Sao_Paulo", "Asia/Tokyo", "Africa/Lagos")


def settle_readers(database: Database, readers: int, *, groups: int = 0) -> None:
    """Subscribe chats 1 … ``readers``, the last ``groups`` of them groups with the same number below zero."""
    with database.write() as connection:
        found = _made_up(readers, groups)
        connection.execute(insert(SubscriberRow).from_select(found.selected_columns.keys(), found))


def publish(database: Database, day: date = DAY) -> None:
    """An issue stands as published; its words do not matter here."""
    row = {
        "date": day,
        "number": day.toordinal(),
        "state": IssueState.PUBLISHED,
        "content": "{}",
        "assembled_at": datetime.now(UTC),
    }
    with database.write() as connection:
        connection.execute(insert(IssueRow).values(row))


def open_broadcast(database: Database, readers: int, *, groups: int = 0) -> tuple[BroadcastId, float]:
    """Publish, subscribe, and owe the issue to all of them now; the broadcast, and the seconds of the owing alone."""
    publish(database)
    settle_readers(database, readers, groups=groups)
    began = time.perf_counter()
    broadcast = Outbox(database, 1).open_issue(DAY, at=datetime.now(UTC), now=True)
    return broadcast.id, time.perf_counter() - began


def _made_up(readers: int, groups: int) -> Select[tuple[object, ...]]:
    """A row of ``subscribers`` for each number, made by the database itself; what is left out stands by default."""
    numbers = select(literal(1, Integer).label("number")).cte("numbers", recursive=True)
    numbers = numbers.union_all(select(numbers.c.number + 1).where(numbers.c.number < readers))
    number = numbers.c.number
    is_group = number > readers - groups
    long_ago = literal(datetime(2026, 1, 1, tzinfo=UTC), Moment())
    columns = SubscriberRow.__table__.columns
    values: dict[str, Any] = {
        "chat_id": case((is_group, -number), else_=number),
        "kind": case(
            (is_group, literal(ChatKind.GROUP, columns.kind.type)),
            else_=literal(ChatKind.PRIVATE, columns.kind.type),
        ),
        "state": literal(SubscriberState.ACTIVE, columns.state.type),
        "zone": case(
            *((number % len(ZONES) == place, zone) for place, zone in enumerate(ZONES[1:], 1)), else_=ZONES[0]
        ),
        "hour": literal(7, Integer),
        "weekdays": literal(0b1111111, Integer),
        "sections": literal([], columns.sections.type),
        "style": literal(Style.CLASSIC, columns.style.type),
        "language": literal("en"),
        "silent": literal(value=False),
        "joined_at": long_ago,
        "came_from": literal(""),
        "state_since": long_ago,
    }
    return select(*(value.label(name) for name, value in values.items()))
