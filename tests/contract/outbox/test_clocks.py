"""Clocks that lie: on a server the ledger lives by the database's clock, and a file gets over one that ran back."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import update
from structlog.testing import capture_logs

from domain.audiences import Audience
from domain.deliveries import Delayed, Sent
from domain.editions import Message, Style
from domain.ledger import Ask, Hold, Settlement, Tick, WorkerId
from storage.audience import Channel
from storage.outbox import Rules
from storage.schema import DeliveryRow
from tests.contract.outbox.ledgers import ANN, BOB, CHANNEL, HORIZON, MORNING, Town

AHEAD, BEHIND = timedelta(hours=3), timedelta(hours=-2)
#: Between two readings of clocks on a busy machine.
MOMENT = timedelta(seconds=2)

on_postgresql = pytest.mark.parametrize("engine_name", ["postgresql"], indirect=True)


def near(moment: datetime | None, other: datetime) -> bool:
    return moment is not None and abs(moment - other) < MOMENT


@pytest.fixture
def town(town: Town) -> Town:
    """It lives in real time, by the database's clock."""
    town.now = datetime.now(UTC)
    town.rules = Rules(database_clock=True, catch_up=timedelta(hours=1))
    return town


class Liar:
    """A worker whose clock is wrong."""

    def __init__(self, town: Town, name: WorkerId, off: timedelta) -> None:
        self.town = town
        self.name = name
        self.off = off

    @property
    def now(self) -> datetime:
        return datetime.now(UTC) + self.off

    def tick(self, *settlements: Settlement, room: int = 10, wanted: int = 10) -> Tick:
        return self.town.outbox.tick(Ask(self.name, self.now, settlements, room, HORIZON, Hold(wanted=wanted)))


@pytest.fixture
def ann(town: Town) -> Liar:
    """Three hours ahead."""
    return Liar(town, ANN, AHEAD)


@pytest.fixture
def bob(town: Town) -> Liar:
    """Two hours behind."""
    return Liar(town, BOB, BEHIND)


def owe(town: Town, *due_in: timedelta) -> None:
    """Owe rows due so long from now, to readers 1, 2, 3…"""
    town.issue_for(*range(1, len(due_in) + 1))
    town.make_due()
    for chat_id, wait in enumerate(due_in, 1):
        moment = town.now + wait
        own = update(DeliveryRow).where(DeliveryRow.chat_id == chat_id)
        with town.database.write() as connection:
            connection.execute(own.values(due_at=moment, next_attempt_at=moment))


@on_postgresql
def test_a_clock_that_is_ahead_sends_nothing_early(town: Town, ann: Liar, bob: Liar) -> None:
    owe(town, timedelta(minutes=30), timedelta(0))
    tick = ann.tick()
    assert [lease.chat_id for lease in tick.leases] == [2]
    tick = ann.tick(*(Settlement(lease.delivery, 1, Sent(5), ann.now) for lease in tick.leases))
    assert tick.leases == ()
    assert near(tick.next_at, ann.now + timedelta(minutes=30))
    assert near(bob.tick().next_at, bob.now + timedelta(minutes=30))


@on_postgresql
def test_a_clock_that_is_ahead_skips_nothing_that_was_not_missed(town: Town, ann: Liar) -> None:
    owe(town, timedelta(minutes=-40))
    assert [lease.chat_id for lease in ann.tick().leases] == [1]


@on_postgresql
def test_a_clock_that_is_behind_sends_what_is_due(town: Town, bob: Liar) -> None:
    owe(town, timedelta(0))
    assert [lease.chat_id for lease in bob.tick().leases] == [1]


@on_postgresql
@pytest.mark.parametrize("off", [AHEAD, BEHIND])
def test_a_lease_is_told_by_the_workers_clock_and_kept_by_the_databases(town: Town, off: timedelta) -> None:
    owe(town, timedelta(0))
    liar = Liar(town, ANN, off)
    tick = liar.tick()
    (lease,) = tick.leases
    assert near(lease.at, liar.now)
    assert near(lease.until, liar.now + town.rules.lease)
    assert tick.budget is not None
    assert near(tick.budget.until, liar.now + timedelta(seconds=5))
    (row,) = town.rows()
    assert near(row.lease_until, datetime.now(UTC) + town.rules.lease)
    assert near(row.claimed_at, datetime.now(UTC))


