"""Opening a broadcast: its readers put in the order of the day's curve, and owed it some thousands at a time.

A million rows take many seconds, and replies want to write meanwhile: so the order is made in a temporary table, which
locks nothing, and the rows are copied from there in transactions that are short. Who is killed in between begins again
with whoever is not owed it yet. The worker sends meanwhile what is there.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfoNotFoundError

import structlog
from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    ColumnElement,
    Connection,
    Integer,
    MetaData,
    SmallInteger,
    String,
    Table,
    and_,
    exists,
    func,
    insert,
    literal,
    select,
)

from domain.audiences import Audience
from domain.curve import curve
from domain.editions import Style
from domain.hours import delivery_moment
from storage.audience import owe, readers, wanted
from storage.columns import Moment
from storage.database import Session
from storage.schema import DeliveryRow, SubscriberRow

log = structlog.get_logger()

#: Rows of one transaction: on SQLite the write lock is held for less than a second.
CHUNK = 50_000

#: So many a second that nobody waits a millisecond.
_UNSPREAD = 10**12

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_SCRATCH = MetaData()

#: The moment of each zone and hour, milliseconds since 1970.
_HOURS = Table(
    "opening_hours",
    _SCRATCH,
    Column("zone", String, primary_key=True),
    Column("hour", SmallInteger, primary_key=True),
    Column("moment", BigInteger, nullable=False),
    prefixes=["TEMPORARY"],
)

#: The readers in the order of the day.
_ORDER = Table(
    "opening_order",
    _SCRATCH,
    Column("place", Integer, primary_key=True, autoincrement=False),
    Column("chat_id", BigInteger, nullable=False),
    Column("kind", SubscriberRow.kind.type, nullable=False),
    Column("style", SubscriberRow.style.type, nullable=False),
    Column("silent", Boolean, nullable=False),
    Column("form", BigInteger, nullable=False),
    Column("moment", BigInteger, nullable=False),
    prefixes=["TEMPORARY"],
)

#: How the readers of each moment are served: one every second's ``rate``-th part from ``begins`` on.
_STRETCHES = Table(
    "opening_stretches",
    _SCRATCH,
    Column("moment", BigInteger, primary_key=True, autoincrement=False),
    Column("begins", BigInteger, nullable=False),
    Column("first", Integer, nullable=False),
    Column("rate", BigInteger, nullable=False),
    prefixes=["TEMPORARY"],
)

#: Spreads chat ids evenly, the same way every day and on both engines: a multiplication modulo the prime 2^31 - 1 (the
#: generator of Park and Miller, 1988), small enough for 64 bits.
_PRIME, _FACTOR = 2_147_483_647, 48_271


@dataclass(frozen=True, slots=True)
class Plan:
    """What a broadcast owes to its readers. ``rate``: messages a second; ``at`` (aware UTC): when it is opened.

    ``day``: the issue's, whose hours are kept; without one it is a notice, which has one style, and all are due at
    ``at``, as they are where the audience is ``at_once``. ``catch_up``: how long after its hour a paper is still sent.
    """

    audience: Audience
    at: datetime
    rate: int
    catch_up: timedelta
    day: date | None = None

    @property
    def keeps_hours(self) -> bool:
        """Whether each reader is due at his own hour."""
        return self.day is not None and not self.audience.at_once


def put_in_order(session: Session, plan: Plan, broadcast: int | None) -> int:
    """Put in order whoever is not yet owed the broadcast (None: it is not there yet). Returns how many they are."""
    with session.scratch() as connection:
        _SCRATCH.create_all(connection, checkfirst=False)
        standing = None if broadcast is None else _last_due(connection, broadcast)
        moment = _moments(connection, plan)
        missing = None if broadcast is None or standing is None else _not_owed(broadcast)
        connection.execute(_filling(plan, moment, missing))
        counted = connection.execute(select(_ORDER.c.moment, func.count()).group_by(_ORDER.c.moment)).all()
        _plan_stretches(connection, plan, {_moment(moment): count for moment, count in counted}, standing)
        return sum(count for _, count in counted)


def owe_next(connection: Connection, broadcast: int, at: datetime, place: int) -> None:
    """Owe a broadcast to the next readers of the order, beginning with a place."""
    chunk = (_ORDER.c.place >= place) & (_ORDER.c.place < place + CHUNK)
    milliseconds = _STRETCHES.c.begins + (_ORDER.c.place - _STRETCHES.c.first) * 1000 // _STRETCHES.c.rate
    columns = (_ORDER.c.place, _ORDER.c.chat_id, _ORDER.c.kind, _ORDER.c.style, _ORDER.c.silent, _ORDER.c.form)
    due = _as_moment(connection, milliseconds).label("due_at")
    rows = select(*columns, due).join(_STRETCHES, _STRETCHES.c.moment == _ORDER.c.moment).where(chunk)
    # To the millisecond, as all moments here: what is owed at once is due when it was made, and not a little later.
    owe(connection, broadcast, _moment(_milliseconds(at)), rows)


def _moments(connection: Connection, plan: Plan) -> ColumnElement[int] | None:
    """The column that tells each reader's moment; None when it is the same for all."""
    if not plan.keeps_hours:
        return None
    pairs = select(SubscriberRow.zone, SubscriberRow.hour).where(wanted(plan.audience, plan.at, plan.day)).distinct()
    rows = list(_hours(plan, connection.execute(pairs).all()))
    if rows:
        connection.execute(insert(_HOURS), rows)
    return _HOURS.c.moment


