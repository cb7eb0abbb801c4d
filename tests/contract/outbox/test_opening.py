"""Opening a broadcast: who is owed it, when, and never twice."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import Connection

from domain.audiences import Audience, Circle
from domain.deliveries import BroadcastId, BroadcastState, DeliveryState
from domain.editions import Message, Picture, Style
from domain.errors import NotAllowed, NotFound
from domain.issue import IssueState
from domain.readers import ChatId, ChatKind, SubscriberState
from storage import opening
from storage.audience import Channel
from storage.outbox import Rules
from tests.contract.outbox.ledgers import CHANNEL, DAY, MORNING, Town

#: More than thirty days before.
LONG_AGO = MORNING - timedelta(days=31)


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


def spread(town: Town, **of: Any) -> list[datetime]:
    return sorted(row.due_at for row in town.rows(chat_kind=ChatKind.PRIVATE, **of))


def test_an_hour_that_many_share_is_spread_at_the_rate_and_the_next_one_follows(town: Town) -> None:
    town.rules = Rules(rate=2)
    town.subscribe(*range(1, 8), hour=7)
    town.subscribe(*range(11, 13), hour=8)
    town.issue_for()
    seven, eight = datetime(2026, 7, 4, 7, tzinfo=UTC), datetime(2026, 7, 4, 8, tzinfo=UTC)
    half = timedelta(seconds=0.5)
    assert spread(town) == [*(seven + number * half for number in range(7)), eight, eight + half]


def test_readers_keep_their_order_from_day_to_day_whoever_joins(town: Town) -> None:
    town.rules = Rules(rate=1)
    town.subscribe(*range(10**8, 10**9, 3 * 10**7), hour=7)
    town.issue_for()
    first = [row.chat_id for row in sorted(town.rows(), key=lambda row: row.due_at)]
    town.subscribe(*range(10**9, 2 * 10**9, 10**8), hour=7)
    tomorrow = DAY + timedelta(days=1)
    town.publish(tomorrow)
    town.now += timedelta(days=1)
    opened = town.outbox.open_issue(tomorrow, at=town.now)
    rows = sorted(town.rows(broadcast_id=opened.id), key=lambda row: row.due_at)
    assert [row.chat_id for row in rows if row.chat_id < 10**9] == first
    assert first != sorted(first), "not by chat id: the oldest readers would always be first"


def test_with_now_nothing_is_spread(town: Town) -> None:
    town.rules = Rules(rate=1)
    town.subscribe(*range(1, 30), hour=7)
    town.publish()
    town.open(now=True)
    assert set(due(town).values()) == {MORNING}


@pytest.mark.parametrize("chunk", [1, 7, 20])
def test_an_opening_in_several_transactions_owes_everyone_once_at_the_same_moments(
    town: Town, monkeypatch: pytest.MonkeyPatch, chunk: int
) -> None:
    monkeypatch.setattr("storage.database._OTHERS_FIRST", 0.0)
    for module in ("opening", "broadcasts"):
        monkeypatch.setattr(f"storage.{module}.CHUNK", chunk)
    town.rules = Rules(rate=1)
    town.channel = Channel(CHANNEL)
    town.subscribe(*range(1, 21), hour=7)
    town.issue_for()
    seven = datetime(2026, 7, 4, 7, tzinfo=UTC)
    assert spread(town) == [seven + timedelta(seconds=number) for number in range(20)]
    assert len(town.rows()) == 21


class Killed(Exception):
    """The process died here."""


def break_off(monkeypatch: pytest.MonkeyPatch, after: int) -> None:
    """Let the process die after so many transactions of an opening, each of seven readers."""
    owed = iter(range(after))

    def dying(connection: Connection, *place: Any) -> None:
        if next(owed, None) is None:
            raise Killed
        opening.owe_next(connection, *place)

    monkeypatch.setattr("storage.database._OTHERS_FIRST", 0.0)
    for module in ("opening", "broadcasts"):
        monkeypatch.setattr(f"storage.{module}.CHUNK", 7)
    monkeypatch.setattr("storage.broadcasts.owe_next", dying)


def open_and_die(town: Town, monkeypatch: pytest.MonkeyPatch, after: int) -> None:
    with monkeypatch.context() as dying:
        break_off(dying, after)
        with pytest.raises(Killed):
            town.open()


@pytest.mark.parametrize("again", ["publish", "worker"])
def test_an_opening_that_was_killed_is_sent_from_and_finished_without_doubling_or_crowding(
    town: Town, monkeypatch: pytest.MonkeyPatch, again: str
) -> None:
    town.rules = Rules(rate=2)
    town.subscribe(*range(1, 21), hour=7)
    town.publish()
    open_and_die(town, monkeypatch, after=2)
    assert len(town.rows()) == 14
    town.now = datetime(2026, 7, 4, 7, tzinfo=UTC)
    tick = town.tick(room=1)
    assert len(tick.leases) == 1, "the worker sends what is there"
    town.tick(*town.send_all(tick.leases), room=0)
    if again == "publish":
        town.open()
    else:
        assert town.outbox.finish_openings(at=town.now) == 1
    assert town.outbox.finish_openings(at=town.now) == 0
    assert sorted(row.chat_id for row in town.rows()) == list(range(1, 21))
    half = timedelta(seconds=0.5)
    assert spread(town) == [datetime(2026, 7, 4, 7, tzinfo=UTC) + number * half for number in range(20)]
    town.later(60)
    assert len(town.run_dry()) == 19


def test_a_broadcast_that_is_not_all_there_is_not_done(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    town.subscribe(*range(1, 21))
    town.publish()
    open_and_die(town, monkeypatch, after=1)
    tick = town.tick()
    tick = town.tick(*town.send_all(tick.leases))
    assert (tick.leases, tick.finished, tick.pending) == ((), (), True)
    assert town.outbox.finish_openings(at=town.now, begun_before=town.now) == 0, "somebody may be at it"
    assert town.outbox.finish_openings(at=town.now) == 1
    town.later(60)
    assert len(town.run_dry()) == 13
    assert town.outbox.receipt(BroadcastId(1)).broadcast.state is BroadcastState.DONE


def test_an_opening_killed_before_its_first_transaction_leaves_nothing(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    town.subscribe(1)
    town.publish()
    open_and_die(town, monkeypatch, after=0)
    assert town.rows() == []
    assert town.outbox.latest_receipt() is None


def test_a_late_reader_who_joins_in_the_middle_of_an_opening_gets_one_copy(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    town.subscribe(*range(1, 21))
    town.publish()
    open_and_die(town, monkeypatch, after=1)
    late = next(chat for chat in range(1, 21) if chat not in town.states())
    assert town.outbox.add_late(ChatId(late), at=town.now)
    town.open()
    assert not town.outbox.add_late(ChatId(late), at=town.now)
    assert sorted(lease.chat_id for lease in town.run_dry()) == list(range(1, 21))


def test_a_broadcast_that_is_cancelled_while_it_is_opened_owes_nobody(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    town.subscribe(*range(1, 21))
    town.publish()
    open_and_die(town, monkeypatch, after=1)
    town.outbox.cancel(BroadcastId(1), at=town.now, by="ann")
    assert town.outbox.finish_openings(at=town.now) == 0
    town.open()
    assert {row.state for row in town.rows()} == {DeliveryState.CANCELLED}


@pytest.mark.parametrize(
    ("audience", "reached"),
    [
        (Audience(), {1, 2, 3, -4, -1005, -1007}),
        (Audience(Circle.PRIVATE), {1, 2, 3}),
        (Audience(Circle.GROUPS), {-4, -1005}),
        (Audience(language="de"), {2, 3}),
        (Audience(Circle.PRIVATE, "de-AT"), {3}),
        (Audience(topic="speech"), {2}),
        (Audience(campaign="booth 7"), {1}),
        (Audience(Circle.INACTIVE), {2, -1005}),
        (Audience(Circle.INACTIVE, "de"), {2}),
    ],
)
def test_a_notice_is_owed_to_its_audience_at_once(town: Town, audience: Audience, reached: set[int]) -> None:
    town.subscribe(1, hour=23, weekdays=0, came_from="booth 7")
    town.subscribe(2, language="de", style=Style.RICH, topics=("speech", "vision"), joined_at=LONG_AGO)
    town.subscribe(3, language="de-AT", topics=("speeches",))
    town.subscribe(-4, joined_at=LONG_AGO, seen_on=DAY - timedelta(days=30))
    town.subscribe(-1005, kind=ChatKind.GROUP, joined_at=LONG_AGO, seen_on=LONG_AGO.date())
    town.subscribe(-1007, kind=ChatKind.CHANNEL, joined_at=LONG_AGO)
    town.subscribe(6, state=SubscriberState.LEFT, joined_at=LONG_AGO)
    town.channel = Channel(CHANNEL)
    parts = [Message(Style.CLASSIC, "one"), Picture(Style.CLASSIC, "two", photo="AgAC")]
    assert town.outbox.audience_size(audience, town.now) == len(reached)
    notice = town.outbox.open_notice(parts, audience, at=town.now, by="ann")
    assert set(town.states()) == reached
    assert {(row.due_at, row.style) for row in town.rows()} == {(MORNING, Style.CLASSIC)}
    assert town.outbox.words(notice.id) == tuple(parts)
    assert town.outbox.same_notice(parts, MORNING) == notice
    assert town.outbox.same_notice(parts, MORNING + timedelta(seconds=1)) is None
    assert town.outbox.same_notice(parts[:1], MORNING) is None


@given(
    st.sampled_from(Circle),
    st.none() | st.from_regex(r"[a-z]{2,3}(-[A-Z]{2})?", fullmatch=True),
    st.booleans(),
    st.booleans(),
    st.none() | st.text(min_size=1),
    st.none() | st.text(min_size=1),
)
def test_an_audience_is_read_back_as_it_was_written(  # noqa: PLR0917 - everything that names an audience
    circle: Circle, language: str | None, silent: bool, at_once: bool, topic: str | None, campaign: str | None
) -> None:
    audience = Audience(circle, language, silent, at_once, topic, campaign)
    assert Audience.parse(str(audience)) == audience
