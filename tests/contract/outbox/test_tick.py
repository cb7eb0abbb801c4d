"""The one transaction of the ledger: leases, slots, settlements, and what becomes of a worker that died."""

from __future__ import annotations

from datetime import timedelta

import pytest

from domain.deliveries import (
    ContentRejected,
    Delayed,
    Moved,
    Outcome,
    Refused,
    Sent,
    ThreadLost,
    Unknown,
    Unsupported,
    WireClosed,
)
from domain.ledger import Budget, Hold, Settlement, Tick
from domain.readers import ChatId, ChatKind, SubscriberState
from storage.audience import Channel
from storage.gate import BUSY_HOLD, IDLE_HOLD
from storage.outbox import Rules
from tests.contract.outbox.ledgers import ANN, BOB, CHANNEL, HORIZON, LEAVE, MORNING, Town

HALF = Hold(wanted=15)


def slots(tick: Tick) -> int:
    assert tick.budget is not None
    return tick.budget.slots


def test_a_row_is_marked_before_anyone_may_send_it(town: Town) -> None:
    town.issue_for(1)
    lease = town.tick().leases[0]
    row = town.rows()[0]
    assert (row.state, row.worker, row.attempts) == ("sending", ANN, 1)
    assert lease.until == row.lease_until == MORNING + town.rules.lease


def test_a_row_is_leased_to_one_worker_at_a_time(town: Town) -> None:
    town.issue_for(1, 2)
    assert [lease.chat_id for lease in town.tick(room=1, hold=HALF).leases] == [1]
    assert [lease.chat_id for lease in town.tick(worker=BOB, hold=HALF).leases] == [2]
    assert town.tick().leases == ()


def test_a_row_is_not_leased_before_its_hour(town: Town) -> None:
    town.issue_for(1, hour=7)
    assert town.tick().leases == ()
    town.now = MORNING + timedelta(minutes=30) - HORIZON
    lease = town.tick().leases[0]
    assert lease.at == MORNING + timedelta(minutes=30)


def test_no_more_rows_are_leased_than_there_is_room_for(town: Town) -> None:
    town.issue_for(*range(1, 10))
    assert len(town.tick(room=4).leases) == 4
    assert town.tick(room=0).leases == ()


def test_no_more_rows_are_on_their_way_than_the_rate_allows_in_a_second(town: Town) -> None:
    town.rules = Rules(rate=5)
    town.issue_for(*range(1, 20))
    town.make_due()
    assert len(town.tick().leases) == 5
    assert town.tick(worker=BOB).leases == ()


def test_a_worker_is_given_no_more_rows_than_it_may_send_until_some_are_settled(town: Town) -> None:
    town.rules = Rules(rate=2)
    town.issue_for(*range(1, 6))
    town.make_due()
    leases = town.tick().leases
    assert town.tick().leases == ()
    again = town.tick(*town.send_all(leases[:1])).leases
    assert [lease.chat_id for lease in again] == [3]


def test_shares_are_divided_between_all_workers_that_have_something_to_send(town: Town) -> None:
    town.rules = Rules(rate=4)
    town.issue_for(*range(1, 20))
    town.make_due()
    mine = town.tick(hold=Hold(wanted=4))
    assert (len(mine.leases), slots(mine)) == (4, 4)
    theirs = town.tick(worker=BOB, hold=Hold(wanted=4))
    assert (theirs.leases, slots(theirs)) == ((), 0), "everything is held"
    mine = town.tick(hold=Hold(in_use=3, wanted=4))
    assert slots(mine) == 2
    theirs = town.tick(worker=BOB, hold=Hold(wanted=4))
    assert slots(theirs) == 1, "what is in use is not given away"
    town.tick(*town.send_all(mine.leases), hold=Hold(in_use=1, wanted=4))
    theirs = town.tick(worker=BOB, hold=Hold(in_use=1, wanted=4))
    assert slots(theirs) == 2


def test_the_share_of_a_worker_that_died_comes_back_when_its_hold_ends(town: Town) -> None:
    town.issue_for(*range(1, 90))
    ann = town.tick(hold=Hold(wanted=30))
    assert ann.budget == Budget(30, town.now + BUSY_HOLD)
    town.later(4.9)
    assert town.tick(worker=BOB, hold=Hold(wanted=30)).leases == ()
    town.later(0.2)
    assert len(town.tick(worker=BOB, hold=Hold(wanted=30)).leases) == 30


