"""Every trace of a chat erased: its subscription, and its id wherever else it was written down."""

from __future__ import annotations

import re

from sqlalchemy import Connection, case, delete, select, update
from sqlalchemy.orm import InstrumentedAttribute

from domain.deliveries import DeliveryState
from storage.schema import AdminActionRow, BroadcastRow, DeliveryRow, SubscriberRow

#: Texts that may name a chat: who invited a reader, who did what, to whom.
_TEXTS: tuple[InstrumentedAttribute[str], ...] = (
    SubscriberRow.came_from,
    BroadcastRow.by,
    BroadcastRow.error,
    AdminActionRow.by,
    AdminActionRow.subject,
    AdminActionRow.detail,
)

#: What stands where the id of a forgotten chat stood.
SOMEONE = "someone"


def forget(connection: Connection, chat_id: int) -> bool:
    """Erase a chat; True when it was a subscriber or had been sent something.

    Its deliveries keep their state and their time, so that every count stays true, but not the chat, the message
    or the error's words; what was still to be sent is cancelled.
    """
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
            state=case((open_row, DeliveryState.CANCELLED), else_=DeliveryRow.state),
        )
    ).rowcount
    for text in _TEXTS:
        _strike_out(connection, text, chat_id)
    return gone + left > 0


def _strike_out(connection: Connection, text: InstrumentedAttribute[str], chat_id: int) -> None:
    named = re.compile(rf"(?<!\d){chat_id}(?!\d)")
    written = connection.scalars(select(text).where(text.contains(str(chat_id))).distinct()).all()
    for words in written:
        struck = named.sub(SOMEONE, words)
        if struck != words:
            connection.execute(update(text.class_).where(text == words).values({text: struck}))
