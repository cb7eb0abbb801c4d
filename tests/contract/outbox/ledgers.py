"""A small town of readers for the tests of the ledger: issues, subscribers, and a clock that is moved by hand."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Any

from sqlalchemy import Row, delete, insert, select, update

from domain.deliveries import BroadcastId, DeliveryState, Outcome, Sent
from domain.editions import Style
from domain.issue import IssueState
from domain.ledger import Ask, Hold, Lease, OnUncertain, Settlement, Tick, WorkerId
from domain.readers import ChatId, ChatKind, SubscriberState
from storage.audience import Channel
from storage.database import Database
from storage.outbox import Outbox, Rules
from storage.schema import BroadcastRow, DeliveryRow, GateRow, IssueRow, SubscriberRow

DAY = date(2026, 7, 4)
MORNING = datetime(2026, 7, 4, 6, 30, tzinfo=UTC)
HORIZON = timedelta(milliseconds=200)
CHANNEL = ChatId(-1001000000001)
ANN = WorkerId("ann")
BOB = WorkerId("bob")


@dataclass
class Town:
    """A ledger with its database, and ``now``."""

    database: Database
    now: datetime = MORNING
    rules: Rules = field(default_factory=Rules)
    channel: Channel | None = None

    @property
    def outbox(self) -> Outbox:
        return Outbox(self.database, 1, self.rules, self.channel)

    def publish(self, day: date = DAY, state: IssueState = IssueState.PUBLISHED) -> None:
        row = {"date": day, "number": day.toordinal(), "state": state, "content": "{}", "assembled_at": self.now}
        with self.database.write() as connection:
            connection.execute(insert(IssueRow).values(row))

    def subscribe(self, *chat_ids: int, **changes: Any) -> None:
        reader = {
            "kind": ChatKind.PRIVATE,
            "state": SubscriberState.ACTIVE,
            "zone": "UTC",
            "hour": 6,
            "weekdays": 0b1111111,
            "sections": [],
            "style": Style.CLASSIC,
            "language": "en",
            "silent": False,
            "joined_at": MORNING - timedelta(days=1),
            "came_from": "",
            "state_since": MORNING - timedelta(days=1),
        }
        with self.database.write() as connection:
            connection.execute(
                insert(SubscriberRow), [{**reader, **changes, "chat_id": chat_id} for chat_id in chat_ids]
            )

    def open(self, *, now: bool = False) -> BroadcastId:
        return self.outbox.open_issue(DAY, at=self.now, now=now).id

    def issue_for(self, *chat_ids: int, **changes: Any) -> BroadcastId:
        """Publish the issue, subscribe readers whose hour has come, and open the broadcast."""
        self.publish()
        if chat_ids:
            self.subscribe(*chat_ids, **changes)
        broadcast = self.open()
        self.line_up(*chat_ids)
        return broadcast

    def line_up(self, *chat_ids: int) -> None:
        """Let readers who are alike have their turns in this order, instead of that of the day's curve."""
        own = select(DeliveryRow.id).where(DeliveryRow.chat_id.in_(chat_ids))
        with self.database.write() as connection:
            places = connection.execute(own.order_by(DeliveryRow.next_attempt_at, DeliveryRow.id)).scalars().all()
            connection.execute(update(DeliveryRow).where(DeliveryRow.id.in_(places)).values(chat_id=None))
            for place, chat_id in zip(places, chat_ids, strict=True):
                connection.execute(update(DeliveryRow).where(DeliveryRow.id == place).values(chat_id=chat_id))

    def tick(self, *settlements: Settlement, room: int = 100, worker: WorkerId = ANN, hold: Hold | None = None) -> Tick:
        return self.outbox.tick(Ask(worker, self.now, settlements, room, HORIZON, hold or Hold()))

    def settle(self, lease: Lease, outcome: Outcome, *, begun: bool = True) -> Settlement:
        return Settlement(lease.delivery, lease.attempt, outcome, self.now, begun)

    def later(self, seconds: float) -> None:
        self.now += timedelta(seconds=seconds)

    def send_all(self, leases: Sequence[Lease], outcome: Outcome | None = None) -> list[Settlement]:
        return [self.settle(lease, outcome or Sent(1000 + lease.delivery)) for lease in leases]

    def run_dry(self, rounds: int = 50) -> list[Lease]:
        """Send everything that comes due, passing time, until the ledger says that nothing is pending."""
        sent: list[Lease] = []
        settlements: list[Settlement] = []
        for _ in range(rounds):
            tick = self.tick(*settlements)
            sent += tick.leases
            settlements = self.send_all(tick.leases)
            self.later(1.1)
            if not tick.pending:
                return sent
        raise AssertionError("the ledger never came to an end")

    def set_reader(self, chat_id: int, state: SubscriberState) -> None:
        with self.database.write() as connection:
            own = update(SubscriberRow).where(SubscriberRow.chat_id == chat_id)
            connection.execute(own.values(state=state, state_since=self.now))

    def forget(self, chat_id: int) -> None:
        """As /forgetme does: the subscription is gone, and the rows name nobody."""
        with self.database.write() as connection:
            connection.execute(delete(SubscriberRow).where(SubscriberRow.chat_id == chat_id))
            connection.execute(update(DeliveryRow).where(DeliveryRow.chat_id == chat_id).values(chat_id=None))

    def make_due(self) -> None:
        """Let the hour of every queued row have come."""
        with self.database.write() as connection:
            queued = update(DeliveryRow).where(DeliveryRow.state == DeliveryState.QUEUED)
            connection.execute(queued.values(due_at=self.now, next_attempt_at=self.now))

    def rows(self, **of: Any) -> list[Row[Any]]:
        with self.database.read() as connection:
            query = select(*DeliveryRow.__table__.columns).filter_by(**of).order_by(DeliveryRow.id)
            return list(connection.execute(query).all())

    def gate(self) -> Row[Any]:
        with self.database.read() as connection:
            return connection.execute(select(*GateRow.__table__.columns)).one()

    def states(self) -> dict[int | None, str]:
        return {row.chat_id: row.state.value for row in self.rows()}

    def broadcast_state(self, broadcast: BroadcastId) -> str:
        with self.database.read() as connection:
            state = connection.execute(select(BroadcastRow.state).where(BroadcastRow.id == broadcast)).scalar_one()
            return state.value

    def reader_state(self, chat_id: int) -> str | None:
        with self.database.read() as connection:
            query = select(SubscriberRow.state).where(SubscriberRow.chat_id == chat_id)
            state = connection.execute(query).scalar()
            return None if state is None else state.value


LEAVE = Rules(on_uncertain=OnUncertain.LEAVE)
