"""What an admin may do to a broadcast, and what he is told of it."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from domain.deliveries import BroadcastId, BroadcastState, Delayed, DeliveryState, Outcome, Refused, Sent, Unknown
from domain.errors import NotAllowed, NotFound
from domain.readers import ChatId, SubscriberState
from storage.audience import Channel
from storage.schema import AdminActionRow
from tests.contract.outbox.ledgers import CHANNEL, LEAVE, Town


def acts(town: Town) -> list[tuple[str, str, str]]:
    with town.database.read() as connection:
        rows = connection.execute(select(AdminActionRow.by, AdminActionRow.action, AdminActionRow.subject))
        return [(row.by, row.action, row.subject) for row in rows]


def test_a_paused_broadcast_sends_nothing_and_goes_on_where_it_stood(town: Town) -> None:
    broadcast = town.issue_for(1, 2, 3)
    lease = town.tick(room=1).leases[0]
    town.outbox.pause(broadcast, at=town.now, by="ann")
    tick = town.tick(town.settle(lease, Sent(1)))
    assert (tick.leases, tick.pending, tick.finished) == ((), False, ())
    town.outbox.resume(broadcast, at=town.now, by="bob")
    assert sorted(lease.chat_id for lease in town.run_dry()) == [2, 3]
    subject = str(broadcast)
    assert acts(town) == [("ann", "broadcast.pause", subject), ("bob", "broadcast.resume", subject)]


def test_a_cancelled_broadcast_sends_nothing_ever(town: Town) -> None:
    broadcast = town.issue_for(1, 2, 3)
    lease = town.tick(room=1).leases[0]
    town.outbox.cancel(broadcast, at=town.now, by="ann")
    assert town.tick(town.settle(lease, Sent(1))).leases == ()
    assert town.states() == {1: "sent", 2: "cancelled", 3: "cancelled"}
    with pytest.raises(NotAllowed, match="cancelled: it cannot be resumed"):
        town.outbox.resume(broadcast, at=town.now, by="ann")


def test_a_row_that_comes_back_to_a_cancelled_broadcast_is_cancelled_with_it(town: Town) -> None:
    broadcast = town.issue_for(1)
    lease = town.tick().leases[0]
    town.outbox.cancel(broadcast, at=town.now, by="ann")
    town.tick(town.settle(lease, Delayed("Bad Gateway", 1.0)))
    assert town.states() == {1: "cancelled"}


@pytest.mark.parametrize("act", ["pause", "resume", "cancel"])
def test_an_act_on_a_broadcast_that_is_not_there_is_refused_in_words(town: Town, act: str) -> None:
    with pytest.raises(NotFound, match="no broadcast 77"):
        getattr(town.outbox, act)(BroadcastId(77), at=town.now, by="ann")


def test_what_is_done_cannot_be_paused(town: Town) -> None:
    broadcast = town.issue_for(1)
    town.run_dry()
    with pytest.raises(NotAllowed, match="is done: it cannot be paused"):
        town.outbox.pause(broadcast, at=town.now, by="ann")


def test_only_who_was_refused_for_a_passing_reason_is_retried_and_once(town: Town) -> None:
    broadcast = town.issue_for(1, 2, 3)
    first, second, third = town.tick().leases
    blocked = Refused("bot was blocked by the user", SubscriberState.BLOCKED)
    town.tick(town.settle(first, Refused("given up")), town.settle(second, blocked), town.settle(third, Sent(1)))
    assert town.broadcast_state(broadcast) == "done"
    assert town.outbox.retry_failed(broadcast, at=town.now, by="ann") == 1
    assert town.outbox.retry_failed(broadcast, at=town.now, by="ann") == 0
    assert town.broadcast_state(broadcast) == "running"
    assert [lease.chat_id for lease in town.run_dry()] == [1]
    assert town.broadcast_state(broadcast) == "done"


def test_a_channel_whose_rights_were_restored_can_be_retried(town: Town) -> None:
    town.channel = Channel(CHANNEL)
    broadcast = town.issue_for()
    town.tick(town.settle(town.tick().leases[0], Refused("bot was kicked", SubscriberState.BLOCKED)))
    assert town.outbox.retry_failed(broadcast, at=town.now, by="ann") == 1
    assert [lease.chat_id for lease in town.tick().leases] == [CHANNEL]


def test_a_retry_in_a_paused_broadcast_waits_until_it_is_resumed(town: Town) -> None:
    broadcast = town.issue_for(1, 2)
    town.tick(town.settle(town.tick(room=1).leases[0], Refused("given up")), room=0)
    town.outbox.pause(broadcast, at=town.now, by="ann")
    assert town.outbox.retry_failed(broadcast, at=town.now, by="ann") == 1
    assert town.tick().leases == ()


def test_an_admin_may_have_uncertain_ones_sent_again_or_leave_them(town: Town) -> None:
    town.rules = LEAVE
    broadcast = town.issue_for(1, 2)
    first, second = town.tick().leases
    town.tick(town.settle(first, Unknown("lost")), town.settle(second, Sent(1)))
    assert town.outbox.in_state(broadcast, DeliveryState.UNCERTAIN) == (ChatId(1),)
    assert town.outbox.resend_uncertain(broadcast, at=town.now, by="ann") == 1
    assert town.outbox.resend_uncertain(broadcast, at=town.now, by="ann") == 0
    assert [(lease.chat_id, lease.silent) for lease in town.run_dry()] == [(1, True)]


def test_a_receipt_tells_what_became_of_whom(town: Town) -> None:
    assert town.outbox.latest_receipt() is None
    broadcast = town.issue_for(*range(1, 8))
    leases = town.tick().leases
    ends: list[Outcome] = [Sent(1), Sent(2), Refused("no rights"), Refused("no rights"), Unknown("lost")]
    blocked = Refused("bot was blocked by the user", SubscriberState.BLOCKED)
    town.later(2)
    town.tick(*(town.settle(lease, end) for lease, end in zip(leases, [*ends, blocked], strict=False)), room=0)
    receipt = town.outbox.receipt(broadcast)
    assert receipt == town.outbox.latest_receipt()
    assert (receipt.sent, receipt.blocked, receipt.refused) == (2, 1, (("no rights", 2),))
    assert (receipt.uncertain, receipt.open, receipt.cancelled) == (1, 1, 0)
    assert receipt.broadcast.state is BroadcastState.RUNNING
    assert receipt.rate == pytest.approx(1.0)


def test_a_receipt_of_nothing_is_refused_in_words(town: Town) -> None:
    with pytest.raises(NotFound, match="no broadcast 5"):
        town.outbox.receipt(BroadcastId(5))
