"""Answers to inline queries."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, Final

from sandbox.telegram.desk import Desk
from sandbox.telegram.errors import bad_request
from sandbox.telegram.inline import InlineAnswer
from sandbox.telegram.keyboards import inline_keyboard
from sandbox.telegram.messages import Content
from sandbox.telegram.methods.texts import message_text
from sandbox.telegram.parameters import Parameters

MOST_RESULTS: Final = 50
ID_BYTES: Final = 64
_START: Final = re.compile(r"[A-Za-z0-9_-]{1,64}")
_DEFAULT_CACHE_SECONDS: Final = 300


def answer_inline_query(desk: Desk, given: Parameters) -> bool:
    """``answerInlineQuery``, with results of type article alone."""
    query = desk.world.inline_queries.get(given.text("inline_query_id"))
    if query is None or query.answer is not None:
        raise bad_request("query is too old and response timeout expired or query ID is invalid")
    results = given.structure("results", "inline query results")
    if not isinstance(results, list):
        raise bad_request("expected an Array of InlineQueryResult")
    if len(results) > MOST_RESULTS:
        raise bad_request("RESULTS_TOO_MUCH")
    contents = {_id(result): _content(result) for result in results}
    if len(contents) < len(results):
        raise bad_request("RESULT_ID_DUPLICATE")
    if len(given.text("next_offset").encode()) > ID_BYTES:
        raise bad_request("NEXT_OFFSET_INVALID")
    query.answer = InlineAnswer(
        tuple(results),
        contents,
        given.integer("cache_time", _DEFAULT_CACHE_SECONDS, 0),
        given.flag("is_personal"),
        given.text("next_offset"),
        _button(given),
    )
    desk.world.signal.ring()
    return True


def _id(result: Any) -> str:
    if not isinstance(result, dict):
        raise bad_request("expected an Object")
    named = result.get("id")
    if not isinstance(named, str) or not 1 <= len(named.encode()) <= ID_BYTES:
        raise bad_request("RESULT_ID_INVALID")
    return named


def _content(result: Mapping[str, Any]) -> Content:
    """The message that a result makes."""
    if result.get("type") != "article":
        raise bad_request("RESULT_TYPE_INVALID")
    if not str(result.get("title", "")).strip():
        raise bad_request("ARTICLE_TITLE_EMPTY")
    written = result.get("input_message_content")
    if not isinstance(written, dict) or "message_text" not in written:
        raise bad_request("SEND_MESSAGE_TYPE_INVALID")
    text, entities = message_text(Parameters({**written, "text": written["message_text"]}))
    return Content(text, entities, keyboard=inline_keyboard(result.get("reply_markup")))


def _button(given: Parameters) -> Mapping[str, Any] | None:
    """The button above the results, which opens the private chat with a start parameter."""
    button = given.structure("button", "inline query results button")
    if button is None:
        return None
    if not isinstance(button, dict) or not str(button.get("text", "")).strip():
        raise bad_request("expected an Object as InlineQueryResultsButton")
    if _START.fullmatch(str(button.get("start_parameter", ""))) is None:
        raise bad_request("START_PARAM_INVALID")
    return button