def test_who_leaves_gives_his_share_back_at_once_but_for_what_still_rests(town: Town) -> None:
    town.issue_for(*range(1, 90))
    leases = town.tick().leases
    town.make_due()
    town.tick(*town.send_all(leases), room=0, hold=Hold(in_use=6, leaving=True))
    bob = town.tick(worker=BOB)
    assert slots(bob) == 24
    town.later(1.0)
    bob = town.tick(worker=BOB)
    assert slots(bob) == 30


def test_an_idle_worker_hardly_writes(town: Town) -> None:
    budget = town.tick().budget
    assert budget == Budget(3, town.now + IDLE_HOLD)
    kept = town.gate()
    town.later(14)
    assert town.tick().budget == budget
    assert town.gate() == kept
    town.later(2)
    assert town.tick().budget == Budget(3, town.now + IDLE_HOLD)


def test_a_row_handed_back_untouched_was_no_attempt(town: Town) -> None:
    town.rules = Rules(rate=1)
    town.issue_for(1, 2)
    town.make_due()
    lease = town.tick().leases[0]
    back = town.settle(lease, Delayed("the group's minute is full", 40.0), begun=False)
    assert [other.chat_id for other in town.tick(back).leases] == [2]
    row = town.rows(chat_id=1)[0]
    assert (row.state, row.attempts, row.next_attempt_at) == ("queued", 0, MORNING + timedelta(seconds=40))


def test_what_was_sent_keeps_its_message_id(town: Town) -> None:
    broadcast = town.issue_for(1)
    lease = town.tick().leases[0]
    town.later(0.1)
    tick = town.tick(town.settle(lease, Sent(77)))
    row = town.rows()[0]
    assert (row.state, row.message_id, row.settled_at, row.lease_until) == ("sent", 77, town.now, None)
    assert tick.finished == (broadcast,)
    assert town.broadcast_state(broadcast) == "done"


def test_settling_twice_changes_nothing(town: Town) -> None:
    town.issue_for(1)
    lease = town.tick().leases[0]
    town.tick(town.settle(lease, Sent(77)))
    before = town.rows()
    town.tick(town.settle(lease, Unknown("late")), town.settle(lease, Sent(78)))
    assert town.rows() == before


def test_another_workers_word_does_not_settle_a_row(town: Town) -> None:
    town.issue_for(1)
    lease = town.tick().leases[0]
    town.tick(town.settle(lease, Sent(77)), worker=BOB)
    assert town.states() == {1: "sending"}


@pytest.mark.parametrize("state", [SubscriberState.BLOCKED, SubscriberState.GONE])
def test_a_refusal_takes_the_reader_off_the_list(town: Town, state: SubscriberState) -> None:
    town.issue_for(1)
    lease = town.tick().leases[0]
    town.tick(town.settle(lease, Refused("bot was blocked by the user", state)))
    assert town.states() == {1: "refused"}
    assert town.reader_state(1) == state


def test_a_refusal_of_another_kind_leaves_the_subscription_alone(town: Town) -> None:
    town.issue_for(1)
    lease = town.tick().leases[0]
    town.tick(town.settle(lease, Refused("not enough rights")))
    assert town.states() == {1: "refused"}
    assert town.reader_state(1) == "active"


def test_a_reader_who_came_back_after_the_refusal_stays(town: Town) -> None:
    town.issue_for(1, state_since=MORNING + timedelta(seconds=5))
    lease = town.tick().leases[0]
    town.tick(town.settle(lease, Refused("bot was blocked by the user", SubscriberState.BLOCKED)))
    assert town.reader_state(1) == "active"


def test_a_delayed_row_is_tried_again_when_its_time_has_come(town: Town) -> None:
    town.issue_for(1)
    lease = town.tick().leases[0]
    tick = town.tick(town.settle(lease, Delayed("Bad Gateway", 8.0)))
    assert (tick.leases, tick.pending) == ((), True)
    assert tick.next_at == MORNING + timedelta(seconds=8)
    town.later(8)
    assert [(again.chat_id, again.attempt) for again in town.tick().leases] == [(1, 2)]


