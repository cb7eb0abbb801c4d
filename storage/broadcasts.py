"""Acts of sending are opened here: an issue, a notice, a correction; and a late reader is added to the newest issue."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, Select, func, literal, select, update

from domain.audiences import Audience
from domain.deliveries import Broadcast, BroadcastId, BroadcastKind, BroadcastState, DeliveryState, Receipt
from domain.editions import Message
from domain.errors import NotAllowed, NotFound
from domain.issue import IssueState
from domain.readers import ChatId, SubscriberState
from storage.admin_actions import AdminAction, record_action
from storage.audience import Channel, channel_row, come_back, owe, readers, reading, wanted
from storage.columns import Moment
from storage.conflicts import insert_into
from storage.copies import copies_lie, owe_edits, supersede, under_way
from storage.database import Database, Session
from storage.notice_words import words_json, words_of
from storage.opening import CHUNK, Plan, owe_next, put_in_order
from storage.receipts import Receipts, Spread, broadcast_of, receipt_of
from storage.schema import BroadcastRow, DeliveryRow, IssueRow, RevisionRow, SubscriberRow
from storage.turns import Turns, found, hasten, queued_again, reopen


class Broadcasts(Turns, Receipts):
    """The acts on broadcasts. Raises StorageError.

    An opening that a kill broke off is finished by opening again, or by ``finish_openings``.
    """

    def __init__(self, database: Database, channel: Channel | None = None, spread: Spread | None = None) -> None:
        Receipts.__init__(self, database, spread or Spread())
        self._channel = channel
        #: The paper's own channel; None: it has none.
        self.own_channel: ChatId | None = None if channel is None else channel.chat_id

    @property
    def rate(self) -> int:
        """Messages a second that are reckoned with."""
        return self._spread.rate

    def open_issue(self, day: date, *, at: datetime, now: bool = False, by: str = "") -> Broadcast:
        """Owe a published issue to the channel, at once, and to every active reader of that weekday, from his hour on.

        No second is owed more than the rate. Doing it again changes nothing, except that ``now`` makes everything
        still owed due at once. Raises NotFound and NotAllowed: there is no such issue, or it is not published.
        """
        with self._database.read() as connection:
            _require_published(connection, day)
            standing = connection.execute(_issue_broadcast(day)).first()
        self._come_back(day, at)
        if standing is None:
            new = {"kind": BroadcastKind.ISSUE, "issue_date": day, "by": by, "audience": str(Audience(at_once=now))}
            self._open(self._plan(Audience(at_once=now), at, day), lambda connection: begun(connection, new, at))
        elif not standing.opened and standing.state is not BroadcastState.CANCELLED:
            self._finish_opening(standing, at)
        if standing is not None and now:
            hasten(self._database, standing.id, at)
        with self._database.read() as connection:
            return broadcast_of(connection.execute(_issue_broadcast(day)).one())

    def _come_back(self, day: date, at: datetime) -> None:
        """End the pauses of those who come back with this issue, before it is owed to them."""
        with self._database.write() as connection:
            come_back(connection, day, at)

    def issue_receipt(self, day: date) -> Receipt | None:
        """What became of the issue of a day so far; None when it was never sent."""
        with self._database.read() as connection:
            row = connection.execute(_issue_broadcast(day)).first()
            return None if row is None else receipt_of(connection, row, self._spread)

    def open_notice(
        self, parts: Sequence[Message], audience: Audience, *, at: datetime, by: str, name: str | None = None
    ) -> Broadcast:
        """Owe a notice of one or more messages to an audience, at once.

        Each call is a notice of its own, but for one with a ``name``: that is sent once, whoever asks at the same time.
        """
        new = {
            "kind": BroadcastKind.NOTICE,
            "by": by,
            "parts": len(parts),
            "words": words_json(parts),
            "audience": str(audience),
            "notice": name,
        }
        try:
            broadcast = self._open(self._plan(audience, at), lambda connection: begun(connection, new, at))
        except _SentAlready as sent:
            broadcast = sent.broadcast
        with self._database.read() as connection:
            return broadcast_of(found(connection, broadcast))

    def sent_notice(self, name: str) -> Broadcast | None:
        """The broadcast of the notice of a name; None: it was not sent."""
        with self._database.read() as connection:
            row = connection.execute(_all_of_broadcast().where(BroadcastRow.notice == name)).first()
        return None if row is None else broadcast_of(row)

    def issue_broadcast(self, day: date) -> Broadcast | None:
        """The broadcast of the issue of a day; None: it was never sent."""
        with self._database.read() as connection:
            row = connection.execute(_issue_broadcast(day)).first()
        return None if row is None else broadcast_of(row)

    def same_notice(self, parts: Sequence[Message], since: datetime) -> Broadcast | None:
        """The newest notice of the very same words that was opened since then."""
        same = (
            select(*BroadcastRow.__table__.columns)
            .where(BroadcastRow.words == words_json(parts), BroadcastRow.created_at >= since)
            .order_by(BroadcastRow.id.desc())
        )
        with self._database.read() as connection:
            row = connection.execute(same.limit(1)).first()
        return None if row is None else broadcast_of(row)

    def words(self, broadcast: BroadcastId) -> tuple[Message, ...]:
        """The messages of a notice, in order, or a poll; none for a broadcast whose words stand elsewhere."""
        with self._database.read() as connection:
            with_words = BroadcastRow.kind.in_([BroadcastKind.NOTICE, BroadcastKind.POLL])
            notice = (BroadcastRow.id == broadcast, with_words)
            words = connection.execute(select(BroadcastRow.words).where(*notice)).scalar()
        return words_of(words) if words else ()

    def open_correction(self, day: date, *, at: datetime, by: str) -> Broadcast | None:
        """Owe an edit to every delivered copy of an issue, the channel's too, for its newest revision.

        Doing it again changes nothing. None when the issue was never corrected, or never sent.
        """
        with self._database.write() as connection:
            revision = connection.scalar(select(func.max(RevisionRow.revision)).where(RevisionRow.issue_date == day))
            if revision is None or connection.execute(_issue_broadcast(day)).first() is None:
                return None
            of_revision = f"revision {revision}"
            row = connection.execute(_correction(day, of_revision)).first()
            if row is None:
                supersede(connection, day)
                new = {
                    "kind": BroadcastKind.CORRECTION,
                    "issue_date": day,
                    "by": by,
                    "audience": of_revision,
                    "words": under_way(connection, day),
                }
                row = found(connection, begun(connection, new, at))
        if not row.opened:
            self._owe_edits(row, at)
        with self._database.read() as connection:
            return broadcast_of(found(connection, row.id))

    def audience_size(self, audience: Audience, at: datetime) -> int:
        """How many readers an audience has at a moment."""
        return self._counted(wanted(audience, at))

    def issue_size(self, day: date) -> int:
        """How many chats the issue of a day goes to as the readers' list stands, the channel too."""
        return self._counted(reading(day)) + (self._channel is not None)

    def _counted(self, who: ColumnElement[bool]) -> int:
        counted = select(func.count()).select_from(SubscriberRow).where(who)
        with self._database.read() as connection:
            return connection.execute(counted).scalar_one()

    def finish_openings(self, *, at: datetime, begun_before: datetime | None = None) -> int:
        """Finish what a kill broke off in the middle of its opening. Returns how many broadcasts.

        ``begun_before``: leave out what was begun later, for somebody may be at it.
        """
        unfinished = select(*BroadcastRow.__table__.columns).where(
            BroadcastRow.opened.is_(False), BroadcastRow.state != BroadcastState.CANCELLED
        )
        if begun_before is not None:
            unfinished = unfinished.where(BroadcastRow.created_at < begun_before)
        with self._database.read() as connection:
            rows = connection.execute(unfinished.order_by(BroadcastRow.id)).all()
        for row in rows:
            self._finish_opening(row, at)
        return len(rows)

    def _finish_opening(self, row: Row[Any], at: datetime) -> None:
        if row.kind is BroadcastKind.CORRECTION:
            self._owe_edits(row, at)
            return
        self._open(self._plan(Audience.parse(row.audience), at, row.issue_date), lambda _: row.id, row.id)

    def _plan(self, audience: Audience, at: datetime, day: date | None = None) -> Plan:
        return Plan(audience, at, self._spread.rate, self._spread.catch_up, day)

    def _open(self, plan: Plan, begin: Callable[[Connection], int], standing: int | None = None) -> int:
        """Owe a broadcast to its readers; it is begun in the transaction that owes it to the first of them."""
        with self._database.session() as session:
            count = put_in_order(session, plan, standing)
            broadcast = self._first(session, plan, begin, standing, count)
            for place in range(CHUNK, count, CHUNK):
                with session.write() as connection:
                    if found(connection, broadcast).state is not BroadcastState.CANCELLED:
                        owe_next(connection, broadcast, plan.at, place)
                    if place + CHUNK >= count:
                        _opened(connection, broadcast)
            return broadcast

    def _first(
        self, session: Session, plan: Plan, begin: Callable[[Connection], int], standing: int | None, count: int
    ) -> int:
        with session.write() as connection:
            broadcast = begin(connection)
            if standing is None and plan.day is not None and self._channel is not None:
                row = channel_row(broadcast, self._channel, plan.at)
                connection.execute(insert_into(connection, DeliveryRow).values(**row).on_conflict_do_nothing())
            owe_next(connection, broadcast, plan.at, 0)
            if count <= CHUNK:
                _opened(connection, broadcast)
        return broadcast

    def _owe_edits(self, row: Row[Any], at: datetime) -> None:
        with self._database.session() as session:
            with session.write() as connection:
                ids = copies_lie(connection, row.issue_date)
            for start in range(0, max(len(ids), 1), CHUNK):
                with session.write() as connection:
                    if found(connection, row.id).state is not BroadcastState.CANCELLED:
                        owe_edits(connection, row.id, row.issue_date, at, ids[start : start + CHUNK])
                    if start + CHUNK >= len(ids):
                        _opened(connection, row.id)

    def add_late(self, chat_id: ChatId, *, at: datetime, day: date | None = None) -> bool:
        """Owe the newest issue that went out (or that of ``day``) to one active reader, due at once.

        False when there is none, or when he has had it or will get it; so he gets each issue once, however often he
        leaves and comes back.
        """
        with self._database.write() as connection:
            row = connection.execute(_open_to_late(day)).first()
            if row is None:
                return False
            reader = readers(Audience(), at).where(SubscriberRow.chat_id == chat_id)
            due = reader.add_columns(literal(at, Moment()).label("due_at"), literal(0).label("place"))
            added = owe(connection, row.id, at, due) > 0 or _owe_again(connection, row.id, chat_id, at)
            if added:
                reopen(connection, row.id)
            return added


