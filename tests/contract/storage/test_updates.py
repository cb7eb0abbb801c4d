"""Updates are taken once, begun once, and taken over from the dead."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from domain.readers import ChatId
from domain.updates import Incoming, Kept, Progress
from storage.database import Database
from storage.subscribers import Subscribers
from storage.updates import Updates

NOW = datetime(2026, 7, 4, 7, 0, tzinfo=UTC)
LATER = NOW + timedelta(seconds=15)
FIRST, SECOND = Incoming(11, '{"update_id": 11}'), Incoming(12, '{"update_id": 12}')


@pytest.fixture
def updates(database: Database) -> Updates:
    return Updates(database, 700)


def take(updates: Updates, *incoming: Incoming, worker: str = "a") -> frozenset[int]:
    return updates.keep(Progress(taken=incoming), worker, NOW, LATER).new


def begin(updates: Updates, *numbers: int, worker: str = "a") -> frozenset[int]:
    return updates.keep(Progress(begun=numbers), worker, NOW, LATER).ours


def test_an_update_that_comes_again_is_not_taken_again(updates: Updates) -> None:
    assert take(updates, FIRST, SECOND) == {11, 12}
    assert take(updates, SECOND, Incoming(13, "{}"), worker="b") == {13}


def test_bots_count_their_updates_for_themselves(updates: Updates, database: Database) -> None:
    assert take(updates, FIRST) == {11}
    assert take(Updates(database, 701), FIRST) == {11}


def test_only_its_holder_begins_an_update_and_only_once(updates: Updates) -> None:
    take(updates, FIRST)
    assert begin(updates, 11, worker="b") == set()
    assert begin(updates, 11) == {11}
    assert begin(updates, 11) == set()


def test_a_progress_is_kept_as_a_whole(updates: Updates) -> None:
    take(updates, FIRST)
    kept = updates.keep(Progress(taken=(SECOND,), begun=(11,), ended=(11,)), "a", NOW, LATER)
    assert kept == Kept(frozenset({12}), frozenset({11}))
    assert updates.inherit("b", ["a"], NOW, LATER).waiting == [SECOND]


def test_what_the_dead_had_not_begun_is_taken_over_with_its_words_oldest_first(updates: Updates) -> None:
    take(updates, SECOND, FIRST)
    left = updates.inherit("b", ["a"], NOW, LATER)
    assert (left.waiting, left.uncertain) == ([FIRST, SECOND], [])
    assert begin(updates, 11) == set()
    assert begin(updates, 11, worker="b") == {11}


def test_what_the_dead_had_begun_is_uncertain_and_handled_by_nobody(updates: Updates) -> None:
    take(updates, FIRST)
    begin(updates, 11)
    left = updates.inherit("b", ["a"], NOW, LATER)
    assert (left.waiting, left.uncertain) == ([], [11])
    assert updates.uncertain() == [11]
    assert updates.inherit("b", ["a"], NOW, LATER).uncertain == []


def test_the_living_keep_what_they_hold_until_they_say_nothing_more(updates: Updates) -> None:
    take(updates, FIRST)
    assert updates.inherit("b", [], NOW, LATER).waiting == []
    updates.renew("a", LATER + timedelta(seconds=15))
    assert updates.inherit("b", [], LATER, LATER).waiting == []
    assert updates.inherit("b", [], LATER + timedelta(seconds=15), LATER).waiting == [FIRST]


def test_what_is_given_back_is_anybodys(updates: Updates) -> None:
    take(updates, FIRST, SECOND)
    begin(updates, 12)
    updates.release("a", NOW)
    left = updates.inherit("b", [], NOW, LATER)
    assert (left.waiting, left.uncertain) == ([FIRST], [])
    assert set(updates.holders()) == {"a", "b"}


def test_what_is_ended_has_no_words_and_is_forgotten_later(updates: Updates, database: Database) -> None:
    take(updates, FIRST)
    updates.keep(Progress(ended=(11,)), "a", NOW, LATER)
    assert updates.holders() == []
    with database.read() as connection:
        assert connection.exec_driver_sql("SELECT body FROM updates").scalars().all() == [""]
    assert updates.prune(NOW) == 0
    assert take(updates, FIRST) == set()
    assert updates.prune(NOW + timedelta(seconds=1)) == 1


def test_whoever_is_forgotten_leaves_no_words_in_what_is_still_to_be_answered(
    updates: Updates, database: Database
) -> None:
    take(updates, Incoming(11, '{"chat": {"id": 1001}}'), Incoming(12, '{"chat": {"id": 10010}}'))
    Subscribers(database).forget(ChatId(1001))
    assert updates.inherit("b", ["a"], NOW, LATER).waiting == [
        Incoming(11, ""),
        Incoming(12, '{"chat": {"id": 10010}}'),
    ]
