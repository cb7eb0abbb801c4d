"""What the chat page sends for a person's hands: it reaches the bot as Telegram would tell it; nonsense is refused."""

from __future__ import annotations

import base64
from collections.abc import Iterator
from typing import Any

import httpx
import pytest

from formatters.pictures import qr_png
from sandbox.serving import Serving
from sandbox.telegram import SandboxTelegram

ADA = 1001


@pytest.fixture
def hands(serving: Serving, telegram: SandboxTelegram) -> Iterator[httpx.Client]:
    telegram.user(ADA, "Ada Lovelace").unblock()
    with httpx.Client(base_url=f"{serving.url}/_sandbox/") as client:
        yield client


def do(hands: httpx.Client, path: str, **body: Any) -> Any:
    answer = hands.post(path, json={"user_id": ADA, **body})
    assert answer.status_code == 200, answer.text
    return answer.json()


def heard(telegram: SandboxTelegram) -> list[dict[str, Any]]:
    return [update for _, update in telegram.updates.queue]


def test_a_reply_names_what_it_answers(hands: httpx.Client, telegram: SandboxTelegram) -> None:
    first = do(hands, "say", text="one")["message_id"]
    do(hands, "say", text="two", reply_to=first)
    assert heard(telegram)[-1]["message"]["reply_to_message"]["text"] == "one"


def test_formatting_reaches_the_bot_as_entities(hands: httpx.Client, telegram: SandboxTelegram) -> None:
    do(hands, "say", html="<b>bold</b> &lt;plain&gt;")
    message = heard(telegram)[-1]["message"]
    assert message["text"] == "bold <plain>"
    assert [entity["type"] for entity in message["entities"]] == ["bold"]


def test_a_picture_comes_with_its_caption(hands: httpx.Client, telegram: SandboxTelegram) -> None:
    do(hands, "photo", content=base64.b64encode(qr_png("https://a.org")).decode(), caption_html="<i>look</i>")
    message = heard(telegram)[-1]["message"]
    assert message["caption"] == "look"
    assert message["photo"][0]["width"] > 0


def test_a_message_of_ones_own_is_edited_and_nobody_elses(hands: httpx.Client, telegram: SandboxTelegram) -> None:
    number = do(hands, "say", text="/todya")["message_id"]
    do(hands, "rewrite", chat_id=ADA, message_id=number, text="/today")
    assert heard(telegram)[-1]["edited_message"]["text"] == "/today"
    refused = hands.post("rewrite", json={"user_id": 1002, "chat_id": ADA, "message_id": number, "text": "x"})
    assert refused.status_code == 400
    assert "only who wrote a message" in refused.json()["error"]


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("photo", {"content": "no base64!"}),
        ("photo", {"content": base64.b64encode(b"no picture").decode()}),
        ("location", {"latitude": 91, "longitude": 0}),
        ("location", {"latitude": "nan", "longitude": 0}),
        ("react", {"chat_id": ADA, "message_id": 99, "emoji": "👍"}),
        ("say", {"text": "x", "reply_to": 99}),
        ("choose", {"query_id": "1", "result_id": "1", "chat_id": ADA}),
    ],
)
def test_nonsense_is_refused_in_words_and_tells_the_bot_nothing(
    hands: httpx.Client, telegram: SandboxTelegram, path: str, body: dict[str, Any]
) -> None:
    refused = hands.post(path, json={"user_id": ADA, **body})
    assert refused.status_code == 400
    assert refused.json()["error"]
    assert heard(telegram) == []


def test_with_inline_mode_off_nothing_is_offered(hands: httpx.Client, telegram: SandboxTelegram) -> None:
    telegram.switch_inline(False)
    assert do(hands, "inline", text="agents")["results"] == []
    assert heard(telegram) == []


def test_a_file_of_the_bot_is_saved_as_it_was_sent(hands: httpx.Client, api: httpx.Client) -> None:
    files = {"document": ("my data.json", b"<script>1</script>", "text/html")}
    number = api.post("sendDocument", data={"chat_id": str(ADA)}, files=files).json()["result"]["message_id"]
    saved = hands.get(f"documents/{ADA}/{number}")
    assert saved.content == b"<script>1</script>"
    assert saved.headers["content-type"] == "application/octet-stream"
    assert saved.headers["content-disposition"] == "attachment; filename*=utf-8''my%20data.json"
    assert hands.get(f"documents/{ADA}/{number + 1}").status_code == 404
    assert hands.get(f"documents/5/{number}").status_code == 404
