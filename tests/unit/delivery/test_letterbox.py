"""The words of each form are fetched and encoded once."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from delivery.letterbox import Letterbox
from delivery.letters import Letter, write_letter
from domain.deliveries import BroadcastId, Outcome
from domain.editions import Message, Style
from domain.ledger import Form
from domain.readers import ChatId

FORM = Form(BroadcastId(1), date(2026, 7, 4), Style.CLASSIC)


class Paper:
    """A wire that only encodes, and editions that count how often they are asked."""

    def __init__(self) -> None:
        self.asked: list[Form] = []
        self.words = "today"

    def letter(self, message: Message) -> Letter:
        return write_letter(message)

    async def send(self, chat_id: ChatId, letter: Letter, silent: bool = False) -> Outcome:
        raise AssertionError("nothing is sent here")

    async def edit(self, chat_id: ChatId, message_id: int, letter: Letter) -> Outcome:
        raise AssertionError("nothing is edited here")

    def editions(self, form: Form) -> Message | None:
        self.asked.append(form)
        return Message(form.style, f"{self.words} {form.part}") if self.words else None


async def test_a_form_is_fetched_and_encoded_once() -> None:
    paper = Paper()
    letters = Letterbox(paper, paper.editions)
    assert letters.ready(FORM) is None
    letter = await letters.letter(FORM)
    assert letter is not None
    assert letters.ready(FORM) is letter is await letters.letter(FORM)
    assert paper.asked == [FORM]


async def test_words_that_were_corrected_are_never_taken_for_those_that_stand() -> None:
    paper = Paper()
    letters = Letterbox(paper, paper.editions)
    stale = await letters.letter(FORM)
    paper.words = "corrected"
    assert await letters.letter(replace(FORM, revision=1)) != stale


async def test_a_form_without_words_is_asked_for_again() -> None:
    paper = Paper()
    paper.words = ""
    letters = Letterbox(paper, paper.editions)
    assert await letters.letter(FORM) is None
    paper.words = "mended"
    assert await letters.letter(FORM) is not None


async def test_a_broadcast_that_is_over_leaves_nothing_behind_and_others_stay() -> None:
    paper = Paper()
    letters, other = Letterbox(paper, paper.editions), replace(FORM, broadcast=BroadcastId(2))
    await letters.letter(FORM)
    await letters.letter(other)
    letters.forget(BroadcastId(1))
    assert letters.ready(FORM) is None
    assert letters.ready(other) is not None


async def test_only_so_many_forms_are_kept() -> None:
    paper = Paper()
    letters = Letterbox(paper, paper.editions)
    for part in range(1, 601):
        await letters.letter(replace(FORM, part=part))
    assert sum(letters.ready(replace(FORM, part=part)) is not None for part in range(1, 601)) == 512
    assert letters.ready(FORM) is None


async def test_words_that_are_not_for_chats_are_told_to_whoever_asks() -> None:
    paper = Paper()
    with pytest.raises(ValueError, match="not sent to chats"):
        await Letterbox(paper, paper.editions).letter(replace(FORM, style=Style.JSON))