class _SentAlready(Exception):
    """A notice of that name has a broadcast: nothing more is owed."""

    def __init__(self, broadcast: int) -> None:
        super().__init__(broadcast)
        self.broadcast = broadcast


def begun(connection: Connection, new: dict[str, Any], at: datetime) -> int:
    """A new broadcast that owes nothing yet; for an issue that has one, that one."""
    row = {"state": BroadcastState.RUNNING, "opened": False, "created_at": at, **new}
    inserting = insert_into(connection, BroadcastRow).values(row).on_conflict_do_nothing().returning(BroadcastRow.id)
    broadcast: int | None = connection.execute(inserting).scalar()
    if broadcast is None and new.get("notice") is not None:
        raise _SentAlready(connection.execute(_all_of_broadcast().where(BroadcastRow.notice == new["notice"])).one().id)
    if broadcast is None:
        return int(connection.execute(_issue_broadcast(new["issue_date"])).one().id)
    if new["kind"] is not BroadcastKind.ISSUE:  # whose publication is on record
        record_action(connection, AdminAction(at, new["by"], f"broadcast.{new['kind']}", str(broadcast)))
    return broadcast


def _opened(connection: Connection, broadcast: int) -> None:
    connection.execute(update(BroadcastRow).where(BroadcastRow.id == broadcast).values(opened=True))


