"""What is counted in memory is written every few seconds and at the end, once, and nobody waits for it."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta

import pytest
from telegram import CallbackQuery, Chat, ChatMemberLeft, ChatMemberUpdated, InlineQuery, Message, Update, User

from domain.errors import StorageError
from domain.readers import ChatId
from domain.usage import PageView
from morningpost.services import usage
from morningpost.services.usage import Tally, who_acts

NOW = datetime(2026, 7, 4, 23, 59, tzinfo=UTC)
DAY = NOW.date()
ADA = User(7, "Ada", is_bot=False)
GROUP = Chat(-70, "supergroup")


class Book:
    """Keeps what it is told, unless it is ``shut``; ``locked`` chats are told back."""

    def __init__(self) -> None:
        self.views: list[dict[PageView, int]] = []
        self.seen: list[dict[ChatId, date]] = []
        self.shut = False
        self.written = threading.Event()
        self.locked: frozenset[ChatId] = frozenset()

    def note(self, views: Mapping[PageView, int], seen: Mapping[ChatId, date]) -> frozenset[ChatId]:
        if self.shut:
            raise StorageError("shut")
        self.views.append(dict(views))
        self.seen.append(dict(seen))
        self.written.set()
        return self.locked & seen.keys()


class Clock:
    def __init__(self) -> None:
        self.now = NOW

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture
def book() -> Book:
    return Book()


@pytest.fixture
def clock() -> Clock:
    return Clock()


def written(chat: Chat = GROUP, number: int = 1) -> Update:
    return Update(number, message=Message(1, NOW, chat, from_user=ADA, text="/today"))


async def test_openings_are_counted_by_the_day_on_which_they_happen(book: Book, clock: Clock) -> None:
    tally = Tally(book, clock)
    for _ in range(3):
        tally.opened(DAY, "lead")
    clock.now += timedelta(minutes=1)
    tally.opened(DAY, "lead")
    await tally.write()
    assert book.views == [{PageView(DAY, DAY, "lead"): 3, PageView(DAY + timedelta(days=1), DAY, "lead"): 1}]
    await tally.write()
    assert len(book.views) == 1


async def test_a_reader_is_written_once_a_day_however_often_he_writes(book: Book, clock: Clock) -> None:
    tally = Tally(book, clock)
    for _ in range(3):
        tally.seen(written())
        await tally.write()
    clock.now += timedelta(minutes=1)
    tally.seen(written())
    await tally.write()
    assert book.seen == [{GROUP.id: DAY}, {GROUP.id: DAY + timedelta(days=1)}]


async def test_only_so_many_are_remembered(book: Book, clock: Clock, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(usage, "MOST_KNOWN", 2)
    tally = Tally(book, clock)
    for chat in (1, 2, 3, 1):
        tally.seen(written(Chat(chat, "private")))
    await tally.write()
    assert book.seen == [{1: DAY, 2: DAY, 3: DAY}]


async def test_what_cannot_be_written_is_counted_on(book: Book, clock: Clock) -> None:
    tally = Tally(book, clock)
    tally.opened(DAY, "lead")
    tally.seen(written())
    book.shut = True
    await tally.write()
    tally.opened(DAY, "lead")
    book.shut = False
    await tally.write()
    assert (book.views, book.seen) == ([{PageView(DAY, DAY, "lead"): 2}], [{GROUP.id: DAY}])


async def test_a_chat_that_somebody_else_was_writing_is_noted_with_the_next(book: Book, clock: Clock) -> None:
    tally = Tally(book, clock)
    book.locked = frozenset({ChatId(GROUP.id)})
    tally.seen(written())
    await tally.write()
    book.locked = frozenset()
    await tally.write()
    await tally.write()
    assert book.seen == [{GROUP.id: DAY}, {GROUP.id: DAY}]


async def test_all_is_written_every_few_seconds_and_at_the_end(
    book: Book, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(usage, "EVERY", 0.01)
    tally = Tally(book, clock)
    async with tally.at_work():
        tally.opened(DAY, "lead")
        await asyncio.wait_for(asyncio.to_thread(book.written.wait), 5)
        tally.opened(DAY, "tools")
    assert sum(sum(views.values()) for views in book.views) == 2


def left() -> ChatMemberUpdated:
    return ChatMemberUpdated(GROUP, ADA, NOW, ChatMemberLeft(ADA), ChatMemberLeft(ADA))


@pytest.mark.parametrize(
    ("update", "chat"),
    [
        (written(), GROUP.id),
        (Update(1, callback_query=CallbackQuery("1", ADA, "1", message=written().message, data="x")), GROUP.id),
        (Update(1, inline_query=InlineQuery("1", ADA, "", "")), ADA.id),
        (Update(1, my_chat_member=left()), None),
        (Update(1), None),
    ],
)
def test_who_writes_or_presses_is_seen_and_who_blocks_us_is_not(update: Update, chat: int | None) -> None:
    assert who_acts(update) == chat
