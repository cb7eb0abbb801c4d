"""The readers in numbers, and what comes back from them, counted alike on both engines."""

from __future__ import annotations

from datetime import timedelta

import pytest

from domain.editions import Style
from domain.feedback import Ballot, Tally
from domain.movement import Movement
from domain.readers import ChatId, SubscriberState
from domain.statistics import Opinions
from storage.database import Database
from storage.feedback import FeedbackBook
from storage.issues import Issues
from storage.readership import Readership
from storage.subscribers import Subscribers
from tests.contract.storage.samples import DAY, MORNING, TODAY, YESTERDAY, issue, subscriber
from tests.contract.storage.test_feedback import CHANNEL, POST, post


@pytest.fixture
def readership(database: Database) -> Readership:
    return Readership(database)


def test_of_no_readers_nothing_is_counted(readership: Readership) -> None:
    counted = (readership.languages(), readership.styles(), readership.campaigns(), readership.topics())
    assert counted == ({}, {}, {}, {})
    assert readership.movement(MORNING) == Movement({}, {}, {}, {})


def test_active_readers_are_counted_by_language_layout_campaign_and_topic(
    readership: Readership, subscribers: Subscribers
) -> None:
    subscribers.join(subscriber(1, language="de-AT", came_from="booth", topics=frozenset({"speech", "vision"})))
    subscribers.join(subscriber(2, language="de", style=Style.RICH, topics=frozenset({"vision"})))
    subscribers.join(subscriber(3, language="fr", style=Style.RICH, came_from="booth"))
    subscribers.join(subscriber(4, language="fr", came_from="booth"))
    subscribers.leave(ChatId(4), MORNING)
    assert list(readership.languages().items()) == [("de", 2), ("fr", 1)]
    assert list(readership.styles().items()) == [(Style.RICH, 2), (Style.CLASSIC, 1)]
    assert readership.campaigns() == {"booth": 2}
    assert list(readership.topics().items()) == [("vision", 2), ("speech", 1)]


def test_who_came_and_went_is_told_by_the_day_in_utc(readership: Readership, subscribers: Subscribers) -> None:
    midnight = MORNING.replace(hour=0, minute=0)
    for chat, at in enumerate((midnight - timedelta(microseconds=1), midnight, MORNING, MORNING + DAY), start=1):
        subscribers.join(subscriber(chat, joined_at=at, came_from="booth" if chat > 1 else ""))
    subscribers.leave(ChatId(1), midnight - timedelta(microseconds=1))
    subscribers.set_state(ChatId(2), SubscriberState.BLOCKED, MORNING)
    subscribers.set_state(ChatId(3), SubscriberState.PAUSED, MORNING)
    found = readership.movement(midnight - DAY)
    assert found == Movement(
        {YESTERDAY: 1, TODAY: 2, TODAY + DAY: 1}, {YESTERDAY: 1, TODAY: 1}, {"booth": 3}, {"booth": 1}
    )
    assert list(found.joined) == sorted(found.joined)
    assert readership.movement(MORNING + DAY) == Movement({TODAY + DAY: 1}, {}, {"booth": 1}, {})


def test_what_came_back_is_summed_over_the_issues_from_a_day_on(database: Database, issues: Issues) -> None:
    for number, day in enumerate((YESTERDAY - DAY, YESTERDAY, TODAY), start=1):
        issues.save_draft(issue(day, number=number), [], MORNING)
    book = FeedbackBook(database)
    for day in (YESTERDAY - DAY, YESTERDAY, TODAY):
        book.vote(Ballot(day, "lead", "a", 1), "gain", MORNING, liked=True)
        book.explain(Ballot(day, "tools", "b", 2), "gain", "Too long.", MORNING)
    book.vote(Ballot(TODAY, "lead", "a", 2), "gain", MORNING, liked=False)
    post(database, TODAY)
    book.reacted(CHANNEL, POST, {"🔥": 2, "👍": 5}, MORNING)
    assert book.summed(YESTERDAY) == Opinions({"lead": Tally(2, 1, 2, 2)}, 2, {"👍": 5, "🔥": 2})
    assert list(book.summed(TODAY).reactions) == ["👍", "🔥"]
    assert book.summed(TODAY + DAY) == Opinions({}, 0, {})
