from __future__ import annotations

import json
from typing import Any

from delivery.letters import Letter, write_letter
from domain.editions import Message, Style
from domain.readers import ChatId

CHAT = ChatId(-1001)
LETTER = write_letter(Message(Style.CLASSIC, "Where are <b>you</b>?"))


def fields(letter: Letter) -> dict[str, Any]:
    told: dict[str, Any] = json.loads(letter.to(CHAT))
    return told


def test_a_letter_for_no_topic_is_as_it_was() -> None:
    assert LETTER.into(None) == LETTER


def test_a_letter_for_a_topic_names_it() -> None:
    assert fields(LETTER.into(17)) == fields(LETTER) | {"message_thread_id": 17}


def test_a_question_for_the_place_brings_a_button_that_is_taken_away_by_its_answer() -> None:
    asking = fields(LETTER.asking_location('Share "it"'))["reply_markup"]
    assert asking["keyboard"] == [[{"text": 'Share "it"', "request_location": True}]]
    assert asking["one_time_keyboard"] is True
    assert fields(LETTER.ending_questions())["reply_markup"] == {"remove_keyboard": True}