@on_postgresql
def test_nobodys_lease_runs_out_by_anothers_clock(town: Town, ann: Liar, bob: Liar) -> None:
    owe(town, timedelta(0), timedelta(0))
    mine, theirs = ann.tick(room=1).leases, bob.tick(room=1).leases
    assert len(mine) == len(theirs) == 1
    ann.tick()
    bob.tick()
    assert set(town.states().values()) == {"sending"}
    ann.tick(Settlement(mine[0].delivery, 1, Sent(1), ann.now))
    bob.tick(Settlement(theirs[0].delivery, 1, Sent(2), bob.now))
    assert set(town.states().values()) == {"sent"}
    assert all(near(row.settled_at, datetime.now(UTC)) for row in town.rows())


@on_postgresql
def test_a_pause_lasts_as_long_by_every_clock(town: Town, ann: Liar, bob: Liar) -> None:
    owe(town, timedelta(0), timedelta(0))
    (lease,) = ann.tick(room=1).leases
    tick = ann.tick(Settlement(lease.delivery, 1, Delayed("retry after 30", 30.0, everyone=True), ann.now))
    assert tick.leases == ()
    assert tick.budget is not None
    assert near(tick.budget.paused_until, ann.now + timedelta(seconds=30))
    tick = bob.tick()
    assert tick.leases == ()
    assert tick.budget is not None
    assert near(tick.budget.paused_until, bob.now + timedelta(seconds=30))


@on_postgresql
def test_an_end_that_lies_in_the_future_is_now(town: Town, ann: Liar) -> None:
    owe(town, timedelta(0))
    (lease,) = ann.tick().leases
    ann.tick(Settlement(lease.delivery, 1, Sent(1), ann.now + timedelta(days=3)))
    assert near(town.rows()[0].settled_at, datetime.now(UTC))


@on_postgresql
def test_shares_pass_from_a_dead_worker_to_a_living_one_by_one_clock(town: Town, ann: Liar, bob: Liar) -> None:
    assert ann.tick(wanted=30).budget is not None
    held = bob.tick(wanted=30).budget
    assert held is not None
    assert held.slots == 0, "the other's clock says that it is five hours later"


@pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True)
def test_a_lease_that_a_wrong_clock_gave_runs_out_in_its_time(town: Town) -> None:
    town.rules = Rules()
    owe(town, timedelta(0))
    town.now += timedelta(hours=3)
    assert len(town.tick().leases) == 1
    town.now -= timedelta(hours=3)
    town.tick(worker=BOB)
    assert town.states() == {1: "sending"}
    town.later(61)
    town.tick(worker=BOB, room=0)
    assert town.states() == {1: "uncertain"}


@pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True)
def test_what_waits_by_a_wrong_clock_to_be_tried_again_is_tried_now(town: Town) -> None:
    town.rules = Rules()
    owe(town, timedelta(0))
    town.now += timedelta(hours=1)
    town.tick(town.settle(town.tick().leases[0], Delayed("Bad Gateway", 8.0)))
    town.now -= timedelta(minutes=50)
    assert [lease.chat_id for lease in town.tick().leases] == [1]


@pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True)
def test_what_a_wrong_clock_owed_at_once_is_still_due_at_once_and_an_hour_stays_an_hour(town: Town) -> None:
    town.rules = Rules()
    town.now = MORNING.replace(hour=4, microsecond=123_456) + timedelta(hours=3)
    town.channel = Channel(CHANNEL)
    town.issue_for(1, hour=8)
    town.subscribe(2)
    town.outbox.open_notice([Message(Style.CLASSIC, "Tomorrow there is no paper.")], Audience(), at=town.now, by="ann")
    town.tick(room=0)
    town.now -= timedelta(hours=3)
    assert sorted(lease.chat_id for lease in town.tick().leases) == [CHANNEL, 1, 2]
    assert [(row.chat_id, row.due_at) for row in town.rows(state="queued")] == [(1, MORNING.replace(hour=8, minute=0))]


@on_postgresql
def test_whose_clock_is_ahead_and_comes_first_is_not_taken_for_one_that_ran_back(town: Town, ann: Liar) -> None:
    with capture_logs() as told:
        ann.tick()
        ann.tick()
    assert told == []
