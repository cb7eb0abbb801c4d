"""What became of a broadcast, counted from its rows."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, Row, func, select

from domain.deliveries import Broadcast, BroadcastId, DeliveryState, Receipt
from storage.schema import DeliveryRow


def broadcast_of(row: Row[Any]) -> Broadcast:
    """A row of ``broadcasts`` as the value it stands for."""
    return Broadcast(
        BroadcastId(row.id), row.kind, row.state, row.created_at, row.issue_date, by=row.by, error=row.error
    )


def receipt_of(connection: Connection, row: Row[Any]) -> Receipt:
    """Count the deliveries of a broadcast: each is in exactly one of the counts."""
    own = DeliveryRow.broadcast_id == row.id
    groups = connection.execute(
        select(DeliveryRow.state, DeliveryRow.passing, func.count().label("rows"))
        .where(own)
        .group_by(DeliveryRow.state, DeliveryRow.passing)
    ).all()
    counts = {state: sum(group.rows for group in groups if group.state is state) for state in DeliveryState}
    reasons = connection.execute(
        select(DeliveryRow.error, func.count().label("rows"))
        .where(own, DeliveryRow.state == DeliveryState.REFUSED, DeliveryRow.passing)
        .group_by(DeliveryRow.error)
        .order_by(func.count().desc(), DeliveryRow.error)
    ).all()
    span = connection.execute(
        select(func.min(DeliveryRow.claimed_at).label("first"), func.max(DeliveryRow.settled_at).label("last")).where(
            own
        )
    ).one()
    return Receipt(
        broadcast=broadcast_of(row),
        sent=counts[DeliveryState.SENT],
        blocked=sum(group.rows for group in groups if group.state is DeliveryState.REFUSED and not group.passing),
        refused=tuple((reason.error, reason.rows) for reason in reasons),
        uncertain=counts[DeliveryState.UNCERTAIN],
        open=counts[DeliveryState.QUEUED] + counts[DeliveryState.SENDING],
        cancelled=counts[DeliveryState.CANCELLED],
        started_at=span.first,
        finished_at=span.last,
    )
