"""The root of all tables, and what their columns have in common."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Any, ClassVar

from sqlalchemy import BigInteger, Index, MetaData, Text, text
from sqlalchemy.orm import DeclarativeBase, mapped_column

from domain.deliveries import BroadcastKind, BroadcastState, DeliveryState
from domain.editions import Style
from domain.issue import IssueState, SectionName
from domain.items import Kind, Source
from domain.links import Life
from domain.readers import Cadence, ChatKind, SubscriberState
from domain.readings import HarvestStatus
from storage.columns import WIDE_ID, Moment, by_value

ENUMS = (
    BroadcastKind,
    BroadcastState,
    Cadence,
    ChatKind,
    DeliveryState,
    HarvestStatus,
    IssueState,
    Kind,
    Life,
    SectionName,
    Source,
    Style,
    SubscriberState,
)

Day = date  # a column may then be called date
CountedId = Annotated[int, mapped_column(WIDE_ID, primary_key=True, autoincrement=True)]
Wide = Annotated[int, mapped_column(BigInteger)]
NOTHING = text("''")
EMPTY_LIST = text("'[]'")


class Table(DeclarativeBase):
    """The root of all tables; constraints get names by rule, so that a migration can find them."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    type_annotation_map: ClassVar[dict[Any, Any]] = {
        datetime: Moment(),
        str: Text(),
        **{kind: by_value(kind) for kind in ENUMS},
    }


def partial_index(name: str, where: str, *columns: str) -> Index:
    """An index that holds only what stands so: small, however many rows there are.

    That some begin with a constant is for SQLite: without statistics it takes the index of which it can use most
    columns, and the unique one of deliveries begins with ``broadcast_id``, too.
    """
    return Index(name, *columns, sqlite_where=text(where), postgresql_where=text(where))
