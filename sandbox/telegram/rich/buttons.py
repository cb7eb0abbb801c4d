"""Buttons inside a rich message."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from sandbox.telegram.chats import ChatKind
from sandbox.telegram.errors import bad_request
from sandbox.telegram.keyboards import ACTIONS, check_action
from sandbox.telegram.markup.links import LinkError, checked_link
from sandbox.telegram.rich.reading import Reading, required

_STYLES: Final = frozenset(("danger", "success", "primary", "link"))
_TEXT_KINDS: Final = frozenset(("custom_emoji", "date_time"))


def read_button(reading: Reading, value: Any, read_text: Callable[[Any], Any]) -> dict[str, Any]:
    """A RichMessageButton: a text and exactly one action that its chat allows."""
    given = reading.object(value, "button", frozenset(("text", "style", *ACTIONS)))
    text = required(given, "text")
    _check_text(text)
    actions = [name for name in ACTIONS if name in given]
    if len(actions) != 1:
        raise bad_request("can't parse RichMessageButton: exactly one action must be specified")
    body = {"text": read_text(text), actions[0]: given[actions[0]]}
    _check(reading, actions[0], body)
    if "style" in given:
        body["style"] = _style(given["style"], actions[0])
    return body


def _check_text(text: Any) -> None:
    for part in text if isinstance(text, list) else [text]:
        if not isinstance(part, str) and not (isinstance(part, dict) and part.get("type") in _TEXT_KINDS):
            raise bad_request("can't parse RichMessageButton: Unsupported rich text type")


def _check(reading: Reading, action: str, body: dict[str, Any]) -> None:
    if action == "web_app" and reading.kind is not ChatKind.PRIVATE:
        raise bad_request("BUTTON_TYPE_INVALID")
    if action == "switch_inline_query_current_chat" and reading.kind is ChatKind.CHANNEL:
        raise bad_request("BUTTON_TYPE_INVALID")
    if action != "url":
        check_action(action, body)
        return
    try:
        body["url"] = checked_link(str(body["url"]))
    except LinkError as wrong:
        raise bad_request("RICH_MESSAGE_URL_INVALID") from wrong


def _style(style: Any, action: str) -> str:
    if style not in _STYLES or (style == "link" and action != "callback_data"):
        raise bad_request("can't parse RichMessageButton: invalid button style specified")
    return str(style)
