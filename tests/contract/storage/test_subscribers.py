"""The readers' list stays true: who joins, leaves, changes his mind, is imported, exported and counted."""

from __future__ import annotations

import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import datetime

import pytest
from sqlalchemy import select

from domain.editions import Style
from domain.errors import NotFound, StorageError
from domain.readers import Cadence, ChatId, ChatKind, Subscriber, SubscriberState
from storage.database import Database
from storage.schema import SubscriberRow
from storage.subscribers import Subscribers
from tests.contract.storage.samples import DAY, MORNING, TODAY, subscriber

ANNA = ChatId(7_000_000_123)
GROUP = ChatId(-1_002_000_000_000)

AWAY = [state for state in SubscriberState if state is not SubscriberState.ACTIVE]


def given(subscribers: Subscribers, state: SubscriberState) -> Subscriber:
    """A reader with settings of her own, in a state."""
    anna = subscriber(ANNA, zone="Europe/Berlin", hour=6, weekdays=frozenset({0, 6}), silent=True)
    subscribers.join(anna)
    subscribers.set_state(ANNA, state, MORNING)
    return replace(anna, state=state)


def test_a_reader_who_joins_is_found_as_he_joined(subscribers: Subscribers) -> None:
    reader = Subscriber(
        GROUP,
        MORNING,
        kind=ChatKind.GROUP,
        zone="Asia/Tokyo",
        hour=23,
        weekdays=frozenset({0, 2, 6}),
        sections=frozenset({"lead", "tools"}),
        style=Style.RICH,
        language="de",
        silent=True,
        came_from="invite",
        order=("tools", "lead"),
        topics=frozenset({"vision", "speech"}),
        keywords=("open weights", "机器人"),
        cadence=Cadence.WEEKLY,
        paused_until=TODAY,
        thread=17,
    )
    assert subscribers.join(reader)
    assert subscribers.get(GROUP) == reader
    assert list(subscribers.export()) == [reader]


def test_a_chat_that_never_joined_is_not_found(subscribers: Subscribers) -> None:
    assert subscribers.get(ANNA) is None
    assert list(subscribers.export()) == []


def test_joining_twice_changes_nothing(subscribers: Subscribers) -> None:
    reader = given(subscribers, SubscriberState.ACTIVE)
    assert not subscribers.join(subscriber(ANNA, zone="UTC", hour=9))
    assert subscribers.get(ANNA) == reader


@pytest.mark.parametrize("state", AWAY)
def test_a_reader_who_comes_back_has_his_settings(subscribers: Subscribers, state: SubscriberState) -> None:
    reader = given(subscribers, state)
    assert subscribers.join(subscriber(ANNA, zone="UTC", hour=9))
    assert subscribers.get(ANNA) == replace(reader, state=SubscriberState.ACTIVE)


def since(database: Database) -> datetime | None:
    """Since when the one reader's subscription stands as it stands."""
    with database.read() as connection:
        return connection.scalar(select(SubscriberRow.state_since))


def test_joining_says_since_when_a_reader_is_known_to_read(subscribers: Subscribers, database: Database) -> None:
    given(subscribers, SubscriberState.ACTIVE)
    subscribers.join(subscriber(ANNA, joined_at=MORNING + DAY))
    assert since(database) == MORNING + DAY
    subscribers.leave(ANNA, MORNING + 2 * DAY)
    assert since(database) == MORNING + 2 * DAY


def test_an_import_says_nothing_new_of_one_who_reads_on(subscribers: Subscribers, database: Database) -> None:
    given(subscribers, SubscriberState.ACTIVE)
    subscribers.import_rows([subscriber(ANNA, joined_at=MORNING - DAY)])
    assert since(database) == MORNING
    subscribers.import_rows([subscriber(ANNA, joined_at=MORNING + DAY, state=SubscriberState.BLOCKED)])
    assert since(database) == MORNING + DAY


def test_one_chat_that_joins_many_times_at_once_joined_once(subscribers: Subscribers) -> None:
    with ThreadPoolExecutor(4) as threads:
        joined = list(threads.map(subscribers.join, [subscriber(ANNA)] * 8))
    assert sorted(joined) == [False] * 7 + [True]


def test_a_reader_who_leaves_is_no_longer_active(subscribers: Subscribers) -> None:
    reader = given(subscribers, SubscriberState.ACTIVE)
    subscribers.leave(ANNA, MORNING + DAY)
    assert subscribers.get(ANNA) == replace(reader, state=SubscriberState.LEFT)


