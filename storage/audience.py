"""Who is owed a broadcast, as the columns of a delivery: one statement makes the rows, not one object for each."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, Text, and_, case, cast, func, literal, or_, select, update

from domain.audiences import Audience, Circle
from domain.deliveries import DeliveryState
from domain.editions import Style
from domain.readers import DIGEST_WEEKDAY, Cadence, ChatId, ChatKind, SubscriberState
from domain.usage import INACTIVE_AFTER
from storage.columns import Moment
from storage.conflicts import insert_into
from storage.schema import DeliveryRow, SubscriberRow

#: A group that was entered as a person is still a group: Telegram gives only people ids above zero.
_KIND = case(
    (and_(SubscriberRow.kind == ChatKind.PRIVATE, SubscriberRow.chat_id < 0), ChatKind.GROUP),
    else_=SubscriberRow.kind,
).label("kind")


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


def wanted(audience: Audience, at: datetime, day: date | None = None) -> ColumnElement[bool]:
    """Whether a subscriber belongs to an audience at a moment, and reads on the weekday of a day."""
    found = reading(day)
    if audience.circle.kind is not None:
        found &= audience.circle.kind == _KIND
    if audience.circle is Circle.INACTIVE:
        found &= _not_seen_since(at - INACTIVE_AFTER)
    if audience.language is not None:
        # the language of a reader is a tag as Telegram tells it: de, or de-AT
        tag = func.lower(SubscriberRow.language)
        found &= or_(tag == audience.language.lower(), tag.startswith(f"{audience.language.lower()}-", autoescape=True))
    if audience.topic is not None:
        found &= cast(SubscriberRow.topics, Text).contains(json.dumps(audience.topic), autoescape=True)
    if audience.campaign is not None:
        found &= SubscriberRow.came_from == audience.campaign
    return found


def reading(day: date | None) -> ColumnElement[bool]:
    """Whether a subscriber is active; of a day, whether he reads its issue."""
    active = SubscriberRow.state == SubscriberState.ACTIVE
    return active if day is None else or_(active, back_by(day)) & _reads_on(day)


def _not_seen_since(moment: datetime) -> ColumnElement[bool]:
    """Whether he joined before, and neither pressed nor wrote since then; a channel never could."""
    before = or_(SubscriberRow.seen_on.is_(None), SubscriberRow.seen_on < moment.date())
    return and_(SubscriberRow.joined_at < moment, before, SubscriberRow.kind != ChatKind.CHANNEL)


def back_by(day: date) -> ColumnElement[bool]:
    """Whether a subscriber's pause ends with the issue of a day, or ended before."""
    return (SubscriberRow.state == SubscriberState.PAUSED) & (SubscriberRow.paused_until <= day)


def _reads_on(day: date) -> ColumnElement[bool]:
    """As ``domain.preferences.reads_on``: his weekdays, or the day of the digest for one who reads that alone."""
    daily = SubscriberRow.weekdays.bitwise_and(1 << day.weekday()) != 0
    weekly = SubscriberRow.cadence == Cadence.WEEKLY
    return or_(weekly, daily) if day.weekday() == DIGEST_WEEKDAY else and_(~weekly, daily)


def come_back(connection: Connection, day: date, at: datetime) -> int:
    """End the pauses that end with the issue of a day; how many readers came back."""
    back = {"state": SubscriberState.ACTIVE, "state_since": at, "paused_until": None}
    return connection.execute(update(SubscriberRow).where(back_by(day)).values(back)).rowcount


def readers(audience: Audience, at: datetime, day: date | None = None, style: Style | None = None) -> Select[Any]:
    """The readers of an audience at a moment as the columns of a delivery that depend on the reader.

    ``style``: one for all, and the same words.
    """
    silent = literal(value=True) if audience.silent else SubscriberRow.silent
    in_style = SubscriberRow.style if style is None else literal(style, SubscriberRow.style.type)
    form = SubscriberRow.form if style is None else literal(0)
    columns = (SubscriberRow.chat_id, _KIND, in_style.label("style"), silent.label("silent"), form.label("form"))
    return select(*columns).where(wanted(audience, at, day))


def owe(connection: Connection, broadcast: int, at: datetime, owed: Select[Any]) -> int:
    """Owe a broadcast to readers, given with ``due_at``; a chat that is owed it already stays as it stands.

    Returns how many were added.
    """
    found = owed.subquery()
    rows = select(
        literal(broadcast).label("broadcast_id"),
        found.c.chat_id,
        found.c.kind.label("chat_kind"),
        literal(1).label("part"),
        found.c.style,
        found.c.silent,
        literal(DeliveryState.QUEUED, DeliveryRow.state.type).label("state"),
        found.c.due_at,
        found.c.due_at.label("next_attempt_at"),
        literal(at, Moment()).label("created_at"),
        found.c.form,
    ).order_by(found.c.place)
    inserting = insert_into(connection, DeliveryRow).from_select(rows.selected_columns.keys(), rows)
    inserted = connection.execute(inserting.on_conflict_do_nothing(), execution_options={"preserve_rowcount": True})
    return inserted.rowcount
