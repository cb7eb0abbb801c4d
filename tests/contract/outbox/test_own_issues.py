"""Readers' own issues on their way: what each wants goes with his row; pauses end by themselves; a digest a week."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from domain.audiences import Audience
from domain.combinations import PLAIN, Combination
from domain.editions import Message, Style
from domain.preferences import reads_on
from domain.readers import Cadence, ChatId, Subscriber, SubscriberState
from storage.audience import Channel, wanted
from storage.schema import DeliveryRow, SubscriberRow
from storage.subscribers import Subscribers
from tests.contract.outbox.ledgers import CHANNEL, DAY, MORNING, Town
from tests.contract.outbox.test_edits import revise

VISION = Combination(topics=("vision",))
SUNDAY = DAY + timedelta(days=1)


def forms(town: Town) -> dict[int | None, int]:
    with town.database.read() as connection:
        rows = connection.execute(select(DeliveryRow.chat_id, DeliveryRow.form))
        return {row.chat_id: row.form for row in rows}


def test_each_row_bears_what_its_reader_wants_at_the_opening(town: Town) -> None:
    town.channel = Channel(CHANNEL)
    town.subscribe(1)
    town.subscribe(2, form=VISION.key)
    town.issue_for()
    assert forms(town) == {1: PLAIN, 2: VISION.key, CHANNEL: PLAIN}


def test_a_change_after_the_opening_counts_from_the_next_issue_on(town: Town) -> None:
    town.issue_for(1)
    Subscribers(town.database).change(ChatId(1), topics=frozenset({"vision"}))
    assert forms(town) == {1: PLAIN}


def test_a_lease_says_whose_words_are_sent_and_equal_wishes_share_one_form(town: Town) -> None:
    town.subscribe(1, 2, form=VISION.key)
    town.subscribe(3)
    town.issue_for()
    town.make_due()
    leases = town.run_dry()
    assert {lease.chat_id: lease.form.own for lease in leases} == {1: VISION.key, 2: VISION.key, 3: PLAIN}
    assert len({lease.form for lease in leases}) == 2


def test_a_notice_is_the_same_for_everyone(town: Town) -> None:
    town.subscribe(1, form=VISION.key)
    town.outbox.open_notice([Message(Style.CLASSIC, "Hello.")], Audience(), at=MORNING, by="anna")
    assert forms(town) == {1: PLAIN}


def test_a_late_reader_gets_his_own_issue(town: Town) -> None:
    town.issue_for()
    town.subscribe(1, form=VISION.key)
    assert town.outbox.add_late(ChatId(1), at=MORNING)
    assert forms(town) == {1: VISION.key}


def test_a_correction_of_an_own_issue_is_an_own_one(town: Town) -> None:
    town.issue_for(1, form=VISION.key)
    town.run_dry()
    revise(town, 1)
    town.outbox.open_correction(DAY, at=town.now, by="anna")
    (edit,) = town.run_dry()
    assert edit.edits is not None
    assert edit.form.own == VISION.key


@pytest.mark.parametrize(("until", "comes_back"), [(DAY, True), (DAY - timedelta(days=3), True), (SUNDAY, False)])
def test_a_pause_ends_with_the_paper_of_its_day(town: Town, until: date, comes_back: bool) -> None:
    town.subscribe(1, state=SubscriberState.PAUSED, paused_until=until)
    town.issue_for()
    assert [lease.chat_id for lease in town.run_dry()] == [1] * comes_back
    reader = Subscribers(town.database).get(ChatId(1))
    assert reader is not None
    assert (reader.state is SubscriberState.ACTIVE) == comes_back
    assert (reader.paused_until is None) == comes_back


def test_a_pause_without_a_day_goes_on(town: Town) -> None:
    town.subscribe(1, state=SubscriberState.PAUSED)
    town.issue_for()
    assert town.run_dry() == []


def test_who_pauses_after_the_opening_is_not_sent_it(town: Town) -> None:
    town.issue_for(1)
    Subscribers(town.database).pause(ChatId(1), SUNDAY, MORNING)
    assert town.run_dry() == []


def test_a_weekly_reader_is_owed_sundays_digest_alone(town: Town) -> None:
    town.subscribe(1, cadence=Cadence.WEEKLY, weekdays=1 << DAY.weekday())
    town.issue_for()
    assert forms(town) == {}
    town.publish(SUNDAY)
    town.outbox.open_issue(SUNDAY, at=MORNING + timedelta(days=1))
    assert list(forms(town)) == [1]


readers = st.builds(
    Subscriber,
    chat_id=st.just(ChatId(1)),
    joined_at=st.just(MORNING),
    state=st.sampled_from(SubscriberState),
    weekdays=st.frozensets(st.integers(0, 6)),
    cadence=st.sampled_from(Cadence),
    paused_until=st.none() | st.dates(DAY - timedelta(days=5), DAY + timedelta(days=5)),
)


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(reader=readers, ahead=st.integers(-3, 3))
def test_the_database_and_the_settings_agree_on_who_reads_on_a_day(town: Town, reader: Subscriber, ahead: int) -> None:
    day = DAY + timedelta(days=ahead)
    subscribers = Subscribers(town.database)
    subscribers.forget(reader.chat_id)
    subscribers.join(reader)
    with town.database.read() as connection:
        found = connection.scalar(select(SubscriberRow.chat_id).where(wanted(Audience(), MORNING, day)))
    assert (found is not None) == reads_on(reader, day)
