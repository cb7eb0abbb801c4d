"""What a letter says to Telegram, whoever gets it."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from delivery.letters import Letter, write_letter
from domain.editions import Button, Message, PollMessage, Style
from domain.readers import ChatId

CHAT = ChatId(-1001234567890)
BLOCKS = [{"type": "heading", "size": 1, "text": "Lead"}, {"type": "paragraph", "text": "a < b “c” 😀"}]
CLASSIC = Message(Style.CLASSIC, "<b>Lead</b>", ((Button("Open", callback="p:20260704:lead"),),))
RICH = Message(Style.RICH, json.dumps(BLOCKS), ((Button("Web", url="https://example.org"),),))

texts = st.text(st.characters(codec="utf-8"), max_size=80)


def sent(letter: Letter, **how: bool) -> dict[str, Any]:
    fields: dict[str, Any] = json.loads(letter.to(CHAT, **how))
    return fields


def test_a_classic_letter_goes_as_html_with_its_buttons_and_without_a_preview() -> None:
    letter = write_letter(CLASSIC)
    assert letter.method == "sendMessage"
    assert sent(letter) == {
        "chat_id": CHAT,
        "text": "<b>Lead</b>",
        "parse_mode": "HTML",
        "link_preview_options": {"is_disabled": True},
        "reply_markup": {"inline_keyboard": [[{"text": "Open", "callback_data": "p:20260704:lead"}]]},
    }


def test_a_poll_goes_with_its_answers_as_they_are_and_the_moment_at_which_telegram_closes_it() -> None:
    closes_at = datetime(2026, 8, 22, 2, 0, tzinfo=UTC)
    letter = write_letter(PollMessage(Style.PLAIN, "Which one?", options=("<b>A</b>", "B & C"), closes_at=closes_at))
    assert letter.method == "sendPoll"
    assert sent(letter) == {
        "chat_id": CHAT,
        "question": "Which one?",
        "options": [{"text": "<b>A</b>"}, {"text": "B & C"}],
        "is_anonymous": True,
        "close_date": 1787364000,
    }


def test_a_poll_without_an_end_stays_open() -> None:
    assert "close_date" not in sent(write_letter(PollMessage(Style.PLAIN, "Which one?", options=("A", "B"))))


def test_plain_text_goes_without_any_markup() -> None:
    fields = sent(write_letter(Message(Style.PLAIN, "a < b & c")))
    assert fields["text"] == "a < b & c"
    assert not {"parse_mode", "reply_markup"} & fields.keys()


def test_the_one_link_that_may_be_previewed_is_named() -> None:
    letter = write_letter(Message(Style.CLASSIC, "x", preview_url="https://example.org/lead"))
    assert sent(letter)["link_preview_options"] == {"url": "https://example.org/lead"}


def test_a_rich_letter_goes_as_blocks_that_nothing_reads_into() -> None:
    letter = write_letter(RICH)
    assert (letter.method, letter.blocks) == ("sendRichMessage", 2)
    assert sent(letter) == {
        "chat_id": CHAT,
        "rich_message": {"blocks": BLOCKS, "skip_entity_detection": True},
        "reply_markup": {"inline_keyboard": [[{"text": "Web", "url": "https://example.org"}]]},
    }


@pytest.mark.parametrize("message", [CLASSIC, RICH])
def test_silence_and_stars_are_said_only_where_they_are_meant(message: Message) -> None:
    letter = write_letter(message)
    assert not {"disable_notification", "allow_paid_broadcast"} & sent(letter).keys()
    assert sent(letter, silent=True)["disable_notification"] is True
    assert sent(letter, paid=True)["allow_paid_broadcast"] is True


@pytest.mark.parametrize("message", [CLASSIC, RICH])
def test_an_edit_says_the_same_words_and_the_message_they_replace(message: Message) -> None:
    letter = write_letter(message)
    assert json.loads(letter.over(CHAT, 42)) == {**sent(letter), "message_id": 42}


def test_a_form_that_is_not_for_chats_is_refused() -> None:
    with pytest.raises(ValueError, match="not sent to chats"):
        write_letter(Message(Style.JSON, "{}"))


@pytest.mark.parametrize("body", ["", "[", "{}", "7", "[NaN]", "[Infinity]", '["\x01"]', "[" * 100_000])
def test_rich_words_that_are_no_array_of_json_are_refused(body: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        write_letter(Message(Style.RICH, body))


def test_half_a_surrogate_pair_is_refused() -> None:
    with pytest.raises(ValueError, match="surrogate"):
        write_letter(Message(Style.PLAIN, "half of it: \ud83d"))


@given(body=texts, button=texts, callback=st.text(st.characters(codec="ascii"), min_size=1, max_size=64))
def test_every_text_arrives_as_it_is(body: str, button: str, callback: str) -> None:
    message = Message(Style.CLASSIC, body, ((Button(button, callback=callback),),))
    fields = sent(write_letter(message), silent=True, paid=True)
    assert fields["text"] == body
    assert fields["reply_markup"]["inline_keyboard"] == [[{"text": button, "callback_data": callback}]]


@given(blocks=st.lists(st.dictionaries(texts, st.recursive(texts | st.integers(), st.lists, max_leaves=5), max_size=3)))
def test_all_blocks_arrive_as_they_are(blocks: list[Any]) -> None:
    letter = write_letter(Message(Style.RICH, json.dumps(blocks, ensure_ascii=False, indent=1)))
    assert sent(letter)["rich_message"]["blocks"] == blocks
    assert letter.blocks == len(blocks)