def test_an_answer_of_429_for_everyone_pauses_every_worker_to_the_second(town: Town) -> None:
    town.issue_for(1, 2, 3)
    lease = town.tick(room=1).leases[0]
    tick = town.tick(town.settle(lease, Delayed("retry after 5", 5.0, everyone=True)), hold=Hold(leaving=True))
    over = MORNING + timedelta(seconds=5)
    assert (tick.leases, tick.next_at, tick.budget and tick.budget.paused_until) == ((), over, over)
    town.later(4.7)
    bob = town.tick(worker=BOB)
    assert (bob.leases, bob.budget and bob.budget.paused_until) == ((), over)
    town.later(0.2)
    assert {again.at for again in town.tick(worker=BOB).leases} == {over}


def test_an_answer_of_429_for_one_chat_leaves_the_others_alone(town: Town) -> None:
    town.issue_for(-1, 2)
    lease = town.tick(room=1).leases[0]
    tick = town.tick(town.settle(lease, Delayed("retry after 35", 35.0)))
    assert [other.chat_id for other in tick.leases] == [2]


def test_a_wait_without_end_is_cut_to_a_week(town: Town) -> None:
    town.issue_for(1)
    lease = town.tick().leases[0]
    town.tick(town.settle(lease, Delayed("retry after 10 to the 12", 1e12)))
    assert town.rows()[0].next_attempt_at == MORNING + timedelta(days=7)


def test_a_group_that_moved_is_followed_with_its_subscription(town: Town) -> None:
    town.issue_for(-5, kind=ChatKind.GROUP)
    lease = town.tick().leases[0]
    again = town.tick(town.settle(lease, Moved(ChatId(-1005)))).leases
    assert [(other.chat_id, other.attempt) for other in again] == [(-1005, 2)]
    assert (town.reader_state(-5), town.reader_state(-1005)) == (None, "active")


def test_a_group_that_moved_to_where_we_are_read_already_gets_one_copy(town: Town) -> None:
    town.issue_for(-5, -1005, kind=ChatKind.GROUP)
    lease = next(lease for lease in town.tick().leases if lease.chat_id == -5)
    town.tick(town.settle(lease, Moved(ChatId(-1005))))
    assert town.states() == {-5: "cancelled", -1005: "sending"}
    assert town.reader_state(-5) is None


def test_a_content_error_stops_the_broadcast_and_loses_no_row(town: Town) -> None:
    broadcast = town.issue_for(1, 2, 3)
    lease = town.tick(room=1).leases[0]
    tick = town.tick(town.settle(lease, ContentRejected("can't parse entities")))
    assert (tick.stopped, tick.leases, tick.pending) == ((broadcast,), (), False)
    assert town.broadcast_state(broadcast) == "stopped"
    assert set(town.states().values()) == {"queued"}
    receipt = town.outbox.receipt(broadcast)
    assert (receipt.broadcast.error, receipt.open) == ("can't parse entities", 3)


def test_a_stopped_broadcast_goes_on_where_it_stands_when_resumed(town: Town) -> None:
    broadcast = town.issue_for(1, 2)
    town.tick(town.settle(town.tick(room=1).leases[0], ContentRejected("can't parse entities")))
    town.outbox.resume(broadcast, at=town.now, by="ann")
    assert sorted(lease.chat_id for lease in town.run_dry()) == [1, 2]


def test_a_refused_token_stops_everything_and_unsubscribes_nobody(town: Town) -> None:
    broadcast = town.issue_for(1, 2)
    lease = town.tick(room=1).leases[0]
    tick = town.tick(town.settle(lease, WireClosed("Unauthorized")))
    assert tick.stopped == (broadcast,)
    assert (town.reader_state(1), town.reader_state(2)) == ("active", "active")
    assert town.outbox.token_accepted(at=town.now) == 1
    assert town.outbox.token_accepted(at=town.now) == 0
    assert sorted(lease.chat_id for lease in town.run_dry()) == [1, 2]


def test_a_content_error_is_not_healed_by_a_new_token(town: Town) -> None:
    town.issue_for(1)
    town.tick(town.settle(town.tick().leases[0], ContentRejected("text is too long")))
    assert town.outbox.token_accepted(at=town.now) == 0


def test_a_lease_that_ran_out_is_uncertain_and_not_sent_again_at_once(town: Town) -> None:
    town.rules = LEAVE
    broadcast = town.issue_for(1)
    town.tick()
    town.later(60)
    tick = town.tick(worker=BOB)
    assert (tick.leases, tick.finished) == ((), (broadcast,))
    assert town.states() == {1: "uncertain"}


