"""Each person waits for himself alone, and of what he repeats only the newest is answered."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable
from datetime import UTC, datetime
from itertools import count

from telegram import CallbackQuery, Chat, Message, Update, User

from morningpost.updates.lanes import MOST_WAITING, Lanes, Visit

_numbers = count(1)


def said(text: str, user: int = 1) -> Update:
    message = Message(1, datetime(2026, 7, 4, tzinfo=UTC), Chat(user, "private"), from_user=_user(user), text=text)
    return Update(next(_numbers), message=message)


def pressed(data: str, user: int = 1) -> Update:
    return Update(next(_numbers), callback_query=CallbackQuery("1", _user(user), "1", data=data))


def _user(user: int) -> User:
    return User(user, "Ada", is_bot=False)


class Desk:
    """Answers one at a time, when it is let; ``door`` is open from the beginning unless closed."""

    def __init__(self) -> None:
        self.door = asyncio.Event()
        self.answered: list[str] = []
        self.dropped: list[int] = []
        self.lanes = Lanes(self._handle, lambda update: self.dropped.append(update.update_id))

    async def ask(self, updates: Iterable[Update]) -> None:
        for update in updates:
            self.lanes.add(update)
            await asyncio.sleep(0)

    async def finish(self) -> list[str]:
        self.door.set()
        await self.lanes.emptied(5)
        return self.answered

    async def _handle(self, visit: Visit) -> None:
        if visit.update.effective_user is not None and visit.update.effective_user.id == 1:
            await self.door.wait()
        query, message = visit.update.callback_query, visit.update.message
        text = (query.data if query else message.text if message else "") or ""
        self.answered.append("patience" if visit.given_up else text)


async def test_one_person_is_answered_in_the_order_in_which_he_asks() -> None:
    desk = Desk()
    await desk.ask([said("/lead"), said("/tools"), said("/today")])
    assert await desk.finish() == ["/lead", "/tools", "/today"]
    assert not desk.lanes.busy


async def test_nobody_waits_for_somebody_else_and_no_press_for_a_message() -> None:
    desk = Desk()
    await desk.ask([said("/lead"), said("/lead", user=2), pressed("p:1", user=2)])
    assert desk.answered == ["/lead", "p:1"]
    await desk.finish()


async def test_of_a_flood_of_one_command_the_newest_is_answered_and_patience_asked_for_once() -> None:
    desk = Desk()
    flood = [said("/today") for _ in range(50)]
    await desk.ask(flood)
    assert await desk.finish() == ["/today", "patience", "/today"]
    assert len(desk.dropped) == 47
    assert flood[-1].update_id not in desk.dropped


async def test_of_a_flood_of_different_commands_the_newest_are_answered() -> None:
    desk = Desk()
    await desk.ask(said(f"/{number}") for number in range(50))
    answered = await desk.finish()
    assert answered == ["/0", "patience", *(f"/{number}" for number in range(50 - MOST_WAITING, 50))]
    assert desk.lanes.length == 0


async def test_patience_is_asked_for_again_only_after_all_was_answered() -> None:
    desk = Desk()
    await desk.ask(said("/today") for _ in range(5))
    await desk.finish()
    desk.door.clear()
    await desk.ask(said("/today") for _ in range(5))
    assert (await desk.finish()).count("patience") == 2


async def test_a_button_pressed_again_and_again_acts_for_the_first_and_the_last_time_only() -> None:
    desk = Desk()
    await desk.ask(pressed("p:1") for _ in range(9))
    assert await desk.finish() == ["p:1", "p:1"]


async def test_what_is_not_answered_in_time_is_broken_off() -> None:
    desk = Desk()
    await desk.ask([said("/today"), said("/lead")])
    await desk.lanes.emptied(0.01)
    assert desk.answered == []
