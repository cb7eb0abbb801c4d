"""The delivered copies of an issue, and the edits that a correction owes to them."""

from __future__ import annotations

import json
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, Select, literal, literal_column, or_, select, update

from domain.deliveries import BroadcastKind, DeliveryState
from domain.readers import SubscriberState
from storage.bare import Bare, Statement
from storage.columns import Moment
from storage.conflicts import insert_into
from storage.extents import extent, within
from storage.schema import BroadcastRow, DeliveryRow, GateRow, SubscriberRow

# The rows that bear the old words, and were not yet sent when the correction was opened.
_OLD = Statement("SELECT words FROM broadcasts WHERE id = :correction")

_MISSED = Statement("""
INSERT INTO deliveries (broadcast_id, chat_id, chat_kind, part, style, silent, state, due_at, next_attempt_at,
                        created_at, edits, form)
SELECT :correction, c.chat_id, c.chat_kind, c.part, c.style, {true}, 'queued', :now, :now, :now, c.message_id, c.form
  FROM deliveries c LEFT JOIN subscribers s ON s.chat_id = c.chat_id
 WHERE c.id {among_ids} AND c.state = 'sent' AND c.message_id IS NOT NULL AND c.chat_id IS NOT NULL
   AND (s.state IS NULL OR s.state NOT IN ('blocked', 'gone'))
   AND NOT EXISTS (SELECT 1 FROM deliveries e
                    WHERE e.broadcast_id = :correction AND e.chat_id = c.chat_id AND e.part = c.part)
""")

_UNDER_WAY = Statement("SELECT 1 FROM deliveries WHERE id {among_ids} AND state = 'sending' LIMIT 1")


def under_way(connection: Connection, day: date) -> str:
    """The copies of an issue that are on their way, as JSON; what is leased from now on has the words that stand now.

    Holds every worker's next tick up until the transaction ends, so that none is missed.
    """
    connection.execute(select(GateRow.bot_id).with_for_update()).all()
    sending = DeliveryRow.state == literal_column(f"'{DeliveryState.SENDING.value}'")
    rows = select(DeliveryRow.id).where(sending, DeliveryRow.broadcast_id.in_(_issue_broadcasts(day)))
    return json.dumps(list(connection.execute(rows).scalars()))


def copies_lie(connection: Connection, day: date) -> range:
    """Where the rows of an issue's copies lie: their ids."""
    return extent(connection, DeliveryRow.broadcast_id.in_(_issue_broadcasts(day)))


def owe_edits(connection: Connection, correction: int, day: date, at: datetime, ids: range) -> None:
    """Owe an edit to the delivered copies whose rows lie there."""
    _insert(connection, correction, _copies(day).where(within(ids)), at)


def owe_missed(bare: Bare, correction: int, now: datetime) -> bool:
    """Owe an edit to the copies that were on their way with the old words when the correction was opened.

    False when there is none, and none is still on its way: then every copy that bears the old words has its edit.
    """
    ids = json.loads(bare.rows(_OLD, {"correction": correction})[0][0] or "[]")
    if not ids:
        return False
    asked = {"correction": correction, "now": bare.moment(now), "ids": bare.ids(ids)}
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
        DeliveryRow.id,
        DeliveryRow.chat_id,
        DeliveryRow.chat_kind,
        DeliveryRow.part,
        DeliveryRow.style,
        DeliveryRow.message_id,
        DeliveryRow.form,
    )
    found = select(*columns)
    return found.outerjoin(SubscriberRow, SubscriberRow.chat_id == DeliveryRow.chat_id).where(
        (DeliveryRow.broadcast_id + 0).in_(_issue_broadcasts(day)),  # as they lie, not by the index
        DeliveryRow.state == DeliveryState.SENT,
        DeliveryRow.message_id.is_not(None),
        DeliveryRow.chat_id.is_not(None),
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
        literal(correction).label("broadcast_id"),
        found.c.chat_id,
        found.c.chat_kind,
        found.c.part,
        found.c.style,
        literal(value=True).label("silent"),
        literal(DeliveryState.QUEUED, DeliveryRow.state.type).label("state"),
        now.label("due_at"),
        now.label("next_attempt_at"),
        now.label("created_at"),
        found.c.message_id.label("edits"),
        found.c.form,
    ).order_by(found.c.id)
    inserting = insert_into(connection, DeliveryRow).from_select(rows.selected_columns.keys(), rows)
    connection.execute(inserting.on_conflict_do_nothing())
