"""How a call may be written, and what is said of one that may not, to the letter."""

from __future__ import annotations

import json
from typing import Any

import httpx
import pytest

from sandbox.serving import Serving
from sandbox.telegram import SandboxTelegram

ADA = 1001


@pytest.fixture(autouse=True)
def _started(telegram: SandboxTelegram) -> None:
    telegram.user(ADA, "Ada").start()


def _refusal(answer: httpx.Response) -> tuple[int, str]:
    body = answer.json()
    assert body["ok"] is False
    assert body["error_code"] == answer.status_code
    return answer.status_code, body["description"]


def _send(api: httpx.Client, **more: Any) -> httpx.Response:
    return api.post("sendMessage", json={"chat_id": ADA, "text": "x"} | more)


@pytest.mark.parametrize("method", ["getMe", "GETME", "getme"])
def test_the_case_of_a_method_does_not_matter(api: httpx.Client, method: str) -> None:
    assert api.get(method).json()["result"]["is_bot"] is True


def test_a_call_may_come_as_query_form_json_or_multipart(telegram: SandboxTelegram, api: httpx.Client) -> None:
    api.get("sendMessage", params={"chat_id": ADA, "text": "query"})
    api.post("sendMessage", data={"chat_id": ADA, "text": "form"})
    api.post("sendMessage", json={"chat_id": ADA, "text": "json"})
    api.post("sendMessage", data={"chat_id": str(ADA)}, files={"text": (None, "multipart")})

    assert [message.text for message in telegram.user(ADA).received] == ["query", "form", "json", "multipart"]


def test_another_token_is_unauthorized(serving: Serving) -> None:
    assert _refusal(httpx.get(f"{serving.url}/bot1:x/getMe")) == (401, "Unauthorized")


def test_an_unknown_method_is_not_found(api: httpx.Client) -> None:
    assert _refusal(api.post("sendNothing")) == (404, "Not Found: method not found")


def test_a_path_without_method_is_not_found(serving: Serving) -> None:
    assert _refusal(httpx.get(f"{serving.url}/botx")) == (404, "Not Found")


def test_a_body_that_is_no_json_is_refused(api: httpx.Client) -> None:
    answer = api.post("sendMessage", content=b"{", headers={"content-type": "application/json"})

    assert _refusal(answer)[0] == 400


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"text": ""}, "message text is empty"),
        ({"text": "  \n"}, "text must be non-empty"),
        ({"text": "x" * 4097}, "message is too long"),
        ({"text": "😀" * 8193}, "text is too long"),
        (
            {"text": "<b>x", "parse_mode": "HTML"},
            "can't parse entities: Can't find end tag corresponding to start tag \"b\"",
        ),
        ({"text": "x", "parse_mode": "BBCode"}, "unsupported parse_mode"),
        ({"chat_id": ""}, "chat_id is empty"),
        ({"chat_id": "@nobody"}, "chat not found"),
        ({"reply_markup": "{"}, "can't parse reply keyboard markup JSON object"),
        ({"reply_markup": "[]"}, "object expected as reply markup"),
        ({"reply_parameters": {"message_id": 99}}, "message to be replied not found"),
    ],
)
def test_what_is_wrong_with_a_message_is_said_as_telegram_says_it(
    api: httpx.Client, given: dict[str, Any], said: str
) -> None:
    assert _refusal(_send(api, **given)) == (400, f"Bad Request: {said}")


@pytest.mark.parametrize(
    ("button", "said"),
    [
        ({"text": "x", "callback_data": "y" * 65}, "BUTTON_DATA_INVALID"),
        ({"text": "x", "callback_data": ""}, "BUTTON_DATA_INVALID"),
        ({"text": "x", "callback_data": "é" * 33}, "BUTTON_DATA_INVALID"),
        ({"text": "x"}, "text buttons are unallowed in the inline keyboard"),
        (
            {"text": "x", "url": "http://localhost:8000/"},
            "inline keyboard button URL 'http://localhost:8000/' is invalid: Wrong HTTP URL",
        ),
        (
            {"text": "x", "url": "javascript://x.org"},
            "inline keyboard button URL 'javascript://x.org' is invalid: Unsupported URL protocol",
        ),
        ({"text": "x", "copy_text": {"text": "y" * 257}}, "BUTTON_COPY_TEXT_INVALID"),
    ],
)
def test_a_button_that_may_not_be_is_refused(api: httpx.Client, button: dict[str, Any], said: str) -> None:
    assert _refusal(_send(api, reply_markup={"inline_keyboard": [[button]]})) == (400, f"Bad Request: {said}")


def test_four_thousand_and_ninety_six_emoji_pass(telegram: SandboxTelegram, api: httpx.Client) -> None:
    assert _send(api, text="😀" * 4096).json()["ok"] is True
    assert len(telegram.user(ADA).received[-1].text) == 4096


def test_the_ends_of_a_text_are_trimmed_and_its_entities_with_them(api: httpx.Client) -> None:
    result = _send(api, text=" \n a <b>bold \n</b> \n", parse_mode="HTML").json()["result"]

    assert result["text"] == "a bold"
    assert result["entities"] == [{"offset": 2, "length": 4, "type": "bold"}]


def test_entities_may_be_given_in_place_of_markup(api: httpx.Client) -> None:
    entities = [{"type": "text_link", "offset": 0, "length": 2, "url": "https://x.org"}]

    result = _send(api, text="hi", entities=json.dumps(entities)).json()["result"]

    assert result["entities"] == [{"offset": 0, "length": 2, "type": "text_link", "url": "https://x.org"}]


