"""Chapters are gathered behind one door, or the bot does not start."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import cast

import pytest
from telegram import Chat, Message, Update, User

from bot.application import ALLOWED_UPDATES
from bot.conversation import Conversation
from bot.handling import Act, Chapter, Follow, Press
from bot.ports.services import Services
from bot.reception import Reception

AT = datetime(2026, 7, 4, 7, tzinfo=UTC)


class Weather(Chapter):
    """A chapter of the tests: it answers /weather and waits for the name of a town."""

    def __init__(self) -> None:
        self.towns: list[str] = []
        self.opened: list[str] = []

    def commands(self) -> Mapping[str, Act]:
        return {"weather": self.weather, "start": self.weather}

    def presses(self) -> Mapping[str, Press]:
        return {"w": self.pressed, "do:rain": self.pressed}

    def follows(self) -> Mapping[str, Follow]:
        return {"message": self.followed}

    async def linked(self, update: Update, payload: str) -> bool:
        self.opened.append(payload)
        return payload == "town"

    async def written(self, update: Update) -> bool:
        self.towns.append((update.message and update.message.text) or "")
        return True

    async def weather(self, update: Update, words: list[str]) -> None:
        self.towns.append("start")

    async def pressed(self, update: Update, data: str) -> None:
        self.towns.append(data)

    async def followed(self, update: Update) -> None:
        self.towns.append("followed")


class Quiet(Chapter):
    """A chapter that answers nothing."""


class Tides(Chapter):
    def admin_presses(self) -> Mapping[str, Press]:
        return {"w": Weather().pressed}


def nobody() -> Conversation:
    """A conversation whose services no test here asks for anything."""
    return Conversation(cast("Services", None))


def said(text: str) -> Update:
    user = User(1, "Ada", is_bot=False)
    return Update(1, message=Message(1, AT, Chat(1, "private"), from_user=user, text=text))


def test_two_chapters_that_answer_the_same_are_told_at_start() -> None:
    with pytest.raises(ValueError, match="two chapters answer w"):
        Reception(nobody(), [Weather(), Tides()])
    with pytest.raises(ValueError, match="two chapters answer start, weather"):
        Reception(nobody(), [Weather(), Weather()])


async def test_a_message_goes_to_the_chapter_that_waits_for_it() -> None:
    quiet, weather = Quiet(), Weather()
    await Reception(nobody(), [quiet, weather]).written(said("Lisbon"))
    assert weather.towns == ["Lisbon"]


async def test_a_deep_link_is_offered_to_every_chapter_before_the_start() -> None:
    weather = Weather()
    reception = Reception(nobody(), [Quiet(), weather])
    await reception.commands["start"](said("/start town"), ["town"])
    assert (weather.opened, weather.towns) == (["town"], [])
    await reception.commands["start"](said("/start moon"), ["moon"])
    assert (weather.opened, weather.towns) == (["town", "moon"], ["start"])


async def test_an_update_of_a_kind_that_is_followed_reaches_its_followers() -> None:
    weather = Weather()
    await Reception(nobody(), [weather, Quiet()]).followed_up(said("hello"))
    assert weather.towns == ["followed"]


def test_telegram_is_asked_for_kinds_of_updates_that_it_has() -> None:
    assert set(ALLOWED_UPDATES) <= set(Update.__slots__)
    assert len(set(ALLOWED_UPDATES)) == len(ALLOWED_UPDATES)
