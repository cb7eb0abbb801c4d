"""The delivered copies of an issue, and the edits that a correction owes to them."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Select, func, literal, or_, select, update
from sqlalchemy.orm import aliased

from domain.deliveries import BroadcastKind, DeliveryState
from domain.readers import SubscriberState
from storage.bare import Bare, Statement
from storage.columns import Moment
from storage.conflicts import insert_into
from storage.schema import BroadcastRow, DeliveryRow, SubscriberRow

#: Copies of one transaction.
CHUNK = 50_000

#: Two machines' clocks may differ by as much; an edit with words that stand already does no harm.
_CLOCKS = timedelta(minutes=1)

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
    "edits",
)

_Copy = aliased(DeliveryRow)

_BEGAN = Statement("SELECT created_at FROM broadcasts WHERE id = :correction")

_OF_THE_ISSUE = """c.broadcast_id IN (
    SELECT o.id FROM broadcasts o JOIN broadcasts b ON b.issue_date = o.issue_date
     WHERE b.id = :correction AND o.kind IN ('issue', 'retry'))"""

_MISSED = Statement(f"""
INSERT INTO deliveries (broadcast_id, chat_id, chat_kind, part, style, silent, state, due_at, next_attempt_at,
                        created_at, edits)
SELECT :correction, c.chat_id, c.chat_kind, c.part, c.style, {{true}}, 'queued', :now, :now, :now, c.message_id
  FROM deliveries c LEFT JOIN subscribers s ON s.chat_id = c.chat_id
 WHERE {_OF_THE_ISSUE} AND c.state = 'sent' AND c.claimed_at <= :before AND c.message_id IS NOT NULL
   AND c.chat_id IS NOT NULL AND (s.state IS NULL OR s.state NOT IN ('blocked', 'gone'))
   AND NOT EXISTS (SELECT 1 FROM deliveries e
                    WHERE e.broadcast_id = :correction AND e.chat_id = c.chat_id AND e.part = c.part)
""")  # noqa: S608 - our own words

_UNDER_WAY = Statement(f"""
SELECT 1 FROM deliveries c WHERE c.state = 'sending' AND c.claimed_at <= :before AND {_OF_THE_ISSUE} LIMIT 1
""")  # noqa: S608 - our own words


def owe_edits(connection: Connection, correction: int, day: date, at: datetime, after: int) -> int | None:
    """Owe an edit to the next copies whose row is above ``after``; the last of these rows, None at the end."""
    chunk = _copies(day).where(_Copy.id > after).order_by(_Copy.id).limit(CHUNK)
    last = connection.execute(select(func.max(chunk.subquery().c.id))).scalar()
    if last is not None:
        _insert(connection, correction, chunk, at)
    return last


def owe_missed(bare: Bare, correction: int, now: datetime) -> bool:
    """Owe an edit to the copies that were on their way with the old words when the correction was opened.

    False when there is none, and none is still on its way: then every copy that bears the old words has its edit.
    """
    asked = {"correction": correction, "now": bare.moment(now)}
    began = bare.rows(_BEGAN, asked)[0][0]
    asked["before"] = bare.moment(bare.read_moment(began) + _CLOCKS)
    return bare.run(_MISSED, asked) > 0 or bool(bare.rows(_UNDER_WAY, asked))


def supersede(connection: Connection, day: date) -> None:
    """What earlier corrections still owe is owed by the new one."""
    earlier = select(BroadcastRow.id).where(
        BroadcastRow.issue_date == day, BroadcastRow.kind == BroadcastKind.CORRECTION
    )
    connection.execute(
        update(DeliveryRow)
        .where(DeliveryRow.broadcast_id.in_(earlier), DeliveryRow.state == DeliveryState.QUEUED)
        .values(state=DeliveryState.CANCELLED, error="a later correction edits it")
    )


def _copies(day: date) -> Select[Any]:
    """The copies in chats that can still be written to; who left keeps his copy, and it is mended too."""
    reachable = or_(
        SubscriberRow.state.is_(None), SubscriberRow.state.not_in([SubscriberState.BLOCKED, SubscriberState.GONE])
    )
    columns: tuple[Any, ...] = (
        _Copy.id,
        _Copy.chat_id,
        _Copy.chat_kind,
        _Copy.part,
        _Copy.style,
        _Copy.message_id,
    )
    found = select(*columns)
    return found.outerjoin(SubscriberRow, SubscriberRow.chat_id == _Copy.chat_id).where(
        _Copy.broadcast_id.in_(_issue_broadcasts(day)),
        _Copy.state == DeliveryState.SENT,
        _Copy.message_id.is_not(None),
        _Copy.chat_id.is_not(None),
        reachable,
    )


def _issue_broadcasts(day: date) -> Select[Any]:
    return select(BroadcastRow.id).where(
        BroadcastRow.issue_date == day, BroadcastRow.kind.in_([BroadcastKind.ISSUE, BroadcastKind.RETRY])
    )


def _insert(connection: Connection, correction: int, copies: Select[Any], at: datetime) -> None:
    found = copies.subquery()
    now = literal(at, Moment())
    rows = select(
        literal(correction),
        found.c.chat_id,
        found.c.chat_kind,
        found.c.part,
        found.c.style,
        literal(value=True),
        literal(DeliveryState.QUEUED, DeliveryRow.state.type),
        now,
        now,
        now,
        found.c.message_id,
    ).order_by(found.c.id)
    inserting = insert_into(connection, DeliveryRow).from_select(list(_FILLED), rows)
    connection.execute(inserting.on_conflict_do_nothing())
