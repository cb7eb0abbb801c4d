"""Every trace of a chat erased: its subscription, and its id wherever else it was written down."""

from __future__ import annotations

import re

from sqlalchemy import Connection, case, delete, or_, select, update
from sqlalchemy.orm import InstrumentedAttribute

from domain.deliveries import DeliveryState
from storage.forms import drop_unused
from storage.schema import (
    AdminActionRow,
    BroadcastRow,
    DeliveryRow,
    DisplayRow,
    FeedbackRow,
    NoticeRow,
    QuestionRow,
    SubscriberRow,
    UpdateRow,
)

#: Texts that may name a chat: who invited a reader, who did what, to whom.
TEXTS: tuple[InstrumentedAttribute[str], ...] = (
    SubscriberRow.came_from,
    BroadcastRow.by,
    BroadcastRow.error,
    AdminActionRow.by,
    AdminActionRow.subject,
    AdminActionRow.detail,
    NoticeRow.by,
)

#: What stands where the id of a forgotten chat stood.
SOMEONE = "someone"


def forget(connection: Connection, chat_id: int) -> bool:
    """Erase a chat; True when it was a subscriber, had been sent something or had said what it thinks.

    Its deliveries keep their state and their time, so that every count stays true, but not the chat, the message,
    what was its own in the issue or the error's words; what was still to be sent is cancelled.
    """
    forms = _forms_of(connection, chat_id)
    gone = connection.execute(delete(SubscriberRow).where(SubscriberRow.chat_id == chat_id)).rowcount
    open_row = DeliveryRow.state == DeliveryState.QUEUED
    left = connection.execute(
        update(DeliveryRow)
        .where(DeliveryRow.broadcast_id.in_(select(BroadcastRow.id)), DeliveryRow.chat_id == chat_id)
        .values(
            chat_id=None,
            message_id=None,
            error="",
            resent=True,  # never once more
            form=0,
            state=case((open_row, DeliveryState.CANCELLED), else_=DeliveryRow.state),
        )
    ).rowcount
    said = connection.execute(delete(FeedbackRow).where(FeedbackRow.reader == chat_id)).rowcount
    connection.execute(delete(QuestionRow).where(or_(QuestionRow.chat_id == chat_id, QuestionRow.user_id == chat_id)))
    connection.execute(delete(DisplayRow).where(DisplayRow.chat_id == chat_id))
    drop_unused(connection, forms)
    for text in TEXTS:
        _strike_out(connection, text, chat_id)
    _empty_updates(connection, chat_id)
    return gone + left + said > 0


def _forms_of(connection: Connection, chat_id: int) -> set[int]:
    """What the chat wants of its issues, and ever got: its keywords are traces of it, unless others have the same."""
    wanted = select(SubscriberRow.form).where(SubscriberRow.chat_id == chat_id)
    got = select(DeliveryRow.form).where(
        DeliveryRow.broadcast_id.in_(select(BroadcastRow.id)), DeliveryRow.chat_id == chat_id
    )
    return set(connection.scalars(wanted.union(got)))


def _empty_updates(connection: Connection, chat_id: int) -> None:
    """Drop the words of updates that are still to be answered, the one that asked to be forgotten among them."""
    named = naming(chat_id)
    open_ones = select(UpdateRow.update_id, UpdateRow.body).where(UpdateRow.body.contains(str(chat_id)))
    own = [number for number, body in connection.execute(open_ones) if named.search(body)]
    if own:
        connection.execute(update(UpdateRow).where(UpdateRow.update_id.in_(own)).values(body=""))


def naming(chat_id: int) -> re.Pattern[str]:
    """What finds the id of a chat in a text, as a whole number."""
    return re.compile(rf"(?<!\d){chat_id}(?!\d)")


def _strike_out(connection: Connection, text: InstrumentedAttribute[str], chat_id: int) -> None:
    named = naming(chat_id)
    written = connection.scalars(select(text).where(text.contains(str(chat_id))).distinct()).all()
    for words in written:
        struck = named.sub(SOMEONE, words)
        if struck != words:
            connection.execute(update(text.class_).where(text == words).values({text: struck}))