def test_what_links_itself_is_marked(api: httpx.Client) -> None:
    result = _send(api, text="see README.md").json()["result"]

    assert result["entities"] == [{"offset": 4, "length": 9, "type": "url"}]


def test_an_edit_that_changes_nothing_is_refused(api: httpx.Client) -> None:
    sent = _send(api, text="<b>x</b>", parse_mode="HTML").json()["result"]["message_id"]

    same = api.post(
        "editMessageText",
        json={"chat_id": ADA, "message_id": sent, "text": "<strong>x</strong> ", "parse_mode": "html"},
    )

    assert _refusal(same)[1].startswith("Bad Request: message is not modified: specified new message content")


def test_a_message_that_is_not_there_cannot_be_edited_or_deleted(api: httpx.Client) -> None:
    edit = api.post("editMessageText", json={"chat_id": ADA, "message_id": 99, "text": "x"})
    nameless = api.post("editMessageText", json={"chat_id": ADA, "text": "x"})

    assert _refusal(edit) == (400, "Bad Request: message to edit not found")
    assert _refusal(nameless) == (400, "Bad Request: message identifier is not specified")
    assert _refusal(api.post("deleteMessage", json={"chat_id": ADA, "message_id": 99}))[1].endswith("delete not found")


def test_what_a_reader_wrote_cannot_be_edited(telegram: SandboxTelegram, api: httpx.Client) -> None:
    said = telegram.user(ADA).say("mine")

    edit = api.post("editMessageText", json={"chat_id": ADA, "message_id": said.id, "text": "x"})

    assert _refusal(edit) == (400, "Bad Request: message can't be edited")


def test_a_deleted_message_is_gone_for_good(telegram: SandboxTelegram, api: httpx.Client) -> None:
    sent = _send(api).json()["result"]["message_id"]

    assert api.post("deleteMessage", json={"chat_id": ADA, "message_id": sent}).json()["result"] is True
    assert telegram.user(ADA).received == []


def test_after_logging_out_nothing_is_answered(api: httpx.Client) -> None:
    api.post("logOut")

    assert _refusal(api.get("getMe")) == (400, "Bad Request: Logged out")


def test_closing_is_refused_soon_after_the_start(api: httpx.Client) -> None:
    answer = api.post("close")

    assert answer.status_code == 429
    assert answer.headers["retry-after"] == str(answer.json()["parameters"]["retry_after"])


def test_a_callback_can_be_answered_once(telegram: SandboxTelegram, api: httpx.Client) -> None:
    _send(api, reply_markup={"inline_keyboard": [[{"text": "x", "callback_data": "y"}]]})
    reader = telegram.user(ADA)
    press = reader.press(reader.received[-1], "x")
    body = {"callback_query_id": press.callback.id}

    assert api.post("answerCallbackQuery", json=body).json()["result"] is True
    assert _refusal(api.post("answerCallbackQuery", json=body))[1] == (
        "Bad Request: query is too old and response timeout expired or query ID is invalid"
    )


def test_a_button_that_is_not_there_cannot_be_pressed(telegram: SandboxTelegram, api: httpx.Client) -> None:
    _send(api, reply_markup={"inline_keyboard": [[{"text": "Site", "url": "https://x.org"}]]})
    reader = telegram.user(ADA)

    with pytest.raises(KeyError, match="there are"):
        reader.press(reader.received[-1], "Lead")
    with pytest.raises(ValueError, match="opens https"):
        reader.press(reader.received[-1], "Site")


def test_where_the_bot_stands_is_told(telegram: SandboxTelegram, api: httpx.Client) -> None:
    channel = telegram.channel("@paper", rights=["can_post_messages"], admins=[telegram.user(ADA)])
    me = telegram.world.bot.id

    member = api.post("getChatMember", json={"chat_id": "@paper", "user_id": me}).json()["result"]
    admins = api.post("getChatAdministrators", json={"chat_id": "@paper"}).json()["result"]
    chat = api.post("getChat", json={"chat_id": channel.id}).json()["result"]

    assert (member["status"], member["can_post_messages"], member["can_edit_messages"]) == (
        "administrator",
        True,
        False,
    )
    assert [admin["status"] for admin in admins] == ["administrator", "creator"]
    assert (chat["type"], chat["username"]) == ("channel", "paper")


@pytest.mark.parametrize(
    ("change", "status", "said"),
    [
        ("deactivate", 403, "Forbidden: user is deactivated"),
        ("kick", 403, "Forbidden: bot was kicked from the supergroup chat"),
        ("upgrade", 400, "Bad Request: group chat was upgraded to a supergroup chat"),
        ("delete", 403, "Forbidden: the group chat was deleted"),
    ],
)
def test_a_chat_that_cannot_be_written_to_says_why(
    telegram: SandboxTelegram, api: httpx.Client, change: str, status: int, said: str
) -> None:
    reader = telegram.user(ADA)
    group = telegram.group("Group", members=[reader])
    old = telegram.group("Old", chat_id=-55)
    target = {"deactivate": ADA, "kick": group.id, "upgrade": old.id, "delete": old.id}[change]
    if change == "deactivate":
        telegram.deactivate(reader)
    elif change == "kick":
        telegram.remove_bot(group)
    elif change == "upgrade":
        telegram.upgrade(old)
    else:
        old.deleted = True

    answer = _send(api, chat_id=target)

    assert _refusal(answer) == (status, said)
    if change == "upgrade":
        assert answer.json()["parameters"]["migrate_to_chat_id"] == old.upgraded_to
