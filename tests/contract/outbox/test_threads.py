"""A group with topics: its papers go into the one that it chose, and into General when that is gone."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from domain.deliveries import Delayed, Sent, ThreadLost, Unknown
from domain.ledger import Lease
from domain.readers import ChatId, ChatKind, Subscriber
from storage.schema import SubscriberRow
from storage.subscribers import Subscribers
from tests.contract.outbox.ledgers import MORNING, Town

GROUP = -1001
THREAD = 17
LOST = ThreadLost(THREAD, "Bad Request: TOPIC_CLOSED")


def kept(town: Town) -> Subscriber:
    found = Subscribers(town.database).get(ChatId(GROUP))
    assert found is not None
    return found


def leased(town: Town) -> Lease:
    (lease,) = town.tick().leases
    return lease


@pytest.fixture
def group(town: Town) -> Town:
    """A town in which a group that chose a topic is owed the issue."""
    town.issue_for(GROUP, kind=ChatKind.GROUP, thread=THREAD)
    return town


def test_a_group_that_chose_a_topic_gets_the_issue_there(group: Town) -> None:
    assert leased(group).thread == THREAD


def test_a_group_that_chose_none_gets_it_in_general(town: Town) -> None:
    town.issue_for(GROUP, kind=ChatKind.GROUP)
    assert leased(town).thread is None


def test_a_topic_that_is_lost_is_left_for_general_at_once_and_noted(group: Town) -> None:
    again = group.tick(group.settle(leased(group), LOST)).leases
    assert [(lease.thread, lease.attempt) for lease in again] == [(None, 2)]
    assert (kept(group).thread, kept(group).thread_lost_at) == (None, MORNING)
    (row,) = group.rows()
    assert row.error == LOST.reason


def test_a_topic_chosen_meanwhile_is_not_lost_with_the_old_one(group: Town) -> None:
    lease = leased(group)
    Subscribers(group.database).settle_in(ChatId(GROUP), 23)
    (again,) = group.tick(group.settle(lease, LOST)).leases
    assert again.thread == 23
    assert kept(group).thread_lost_at is None


def test_what_is_owed_already_goes_into_a_topic_that_is_chosen_later(group: Town) -> None:
    lease = leased(group)
    Subscribers(group.database).settle_in(ChatId(GROUP), 23)
    group.tick(group.settle(lease, Delayed("5xx", 1.0)))
    group.later(2)
    assert leased(group).thread == 23


def test_the_loss_of_a_topic_that_is_told_again_later_changes_nothing(group: Town) -> None:
    settlement = group.settle(leased(group), LOST)
    (again,) = group.tick(settlement).leases
    Subscribers(group.database).settle_in(ChatId(GROUP), THREAD)
    group.tick(settlement, group.settle(again, Sent(5)))
    assert kept(group).thread == THREAD
    assert group.states() == {GROUP: "sent"}


def test_a_lost_answer_leaves_the_topic_alone(group: Town) -> None:
    group.tick(group.settle(leased(group), Unknown("no answer")))
    assert kept(group).thread == THREAD


def test_a_forgotten_group_leaves_no_topic(group: Town) -> None:
    lease = leased(group)
    Subscribers(group.database).forget(ChatId(GROUP))
    group.tick(group.settle(lease, LOST))
    with group.database.read() as connection:
        assert connection.execute(select(SubscriberRow.thread)).all() == []
