"""Who is owed a broadcast, and when: one statement makes the deliveries, not one object for each."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from itertools import islice
from typing import Any

from sqlalchemy import Connection, Integer, Select, Text, and_, case, column, literal, select, values

from domain.deliveries import DeliveryState
from domain.editions import Style
from domain.hours import delivery_moment
from domain.readers import ChatId, ChatKind, SubscriberState
from storage.columns import Moment
from storage.conflicts import insert_into
from storage.schema import DeliveryRow, SubscriberRow

#: Distinct (zone, hour) pairs in one statement; SQLite takes 32,766 parameters at most, three for each.
_PAIRS = 5000

#: A group that was entered as a person is still a group: Telegram gives only people ids above zero.
_KIND = case(
    (and_(SubscriberRow.kind == ChatKind.PRIVATE, SubscriberRow.chat_id < 0), ChatKind.GROUP),
    else_=SubscriberRow.kind,
).label("kind")

_FILLED = (
    "broadcast_id",
    "chat_id",
    "chat_kind",
    "part",
    "style",
    "silent",
    "state",
    "due_at",
    "next_attempt_at",
    "created_at",
)


@dataclass(frozen=True, slots=True)
class Channel:
    """The paper's own channel: it gets each issue first, in its own style."""

    chat_id: ChatId
    style: Style = Style.CLASSIC


def channel_row(broadcast: int, channel: Channel, at: datetime) -> Mapping[str, Any]:
    """The delivery that the channel is owed, at once."""
    return {
        "broadcast_id": broadcast,
        "chat_id": channel.chat_id,
        "chat_kind": ChatKind.CHANNEL,
        "style": channel.style,
        "state": DeliveryState.QUEUED,
        "due_at": at,
        "next_attempt_at": at,
        "created_at": at,
    }


def readers(day: date | None, due_at: Any) -> Select[Any]:
    """Active readers (of a weekday) as the columns of a delivery that depend on the reader, and when it is due."""
    found = select(
        SubscriberRow.chat_id, _KIND, SubscriberRow.style, SubscriberRow.silent, due_at.label("due_at")
    ).where(SubscriberRow.state == SubscriberState.ACTIVE)
    if day is None:
        return found
    return found.where(SubscriberRow.weekdays.bitwise_and(1 << day.weekday()) != 0)


def readers_by_hour(connection: Connection, day: date, at: datetime) -> Iterator[Select[Any]]:
    """The readers, each with the moment of his hour; the moment is computed once for each zone and hour."""
    asked = select(SubscriberRow.zone, SubscriberRow.hour).where(SubscriberRow.state == SubscriberState.ACTIVE)
    pairs = iter(connection.execute(asked.distinct().order_by(SubscriberRow.zone, SubscriberRow.hour)).all())
    while chunk := list(islice(pairs, _PAIRS)):
        moments = [(pair.zone, pair.hour, delivery_moment(day, pair.hour, pair.zone, at)) for pair in chunk]
        table = values(column("zone", Text), column("hour", Integer), column("due_at", Moment)).data(moments)
        due = table.cte("moments")
        yield readers(day, due.c.due_at).join(
            due, and_(due.c.zone == SubscriberRow.zone, due.c.hour == SubscriberRow.hour)
        )


def owe(connection: Connection, broadcast: int, at: datetime, readers: Select[Any]) -> bool:
    """Owe a broadcast to readers; a chat that is owed it already stays as it stands. True when any was added."""
    found = readers.subquery()
    rows = select(
        literal(broadcast),
        found.c.chat_id,
        found.c.kind,
        literal(1),
        found.c.style,
        found.c.silent,
        literal(DeliveryState.QUEUED, DeliveryRow.state.type),
        found.c.due_at,
        found.c.due_at,
        literal(at, Moment()),
    ).order_by(found.c.due_at, found.c.chat_id)
    inserting = insert_into(connection, DeliveryRow).from_select(list(_FILLED), rows)
    inserted = connection.execute(inserting.on_conflict_do_nothing(), execution_options={"preserve_rowcount": True})
    return inserted.rowcount > 0
