"""What is stored about one chat: counted by table, for whoever wants it erased, and in full, for whoever wants it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from enum import Enum
from typing import Any, Final

from sqlalchemy import ColumnElement, Connection, func, or_, select
from sqlalchemy.orm import InstrumentedAttribute

from domain.readers import ChatId
from storage.database import Database
from storage.forgetting import TEXTS, naming
from storage.schema import (
    BroadcastRow,
    DeliveryRow,
    DisplayRow,
    FeedbackRow,
    QuestionRow,
    SubscriberRow,
    Table,
    UpdateRow,
)

#: The tables that have a chat's number in a column of its own, or in several.
_CHATS: Final[tuple[tuple[type[Table], tuple[InstrumentedAttribute[Any], ...]], ...]] = (
    (SubscriberRow, (SubscriberRow.chat_id,)),
    (DeliveryRow, (DeliveryRow.chat_id,)),
    (FeedbackRow, (FeedbackRow.reader,)),
    (QuestionRow, (QuestionRow.chat_id, QuestionRow.user_id)),
    (DisplayRow, (DisplayRow.chat_id,)),
)

#: What is ours and not the reader's: which process did it, and how it is found again.
_OURS = frozenset({"worker", "lease_until", "form", "passing", "resent", "next_attempt_at", "claimed_at"})


class PersonalData:
    """What is known of a chat. Every method raises StorageError."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def traces(self, chat_id: ChatId) -> Mapping[str, int]:
        """How many rows of each table name a chat, by the table's name; those without any, too."""
        with self._database.read() as connection:
            counts = {
                table.__tablename__: _count(connection, _own(table, columns, chat_id)) for table, columns in _CHATS
            }
            for name, texts in _texts_by_table().items():
                counts[name] = counts.get(name, 0) + _mentions(connection, texts, chat_id)
        return counts

    def of(self, chat_id: ChatId) -> Mapping[str, list[dict[str, Any]]]:
        """All rows of a chat by table, in values that JSON knows: moments in ISO 8601, UTC."""
        with self._database.read() as connection:
            return {
                table.__tablename__: _rows(connection, table, _own(table, columns, chat_id))
                for table, columns in _CHATS
            }


def _own(table: type[Table], columns: tuple[InstrumentedAttribute[Any], ...], chat_id: int) -> ColumnElement[bool]:
    """The rows of a chat; deliveries by broadcast, as they are indexed."""
    own = or_(*(column == chat_id for column in columns))
    return own & DeliveryRow.broadcast_id.in_(select(BroadcastRow.id)) if table is DeliveryRow else own


def _count(connection: Connection, condition: ColumnElement[bool]) -> int:
    return connection.scalar(select(func.count()).where(condition)) or 0


def _texts_by_table() -> Mapping[str, list[InstrumentedAttribute[str]]]:
    found: dict[str, list[InstrumentedAttribute[str]]] = {}
    for text in (*TEXTS, UpdateRow.body):
        found.setdefault(str(text.class_.__tablename__), []).append(text)
    return found


def _mentions(connection: Connection, texts: list[InstrumentedAttribute[str]], chat_id: int) -> int:
    """The rows with a text that names a chat as a whole number."""
    likely = select(*texts).where(or_(*(text.contains(str(chat_id)) for text in texts)))
    named = naming(chat_id)
    return sum(any(named.search(text) for text in row) for row in connection.execute(likely))


def _rows(connection: Connection, table: type[Table], condition: ColumnElement[bool]) -> list[dict[str, Any]]:
    columns = [column for column in table.__table__.columns if column.name not in _OURS]
    if table is not DeliveryRow:
        found = connection.execute(select(*columns).where(condition))
    else:
        of_issue = (BroadcastRow.kind.label("broadcast_kind"), BroadcastRow.issue_date)
        joined = select(*columns, *of_issue).join(BroadcastRow, BroadcastRow.id == DeliveryRow.broadcast_id)
        found = connection.execute(joined.where(condition).order_by(DeliveryRow.id))
    return [{name: _plain(value) for name, value in row._mapping.items()} for row in found]


def _plain(value: Any) -> Any:
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, date | datetime):
        return value.isoformat()
    return list(value) if isinstance(value, tuple | frozenset) else value
