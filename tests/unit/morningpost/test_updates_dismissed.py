"""A press that was dropped stops turning, soon for everybody and never often for one."""

from __future__ import annotations

import asyncio

import pytest
from telegram import CallbackQuery, Update, User
from telegram.error import BadRequest

from morningpost.updates import dismissed as updates_dismissed
from morningpost.updates.dismissed import OF_ONE, Dismissals
from tests.unit.morningpost.test_updates_lanes import said


def pressed(press: str, user: int = 1) -> Update:
    return Update(1, callback_query=CallbackQuery(press, User(user, "Ada", is_bot=False), "1", data="p:1"))


class Telegram:
    """Notes which presses were acknowledged; those called ``old`` are refused."""

    def __init__(self, until: str) -> None:
        self.acknowledged: list[str] = []
        self.done = asyncio.Event()
        self._until = until

    async def __call__(self, press: str) -> None:
        self.acknowledged.append(press)
        if press == self._until:
            self.done.set()
        if press == "old":
            raise BadRequest("Query is too old and response timeout expired or query id is invalid")


async def acknowledged(*updates: Update, until: str) -> list[str]:
    telegram = Telegram(until)
    dismissals = Dismissals(telegram, pause=0)
    for update in updates:
        dismissals.add(update)
    async with dismissals.at_work():
        await asyncio.wait_for(telegram.done.wait(), 5)
    return telegram.acknowledged


async def test_of_one_who_floods_the_newest_are_acknowledged_and_nobody_waits_for_more_than_one_of_them() -> None:
    flood = [pressed(f"flood {number}") for number in range(500)]
    others = [pressed("Bert's", user=2), pressed("Cleo's", user=3)]
    answered = await acknowledged(*flood, *others, until="flood 499")
    newest = [f"flood {number}" for number in range(500 - OF_ONE, 500)]
    assert answered == [newest[0], "Bert's", "Cleo's", *newest[1:]]


async def test_a_press_that_telegram_gave_up_stops_nobody() -> None:
    assert await acknowledged(pressed("old"), pressed("new", user=2), until="new") == ["old", "new"]


async def test_what_is_no_press_is_passed_over() -> None:
    assert await acknowledged(said("/today"), pressed("new"), until="new") == ["new"]


async def test_so_many_wait_and_of_more_the_newest(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(updates_dismissed, "MOST_WAITING", 2)
    presses = [pressed(f"{number}", user=number) for number in range(1, 6)]
    assert await acknowledged(*presses, until="5") == ["4", "5"]


async def test_no_more_than_so_many_a_second_are_acknowledged() -> None:
    telegram = Telegram("none")
    dismissals = Dismissals(telegram, pause=60)
    async with dismissals.at_work():
        for user in range(1, 9):
            dismissals.add(pressed(f"{user}", user=user))
            await asyncio.sleep(0)
        await asyncio.sleep(0.01)
    assert telegram.acknowledged == ["1"]
