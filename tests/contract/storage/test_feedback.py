"""One vote for each reader and page, which may change; words beside it; reactions as they stand."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import insert

from domain.deliveries import BroadcastKind, BroadcastState, DeliveryState
from domain.editions import Style
from domain.feedback import LONGEST_WORDS, Feedback, Tally
from domain.readers import ChatId, ChatKind
from storage.database import Database
from storage.feedback import FeedbackBook
from storage.issues import Issues
from storage.schema import BroadcastRow, DeliveryRow
from storage.subscribers import Subscribers
from tests.golden.sample_issue import sample_issue

NOW = datetime(2026, 7, 4, 7, 0, tzinfo=UTC)
DAY = sample_issue().date
CHANNEL, POST = -1001234567890, 17


@pytest.fixture
def book(database: Database) -> FeedbackBook:
    Issues(database).save_draft(sample_issue(), [], NOW)
    return FeedbackBook(database)


def vote(book: FeedbackBook, reader: int, *, liked: bool, page: str = "lead", kind: str = "gain") -> bool:
    return book.vote(DAY, page, kind, reader, NOW, liked=liked)


def test_a_reader_has_one_vote_for_a_page_and_may_change_it(book: FeedbackBook) -> None:
    assert vote(book, 1001, liked=True)
    assert not vote(book, 1001, liked=True)
    assert vote(book, 1001, liked=False)
    assert book.of_issue(DAY).pages == {"lead": Tally(0, 1, 1, 1)}


def test_votes_are_counted_by_page_and_by_kind(book: FeedbackBook) -> None:
    vote(book, 1001, liked=True)
    vote(book, 1002, liked=False)
    vote(book, 1002, liked=True, page="tools", kind="")
    assert book.of_issue(DAY).pages == {"lead": Tally(1, 1, 2, 1), "tools": Tally(1, 0, 1, 1)}
    assert book.by_kind(DAY - timedelta(days=28), DAY) == {"gain": Tally(1, 1, 2, 1)}
    assert book.by_kind(DAY + timedelta(days=1), DAY + timedelta(days=9)) == {}


def test_words_stand_beside_a_vote_and_survive_its_change(book: FeedbackBook) -> None:
    assert not book.explain(DAY, "lead", 1001, "Too long.")
    vote(book, 1001, liked=False)
    assert book.explain(DAY, "lead", 1001, f"  {'x' * 900}  ")
    assert book.explain(DAY, "lead", 1001, " Too long. ")
    vote(book, 1001, liked=True)
    assert book.of_issue(DAY).words == [("lead", "Too long.")]
    assert LONGEST_WORDS == 500


def test_who_is_forgotten_has_said_nothing(book: FeedbackBook, database: Database) -> None:
    vote(book, 1001, liked=False)
    vote(book, 1002, liked=True)
    assert Subscribers(database).forget(ChatId(1001))
    assert book.of_issue(DAY).pages == {"lead": Tally(1, 0, 1, 1)}


def post(database: Database, day: date) -> None:
    """As if the issue of a day had gone to the channel."""
    sent = {"kind": BroadcastKind.ISSUE, "state": BroadcastState.DONE, "issue_date": day, "created_at": NOW}
    row = {"chat_id": CHANNEL, "chat_kind": ChatKind.CHANNEL, "style": Style.CLASSIC, "message_id": POST}
    moments = {"state": DeliveryState.SENT, "due_at": NOW, "next_attempt_at": NOW, "created_at": NOW}
    with database.write() as connection:
        broadcast = connection.execute(insert(BroadcastRow).values(**sent).returning(BroadcastRow.id)).scalar_one()
        connection.execute(insert(DeliveryRow).values(broadcast_id=broadcast, **row, **moments))


def test_reactions_to_the_post_of_an_issue_are_kept_as_they_stand_now(book: FeedbackBook, database: Database) -> None:
    post(database, DAY)
    assert book.reacted(CHANNEL, POST, {"🔥": 2, "👍": 5}, NOW)
    assert book.reacted(CHANNEL, POST, {"👍": 6}, NOW)
    assert book.of_issue(DAY) == Feedback(DAY, {}, [], {"👍": 6})


def test_reactions_to_anything_else_are_not_kept(book: FeedbackBook, database: Database) -> None:
    post(database, DAY)
    assert not book.reacted(CHANNEL, POST + 1, {"👍": 5}, NOW)
    assert not book.reacted(CHANNEL - 1, POST, {"👍": 5}, NOW)
    assert book.of_issue(DAY).reactions == {}
