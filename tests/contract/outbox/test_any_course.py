"""Whatever happens in whatever order: every row comes to an end, and nobody gets twice what was not in doubt."""

from __future__ import annotations

import shutil
from collections import defaultdict
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import update

from domain.deliveries import Delayed, Outcome, Refused, Sent, Unknown
from domain.ledger import Ask, Hold, Lease, Settlement, WorkerId
from storage.database import Database
from storage.outbox import Rules
from storage.schema import BroadcastRow
from tests.contract.outbox.ledgers import HORIZON, Town

READERS, PARTS, RATE = 7, 2, 5
WORKERS = ("ann", "bob", "cid")
OUTCOMES: tuple[Outcome, ...] = (
    Sent(1),
    Sent(2),
    Sent(3),
    Delayed("Bad Gateway", 1.0),
    Delayed("retry after 2", 2.0, everyone=True),
    Unknown("ReadTimeout"),
    Refused("not enough rights"),
)

steps = st.lists(
    st.tuples(
        st.sampled_from(WORKERS),
        st.sampled_from(("tick", "tick", "tick", "tick", "die", "lose the answer", "hand back")),
        st.sampled_from(OUTCOMES),
        st.floats(0, 2),
        st.integers(0, RATE),
    ),
    max_size=30,
)


@dataclass
class Worker:
    """A process: what it holds, and whether an answer of the ledger was lost on its way to it."""

    name: WorkerId
    leases: list[Lease] = field(default_factory=list)
    settlements: list[Settlement] = field(default_factory=list)
    lost: bool = False


@dataclass
class Course:
    """A broadcast of two parts that several workers send, and what the chats saw of it."""

    town: Town
    workers: dict[str, Worker] = field(default_factory=lambda: {name: Worker(WorkerId(name)) for name in WORKERS})
    arrived: dict[tuple[int, int], int] = field(default_factory=lambda: defaultdict(int))
    doubted: dict[tuple[int, int], int] = field(default_factory=lambda: defaultdict(int))

    def step(self, name: str, act: str, outcome: Outcome, pause: float, room: int) -> None:
        self.town.later(pause)
        worker = self.workers[name]
        if act == "die":
            for lease in worker.leases:
                self.doubted[lease.chat_id, lease.form.part] += 1
            self.workers[name] = Worker(WorkerId(f"{worker.name}'"))
            return
        if act == "hand back":
            delayed = Delayed("handed back", 0.0)
            worker.settlements += [self.town.settle(lease, delayed, begun=False) for lease in worker.leases]
            worker.leases = []
        if worker.leases:
            self.send(worker, worker.leases.pop(0), outcome)
        self.tick(worker, room, answered=act != "lose the answer")

    def send(self, worker: Worker, lease: Lease, outcome: Outcome) -> None:
        message = (lease.chat_id, lease.form.part)
        if lease.form.part > 1:
            assert self.arrived[lease.chat_id, lease.form.part - 1], "a part went before its forerunner"
        if isinstance(outcome, Sent | Unknown):
            self.arrived[message] += 1
        if isinstance(outcome, Unknown):
            self.doubted[message] += 1
        worker.settlements.append(self.town.settle(lease, outcome))

    def tick(self, worker: Worker, room: int, *, answered: bool = True) -> None:
        known = frozenset(lease.delivery for lease in worker.leases) if worker.lost else None
        hold = Hold(in_use=len(worker.leases), wanted=room)
        ask = Ask(worker.name, self.town.now, tuple(worker.settlements), room, HORIZON, hold, known)
        tick = self.town.outbox.tick(ask)
        assert sum(slots for slots, _, until in self.town.gate().holders.values()) <= RATE
        worker.lost = not answered
        if answered:
            worker.settlements = []
            worker.leases += tick.leases
            assert tick.budget is not None
            assert len(tick.leases) <= tick.budget.slots

    def to_the_end(self) -> None:
        for _ in range(60):
            self.town.later(9)
            for worker in self.workers.values():
                while worker.leases:
                    self.send(worker, worker.leases.pop(0), Sent(9))
                self.tick(worker, RATE)
            if self.town.broadcast_state(self.broadcast) == "done":
                return
        raise AssertionError("the broadcast never came to an end")

    def open(self) -> None:
        self.broadcast = self.town.issue_for(*range(1, READERS + 1))
        self.town.make_due()
        with self.town.database.write() as connection:
            connection.execute(update(BroadcastRow).values(parts=PARTS))


@settings(max_examples=20)
@given(course=steps)
def test_whatever_happens_every_row_ends_and_nothing_certain_is_doubled(
    sqlite_template: Path, course: list[tuple[str, str, Outcome, float, int]]
) -> None:
    with TemporaryDirectory() as folder:
        database = Database.open(f"sqlite:///{shutil.copy(sqlite_template, folder)}")
        own = Course(Town(database, rules=Rules(rate=RATE)))
        own.open()
        for step in course:
            own.step(*step)
        own.to_the_end()
        rows = own.town.rows()
        database.close()
    assert {row.state.value for row in rows} <= {"sent", "refused", "uncertain"}
    for row in rows:
        message = (row.chat_id, row.part)
        assert own.arrived[message] <= 1 + own.doubted[message]
        if row.state.value == "sent":
            assert own.arrived[message] >= 1
        follower = [other for other in rows if (other.chat_id, other.part) == (row.chat_id, row.part + 1)]
        assert bool(follower) == (row.state.value == "sent" and row.part < PARTS)
