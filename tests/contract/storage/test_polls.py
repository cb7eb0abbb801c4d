"""Polls on both engines: owed once, counted as told, closed by a reading that stands for good."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import select, update

from domain.audiences import Audience
from domain.deliveries import BroadcastKind, DeliveryState
from domain.editions import Message, PollMessage, Style
from domain.feedback import Tally
from domain.items import Source
from domain.polls import LAST_RESORT, QUESTION, Choice, Count, list_name
from domain.readers import ChatId, ChatKind
from domain.readings import Metric
from storage.archive import Archive
from storage.database import Database
from storage.feedback import FeedbackBook
from storage.following import Following
from storage.outbox import Outbox
from storage.polls import Polls
from storage.schema import BroadcastRow, DeliveryRow

CHANNEL = ChatId(-1001000000001)
SUNDAY = date(2026, 8, 16)
NOW = datetime(2026, 8, 16, 6, 30, tzinfo=UTC)
FRIDAY = NOW + timedelta(days=5)
CHOICES = (Choice("Asters lead", SUNDAY - timedelta(days=1), "gain"), Choice("Bees lead", SUNDAY, "climb"))


@pytest.fixture
def polls(database: Database) -> Polls:
    return Polls(database)


def ask(polls: Polls, day: date = SUNDAY, choices: tuple[Choice, ...] = CHOICES) -> bool:
    return polls.open(CHANNEL, day, choices, FRIDAY, NOW)


def arrived(database: Database, message_id: int = 55) -> None:
    """As if the newest post had been taken by Telegram."""
    newest = select(BroadcastRow.id).order_by(BroadcastRow.id.desc()).limit(1).scalar_subquery()
    sent = {"state": DeliveryState.SENT, "message_id": message_id}
    with database.write() as connection:
        connection.execute(update(DeliveryRow).where(DeliveryRow.broadcast_id == newest).values(sent))


def count(asters: int, bees: int, *, name: str = "t1", closed: bool = False) -> Count:
    return Count(name, QUESTION, {"Bees lead": bees, "Asters lead": asters}, closed)


def test_a_poll_is_owed_to_the_channel_once_however_often_it_is_asked(polls: Polls, database: Database) -> None:
    assert ask(polls)
    assert not ask(polls)
    with database.read() as connection:
        (row,) = connection.execute(select(*DeliveryRow.__table__.columns)).all()
    assert (row.chat_id, row.chat_kind, row.state, row.due_at) == (
        CHANNEL,
        ChatKind.CHANNEL,
        DeliveryState.QUEUED,
        NOW,
    )


def test_what_is_owed_is_the_poll_itself_which_closes_by_itself_if_nobody_comes(
    polls: Polls, database: Database
) -> None:
    ask(polls)
    (poll,) = polls.open_ones()
    assert Outbox(database, 1).words(poll.broadcast) == (
        PollMessage(Style.PLAIN, QUESTION, options=("Asters lead", "Bees lead"), closes_at=FRIDAY + LAST_RESORT),
    )


def test_a_poll_is_read_back_as_it_was_asked(polls: Polls, database: Database) -> None:
    assert polls.newest() == []
    ask(polls)
    (poll,) = polls.newest()
    assert (poll.asked_on, poll.choices, poll.closes_at, poll.chat_id) == (SUNDAY, CHOICES, FRIDAY, CHANNEL)
    assert (poll.posted, poll.message_id, poll.votes, poll.over) == (DeliveryState.QUEUED, None, (), False)
    arrived(database)
    assert polls.newest()[0].message_id == 55


def test_a_count_in_between_is_kept_and_is_no_reading(polls: Polls, database: Database, archive: Archive) -> None:
    ask(polls)
    assert polls.count(count(3, 4), NOW, None) is not None
    assert polls.count(count(5, 4), NOW + timedelta(hours=1), None) is not None
    (poll,) = polls.newest()
    assert (poll.votes, poll.counted_at, poll.over) == ((5, 4), NOW + timedelta(hours=1), False)
    assert archive.harvests(NOW, FRIDAY) == []


def test_a_closing_count_is_a_stored_reading_with_its_time(polls: Polls, database: Database, archive: Archive) -> None:
    ask(polls)
    arrived(database)
    assert polls.count(count(41, 12, closed=True), FRIDAY, "@paper") is not None
    (harvest,) = archive.harvests(NOW, FRIDAY)
    assert (harvest.source, harvest.list, harvest.observed_at) == (Source.POLL, list_name(SUNDAY), FRIDAY)
    readings = archive.listed([harvest.id])
    assert [reading.metrics for reading in readings] == [{Metric.VOTES: 41}, {Metric.VOTES: 12}]
    items = archive.items(FRIDAY, [reading.item for reading in readings])
    assert {item.url for item in items.values()} == {"https://t.me/paper/55"}
    assert polls.open_ones() == []


def test_what_stands_for_good_is_never_changed(polls: Polls, archive: Archive) -> None:
    ask(polls)
    polls.count(count(41, 12, closed=True), FRIDAY, None)
    assert polls.count(count(99, 0, closed=True), FRIDAY + timedelta(hours=1), None) is None
    assert polls.count(count(98, 0), FRIDAY + timedelta(hours=2), None) is None
    polls.end(SUNDAY, "too late")
    (poll,) = polls.newest()
    assert (poll.votes, poll.closed_at, poll.ended) == ((41, 12), FRIDAY, "")
    assert len(archive.harvests(NOW, FRIDAY + timedelta(days=1))) == 1


def test_counts_of_other_polls_are_passed_over(polls: Polls) -> None:
    ask(polls)
    assert polls.count(Count("t9", "Whose?", {"Asters lead": 1, "Bees lead": 1}, closed=True), NOW, None) is None
    assert polls.count(Count("t9", QUESTION, {"Cats lead": 1, "Bees lead": 1}, closed=True), NOW, None) is None
    assert polls.newest()[0].votes == ()


def test_a_poll_that_has_its_name_is_not_taken_for_another_of_the_same_answers(polls: Polls) -> None:
    ask(polls)
    polls.count(count(1, 0, name="first"), NOW, None)
    assert polls.count(count(9, 9, name="a second copy"), NOW, None) is None
    ask(polls, SUNDAY + timedelta(days=7))
    later = polls.count(count(2, 2, name="second"), NOW, None)
    assert later is not None
    assert later.asked_on == SUNDAY + timedelta(days=7)
    assert [poll.votes for poll in polls.newest(2)] == [(2, 2), (1, 0)]


def test_a_poll_that_came_to_nothing_says_why_and_is_asked_after_no_more(polls: Polls) -> None:
    ask(polls)
    polls.end(SUNDAY, "it was deleted")
    assert polls.open_ones() == []
    assert polls.newest()[0].ended == "it was deleted"
    assert polls.count(count(41, 12, closed=True), FRIDAY, None) is None


def test_closed_polls_weigh_the_kinds_of_their_stories(polls: Polls, database: Database) -> None:
    ask(polls)
    polls.count(count(40, 10), NOW, None)
    book = FeedbackBook(database)
    assert book.polled(SUNDAY, SUNDAY) == {}
    polls.count(count(40, 10, closed=True), FRIDAY, None)
    assert book.polled(SUNDAY, SUNDAY) == {"gain": Tally(40, 10, 50, 1), "climb": Tally(10, 40, 50, 1)}
    assert book.polled(SUNDAY + timedelta(days=1), SUNDAY + timedelta(days=9)) == {}


def test_an_answer_of_a_poll_is_nothing_to_follow(polls: Polls, database: Database) -> None:
    ask(polls)
    polls.count(count(40, 10, closed=True), FRIDAY, None)
    assert Following(database).named("Asters", 5) == ()


def test_a_poll_is_not_the_newest_broadcast_that_an_admin_holds_back(polls: Polls, database: Database) -> None:
    outbox = Outbox(database, 1)
    notice = outbox.open_notice([Message(Style.CLASSIC, "Hello")], Audience(), at=NOW, by="anna")
    ask(polls)
    latest = outbox.latest_receipt()
    assert latest is not None
    assert latest.broadcast.id == notice.id
    assert [receipt.broadcast.kind for receipt in outbox.receipts(9)] == [BroadcastKind.POLL, BroadcastKind.NOTICE]
