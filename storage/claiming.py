"""Rows picked and marked as *sending*: the hot half of a lease."""

from __future__ import annotations

import heapq
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from domain.combinations import FormKey
from domain.deliveries import BroadcastId, DeliveryId
from domain.editions import Style
from domain.ledger import Form, Lease, WorkerId
from domain.readers import ChatId, ChatKind, SubscriberState
from storage.bare import Bare, Statement
from storage.clocks import Clocks
from storage.standing import Running

_PICK = Statement("""
SELECT next_attempt_at, id FROM deliveries
 WHERE broadcast_id = :broadcast AND state = 'queued' AND next_attempt_at <= :until
 ORDER BY next_attempt_at, id LIMIT :rows
""")

_MARK = Statement("""
UPDATE deliveries
   SET state = 'sending', worker = :worker, attempts = attempts + 1, lease_until = :lease, claimed_at = :now
 WHERE id {among_ids}
RETURNING id, broadcast_id, chat_id, chat_kind, part, style, silent, resent, attempts, next_attempt_at, edits, form,
          (SELECT s.state FROM subscribers s WHERE s.chat_id = deliveries.chat_id),
          CASE WHEN chat_kind = 'group'
               THEN (SELECT s.thread FROM subscribers s WHERE s.chat_id = deliveries.chat_id) END
""")

_UNWANTED = Statement("""
UPDATE deliveries
   SET state = 'cancelled', error = 'the reader left before it was sent', lease_until = NULL, attempts = attempts - 1
 WHERE id {among_ids}
""")

_RELEASE = Statement("""
UPDATE deliveries
   SET state = 'queued', attempts = attempts - 1, lease_until = NULL, error = 'handed back: it never came to the worker'
 WHERE state = 'sending' AND worker = :worker AND NOT (id {among_ids})
""")

_STYLES = {style.value: style for style in Style}
_KINDS = {kind.value: kind for kind in ChatKind}
_CHANNEL = ChatKind.CHANNEL.value
#: Who may still be sent what: a message of its own, and an edit of what he has already.
_READS = frozenset({SubscriberState.ACTIVE.value})
_KEEPS = _READS | {SubscriberState.PAUSED.value, SubscriberState.LEFT.value}


class Marked(NamedTuple):
    """A row as it stands after it was marked."""

    id: int
    broadcast_id: int
    chat_id: int | None
    chat_kind: str
    part: int
    style: str
    silent: bool
    resent: bool
    attempts: int
    next_attempt_at: Any
    edits: int | None
    form: int
    reader: str | None
    thread: int | None

    @property
    def is_wanted(self) -> bool:
        """Whether it may be sent."""
        return reads(self.chat_id, self.chat_kind, self.edits, self.reader)


def reads(chat_id: int | None, chat_kind: str, edits: int | None, reader: str | None) -> bool:
    """Whether a chat still reads us, or, where a message that it has is edited, did not block us.

    Our own channel has no subscription; any other chat must have one.
    """
    if chat_id is None:
        return False
    if reader is None:
        return chat_kind == _CHANNEL
    return reader in (_READS if edits is None else _KEEPS)


def picked(bare: Bare, running: Iterable[Running], until: datetime, limit: int) -> list[int]:
    """The ids of the rows due first, over all running broadcasts, the channel's before any reader's."""
    channels: list[int] = []
    readers: list[Sequence[tuple[Any, ...]]] = []
    for broadcast in running:
        if broadcast.first_due is None or broadcast.first_due > until:
            continue
        if broadcast.channel is not None:
            channels.append(broadcast.channel)
        asked = {"broadcast": broadcast.id, "until": bare.moment(until), "rows": limit}
        readers.append(bare.rows(_PICK, asked))
    merged = readers[0] if len(readers) == 1 else heapq.merge(*readers)
    return [*channels, *(row for _, row in merged if row not in channels)][:limit]


def mark(bare: Bare, ids: Sequence[int], worker: WorkerId, now: datetime, lease: datetime) -> list[Marked]:
    """Mark rows in a worker's name; returns them in the order of their ids as given, without whom nobody reads.

    Whose reader left meanwhile is cancelled.
    """
    asked = {"ids": bare.ids(ids), "worker": worker, "now": bare.moment(now), "lease": bare.moment(lease)}
    rows = {row[0]: Marked._make(row) for row in bare.rows(_MARK, asked)}
    unwanted = [row.id for row in rows.values() if not row.is_wanted]
    if unwanted:
        bare.run(_UNWANTED, {"ids": bare.ids(unwanted)})
    return [rows[row] for row in ids if rows[row].is_wanted]


def release_unknown(bare: Bare, worker: WorkerId, known: Iterable[int]) -> None:
    """Queue again what stands in a worker's name and never came to it, because an answer of the ledger was lost."""
    bare.run(_RELEASE, {"worker": worker, "ids": bare.ids(known)})


class Leases:
    """Makes leases of marked rows, by the worker's clock; a form that many rows share is made once."""

    def __init__(
        self, bare: Bare, running: Mapping[int, Running], begin: datetime, until: datetime, clocks: Clocks
    ) -> None:
        self._bare = bare
        self._clocks = clocks
        self._running = running
        self._begin = clocks.told(begin)
        self._until = clocks.told(until)
        self._begins = bare.moment(begin)
        self._forms: dict[tuple[int, str, int, bool, int], Form] = {}

    def of(self, row: Marked) -> Lease:
        """The lease of a row that was marked; it begins when it is due, and not before ``begin``."""
        if row.chat_id is None:
            raise ValueError(f"delivery {row.id} names no chat")
        late = row.next_attempt_at <= self._begins
        return Lease(
            delivery=DeliveryId(row.id),
            attempt=row.attempts,
            form=self._form(row),
            chat_id=ChatId(row.chat_id),
            kind=_KINDS[row.chat_kind],
            silent=bool(row.silent or row.resent),
            at=self._begin if late else self._clocks.told(self._bare.read_moment(row.next_attempt_at)),
            until=self._until,
            edits=row.edits,
            thread=row.thread,
        )

    def _form(self, row: Marked) -> Form:
        to_channel = row.chat_kind == _CHANNEL
        shared = (row.broadcast_id, row.style, row.part, to_channel, row.form)
        form = self._forms.get(shared)
        if form is None:
            running = self._running[row.broadcast_id]
            form = Form(
                BroadcastId(row.broadcast_id),
                running.issue_date,
                _STYLES[row.style],
                row.part,
                to_channel,
                running.revision,
                FormKey(row.form),
            )
            self._forms[shared] = form
        return form