def _hours(plan: Plan, pairs: Any) -> Iterator[Mapping[str, Any]]:
    if plan.day is None:
        return
    for zone, hour in pairs:
        try:
            moment = delivery_moment(plan.day, hour, zone, plan.at, plan.catch_up)
        except (ZoneInfoNotFoundError, ValueError, OSError):
            log.warning("reader.zone_unknown", zone=zone, instead="UTC")
            moment = delivery_moment(plan.day, hour, "UTC", plan.at, plan.catch_up)
        yield {"zone": zone, "hour": hour, "moment": _milliseconds(moment)}


def _filling(plan: Plan, moment: ColumnElement[int] | None, missing: ColumnElement[bool] | None) -> Any:
    """The readers into the table of their order: by moment, and among those of one as a hash of the chat falls."""
    found = readers(plan.audience, plan.at, plan.day, Style.CLASSIC if plan.day is None else None)
    if moment is None:
        moment = literal(_milliseconds(plan.at), BigInteger)
    else:
        found = found.join(_HOURS, and_(_HOURS.c.zone == SubscriberRow.zone, _HOURS.c.hour == SubscriberRow.hour))
    if missing is not None:
        found = found.where(missing)
    hashed = func.abs(SubscriberRow.chat_id) % _PRIME * _FACTOR % _PRIME
    place = func.row_number().over(order_by=(moment, hashed, SubscriberRow.chat_id)) - 1
    rows = found.add_columns(moment.label("moment"), place.label("place"))
    return insert(_ORDER).from_select(["chat_id", "kind", "style", "silent", "form", "moment", "place"], rows)


def _plan_stretches(
    connection: Connection, plan: Plan, counts: Mapping[datetime, int], standing: datetime | None
) -> None:
    """The day's curve of those in the order; who was owed it before is served before them."""
    rows: list[Mapping[str, int]] = []
    if plan.day is None or plan.audience.at_once:
        rows = [
            {"moment": _milliseconds(moment), "begins": _milliseconds(plan.at), "first": 0, "rate": 2**30}
            for moment in counts
        ]
    else:
        after = None if standing is None else standing + timedelta(seconds=1 / plan.rate)
        rows = [
            {
                "moment": _milliseconds(stretch.moment),
                "begins": _milliseconds(stretch.begins),
                "first": stretch.first,
                "rate": stretch.rate,
            }
            for stretch in curve(counts, plan.rate, not_before=after)
        ]
    if rows:
        connection.execute(insert(_STRETCHES), rows)


def _last_due(connection: Connection, broadcast: int) -> datetime | None:
    own = select(func.max(DeliveryRow.due_at)).where(DeliveryRow.broadcast_id == broadcast)
    last: datetime | None = connection.execute(own).scalar()
    return last


def _not_owed(broadcast: int) -> ColumnElement[bool]:
    return ~exists().where(
        DeliveryRow.broadcast_id == broadcast, DeliveryRow.chat_id == SubscriberRow.chat_id, DeliveryRow.part == 1
    )


def _as_moment(connection: Connection, milliseconds: ColumnElement[int]) -> ColumnElement[datetime]:
    """Milliseconds since 1970 as a moment is stored: text on SQLite, to the microsecond."""
    seconds = milliseconds / 1000.0
    if connection.dialect.name == "sqlite":
        return func.strftime("%Y-%m-%d %H:%M:%f000", seconds, "unixepoch", type_=Moment())
    return func.to_timestamp(seconds, type_=Moment())


def _milliseconds(moment: datetime) -> int:
    return -(-(moment - _EPOCH) // timedelta(milliseconds=1))


def _moment(milliseconds: int) -> datetime:
    return _EPOCH + timedelta(milliseconds=milliseconds)
