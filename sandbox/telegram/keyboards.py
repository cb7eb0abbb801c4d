"""Reply markup: what a keyboard may be, and what Telegram says of one that may not."""

from __future__ import annotations

from typing import Any, Final

from sandbox.telegram.errors import bad_request
from sandbox.telegram.markup.links import LinkError, checked_link

#: What a button can do; an inline button does exactly one of these.
ACTIONS: Final = (
    "url",
    "callback_data",
    "web_app",
    "login_url",
    "switch_inline_query",
    "switch_inline_query_current_chat",
    "switch_inline_query_chosen_chat",
    "copy_text",
    "callback_game",
    "pay",
    "disabled",
)
CALLBACK_BYTES: Final = 64
COPY_LENGTH: Final = 256
STYLES: Final = frozenset(("danger", "success", "primary"))


def inline_keyboard(markup: Any) -> dict[str, Any] | None:
    """The inline keyboard in a reply_markup, as a message carries it; None for any other kind and for none.

    Refused in Telegram's words where it is no valid markup.
    """
    if markup is None:
        return None
    if not isinstance(markup, dict):
        raise bad_request("object expected as reply markup")
    if "inline_keyboard" not in markup:
        return None
    rows = markup["inline_keyboard"]
    if not isinstance(rows, list):
        raise bad_request('field "inline_keyboard" of the InlineKeyboardMarkup must be of type Array')
    checked = [_row(row) for row in rows]
    checked = [row for row in checked if row]
    return {"inline_keyboard": checked} if checked else None


def _row(row: Any) -> list[dict[str, Any]]:
    if not isinstance(row, list):
        raise bad_request("can't parse inline keyboard button: InlineKeyboardButton row must be an Array")
    return [_button(button) for button in row]


def _button(button: Any) -> dict[str, Any]:
    if not isinstance(button, dict):
        raise bad_request("can't parse inline keyboard button: InlineKeyboardButton must be an Object")
    text = button.get("text")
    if not isinstance(text, str):
        raise bad_request("can't parse inline keyboard button: Can't find field \"text\"")
    if not text.strip():
        raise bad_request("text buttons are unallowed in the inline keyboard")
    action = next((name for name in ACTIONS if name in button), None)
    if action is None:
        raise bad_request("text buttons are unallowed in the inline keyboard")
    checked = {"text": text, action: button[action]}
    check_action(action, checked)
    if button.get("style") in STYLES:
        checked["style"] = button["style"]
    return checked


def check_action(action: str, button: dict[str, Any]) -> None:
    """Look at what a button does; completes a link. Refused with BUTTON_DATA_INVALID and the like."""
    value = button[action]
    if action == "callback_data" and not (isinstance(value, str) and 1 <= len(value.encode()) <= CALLBACK_BYTES):
        raise bad_request("BUTTON_DATA_INVALID")
    if action == "url":
        button["url"] = _url(value)
    if action == "copy_text":
        text = value.get("text") if isinstance(value, dict) else None
        if not isinstance(text, str) or not 1 <= len(text) <= COPY_LENGTH:
            raise bad_request("BUTTON_COPY_TEXT_INVALID")


def _url(value: Any) -> str:
    """The link of a button, as Telegram completes it."""
    if not isinstance(value, str):
        raise bad_request('can\'t parse inline keyboard button: Field "url" must be of type String')
    try:
        return checked_link(value)
    except LinkError as wrong:
        raise bad_request(f"inline keyboard button URL '{value}' is invalid: {wrong}") from wrong
