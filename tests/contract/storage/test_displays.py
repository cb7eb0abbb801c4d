"""What an admin was shown is kept for each chat and subject, and edited by whoever took it first."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta

import pytest

from domain.displays import Display, DisplayKind
from domain.readers import ChatId
from storage.database import Database
from storage.displays import Displays
from tests.contract.storage.samples import MORNING

LATER = MORNING + timedelta(seconds=20)
SHOWN = Display(ChatId(42), DisplayKind.DRAFT, "2026-07-04", 7, "ab" * 8, "drafted", MORNING)


@pytest.fixture
def displays(database: Database) -> Displays:
    return Displays(database)


def test_only_the_newest_message_of_a_chat_shows_a_subject(displays: Displays) -> None:
    displays.show(SHOWN)
    newer = replace(SHOWN, message_id=9, shown="held")
    displays.show(newer)
    displays.show(replace(SHOWN, chat_id=ChatId(43)))
    displays.show(replace(SHOWN, kind=DisplayKind.BROADCAST, subject="3"))
    assert displays.of(ChatId(42), DisplayKind.DRAFT, "2026-07-04") == newer
    assert displays.of(ChatId(42), DisplayKind.DRAFT, "2026-07-05") is None
    assert len(displays.free(MORNING)) == 3


def test_who_takes_one_has_it_until_he_has_edited_it_or_his_time_is_over(displays: Displays) -> None:
    displays.show(SHOWN)
    assert displays.take(SHOWN, MORNING, LATER)
    assert not displays.take(SHOWN, MORNING, LATER)
    assert displays.free(MORNING) == []
    assert displays.take(SHOWN, LATER, LATER + timedelta(seconds=20))
    displays.shown(SHOWN, "held")
    assert displays.free(LATER) == [replace(SHOWN, shown="held")]
    assert not displays.take(SHOWN, LATER, LATER)  # it does not show that any more


def test_one_that_was_shown_anew_meanwhile_is_left_as_it_is(displays: Displays) -> None:
    displays.show(SHOWN)
    displays.take(SHOWN, MORNING, LATER)
    newer = replace(SHOWN, message_id=9)
    displays.show(newer)
    displays.shown(SHOWN, "held")
    displays.drop(SHOWN)
    assert displays.free(MORNING) == [newer]


def test_one_that_its_writer_is_at_is_nobody_elses_for_that_time(displays: Displays) -> None:
    displays.show(SHOWN, LATER)
    assert displays.free(MORNING) == []
    assert displays.free(LATER) == [SHOWN]


def test_one_that_asks_something_is_left_alone_meanwhile(displays: Displays) -> None:
    displays.show(SHOWN)
    displays.leave(SHOWN.chat_id, 8, LATER)
    assert displays.free(MORNING) == [SHOWN]
    displays.leave(SHOWN.chat_id, SHOWN.message_id, LATER)
    assert displays.free(MORNING) == []
    assert displays.free(LATER) == [SHOWN]


def test_one_that_needs_no_more_care_and_old_ones_go(displays: Displays) -> None:
    displays.show(SHOWN)
    displays.show(replace(SHOWN, chat_id=ChatId(43)))
    displays.drop(SHOWN)
    assert [each.chat_id for each in displays.free(MORNING)] == [43]
    assert displays.prune(MORNING) == 0
    assert displays.prune(LATER) == 1
    assert displays.free(MORNING) == []


def test_of_four_processes_one_takes_a_message(displays: Displays, database_url: str) -> None:
    displays.show(SHOWN)
    begin = threading.Barrier(4)

    def take(_: int) -> bool:
        database = Database.open(database_url)
        begin.wait()
        taken = Displays(database).take(SHOWN, MORNING, LATER)
        database.close()
        return taken

    with ThreadPoolExecutor(4) as pool:
        assert sum(pool.map(take, range(4))) == 1
