"""One vote for each reader and story, which may change; words beside it; reactions as they stand."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import insert

from domain.deliveries import BroadcastKind, BroadcastState, DeliveryState
from domain.editions import Style
from domain.feedback import LONGEST_WORDS, Ballot, Feedback, Said, Tally
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


def ballot(reader: int, page: str = "lead", story: str = "0a0a0a0a") -> Ballot:
    return Ballot(DAY, page, story, reader)


def vote(book: FeedbackBook, by: Ballot, *, liked: bool, kind: str = "gain") -> bool:
    return book.vote(by, kind, NOW, liked=liked)


def test_a_reader_has_one_vote_for_a_story_and_may_change_it(book: FeedbackBook) -> None:
    assert vote(book, ballot(1001), liked=True)
    assert not vote(book, ballot(1001), liked=True)
    assert vote(book, ballot(1001), liked=False)
    assert book.of_issue(DAY).stories == {("lead", "0a0a0a0a"): Tally(0, 1, 1, 1)}


def test_each_story_of_a_page_has_its_own_votes(book: FeedbackBook) -> None:
    vote(book, ballot(1001, "tools", "0a0a0a0a"), liked=True)
    vote(book, ballot(1001, "tools", "0b0b0b0b"), liked=False)
    vote(book, ballot(1002, "tools", "0b0b0b0b"), liked=True)
    first, second = Tally(1, 0, 1, 1), Tally(1, 1, 2, 1)
    assert book.of_issue(DAY).stories == {("tools", "0a0a0a0a"): first, ("tools", "0b0b0b0b"): second}
    assert book.of_reader(DAY, "tools", 1001) == {"0a0a0a0a": True, "0b0b0b0b": False}
    assert book.of_reader(DAY, "lead", 1001) == {}


def test_a_vote_counts_for_the_kind_of_its_own_story(book: FeedbackBook) -> None:
    vote(book, ballot(1001, "tools", "0a0a0a0a"), liked=True, kind="gain")
    vote(book, ballot(1001, "tools", "0b0b0b0b"), liked=False, kind="climb")
    vote(book, ballot(1002, "trending", "0c0c0c0c"), liked=True, kind="")
    assert book.by_kind(DAY - timedelta(days=28), DAY) == {"gain": Tally(1, 0, 1, 1), "climb": Tally(0, 1, 1, 1)}
    assert book.by_kind(DAY + timedelta(days=1), DAY + timedelta(days=9)) == {}


def test_words_stand_beside_a_vote_and_survive_its_change(book: FeedbackBook) -> None:
    vote(book, ballot(1001), liked=False)
    book.explain(ballot(1001), "gain", f"  {'x' * 2000}  ", NOW)
    assert [len(said.words) for said in book.of_issue(DAY).words] == [LONGEST_WORDS]
    book.explain(ballot(1001), "gain", " Too long. ", NOW)
    vote(book, ballot(1001), liked=True)
    assert book.of_issue(DAY).words == [Said("lead", "0a0a0a0a", "Too long.", liked=True)]


def test_words_without_a_vote_are_kept_and_count_as_none(book: FeedbackBook) -> None:
    book.explain(ballot(1001), "gain", "Too long.", NOW)
    found = book.of_issue(DAY)
    assert found.words == [Said("lead", "0a0a0a0a", "Too long.")]
    assert found.stories == {}
    assert book.by_kind(DAY, DAY) == {}
    assert book.of_reader(DAY, "lead", 1001) == {}
    assert vote(book, ballot(1001), liked=False)
    assert book.of_issue(DAY).words == [Said("lead", "0a0a0a0a", "Too long.", liked=False)]


def test_who_is_forgotten_has_said_nothing(book: FeedbackBook, database: Database) -> None:
    vote(book, ballot(1001), liked=False)
    vote(book, ballot(1002), liked=True)
    assert Subscribers(database).forget(ChatId(1001))
    assert book.of_issue(DAY).stories == {("lead", "0a0a0a0a"): Tally(1, 0, 1, 1)}


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
    assert book.of_issue(DAY) == Feedback(DAY, {}, [], {"👍": 6}, {})


def test_reactions_to_anything_else_are_not_kept(book: FeedbackBook, database: Database) -> None:
    post(database, DAY)
    assert not book.reacted(CHANNEL, POST + 1, {"👍": 5}, NOW)
    assert not book.reacted(CHANNEL - 1, POST, {"👍": 5}, NOW)
    assert book.of_issue(DAY).reactions == {}