def test_the_state_of_a_chat_that_never_joined_is_nothing_to_note(subscribers: Subscribers) -> None:
    subscribers.set_state(ANNA, SubscriberState.BLOCKED, MORNING)
    assert subscribers.get(ANNA) is None


def test_what_a_reader_changes_changes_and_the_rest_stays(subscribers: Subscribers) -> None:
    reader = given(subscribers, SubscriberState.PAUSED)
    changed = subscribers.change(ANNA, hour=0, weekdays=frozenset(), sections=frozenset({"lead"}), silent=False)
    assert changed == replace(reader, hour=0, weekdays=frozenset(), sections=frozenset({"lead"}), silent=False)
    assert subscribers.get(ANNA) == changed
    assert subscribers.change(ANNA, zone="UTC", style=Style.RICH, language="de").zone == "UTC"
    assert subscribers.change(ANNA).style is Style.RICH


def test_every_setting_can_be_changed_and_taken_back(subscribers: Subscribers) -> None:
    reader = given(subscribers, SubscriberState.ACTIVE)
    wishes = replace(
        reader,
        sections=frozenset({"lead", "movers"}),
        order=("movers", "lead"),
        topics=frozenset({"vision"}),
        keywords=("llama", "C++"),
        cadence=Cadence.WEEKLY,
    )
    changed = subscribers.change(
        ANNA,
        sections=wishes.sections,
        order=wishes.order,
        topics=wishes.topics,
        keywords=wishes.keywords,
        cadence=wishes.cadence,
    )
    assert changed == wishes == subscribers.get(ANNA)
    subscribers.change(ANNA, sections=frozenset(), order=(), topics=frozenset(), keywords=(), cadence=Cadence.DAILY)
    assert subscribers.get(ANNA) == reader


def test_a_group_that_chooses_a_topic_has_lost_none(subscribers: Subscribers, database: Database) -> None:
    subscribers.join(subscriber(GROUP, kind=ChatKind.GROUP, thread=None, thread_lost_at=MORNING))
    chosen = subscribers.settle_in(GROUP, 17)
    assert (chosen.thread, chosen.thread_lost_at) == (17, None)
    assert subscribers.get(GROUP) == chosen
    assert subscribers.settle_in(GROUP, None).thread is None


def test_a_stranger_can_not_choose_a_topic(subscribers: Subscribers) -> None:
    with pytest.raises(NotFound):
        subscribers.settle_in(GROUP, 17)


def test_a_pause_ends_when_the_reader_joins_again(subscribers: Subscribers) -> None:
    reader = given(subscribers, SubscriberState.ACTIVE)
    paused = subscribers.pause(ANNA, TODAY, MORNING)
    assert paused == replace(reader, state=SubscriberState.PAUSED, paused_until=TODAY) == subscribers.get(ANNA)
    assert subscribers.pause(ANNA, TODAY + DAY, MORNING).paused_until == TODAY + DAY
    assert subscribers.join(reader)
    assert subscribers.get(ANNA) == reader


def test_a_state_that_is_set_ends_a_pause(subscribers: Subscribers) -> None:
    reader = given(subscribers, SubscriberState.ACTIVE)
    subscribers.pause(ANNA, TODAY, MORNING)
    subscribers.set_state(ANNA, SubscriberState.BLOCKED, MORNING)
    assert subscribers.get(ANNA) == replace(reader, state=SubscriberState.BLOCKED)


@pytest.mark.parametrize("state", [SubscriberState.LEFT, SubscriberState.BLOCKED, SubscriberState.GONE])
def test_who_is_away_can_not_pause(subscribers: Subscribers, state: SubscriberState) -> None:
    reader = given(subscribers, state)
    with pytest.raises(NotFound, match="not subscribed"):
        subscribers.pause(ANNA, TODAY, MORNING)
    assert subscribers.get(ANNA) == reader


def test_a_stranger_can_not_pause(subscribers: Subscribers) -> None:
    with pytest.raises(NotFound, match="not subscribed"):
        subscribers.pause(ANNA, TODAY, MORNING)


def test_settings_of_a_chat_that_never_joined_can_not_be_changed(subscribers: Subscribers) -> None:
    with pytest.raises(NotFound, match="not subscribed"):
        subscribers.change(ANNA, hour=6)


def test_every_state_is_counted(subscribers: Subscribers) -> None:
    for chat, state in enumerate([*SubscriberState, SubscriberState.ACTIVE], start=1):
        subscribers.join(subscriber(chat))
        subscribers.set_state(ChatId(chat), state, MORNING)
    assert subscribers.counts() == {state: 1 + (state is SubscriberState.ACTIVE) for state in SubscriberState}