def _require_published(connection: Connection, day: date) -> None:
    state = connection.execute(select(IssueRow.state).where(IssueRow.date == day)).scalar()
    if state is None:
        raise NotFound(f"There is no issue of {day}: assemble it first.")
    if state is not IssueState.PUBLISHED:
        raise NotAllowed(f"The issue of {day} is {state}: publish it, then it can be delivered.")


def _all_of_broadcast() -> Select[Any]:
    return select(*BroadcastRow.__table__.columns)


def _issue_broadcast(day: date) -> Select[Any]:
    return _all_of_broadcast().where(BroadcastRow.kind == BroadcastKind.ISSUE, BroadcastRow.issue_date == day)


def _correction(day: date, of_revision: str) -> Select[Any]:
    return _all_of_broadcast().where(
        BroadcastRow.kind == BroadcastKind.CORRECTION,
        BroadcastRow.issue_date == day,
        BroadcastRow.audience == of_revision,
    )


def _open_to_late(day: date | None) -> Select[Any]:
    """The issue that a late reader gets: one that went out, or is going out."""
    live = (BroadcastState.RUNNING, BroadcastState.PAUSED, BroadcastState.DONE)
    live_issue = select(BroadcastRow.id).where(BroadcastRow.kind == BroadcastKind.ISSUE, BroadcastRow.state.in_(live))
    if day is not None:
        live_issue = live_issue.where(BroadcastRow.issue_date == day)
    return live_issue.order_by(BroadcastRow.issue_date.desc()).limit(1)


def _owe_again(connection: Connection, broadcast: int, chat_id: ChatId, at: datetime) -> bool:
    """A reader who came back before he ever got his copy is owed it again."""
    active = select(SubscriberRow.chat_id).where(
        SubscriberRow.chat_id == chat_id, SubscriberRow.state == SubscriberState.ACTIVE
    )
    ended_unsent = update(DeliveryRow).where(
        DeliveryRow.broadcast_id == broadcast,
        DeliveryRow.chat_id.in_(active),
        DeliveryRow.state.in_([DeliveryState.CANCELLED, DeliveryState.REFUSED, DeliveryState.SKIPPED]),
    )
    return connection.execute(ended_unsent.values(queued_again(at))).rowcount > 0
