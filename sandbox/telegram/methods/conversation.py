"""Answers to what readers do, and what the bot says of itself."""

from __future__ import annotations

from typing import Any

from sandbox.telegram.desk import CallbackAnswer, Desk
from sandbox.telegram.errors import bad_request
from sandbox.telegram.parameters import Parameters
from sandbox.telegram.world import Toast


def get_me(desk: Desk, _: Parameters) -> dict[str, Any]:
    """``getMe``."""
    return desk.world.bot.as_json() | {
        "can_join_groups": True,
        "can_read_all_group_messages": False,
        "supports_inline_queries": desk.world.inline_on,
        "can_connect_to_business": False,
        "has_main_web_app": False,
    }


def answer_callback_query(desk: Desk, given: Parameters) -> bool:
    """``answerCallbackQuery``."""
    callback = desk.callbacks.get(given.text("callback_query_id"))
    if callback is None or callback.answer is not None:
        raise bad_request("query is too old and response timeout expired or query ID is invalid")
    text = given.text("text")
    if len(text) > 200:
        raise bad_request("MESSAGE_TOO_LONG")
    callback.answer = CallbackAnswer(text, given.flag("show_alert"), given.text("url"))
    toast = Toast(callback.user.id, callback.answer.text, callback.answer.alert)
    desk.world.changed(callback.message.chat, toast=toast)
    return True