def test_of_an_empty_list_every_count_is_nought(subscribers: Subscribers) -> None:
    assert subscribers.counts() == dict.fromkeys(SubscriberState, 0)


def test_an_import_adds_the_new_and_updates_the_known(subscribers: Subscribers) -> None:
    anna = given(subscribers, SubscriberState.ACTIVE)
    row = subscriber(ANNA, zone="Asia/Tokyo", hour=5, style=Style.RICH)
    new = subscriber(GROUP, kind=ChatKind.GROUP)
    assert subscribers.import_rows([row, new]) == (1, 1)
    assert subscribers.get(ANNA) == replace(anna, zone="Asia/Tokyo", hour=5, style=Style.RICH)
    assert subscribers.get(GROUP) == new


def test_an_import_changes_only_what_its_file_speaks_of(subscribers: Subscribers) -> None:
    given(subscribers, SubscriberState.ACTIVE)
    anna = subscribers.change(ANNA, topics=frozenset({"vision"}), keywords=("llama",))
    subscribers.import_rows([subscriber(ANNA, hour=5)])
    assert subscribers.get(ANNA) == replace(anna, zone="UTC", hour=5)
    subscribers.import_rows([subscriber(ANNA, hour=9, topics=frozenset({"speech"}))], settings={"topics"})
    assert subscribers.get(ANNA) == replace(anna, zone="UTC", hour=5, topics=frozenset({"speech"}))


@pytest.mark.parametrize("state", AWAY)
def test_an_import_brings_nobody_back_who_is_away(subscribers: Subscribers, state: SubscriberState) -> None:
    given(subscribers, state)
    subscribers.import_rows([subscriber(ANNA, hour=5)])
    reader = subscribers.get(ANNA)
    assert reader is not None
    assert (reader.state, reader.hour) == (state, 5)


def test_an_import_can_say_that_a_reader_has_left(subscribers: Subscribers) -> None:
    given(subscribers, SubscriberState.ACTIVE)
    subscribers.import_rows([subscriber(ANNA, state=SubscriberState.LEFT)])
    assert subscribers.counts()[SubscriberState.LEFT] == 1


def test_a_chat_that_an_import_names_twice_is_one_reader(subscribers: Subscribers) -> None:
    assert subscribers.import_rows([subscriber(ANNA, hour=5), subscriber(ANNA, hour=6)]) == (1, 0)
    reader = subscribers.get(ANNA)
    assert reader is not None
    assert reader.hour == 6


def test_an_empty_import_imports_nothing(subscribers: Subscribers) -> None:
    assert subscribers.import_rows([]) == (0, 0)


def test_an_import_that_breaks_off_leaves_nothing(subscribers: Subscribers) -> None:
    def rows() -> Iterator[Subscriber]:
        for chat in range(1, 2100):
            yield subscriber(chat)
        raise StorageError("the file broke off")

    with pytest.raises(StorageError, match="the file broke off"):
        subscribers.import_rows(rows())
    assert list(subscribers.export()) == []


def test_a_chat_id_beyond_64_bits_is_told_and_nothing_is_kept(subscribers: Subscribers) -> None:
    with pytest.raises(StorageError):
        subscribers.import_rows([subscriber(1), subscriber(2**63)])
    assert list(subscribers.export()) == []


def test_what_is_exported_can_be_imported_elsewhere_equal(subscribers: Subscribers) -> None:
    readers = [subscriber(chat, hour=abs(chat) % 24) for chat in range(-1200, 1200)]
    subscribers.import_rows(reversed(readers))
    assert list(subscribers.export()) == readers


def test_readers_may_join_and_leave_while_the_list_is_exported(subscribers: Subscribers) -> None:
    subscribers.import_rows(subscriber(chat) for chat in range(1, 2501))
    exported = subscribers.export()
    first = next(exported)
    subscribers.join(subscriber(-1))
    subscribers.join(subscriber(2501))
    subscribers.forget(ChatId(2400))
    chats = [first.chat_id, *(reader.chat_id for reader in exported)]
    assert chats == [chat for chat in range(1, 2502) if chat != 2400]


def test_five_thousand_rows_are_imported_in_a_moment(subscribers: Subscribers) -> None:
    began = time.process_time()
    assert subscribers.import_rows(subscriber(chat) for chat in range(1, 5001)) == (5000, 0)
    assert time.process_time() - began < 3  # 100,000 may take a minute
