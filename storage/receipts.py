"""What became of broadcasts, counted from their rows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Literal

from sqlalchemy import ColumnElement, Connection, Row, Text, and_, cast, func, literal_column, select

from domain.deliveries import Broadcast, BroadcastId, BroadcastKind, BroadcastState, DeliveryState, Receipt
from domain.hours import CATCH_UP, grace
from domain.price import FREE_RATE
from domain.readers import ChatId
from storage.database import Database
from storage.extents import extent, within
from storage.schema import BroadcastRow, DeliveryRow, GateRow
from storage.turns import found

#: So many of the chats that may or may not have got it are named.
NAMED = 10

#: A worker that is at work is seen more often than that.
UNATTENDED = timedelta(minutes=2)


@dataclass(frozen=True, slots=True)
class Spread:
    """How an issue is spread over the day: ``rate`` messages a second, and how long a missed hour is caught up."""

    rate: int = FREE_RATE
    catch_up: timedelta = CATCH_UP


class Receipts:
    """The accounts of broadcasts. Raises StorageError."""

    def __init__(self, database: Database, spread: Spread) -> None:
        self._database = database
        self._spread = spread

    def receipt(self, broadcast: BroadcastId) -> Receipt:
        """What became of it so far. Raises NotFound."""
        with self._database.read() as connection:
            return receipt_of(connection, found(connection, broadcast), self._spread)

    def latest_receipt(self) -> Receipt | None:
        """What became of the newest broadcast but a poll, which the channel alone gets; None before the first."""
        return next(iter(self._newest(1, BroadcastRow.kind != BroadcastKind.POLL)), None)

    def receipts(self, limit: int, kind: BroadcastKind | None = None) -> list[Receipt]:
        """What became of the newest broadcasts (of a kind) so far, the newest first."""
        return self._newest(limit, *([] if kind is None else [BroadcastRow.kind == kind]))

    def _newest(self, limit: int, *conditions: ColumnElement[bool]) -> list[Receipt]:
        newest = select(*BroadcastRow.__table__.columns).where(*conditions).order_by(BroadcastRow.id.desc())
        with self._database.read() as connection:
            rows = connection.execute(newest.limit(limit)).all()
            return [receipt_of(connection, row, self._spread) for row in rows]

    def in_state(self, broadcast: BroadcastId, state: DeliveryState, limit: int = 100) -> tuple[ChatId, ...]:
        """The first chats whose deliveries stand so: whom the uncertain ones concern."""
        with self._database.read() as connection:
            return _chats(connection, broadcast, state, limit)

    def waiting(self) -> int:
        """How many messages of running broadcasts are still to be sent, whenever they are due."""
        with self._database.read() as connection:
            queued = select(func.count()).select_from(DeliveryRow).where(_queued_in_running())
            return connection.execute(queued).scalar_one()

    def unattended_since(self, now: datetime) -> datetime | None:
        """Since when messages have been due that no worker looks at; None where all is well, or it is not yet long."""
        due = select(func.min(DeliveryRow.next_attempt_at)).where(_queued_in_running())
        with self._database.read() as connection:
            first: datetime | None = connection.execute(due).scalar()
            seen: datetime | None = connection.execute(select(func.max(GateRow.seen_at))).scalar()
        if first is None:
            return None
        since = first if seen is None else max(first, seen)
        return since if now - since > UNATTENDED else None

    def paused_until(self, now: datetime) -> datetime | None:
        """Until when Telegram wants nothing from us; None while it takes messages."""
        with self._database.read() as connection:
            until: datetime | None = connection.execute(select(func.max(GateRow.paused_until))).scalar()
        return until if until is not None and until > now else None


def _queued_in_running() -> ColumnElement[bool]:
    running = select(BroadcastRow.id).where(BroadcastRow.state == BroadcastState.RUNNING)
    stands = DeliveryRow.state == literal_column(f"'{DeliveryState.QUEUED.value}'")  # or SQLite's index would not serve
    return and_(stands, DeliveryRow.broadcast_id.in_(running))


def broadcast_of(row: Row[Any]) -> Broadcast:
    """A row of ``broadcasts`` as the value it stands for."""
    return Broadcast(
        BroadcastId(row.id), row.kind, row.state, row.created_at, row.issue_date, by=row.by, error=row.error
    )


def receipt_of(connection: Connection, row: Row[Any], spread: Spread) -> Receipt:
    """Count the deliveries of a broadcast: each is in exactly one of the counts."""
    paid = spread.rate > FREE_RATE
    groups = _groups(connection, row.id, "second" if paid else "minute")
    counts = Counter(dict.fromkeys(DeliveryState, 0))
    for group in groups:
        counts[group.state] += group.rows
    waiting = counts[DeliveryState.QUEUED]
    if row.state is BroadcastState.CANCELLED:  # its rows are cancelled some thousands at a time
        counts[DeliveryState.CANCELLED] += waiting
        waiting = 0
    uncertain = counts[DeliveryState.UNCERTAIN]
    sent = [group for group in groups if group.state is DeliveryState.SENT and group.last is not None]
    minutes: Counter[datetime] = Counter()
    for group in sent:
        minutes[group.last.replace(second=0, microsecond=0)] += group.rows
    return Receipt(
        broadcast=broadcast_of(row),
        sent=counts[DeliveryState.SENT],
        blocked=sum(group.rows for group in groups if group.state is DeliveryState.REFUSED and not group.passing),
        refused=_reasons(connection, row.id) if counts[DeliveryState.REFUSED] else (),
        uncertain=uncertain,
        open=waiting + counts[DeliveryState.SENDING],
        cancelled=counts[DeliveryState.CANCELLED],
        started_at=min((group.first for group in groups if group.first is not None), default=None),
        finished_at=max((group.last for group in groups if group.last is not None), default=None),
        skipped=counts[DeliveryState.SKIPPED],
        uncertain_chats=_chats(connection, row.id, DeliveryState.UNCERTAIN, NAMED) if uncertain else (),
        fullest=max(minutes.values(), default=0),
        limit=spread.rate,
        above_free=sum(max(0, group.rows - FREE_RATE) for group in sent) if paid else 0,
        grace=grace(spread.catch_up),
    )


def _groups(connection: Connection, broadcast: int, unit: Literal["minute", "second"]) -> Sequence[Row[Any]]:
    """The deliveries counted by state, by whether another day they might be taken, and by when they ended."""
    if connection.dialect.name == "sqlite":
        ended: ColumnElement[Any] = func.substr(
            cast(DeliveryRow.settled_at, Text),
            1,
            len("2026-07-04 06:30" if unit == "minute" else "2026-07-04 06:30:00"),
        )
    else:
        ended = func.date_trunc(unit, DeliveryRow.settled_at)
    columns: tuple[Any, ...] = (
        DeliveryRow.state,
        DeliveryRow.passing,
        func.count().label("rows"),
        func.min(DeliveryRow.claimed_at).label("first"),
        func.max(DeliveryRow.settled_at).label("last"),
    )
    counted = select(*columns).where(_own(connection, broadcast))
    return connection.execute(counted.group_by(DeliveryRow.state, DeliveryRow.passing, ended)).all()


def _own(connection: Connection, broadcast: int) -> ColumnElement[bool]:
    """The rows of a broadcast, as they lie: the sum keeps SQLite from the index."""
    return within(extent(connection, DeliveryRow.broadcast_id == broadcast)) & (
        DeliveryRow.broadcast_id + 0 == broadcast
    )


def _reasons(connection: Connection, broadcast: int) -> tuple[tuple[str, int], ...]:
    refused = (
        select(DeliveryRow.error, func.count().label("rows"))
        .where(_own(connection, broadcast), DeliveryRow.state == DeliveryState.REFUSED, DeliveryRow.passing)
        .group_by(DeliveryRow.error)
        .order_by(func.count().desc(), DeliveryRow.error)
    )
    return tuple((reason.error, reason.rows) for reason in connection.execute(refused))


def _chats(connection: Connection, broadcast: int, state: DeliveryState, limit: int) -> tuple[ChatId, ...]:
    chats = select(DeliveryRow.chat_id).where(
        DeliveryRow.broadcast_id == broadcast, DeliveryRow.state == state, DeliveryRow.chat_id.is_not(None)
    )
    rows = connection.execute(chats.order_by(DeliveryRow.id).limit(limit)).scalars()
    return tuple(ChatId(chat_id) for chat_id in rows if chat_id is not None)
