from __future__ import annotations

import httpx
import pytest

from sandbox.serving import Serving
from sandbox.telegram import SandboxTelegram


@pytest.fixture
def telegram() -> SandboxTelegram:
    return SandboxTelegram()


def test_a_document_arrives_with_its_name_and_an_empty_one_is_refused(telegram: SandboxTelegram) -> None:
    reader = telegram.user(1001)
    reader.start()
    with Serving(telegram) as serving, httpx.Client(base_url=f"{serving.url}/bot{telegram.token}/") as bot:
        for content, status in ((b"", 400), (b"{}", 200)):
            files = {"document": ("data.json", content, "application/json")}
            told = bot.post("sendDocument", data={"chat_id": 1001, "caption": "Yours"}, files=files)
            assert told.status_code == status
        assert bot.post("sendDocument", json={"chat_id": 1001}).status_code == 400
    (message,) = reader.received
    assert message.content.document is not None
    assert (message.content.document.name, message.content.document.content, message.text) == (
        "data.json",
        b"{}",
        "Yours",
    )


def test_a_topic_that_is_not_there_and_a_question_for_the_place_in_a_group_are_refused(
    telegram: SandboxTelegram,
) -> None:
    group = telegram.group("Readers", members=[telegram.user(1001)])
    topic = telegram.forum(group, telegram.user(1001)).open("News").id
    asking = {"keyboard": [[{"text": "Here", "request_location": True}]]}
    with Serving(telegram) as serving, httpx.Client(base_url=f"{serving.url}/bot{telegram.token}/") as bot:
        into = [
            bot.post("sendMessage", json={"chat_id": group.id, "text": "x", "message_thread_id": number})
            for number in (topic + 1, topic)
        ]
        asked = bot.post("sendMessage", json={"chat_id": group.id, "text": "x", "reply_markup": asking})
    assert [answer.status_code for answer in into] == [400, 200]
    assert into[1].json()["result"]["message_thread_id"] == topic
    assert "private chats only" in asked.json()["description"]


def test_a_place_that_a_reader_shares_is_told_to_the_bot(telegram: SandboxTelegram) -> None:
    telegram.user(1001).share_location(52.52, 13.405)
    with Serving(telegram) as serving, httpx.Client(base_url=f"{serving.url}/bot{telegram.token}/") as bot:
        (update,) = bot.post("getUpdates", json={}).json()["result"]
    assert update["message"]["location"] == {"latitude": 52.52, "longitude": 13.405}
    assert "text" not in update["message"]
