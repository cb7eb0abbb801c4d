"""Several workers on one PostgreSQL: one dies, one freezes, they are replaced one by one, or their clocks lie."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator

import pytest

from benchmarks.receiver.conditions import Conditions
from benchmarks.receiver.process import receiving
from tests.integration.delivery.fleet import Fleet

RATE = 200

pytestmark = pytest.mark.parametrize("engine_name", ["postgresql"], indirect=True)


@pytest.fixture
def fleet(database_url: str) -> Iterator[Fleet]:
    with receiving(Conditions(rate=RATE)) as telegram:
        fleet = Fleet(database_url, telegram, RATE)
        yield fleet
        fleet.close()


def test_when_one_of_two_workers_dies_the_other_goes_on_at_once_and_soon_has_the_whole_rate(
    fleet: Fleet, record_property: Callable[[str, object], None]
) -> None:
    fleet.open(850)
    first, second = fleet.work(hold=5.0), fleet.work(hold=5.0)
    fleet.share_the_rate()
    died_at = first.kill()
    left = fleet.left_by(first)
    second.ended_well()
    fleet.prove()
    assert len(fleet.resent()) <= left, "uncertain is only what was under way"
    assert fleet.taken_between(died_at + 0.3, died_at + 2.3) > RATE // 2, "the other one did not wait"
    taken_over = fleet.whole_rate_after(died_at + 0.3)
    record_property("seconds until the whole rate was reached again", round(taken_over, 1))
    assert taken_over < 15


def test_workers_replaced_one_by_one_during_a_broadcast_leave_nothing_in_doubt(fleet: Fleet) -> None:
    fleet.open(400)
    at_work = [fleet.work(), fleet.work()]
    for messages in (60, 150, 240):
        fleet.reach(messages)
        at_work.pop(0).stop()
        at_work.append(fleet.work())
    for worker in at_work:
        worker.ended_well()
    fleet.prove_nothing_was_in_doubt()
    assert {row.attempts for row in fleet.town.rows()} == {1}


def test_a_worker_frozen_for_longer_than_its_hold_sends_nothing_late_and_doubles_nothing(fleet: Fleet) -> None:
    fleet.open(700)
    first, second = fleet.work(), fleet.work()
    fleet.share_the_rate()
    first.freeze()
    time.sleep(2.5)
    first.thaw()
    first.ended_well()
    second.ended_well()
    fleet.prove_nothing_was_in_doubt()


def test_hosts_whose_clocks_lie_by_hours_harm_nobody(fleet: Fleet) -> None:
    fleet.open(300)
    ahead, behind = fleet.work(clock_ahead=9.0), fleet.work(clock_ahead=-9.0)
    ahead.ended_well()
    behind.ended_well()
    fleet.prove_nothing_was_in_doubt()
    senders = {row.worker for row in fleet.town.rows()}
    assert senders == {ahead.name, behind.name}, "both had their share"
    now = fleet.town.now.timestamp()
    assert all(0 <= row.settled_at.timestamp() - now < 60 for row in fleet.town.rows()), "the ledger has the true time"
