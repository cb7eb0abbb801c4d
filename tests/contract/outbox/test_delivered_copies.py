"""Corrections of delivered copies: one edit for each copy, however often and whenever an issue is corrected."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import delete, func, insert, select, update

from domain.deliveries import BroadcastId, BroadcastState, Delayed, DeliveryState, Refused, Sent, Unknown
from domain.readers import ChatId, ChatKind, SubscriberState
from storage.audience import Channel
from storage.schema import BroadcastRow, DeliveryRow, RevisionRow
from tests.contract.outbox.ledgers import CHANNEL, DAY, LEAVE, Town


def revise(town: Town) -> None:
    """Note that the issue was corrected once more."""
    with town.database.write() as connection:
        count = connection.scalar(select(func.count()).select_from(RevisionRow)) or 0
        row = {"issue_date": DAY, "revision": count + 1, "content": "{}", "why": "", "by": "", "replaced_at": town.now}
        connection.execute(insert(RevisionRow).values(row))


def correct(town: Town) -> BroadcastId:
    """Correct the issue and owe the edits."""
    revise(town)
    opened = town.outbox.open_correction(DAY, at=town.now, by="ann")
    assert opened is not None
    return opened.id


def edits(town: Town, broadcast: BroadcastId) -> dict[int | None, int | None]:
    return {row.chat_id: row.edits for row in town.rows(broadcast_id=broadcast)}


def test_an_issue_that_was_never_corrected_or_never_sent_has_no_correction(town: Town) -> None:
    town.publish()
    revise(town)
    assert town.outbox.open_correction(DAY, at=town.now, by="ann") is None
    town.open()
    with town.database.write() as connection:
        connection.execute(delete(RevisionRow))
    assert town.outbox.open_correction(DAY, at=town.now, by="ann") is None


def test_every_delivered_copy_is_owed_one_edit_the_channels_too(town: Town) -> None:
    town.channel = Channel(CHANNEL)
    town.issue_for(1, 2)
    copies = {lease.chat_id: 1000 + lease.delivery for lease in town.run_dry()}
    correction = correct(town)
    assert edits(town, correction) == copies
    sent = town.run_dry()
    assert {lease.chat_id: lease.edits for lease in sent} == copies
    assert {lease.form.revision for lease in sent} == {1}
    assert town.broadcast_state(correction) == "done"


def test_correcting_again_without_a_new_revision_changes_nothing(town: Town) -> None:
    town.issue_for(1)
    town.run_dry()
    correction = correct(town)
    again = town.outbox.open_correction(DAY, at=town.now, by="ann")
    assert again is not None
    assert again.id == correction
    assert len(town.rows(broadcast_id=correction)) == 1


def test_who_left_has_his_copy_edited_and_who_blocked_us_is_left_alone(town: Town) -> None:
    town.issue_for(1, 2, 3, 4)
    town.run_dry()
    town.set_reader(2, SubscriberState.LEFT)
    town.set_reader(3, SubscriberState.BLOCKED)
    town.set_reader(4, SubscriberState.GONE)
    assert set(edits(town, correct(town))) == {1, 2}
    assert {lease.chat_id for lease in town.run_dry()} == {1, 2}


def test_who_was_never_sent_a_copy_is_owed_no_edit(town: Town) -> None:
    town.rules = LEAVE
    town.issue_for(1, 2, 3)
    first, second, third = town.tick().leases
    town.tick(town.settle(first, Refused("no rights")), town.settle(second, Unknown("lost")), room=0)
    town.tick(town.settle(third, Sent(7)), room=0)
    assert edits(town, correct(town)) == {3: 7}


def test_a_copy_that_was_on_its_way_with_the_old_words_is_edited_before_the_correction_ends(town: Town) -> None:
    town.issue_for(1, 2)
    old = town.tick(room=1).leases[0]
    correction = correct(town)
    assert edits(town, correction) == {}
    waiting = town.tick(room=5)
    assert [(lease.form.revision, lease.edits) for lease in waiting.leases] == [(1, None)], "the new words, no edit"
    assert correction not in waiting.finished, "a copy with the old words is still on its way"
    town.tick(town.settle(old, Sent(55)), *town.send_all(waiting.leases), room=0)
    assert [lease.edits for lease in town.run_dry() if lease.form.broadcast == correction][:1] == [55]
    assert town.broadcast_state(correction) == "done"


def test_a_copy_sent_with_the_new_words_long_after_is_not_edited(town: Town) -> None:
    town.issue_for(1)
    town.subscribe(2)
    town.run_dry()
    correction = correct(town)
    town.run_dry()
    town.later(3600)
    town.outbox.add_late(ChatId(2), at=town.now)
    town.run_dry()
    assert set(edits(town, correction)) == {1}


def test_a_second_correction_of_the_day_takes_over_what_the_first_still_owes(town: Town) -> None:
    town.issue_for(1, 2, 3)
    town.run_dry()
    first = correct(town)
    lease = town.tick(room=1).leases[0]
    second = correct(town)
    assert set(edits(town, second)) == {1, 2, 3}
    cancelled = [row for row in town.rows(broadcast_id=first) if row.state is DeliveryState.CANCELLED]
    assert len(cancelled) == 2
    town.tick(town.settle(lease, Sent(9)), room=0)
    assert sorted(lease.chat_id for lease in town.run_dry()) == [1, 2, 3]
    assert [town.broadcast_state(each) for each in (first, second)] == ["done", "done"]
    assert all(row.state is DeliveryState.SENT for row in town.rows(broadcast_id=second))


def test_an_opening_that_was_broken_off_is_finished_by_opening_again(town: Town) -> None:
    town.issue_for(1, 2)
    town.run_dry()
    correction = correct(town)
    with town.database.write() as connection:
        connection.execute(delete(DeliveryRow).where(DeliveryRow.edits.is_not(None)))
        connection.execute(update(BroadcastRow).where(BroadcastRow.id == correction).values(opened=False))
    assert town.tick().finished == (), "it is not done before everything is there"
    assert town.outbox.finish_openings(at=town.now) == 1
    assert town.outbox.finish_openings(at=town.now) == 0
    assert set(edits(town, correction)) == {1, 2}


def test_a_correction_is_paused_resumed_and_cancelled_like_any_broadcast(town: Town) -> None:
    town.issue_for(1, 2, 3)
    town.run_dry()
    correction = correct(town)
    town.outbox.pause(correction, at=town.now, by="ann")
    assert town.tick().leases == ()
    town.outbox.resume(correction, at=town.now, by="ann")
    lease = town.tick(room=1).leases[0]
    town.outbox.cancel(correction, at=town.now, by="ann")
    town.tick(town.settle(lease, Delayed("Bad Gateway", 1.0)))
    assert {row.state for row in town.rows(broadcast_id=correction)} == {DeliveryState.CANCELLED}


def test_a_forgotten_reader_is_owed_no_edit(town: Town) -> None:
    town.issue_for(1, 2)
    town.run_dry()
    town.forget(1)
    assert set(edits(town, correct(town))) == {2}


def test_an_edit_is_never_late_and_never_skipped(town: Town) -> None:
    town.issue_for(1)
    town.run_dry()
    correction = correct(town)
    town.outbox.pause(correction, at=town.now, by="ann")
    town.now += timedelta(days=3)
    town.outbox.resume(correction, at=town.now, by="ann")
    assert [lease.chat_id for lease in town.run_dry()] == [1]
    assert town.outbox.receipt(correction).broadcast.state is BroadcastState.DONE
    assert town.outbox.receipt(correction).sent == 1


def test_the_channels_edit_is_for_the_channels_page(town: Town) -> None:
    town.channel = Channel(CHANNEL)
    town.issue_for()
    town.run_dry()
    correct(town)
    (lease,) = town.run_dry()
    assert (lease.kind, lease.form.to_channel) == (ChatKind.CHANNEL, True)


def test_the_channels_edit_whose_answer_was_lost_is_sent_once_more_for_it_does_no_harm(town: Town) -> None:
    town.channel = Channel(CHANNEL)
    town.issue_for()
    town.run_dry()
    correct(town)
    (lease,) = town.tick().leases
    town.later(1.1)
    again = town.tick(town.settle(lease, Unknown("lost"))).leases or town.tick().leases
    assert [(each.chat_id, each.edits) for each in again] == [(CHANNEL, lease.edits)]