def test_the_truth_heals_an_uncertain_row_however_late(town: Town) -> None:
    town.rules = LEAVE
    town.issue_for(1)
    lease = town.tick().leases[0]
    town.later(61)
    town.tick(worker=BOB)
    town.tick(town.settle(lease, Sent(9)))
    assert town.states() == {1: "sent"}


def test_an_uncertain_row_is_sent_once_more_silently_at_the_end(town: Town) -> None:
    town.issue_for(1, 2, 3)
    first, *others = town.tick().leases
    tick = town.tick(town.settle(first, Unknown("ReadTimeout")))
    assert tick.leases == (), "the others are still on their way"
    tick = town.tick(*town.send_all(others))
    assert [(lease.chat_id, lease.silent, lease.attempt) for lease in tick.leases] == [(1, True, 2)]
    assert town.tick(*town.send_all(tick.leases)).finished


def test_an_uncertain_row_waits_until_nothing_else_is_due(town: Town) -> None:
    town.rules = Rules(rate=1)
    town.issue_for(1, 2)
    town.make_due()
    tick = town.tick(town.settle(town.tick().leases[0], Unknown("ReadTimeout")))
    assert [lease.chat_id for lease in tick.leases] == [2]


def test_hours_still_to_come_do_not_hold_an_uncertain_row_up(town: Town) -> None:
    town.subscribe(2, hour=23)
    town.issue_for(1)
    tick = town.tick(town.settle(town.tick().leases[0], Unknown("ReadTimeout")))
    assert [lease.chat_id for lease in tick.leases] == [1]


def test_no_row_is_sent_a_third_time(town: Town) -> None:
    broadcast = town.issue_for(1)
    tick = town.tick(town.settle(town.tick().leases[0], Unknown("ReadTimeout")))
    tick = town.tick(town.settle(tick.leases[0], Unknown("ReadTimeout")))
    assert (tick.leases, tick.finished) == ((), (broadcast,))
    assert town.states() == {1: "uncertain"}


def test_a_second_copy_that_was_delayed_is_still_silent(town: Town) -> None:
    town.issue_for(1)
    tick = town.tick(town.settle(town.tick().leases[0], Unknown("ReadTimeout")))
    town.tick(town.settle(tick.leases[0], Delayed("Bad Gateway", 1.0)))
    town.later(2)
    assert [lease.silent for lease in town.tick().leases] == [True]


@pytest.mark.parametrize("kind", [ChatKind.GROUP, ChatKind.CHANNEL])
def test_what_many_read_is_never_sent_again_by_itself(town: Town, kind: ChatKind) -> None:
    town.issue_for(-1, kind=kind)
    tick = town.tick(town.settle(town.tick().leases[0], Unknown("ReadTimeout")))
    assert tick.leases == ()
    assert town.states() == {-1: "uncertain"}


def test_our_own_channel_is_left_to_an_admin_who_may_say_again(town: Town) -> None:
    town.channel = Channel(CHANNEL)
    broadcast = town.issue_for()
    assert town.tick(town.settle(town.tick().leases[0], Unknown("ReadTimeout"))).leases == ()
    assert town.outbox.resend_uncertain(broadcast, at=town.now, by="ann") == 1
    assert [(lease.chat_id, lease.silent) for lease in town.tick().leases] == [(CHANNEL, True)]


def test_when_told_to_leave_it_nothing_is_sent_twice(town: Town) -> None:
    town.rules = LEAVE
    broadcast = town.issue_for(1)
    tick = town.tick(town.settle(town.tick().leases[0], Unknown("ReadTimeout")))
    assert (tick.leases, tick.finished) == ((), (broadcast,))


def test_a_reader_who_left_before_his_hour_is_sent_nothing(town: Town) -> None:
    town.issue_for(1, 2)
    town.set_reader(1, SubscriberState.LEFT)
    assert [lease.chat_id for lease in town.tick().leases] == [2]
    assert town.states() == {1: "cancelled", 2: "sending"}


def test_a_reader_who_was_forgotten_is_sent_nothing(town: Town) -> None:
    town.issue_for(1)
    town.forget(1)
    assert town.tick().leases == ()
    assert town.states() == {None: "cancelled"}


