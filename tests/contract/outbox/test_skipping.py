"""A morning that was missed is skipped, and what was owed at once, or was tried, is not."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import func, select, update

from domain.deliveries import Delayed, Refused
from domain.hours import NOT_YET_MISSED
from domain.readers import ChatId
from storage import skipping
from storage.outbox import Rules
from storage.schema import DeliveryRow
from tests.contract.outbox.ledgers import MORNING, Town

LATE = timedelta(hours=3)


@pytest.fixture
def town(town: Town) -> Town:
    """Its readers' hour is nine, and a paper is sent until noon."""
    town.rules = Rules(catch_up=LATE)
    town.publish()
    return town


def open_for(town: Town, *chat_ids: int) -> None:
    town.subscribe(*chat_ids, hour=9)
    town.open()


def at_hour(town: Town, hour: float) -> None:
    town.now = MORNING.replace(hour=0, minute=0) + timedelta(hours=hour)


def test_a_paper_that_is_late_by_less_than_the_grace_is_sent(town: Town) -> None:
    open_for(town, 1, 2)
    at_hour(town, 11.9)
    assert len(town.tick().leases) == 2


def test_a_paper_that_is_late_by_more_is_skipped_and_counted(town: Town) -> None:
    open_for(town, 1, 2)
    at_hour(town, 12.1)
    tick = town.tick()
    (broadcast,) = tick.finished
    assert (tick.leases, tick.pending) == ((), False)
    assert town.states() == {1: "skipped", 2: "skipped"}
    assert town.outbox.receipt(broadcast).skipped == 2


def test_without_a_grace_only_what_was_really_missed_is_skipped(town: Town) -> None:
    town.rules = Rules(catch_up=timedelta(0))
    open_for(town, 1)
    at_hour(town, 9)
    town.now += NOT_YET_MISSED
    assert len(town.tick(room=0).leases) == 0
    assert town.states() == {1: "queued"}
    town.later(1)
    town.tick()
    assert town.states() == {1: "skipped"}


def test_who_joined_late_gets_his_paper_however_late_it_is(town: Town) -> None:
    open_for(town, 1)
    at_hour(town, 9)
    town.subscribe(2)
    assert town.outbox.add_late(ChatId(2), at=town.now)
    at_hour(town, 20)
    assert [lease.chat_id for lease in town.tick().leases] == [2]


def test_what_an_admin_sends_at_once_is_never_skipped(town: Town) -> None:
    town.subscribe(1, hour=9)
    town.open(now=True)
    at_hour(town, 23)
    assert [lease.chat_id for lease in town.tick().leases] == [1]


def test_what_was_tried_is_tried_again_however_late_it_is(town: Town) -> None:
    open_for(town, 1, 2, 3)
    at_hour(town, 9.1)
    first, second, third = town.tick().leases
    town.tick(
        town.settle(first, Delayed("Bad Gateway", 60)),
        town.settle(second, Refused("given up")),
        town.settle(third, Delayed("handed back", 0), begun=False),
        room=0,
    )
    at_hour(town, 20)
    assert town.outbox.retry_failed(first.form.broadcast, at=town.now - timedelta(hours=5), by="ann") == 1
    assert sorted(lease.chat_id for lease in town.tick().leases) == [1, 2, 3]


def test_after_a_long_outage_the_missed_rows_go_some_thousands_at_a_time(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(skipping, "CHUNK", 3)
    open_for(town, *range(1, 8))
    at_hour(town, 10)
    with town.database.write() as connection:
        later = {"due_at": town.now, "next_attempt_at": town.now}
        connection.execute(update(DeliveryRow).where(DeliveryRow.chat_id == 7).values(later))
    at_hour(town, 12.5)
    for skipped in (3, 6):
        tick = town.tick()
        assert (tick.leases, tick.pending, tick.next_at) == ((), True, town.now)
        assert count(town, "skipped") == skipped
    assert [lease.chat_id for lease in town.tick().leases] == [7]


def count(town: Town, state: str) -> int:
    with town.database.read() as connection:
        counted = select(func.count()).select_from(DeliveryRow).where(DeliveryRow.state == state)
        return connection.execute(counted).scalar_one()
