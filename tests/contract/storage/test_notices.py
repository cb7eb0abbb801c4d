"""A composed notice is kept word for word, and one of a name is sent once, whoever presses at the same time."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

from sqlalchemy import func, select

from domain.audiences import Audience, Circle
from domain.deliveries import BroadcastId
from domain.editions import Message, Picture, Style
from domain.notices import Composed
from domain.readers import ChatId
from storage.database import Database
from storage.notices import Notices
from storage.outbox import Outbox
from storage.schema import BroadcastRow, DeliveryRow
from storage.subscribers import Subscribers
from tests.contract.storage.samples import MORNING, subscriber

NAME = "0123456789ab"
PARTS = (Message(Style.CLASSIC, "The paper <b>moves</b>."), Picture(Style.CLASSIC, "The house", photo="file"))


def test_a_notice_is_kept_with_its_picture_and_audience_until_it_is_given_up(database: Database) -> None:
    notices = Notices(database)
    notices.keep(NAME, PARTS, Audience(), "admin 42", MORNING)
    assert notices.of(NAME) == Composed(PARTS, Audience())
    aimed = Audience(Circle.GROUPS, "de", silent=True, campaign="a booth")
    notices.aim(NAME, aimed)
    assert notices.of(NAME) == Composed(PARTS, aimed)
    notices.discard(NAME)
    assert notices.of(NAME) is None


def test_old_notices_go(database: Database) -> None:
    notices = Notices(database)
    notices.keep(NAME, PARTS, Audience(), "admin 42", MORNING)
    notices.keep("b" * 12, PARTS, Audience(), "admin 42", MORNING + timedelta(hours=1))
    assert notices.prune(MORNING) == 0
    assert notices.prune(MORNING + timedelta(minutes=1)) == 1
    assert notices.of(NAME) is None
    assert notices.of("b" * 12) is not None


def test_four_who_press_send_at_once_send_one_notice_to_each_reader_once(database: Database, database_url: str) -> None:
    for number in range(1, 30):
        Subscribers(database).join(subscriber(ChatId(number)))
    begin = threading.Barrier(4)

    def send(by: str) -> BroadcastId:
        mine = Database.open(database_url)
        begin.wait()
        opened = Outbox(mine, 1).open_notice(PARTS, Audience(), at=MORNING, by=by, name=NAME)
        mine.close()
        return opened.id

    with ThreadPoolExecutor(4) as pool:
        sent = set(pool.map(send, ["ann", "bob", "cid", "dee"]))
    assert len(sent) == 1
    with database.read() as connection:
        assert connection.scalar(select(func.count()).select_from(BroadcastRow)) == 1
        assert (
            connection.scalar(select(func.count()).select_from(DeliveryRow)) == 29
        )  # its second message is owed when the first has gone
    found = Outbox(database, 1).sent_notice(NAME)
    assert found is not None
    assert {found.id} == sent


def test_a_notice_without_a_name_is_one_of_its_own_each_time(database: Database) -> None:
    outbox = Outbox(database, 1)
    first, second = (outbox.open_notice(PARTS, Audience(), at=MORNING, by="ann") for _ in range(2))
    assert first.id != second.id
    assert outbox.sent_notice(NAME) is None