def test_a_reader_who_left_is_not_sent_a_second_copy(town: Town) -> None:
    broadcast = town.issue_for(1)
    lease = town.tick().leases[0]
    town.set_reader(1, SubscriberState.LEFT)
    tick = town.tick(town.settle(lease, Unknown("ReadTimeout")))
    assert (tick.leases, tick.finished) == ((), (broadcast,))


def test_a_reader_who_comes_back_before_he_got_it_gets_it(town: Town) -> None:
    town.issue_for(1)
    town.set_reader(1, SubscriberState.LEFT)
    town.tick()
    town.set_reader(1, SubscriberState.ACTIVE)
    assert town.outbox.add_late(ChatId(1), at=town.now)
    assert [lease.chat_id for lease in town.tick().leases] == [1]


def test_a_channel_row_that_was_delayed_still_goes_before_the_readers(town: Town) -> None:
    town.channel = Channel(CHANNEL)
    town.rules = Rules(rate=1)
    town.issue_for(*range(1, 10))
    other = town.tick(town.settle(town.tick().leases[0], Delayed("Bad Gateway", 1.0))).leases
    town.later(1.2)
    assert [lease.chat_id for lease in town.tick(*town.send_all(other)).leases] == [CHANNEL]


def test_a_refused_channel_does_not_hold_the_readers_up(town: Town) -> None:
    town.channel = Channel(CHANNEL)
    broadcast = town.issue_for(1)
    lease = town.tick(room=1).leases[0]
    tick = town.tick(town.settle(lease, Refused("chat not found", SubscriberState.GONE)))
    assert [other.chat_id for other in tick.leases] == [1]
    assert town.outbox.receipt(broadcast).refused == (("chat not found", 1),)


def test_a_clock_that_ran_back_makes_nobody_wait_for_hours(town: Town) -> None:
    town.rules = Rules(rate=1)
    town.issue_for(1, 2)
    town.tick(*town.send_all(town.tick().leases), room=0)
    town.now -= timedelta(hours=3)
    town.make_due()
    assert [lease.chat_id for lease in town.tick(worker=BOB).leases] == []
    town.later(IDLE_HOLD.total_seconds())
    assert [lease.chat_id for lease in town.tick(worker=BOB).leases] == [2]


def test_a_pause_lasts_as_long_as_it_was_meant_to_when_the_clock_runs_back(town: Town) -> None:
    town.issue_for(1)
    town.tick(town.settle(town.tick().leases[0], Delayed("retry after 60", 60.0, everyone=True)))
    town.now -= timedelta(days=1)
    town.make_due()
    assert town.tick().next_at == town.now + timedelta(seconds=60)


def test_nothing_to_do_says_when_to_come_back(town: Town) -> None:
    assert town.tick().next_at is None
    town.issue_for(1, hour=9)
    tick = town.tick()
    assert tick.next_at == MORNING + timedelta(hours=2, minutes=30)
    assert not tick.pending


def test_a_long_wait_for_one_chat_is_not_pending(town: Town) -> None:
    town.issue_for(1)
    tick = town.tick(town.settle(town.tick().leases[0], Delayed("retry after a day", 86400.0)))
    assert not tick.pending
    assert tick.finished == ()


@pytest.mark.parametrize(
    "outcome",
    [
        Sent(5),
        Refused("no"),
        Delayed("soon", 1),
        Moved(ChatId(-9)),
        ThreadLost(17, "closed"),
        Unknown("?"),
        ContentRejected("no"),
        WireClosed("401"),
        Unsupported("404"),
    ],
)
def test_every_row_stands_in_exactly_one_count_of_the_receipt(town: Town, outcome: Outcome) -> None:
    broadcast = town.issue_for(1, 2, 3)
    lease = town.tick(room=1).leases[0]
    town.tick(Settlement(lease.delivery, lease.attempt, outcome, town.now), room=0)
    receipt = town.outbox.receipt(broadcast)
    refused = sum(count for _, count in receipt.refused)
    assert receipt.sent + receipt.blocked + refused + receipt.uncertain + receipt.open + receipt.cancelled == 3


def test_it_is_told_until_when_telegram_wants_nothing(town: Town) -> None:
    town.issue_for(1)
    assert town.outbox.paused_until(town.now) is None
    town.tick(town.settle(town.tick().leases[0], Delayed("retry after 60", 60.0, everyone=True)))
    assert town.outbox.paused_until(town.now) == town.now + timedelta(seconds=60)
    town.later(61)
    assert town.outbox.paused_until(town.now) is None
