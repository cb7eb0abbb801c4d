"""Rows that edit a delivered copy, and forms that know how often their issue was corrected."""

from __future__ import annotations

import pytest
from sqlalchemy import insert, update

from domain.deliveries import BroadcastId, BroadcastKind, BroadcastState, DeliveryState, Sent, Unknown
from domain.editions import Style
from domain.readers import ChatKind, SubscriberState
from storage.schema import BroadcastRow, DeliveryRow, RevisionRow
from tests.contract.outbox.ledgers import CHANNEL, DAY, Town

COPY = 41


def correct(town: Town, *chat_ids: int, kind: ChatKind = ChatKind.PRIVATE, opened: bool = True) -> BroadcastId:
    """Owe an edit of message 41 to chats."""
    broadcast = {
        "kind": BroadcastKind.CORRECTION,
        "state": BroadcastState.RUNNING,
        "issue_date": DAY,
        "opened": opened,
        "created_at": town.now,
    }
    row = {
        "chat_kind": kind,
        "style": Style.CLASSIC,
        "state": DeliveryState.QUEUED,
        "due_at": town.now,
        "next_attempt_at": town.now,
        "created_at": town.now,
        "edits": COPY,
    }
    with town.database.write() as connection:
        added = connection.execute(insert(BroadcastRow).values(broadcast).returning(BroadcastRow.id)).scalar_one()
        rows = [{**row, "broadcast_id": added, "chat_id": chat_id} for chat_id in chat_ids]
        if rows:
            connection.execute(insert(DeliveryRow), rows)
    return BroadcastId(added)


def revise(town: Town, number: int) -> None:
    row = {"issue_date": DAY, "revision": number, "content": "{}", "why": "", "by": "ann", "replaced_at": town.now}
    with town.database.write() as connection:
        connection.execute(insert(RevisionRow).values(row))


def test_a_lease_names_the_message_that_it_replaces(town: Town) -> None:
    town.publish()
    town.subscribe(1)
    correct(town, 1)
    assert [(lease.chat_id, lease.edits) for lease in town.tick().leases] == [(1, COPY)]


def test_a_message_of_its_own_replaces_nothing(town: Town) -> None:
    town.issue_for(1)
    assert town.tick().leases[0].edits is None


@pytest.mark.parametrize(
    ("state", "edited"),
    [
        (SubscriberState.ACTIVE, True),
        (SubscriberState.PAUSED, True),
        (SubscriberState.LEFT, True),
        (SubscriberState.BLOCKED, False),
        (SubscriberState.GONE, False),
    ],
)
def test_the_copy_of_who_left_is_corrected_and_of_who_blocked_us_is_not(
    town: Town, state: SubscriberState, edited: bool
) -> None:
    town.publish()
    town.subscribe(1, state=state)
    correct(town, 1)
    assert [lease.chat_id for lease in town.tick().leases] == ([1] if edited else [])


def test_the_copy_of_who_was_forgotten_is_left_alone(town: Town) -> None:
    town.publish()
    town.subscribe(1)
    broadcast = correct(town, 1)
    town.forget(1)
    assert town.tick().finished == (broadcast,)


def test_the_copy_of_our_channel_is_corrected_first(town: Town) -> None:
    town.publish()
    town.subscribe(1)
    correct(town, 1)
    correct(town, CHANNEL, kind=ChatKind.CHANNEL)
    assert [lease.chat_id for lease in town.tick().leases] == [CHANNEL, 1]


def test_an_edit_whose_answer_was_lost_is_repeated(town: Town) -> None:
    town.publish()
    town.subscribe(1, state=SubscriberState.LEFT)
    correct(town, 1)
    tick = town.tick(town.settle(town.tick().leases[0], Unknown("ReadTimeout")))
    assert [(lease.chat_id, lease.edits) for lease in tick.leases] == [(1, COPY)]


def test_a_form_knows_how_often_its_issue_was_corrected(town: Town) -> None:
    town.issue_for(1, 2, 3)
    town.make_due()
    assert town.tick(room=1).leases[0].form.revision == 0
    revise(town, 1)
    assert town.tick(room=1).leases[0].form.revision == 1
    revise(town, 2)
    assert town.tick(room=1).leases[0].form.revision == 2


def test_rows_are_leased_while_their_broadcast_is_still_being_opened_and_it_is_not_finished(town: Town) -> None:
    town.publish()
    town.subscribe(1)
    broadcast = correct(town, 1, opened=False)
    tick = town.tick(*town.send_all(town.tick().leases), room=0)
    assert (tick.finished, tick.pending) == ((), True)
    with town.database.write() as connection:
        connection.execute(update(BroadcastRow).values(opened=True))
    assert town.tick().finished == (broadcast,)


def test_the_message_that_is_edited_keeps_its_row(town: Town) -> None:
    town.publish()
    town.subscribe(1)
    correct(town, 1)
    town.tick(town.settle(town.tick().leases[0], Sent(COPY)))
    (row,) = town.rows()
    assert (row.state, row.message_id, row.edits) == ("sent", COPY, COPY)
