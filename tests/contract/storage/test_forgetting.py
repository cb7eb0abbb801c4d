"""A chat that asks to be forgotten leaves no trace, and every count stays true."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import timedelta
from pathlib import Path
from random import Random

import pytest
from sqlalchemy import insert, make_url, select

from domain.audiences import Audience
from domain.deliveries import BroadcastKind, BroadcastState, DeliveryState
from domain.displays import Display, DisplayKind
from domain.editions import Message, Style
from domain.questions import Question
from domain.readers import ChatId, ChatKind
from storage.admin_actions import AdminAction, AdminActions
from storage.database import Database
from storage.displays import Displays
from storage.notices import Notices
from storage.questions import Questions
from storage.schema import BroadcastRow, DeliveryRow
from storage.subscribers import Subscribers
from tests.contract.storage.samples import MORNING, dump, subscriber

ANNA = ChatId(0x0123_4567_89AB)  # an id whose bytes occur nowhere by chance
OTHERS = [ChatId(ANNA + n) for n in (-1, 1, 10**6)]


def owe(database: Database, chat_id: ChatId, *states: DeliveryState) -> None:
    """A broadcast for each state, in which the chat's delivery stands so."""
    with database.write() as connection:
        for state in states:
            broadcast = connection.scalar(
                insert(BroadcastRow)
                .values(
                    kind=BroadcastKind.NOTICE,
                    state=BroadcastState.RUNNING,
                    by=f"admin {chat_id}",
                    error=f"{chat_id},{OTHERS[0]},-{chat_id}0",
                    created_at=MORNING,
                )
                .returning(BroadcastRow.id)
            )
            connection.execute(
                insert(DeliveryRow).values(
                    broadcast_id=broadcast,
                    chat_id=chat_id,
                    chat_kind=ChatKind.PRIVATE,
                    style=Style.CLASSIC,
                    state=state,
                    due_at=MORNING,
                    next_attempt_at=MORNING,
                    created_at=MORNING,
                    message_id=77,
                    error=f"chat {chat_id} said no",
                )
            )


def states(database: Database) -> list[DeliveryState]:
    with database.read() as connection:
        return list(connection.scalars(select(DeliveryRow.state).order_by(DeliveryRow.id)))


def leave_traces(database: Database, subscribers: Subscribers) -> None:
    """Anna reads us, administers, invited somebody and was sent something."""
    subscribers.join(subscriber(ANNA, keywords=(f"chat {ANNA}",)))
    subscribers.join(subscriber(OTHERS[0], came_from=f"invite-{ANNA}"))
    subscribers.join(subscriber(OTHERS[1], came_from=f"invite-{ANNA}0"))
    AdminActions(database).record(AdminAction(MORNING, f"telegram:{ANNA}", "import", f"{ANNA}", f"of {ANNA} rows"))
    owe(database, ANNA, *DeliveryState)
    for chat_id in (ANNA, -100):  # she was asked something by herself, and in a group
        Questions(database).ask(chat_id, ANNA, Question("s", "city"), MORNING, MORNING + timedelta(minutes=15))
    Displays(database).show(Display(ANNA, DisplayKind.DRAFT, "2026-07-04", 7, "", "", MORNING))
    Notices(database).keep("0" * 12, (Message(Style.CLASSIC, "Hello"),), Audience(), f"admin {ANNA}", MORNING)


def test_no_row_of_any_table_names_a_forgotten_chat(database: Database, subscribers: Subscribers) -> None:
    leave_traces(database, subscribers)
    assert str(ANNA) in str(dump(database)).replace(f"{ANNA}0", "")
    assert subscribers.forget(ANNA)
    assert str(ANNA) not in str(dump(database)).replace(f"{ANNA}0", "")


def test_other_chats_are_not_touched(database: Database, subscribers: Subscribers) -> None:
    leave_traces(database, subscribers)
    owe(database, OTHERS[0], DeliveryState.QUEUED)
    before = dump(database)
    subscribers.forget(ANNA)
    after = dump(database)
    assert [row for row in after["subscribers"] if row[0] == OTHERS[1]] == [
        row for row in before["subscribers"] if row[0] == OTHERS[1]
    ]
    assert after["deliveries"][-1] == before["deliveries"][-1]
    assert str(OTHERS[0]) in str(after["broadcasts"])


def test_every_count_stays_true_and_nothing_more_is_sent(database: Database, subscribers: Subscribers) -> None:
    leave_traces(database, subscribers)
    subscribers.forget(ANNA)
    expected = [DeliveryState.CANCELLED if each is DeliveryState.QUEUED else each for each in DeliveryState]
    assert states(database) == expected
    with database.read() as connection:
        rows = connection.execute(select(DeliveryRow.chat_id, DeliveryRow.message_id, DeliveryRow.resent)).all()
    assert {tuple(row) for row in rows} == {(None, None, True)}


def test_a_chat_that_was_never_here_leaves_nothing_to_forget(database: Database, subscribers: Subscribers) -> None:
    leave_traces(database, subscribers)
    before = dump(database)
    assert not subscribers.forget(OTHERS[2])
    assert dump(database) == before


def test_forgetting_twice_is_forgetting_once(subscribers: Subscribers) -> None:
    subscribers.join(subscriber(ANNA))
    assert subscribers.forget(ANNA)
    assert not subscribers.forget(ANNA)


def test_a_forgotten_chat_may_join_again_as_a_stranger(subscribers: Subscribers) -> None:
    subscribers.join(subscriber(ANNA, hour=5))
    subscribers.forget(ANNA)
    assert subscribers.join(subscriber(ANNA))
    assert subscribers.get(ANNA) == subscriber(ANNA)


@pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True)
def test_the_bytes_of_a_forgotten_chat_are_nowhere_in_the_files(
    database: Database, database_url: str, subscribers: Subscribers
) -> None:
    chats = Random(7).sample(range(1, ANNA), 2000)
    subscribers.import_rows(subscriber(chat) for chat in chats[:1000])
    leave_traces(database, subscribers)
    subscribers.import_rows(subscriber(chat) for chat in chats[1000:])
    assert traces(database_url) > 0
    subscribers.forget(ANNA)
    assert traces(database_url) == 0


@pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True)
def test_a_copy_that_lingers_in_an_unused_part_of_the_file_is_found_and_erased(
    database_url: str, subscribers: Subscribers
) -> None:
    subscribers.import_rows(subscriber(chat) for chat in (ANNA, *OTHERS))
    with closing(sqlite3.connect(path_of(database_url))) as careless:
        careless.execute("PRAGMA secure_delete = OFF")
        careless.execute("DELETE FROM subscribers WHERE chat_id = ?", (ANNA,))
        careless.commit()
        careless.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    assert traces(database_url) > 0
    assert not subscribers.forget(ANNA)
    assert traces(database_url) == 0
    assert [reader.chat_id for reader in subscribers.export()] == sorted(OTHERS)


def path_of(url: str) -> Path:
    return Path(str(make_url(url).database))


def traces(url: str) -> int:
    """How often the files of a database hold the chat's id: as SQLite writes an integer, or as text."""
    path = path_of(url)
    content = b"".join(file.read_bytes() for file in path.parent.glob(f"{path.name}*"))
    text = content.count(str(ANNA).encode()) - content.count(f"{ANNA}0".encode())
    return content.count(ANNA.to_bytes(6, "big")) + text
