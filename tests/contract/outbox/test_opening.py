"""Opening a broadcast: who is owed it, when, and never twice."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from domain.editions import Style
from domain.errors import NotAllowed, NotFound
from domain.issue import IssueState
from domain.readers import ChatId, ChatKind, SubscriberState
from storage.audience import Channel
from tests.contract.outbox.ledgers import CHANNEL, DAY, MORNING, Town


def due(town: Town) -> dict[int | None, datetime]:
    return {row.chat_id: row.due_at for row in town.rows()}


def test_an_issue_that_does_not_exist_is_not_delivered(town: Town) -> None:
    with pytest.raises(NotFound, match="no issue of 2026-07-04"):
        town.open()


@pytest.mark.parametrize("state", [IssueState.DRAFT, IssueState.HELD, IssueState.APPROVED])
def test_an_issue_that_is_not_published_is_not_delivered(town: Town, state: IssueState) -> None:
    town.publish(state=state)
    town.subscribe(1)
    with pytest.raises(NotAllowed, match=f"is {state}"):
        town.open()
    assert town.rows() == []


def test_only_active_readers_are_owed_an_issue(town: Town) -> None:
    town.subscribe(1)
    for chat_id, state in enumerate((state for state in SubscriberState if state is not SubscriberState.ACTIVE), 2):
        town.subscribe(chat_id, state=state)
    town.issue_for()
    assert list(town.states()) == [1]


def test_a_reader_who_does_not_read_on_that_weekday_is_not_owed_it(town: Town) -> None:
    saturday = 1 << DAY.weekday()
    town.subscribe(1, weekdays=saturday)
    town.subscribe(2, weekdays=0b1111111 & ~saturday)
    town.issue_for()
    assert list(town.states()) == [1]


def test_each_reader_is_due_at_the_hour_of_his_own_clock(town: Town) -> None:
    town.subscribe(1, zone="Europe/Berlin", hour=9)
    town.subscribe(2, zone="Europe/Berlin", hour=10)
    town.subscribe(3, zone="America/New_York", hour=7)
    town.issue_for()
    moments = {1: 7, 2: 8, 3: 11}
    assert due(town) == {chat: datetime(2026, 7, 4, hour, tzinfo=UTC) for chat, hour in moments.items()}


def test_a_reader_whose_hour_has_just_passed_is_due_at_once(town: Town) -> None:
    town.issue_for(1, zone="Europe/Berlin", hour=7)
    assert due(town) == {1: MORNING}


def test_a_reader_far_to_the_east_gets_it_at_his_next_morning(town: Town) -> None:
    town.issue_for(1, zone="Asia/Tokyo", hour=7)
    assert due(town) == {1: datetime(2026, 7, 4, 22, tzinfo=UTC)}


def test_with_now_everyone_is_due_at_once_whatever_the_hour(town: Town) -> None:
    town.publish()
    town.subscribe(1, zone="Asia/Tokyo", hour=7)
    town.subscribe(2, hour=23)
    town.open(now=True)
    assert due(town) == {1: MORNING, 2: MORNING}


def test_with_now_an_open_broadcast_is_hastened_and_nobody_is_added(town: Town) -> None:
    town.issue_for(1, hour=23)
    town.subscribe(2)
    town.open(now=True)
    assert due(town) == {1: MORNING}


def test_the_channel_comes_first_in_its_own_style(town: Town) -> None:
    town.channel = Channel(CHANNEL, Style.RICH)
    town.issue_for(*range(1, 60))
    first = town.tick(room=1).leases[0]
    assert (first.chat_id, first.kind, first.form.style) == (CHANNEL, ChatKind.CHANNEL, Style.RICH)


def test_pressing_twice_changes_nothing(town: Town) -> None:
    town.channel = Channel(CHANNEL)
    opened = town.issue_for(1, 2, 3)
    before = town.rows()
    town.later(60)
    assert town.open() == opened
    assert town.rows() == before


def test_a_zone_that_the_database_no_longer_knows_counts_as_utc_and_keeps_nobody_waiting(town: Town) -> None:
    town.publish()
    town.subscribe(1)
    town.subscribe(2, zone="Atlantis/Capital", hour=9)
    town.open()
    assert due(town)[2] == datetime(2026, 7, 4, 9, tzinfo=UTC)


def test_a_late_reader_gets_the_newest_issue_once(town: Town) -> None:
    town.issue_for(1)
    town.run_dry()
    town.subscribe(2, hour=23)
    assert town.outbox.add_late(ChatId(2), at=town.now)
    assert not town.outbox.add_late(ChatId(2), at=town.now)
    assert [lease.chat_id for lease in town.run_dry()] == [2]
    assert not town.outbox.add_late(ChatId(2), at=town.now)


def test_a_late_reader_gets_nothing_before_the_first_issue(town: Town) -> None:
    town.subscribe(1)
    assert not town.outbox.add_late(ChatId(1), at=town.now)


def test_a_late_reader_gets_the_issue_of_the_day_that_was_asked_for(town: Town) -> None:
    town.issue_for()
    town.subscribe(1)
    assert not town.outbox.add_late(ChatId(1), at=town.now, day=DAY - timedelta(days=1))
    assert town.outbox.add_late(ChatId(1), at=town.now, day=DAY)


def test_a_stranger_and_a_reader_who_left_are_not_late_readers(town: Town) -> None:
    town.issue_for()
    town.subscribe(1, state=SubscriberState.LEFT)
    assert not town.outbox.add_late(ChatId(1), at=town.now)
    assert not town.outbox.add_late(ChatId(2), at=town.now)


def test_a_reader_who_waits_for_his_hour_is_not_sent_it_twice_by_joining_again(town: Town) -> None:
    town.issue_for(1, hour=23)
    assert not town.outbox.add_late(ChatId(1), at=town.now)
    assert due(town)[1].hour == 23


def test_two_thousand_hours_and_zones_are_opened_by_few_statements(town: Town) -> None:
    zones = ("UTC", "Europe/Berlin", "Asia/Kolkata", "America/New_York")
    for number, zone in enumerate(zones):
        for hour in range(24):
            start = 1 + 10_000 * number + 100 * hour
            town.subscribe(*range(start, start + 20), zone=zone, hour=hour)
    town.issue_for()
    assert len(town.rows()) == len(zones) * 24 * 20
    assert all(MORNING <= moment < MORNING + timedelta(days=1) for moment in due(town).values())


def test_an_older_issue_keeps_its_own_broadcast(town: Town) -> None:
    town.issue_for(1)
    town.publish(date(2026, 7, 3))
    older = town.outbox.open_issue(date(2026, 7, 3), at=town.now, now=True)
    assert older.issue_date == date(2026, 7, 3)
    assert len(town.rows()) == 2
