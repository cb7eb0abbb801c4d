"""Broadcasts of several messages: each part after its forerunner arrived, and first parts to all before second ones."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import update

from domain.deliveries import BroadcastId, Delayed, Refused, Sent, Unknown
from domain.ledger import Lease
from domain.readers import SubscriberState
from storage.schema import BroadcastRow
from tests.contract.outbox.ledgers import BOB, LEAVE, Town


def two_parts(town: Town, *chat_ids: int, parts: int = 2) -> BroadcastId:
    broadcast = town.issue_for(*chat_ids)
    town.make_due()
    with town.database.write() as connection:
        connection.execute(update(BroadcastRow).values(parts=parts))
    return broadcast


def sent(leases: list[Lease]) -> list[tuple[int, int]]:
    return [(lease.chat_id, lease.form.part) for lease in leases]


def test_first_parts_go_to_all_before_second_parts_to_any(town: Town) -> None:
    broadcast = two_parts(town, 1, 2, 3, parts=3)
    order = [(chat, part) for part in (1, 2, 3) for chat in (1, 2, 3)]
    assert sent(town.run_dry()) == order
    assert town.broadcast_state(broadcast) == "done"


def test_a_second_part_is_owed_when_the_first_has_arrived_and_not_before(town: Town) -> None:
    broadcast = two_parts(town, 1)
    lease = town.tick().leases[0]
    assert len(town.rows()) == 1
    town.later(0.1)
    tick = town.tick(town.settle(lease, Sent(1)), room=0)
    assert (tick.finished, tick.pending) == ((), True)
    second = town.rows(part=2)[0]
    assert (second.chat_id, second.state, second.due_at, second.next_attempt_at) == (1, "queued", town.now, town.now)
    assert town.broadcast_state(broadcast) == "running"


def test_settling_a_first_part_twice_owes_one_second_part(town: Town) -> None:
    two_parts(town, 1)
    lease = town.tick().leases[0]
    town.tick(town.settle(lease, Sent(1)), room=0)
    town.tick(town.settle(lease, Sent(1)), town.settle(lease, Sent(1)), room=0)
    assert len(town.rows(part=2)) == 1


def test_who_was_refused_the_first_part_gets_no_second(town: Town) -> None:
    two_parts(town, 1, 2)
    first, second = town.tick().leases
    town.tick(town.settle(first, Refused("blocked", SubscriberState.BLOCKED)), town.settle(second, Sent(2)), room=0)
    assert [row.chat_id for row in town.rows(part=2)] == [2]


def test_who_left_between_two_parts_gets_no_second(town: Town) -> None:
    broadcast = two_parts(town, 1)
    town.tick(town.settle(town.tick().leases[0], Sent(1)), room=0)
    town.set_reader(1, SubscriberState.LEFT)
    tick = town.tick()
    assert (tick.leases, tick.finished) == ((), (broadcast,))


def test_after_a_lost_answer_the_second_part_waits_for_the_second_copy_of_the_first(town: Town) -> None:
    two_parts(town, 1, 2)
    first, other = town.tick().leases
    tick = town.tick(town.settle(first, Unknown("ReadTimeout")), town.settle(other, Sent(2)))
    assert sent(list(tick.leases)) == [(2, 2)]
    tick = town.tick(*town.send_all(tick.leases))
    assert [(lease.chat_id, lease.form.part, lease.silent) for lease in tick.leases] == [(1, 1, True)]
    tick = town.tick(*town.send_all(tick.leases))
    assert sent(list(tick.leases)) == [(1, 2)]
    assert town.tick(*town.send_all(tick.leases)).finished


def test_a_delayed_part_holds_its_successor_up(town: Town) -> None:
    two_parts(town, 1)
    town.tick(town.settle(town.tick().leases[0], Delayed("Bad Gateway", 3.0)))
    assert sent(town.run_dry()) == [(1, 1), (1, 2)]


def test_a_late_truth_opens_a_broadcast_again_for_the_parts_that_follow(town: Town) -> None:
    town.rules = LEAVE
    broadcast = two_parts(town, 1)
    lease = town.tick().leases[0]
    town.later(61)
    assert town.tick(worker=BOB).finished == (broadcast,)
    tick = town.tick(town.settle(lease, Sent(1)))
    assert sent(list(tick.leases)) == [(1, 2)]
    assert town.tick(*town.send_all(tick.leases)).finished == (broadcast,)


def test_a_cancelled_broadcast_owes_no_further_part(town: Town) -> None:
    broadcast = two_parts(town, 1)
    lease = town.tick().leases[0]
    town.outbox.cancel(broadcast, at=town.now, by="ann")
    town.tick(town.settle(lease, Sent(1)))
    assert town.rows(part=2) == []


@pytest.mark.parametrize("state", ["paused", "stopped"])
def test_a_broadcast_that_rests_still_owes_the_parts_that_follow(town: Town, state: str) -> None:
    broadcast = two_parts(town, 1)
    lease = town.tick().leases[0]
    with town.database.write() as connection:
        connection.execute(update(BroadcastRow).values(state=state))
    assert town.tick(town.settle(lease, Sent(1))).leases == ()
    town.outbox.resume(broadcast, at=town.now, by="ann")
    assert sent(list(town.tick().leases)) == [(1, 2)]


def test_a_part_keeps_the_form_of_its_forerunner(town: Town) -> None:
    two_parts(town, 1)
    lease = town.tick().leases[0]
    tick = town.tick(town.settle(lease, Sent(1)))
    follower = tick.leases[0]
    assert (follower.form.style, follower.kind, follower.silent) == (lease.form.style, lease.kind, lease.silent)
    assert follower.at == town.now
    assert follower.until == town.now + timedelta(seconds=60)
