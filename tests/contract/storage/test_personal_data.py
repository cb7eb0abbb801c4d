"""What is stored about a chat is counted wherever it stands, and given out as JSON knows it."""

from __future__ import annotations

import json

from domain.deliveries import DeliveryState
from storage.database import Database
from storage.personal_data import PersonalData
from storage.subscribers import Subscribers
from tests.contract.storage.samples import TODAY, subscriber
from tests.contract.storage.test_forgetting import ANNA, OTHERS, leave_traces, owe


def test_of_a_stranger_nothing_is_counted_or_given_out(database: Database) -> None:
    data = PersonalData(database)
    assert not any(data.traces(ANNA).values())
    assert not any(data.of(ANNA).values())


def test_every_trace_is_counted_by_its_table_until_it_is_erased(database: Database, subscribers: Subscribers) -> None:
    leave_traces(database, subscribers)
    data = PersonalData(database)
    before = data.traces(ANNA)
    assert {table for table, count in before.items() if count} >= {
        *("subscribers", "deliveries", "broadcasts", "questions", "displays", "notices"),
    }
    subscribers.forget(ANNA)
    assert not any(data.traces(ANNA).values())


def test_a_chat_is_not_found_in_the_number_of_another(database: Database, subscribers: Subscribers) -> None:
    for other in OTHERS:
        subscribers.join(subscriber(other))
    owe(database, OTHERS[0], DeliveryState.SENT)
    counted = PersonalData(database).traces(ANNA)
    assert not any(counted.values())


def test_what_is_given_out_is_json_and_his_alone(database: Database, subscribers: Subscribers) -> None:
    subscribers.join(subscriber(ANNA, keywords=("机器人",), topics=frozenset({"vision"}), seen_on=TODAY))
    subscribers.join(subscriber(OTHERS[1]))
    owe(database, ANNA, DeliveryState.SENT, DeliveryState.QUEUED)
    given = json.loads(json.dumps(PersonalData(database).of(ANNA)))
    (own,) = given["subscribers"]
    assert (own["chat_id"], own["keywords"], own["topics"]) == (ANNA, ["机器人"], ["vision"])
    assert own["seen_on"] == "2026-07-04"
    assert [delivery["state"] for delivery in given["deliveries"]] == ["sent", "queued"]
    assert {delivery["broadcast_kind"] for delivery in given["deliveries"]} == {"notice"}
    assert not {"worker", "lease_until", "form"} & set(given["deliveries"][0])
