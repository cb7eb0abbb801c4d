"""Openings add up, whoever counts them; of a reader the newest day is kept on which he was seen."""

from __future__ import annotations

from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta

import pytest
from sqlalchemy import select, update

from domain.readers import ChatId
from domain.usage import PageView, Views
from storage.database import Database
from storage.issues import Issues
from storage.schema import SubscriberRow
from storage.subscribers import Subscribers
from storage.usage import Usage
from tests.contract.storage.samples import MORNING, TODAY, YESTERDAY, dump, issue, subscriber

ANNA, BERT, NOBODY = ChatId(1001), ChatId(1002), ChatId(9999)
TOMORROW = TODAY + timedelta(days=1)


@pytest.fixture
def usage(database: Database, issues: Issues, subscribers: Subscribers) -> Usage:
    issues.save_draft(issue(TODAY), [], MORNING)
    issues.save_draft(issue(YESTERDAY, number=2), [], MORNING)
    for chat in (ANNA, BERT):
        subscribers.join(subscriber(chat))
    return Usage(database)


def seen(database: Database) -> Mapping[int, date | None]:
    with database.read() as connection:
        return dict(connection.execute(select(SubscriberRow.chat_id, SubscriberRow.seen_on)).all())


def test_before_anything_was_opened_there_is_nothing_to_tell(usage: Usage) -> None:
    assert usage.views(YESTERDAY) == Views({}, {})


def test_openings_of_several_processes_add_up_by_day_and_by_page(usage: Usage) -> None:
    usage.note({PageView(TODAY, TODAY, "lead"): 3, PageView(TODAY, YESTERDAY, "lead"): 1}, {})
    usage.note({PageView(TODAY, TODAY, "lead"): 4, PageView(TOMORROW, TODAY, "front"): 9}, {})
    found = usage.views(TODAY)
    assert found == Views({TODAY: 8, TOMORROW: 9}, {"front": 9, "lead": 8})
    assert list(found.by_page) == ["front", "lead"]
    assert found.total == 17
    assert usage.views(TOMORROW) == Views({TOMORROW: 9}, {"front": 9})


def test_those_who_write_at_once_lose_no_opening_and_stop_nobody(database: Database, usage: Usage) -> None:
    pages = [PageView(TODAY, day, page) for day in (TODAY, YESTERDAY) for page in ("front", "lead", "tools")]

    def write(number: int) -> None:
        order = pages if number % 2 else pages[::-1]
        left = usage.note(dict.fromkeys(order, 1), {ANNA: TODAY, BERT: TODAY})
        while left:
            left = usage.note({}, dict.fromkeys(left, TODAY))

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(write, range(12)))
    assert usage.views(TODAY).total == 12 * len(pages)
    assert seen(database) == {ANNA: TODAY, BERT: TODAY}


def test_the_newest_day_is_kept_whatever_comes_later(database: Database, usage: Usage) -> None:
    assert usage.note({}, {ANNA: TODAY, BERT: YESTERDAY}) == frozenset()
    assert usage.note({}, {ANNA: YESTERDAY, BERT: TODAY}) == frozenset()
    assert seen(database) == {ANNA: TODAY, BERT: TODAY}


def test_who_is_not_on_the_list_leaves_no_trace(database: Database, usage: Usage) -> None:
    before = dump(database)
    assert usage.note({}, {NOBODY: TODAY}) == frozenset()
    assert dump(database) == before


def test_thousands_who_were_seen_are_noted_at_once(database: Database, usage: Usage, subscribers: Subscribers) -> None:
    many = [ChatId(number) for number in range(1, 2501)]
    subscribers.import_rows(subscriber(chat) for chat in many)
    usage.note({}, dict.fromkeys(many, TODAY))
    assert set(seen(database).values()) == {TODAY}


@pytest.mark.parametrize("engine_name", ["postgresql"], indirect=True)
def test_a_reader_whom_somebody_else_is_writing_is_noted_later(database: Database, usage: Usage) -> None:
    with database.write() as other:
        other.execute(update(SubscriberRow).where(SubscriberRow.chat_id == ANNA).values(hour=9))
        assert usage.note({PageView(TODAY, TODAY, "lead"): 1}, {ANNA: TODAY, BERT: TODAY}) == {ANNA}
    assert usage.note({}, {ANNA: TODAY}) == frozenset()
    assert seen(database) == {ANNA: TODAY, BERT: TODAY}
