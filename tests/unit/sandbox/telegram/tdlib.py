"""Telegram's own library, asked offline: what it makes of a text, in the terms of the Bot API."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest

tdjson: Any = pytest.importorskip("tdjson", reason="TDLib (the package tdjson) is not installed")

#: parseMarkdown is only used because it cleans a text; its own marks are swapped for private characters first.
_SWAPPED = {ord(character): 0xE000 + at for at, character in enumerate("_*~|`[]")}
_BACK = {swapped: original for original, swapped in _SWAPPED.items()}
_KINDS = {
    "BlockQuote": "blockquote",
    "ExpandableBlockQuote": "expandable_blockquote",
    "PreCode": "pre",
    "TextUrl": "text_link",
    "MentionName": "text_mention",
    "CustomEmoji": "custom_emoji",
    "DateTime": "date_time",
    "BotCommand": "bot_command",
    "EmailAddress": "email",
}
_PRECISION = {"dateTimePartPrecisionNone": 0, "dateTimePartPrecisionShort": 1, "dateTimePartPrecisionLong": 2}

Spans = list[tuple[int, int, str, Any]]


def _call(method: str, **parameters: object) -> dict[str, Any]:
    answer = tdjson.td_execute(json.dumps({"@type": method, **parameters}).encode())
    parsed: dict[str, Any] = json.loads(answer) if answer else {}
    return parsed


_call("setLogVerbosityLevel", new_verbosity_level=0)


def parsed(source: str) -> tuple[str, Spans] | str:
    """The text and the raw entities of HTML, or the error."""
    answer = _parse(source)
    if answer["@type"] == "error":
        return _reason(answer)
    return answer["text"], [_span(entity) for entity in answer["entities"]]


def cleaned(source: str) -> tuple[str, Spans] | str:
    """The same after Telegram has cleaned text and entities; nothing is trimmed."""
    answer = _parse(source)
    if answer["@type"] == "error":
        return _reason(answer)
    swapped = {"@type": "formattedText", "text": answer["text"].translate(_SWAPPED), "entities": answer["entities"]}
    fixed = _call("parseMarkdown", text=swapped)
    return fixed["text"].translate(_BACK), [_span(entity) for entity in fixed["entities"]]


def found(text: str) -> list[tuple[str, int, int]]:
    """What Telegram links by itself: kind, offset, length."""
    spans = [_span(entity) for entity in _call("getTextEntities", text=text)["entities"]]
    return [(kind, offset, length) for offset, length, kind, _ in spans if kind != "mediatimestamp"]


def _parse(source: str) -> dict[str, Any]:
    return _call("parseTextEntities", text=source, parse_mode={"@type": "textParseModeHTML"})


def _reason(answer: dict[str, Any]) -> str:
    return str(answer["message"]).removeprefix("Can't parse entities: ")


def _span(entity: dict[str, Any]) -> tuple[int, int, str, Any]:
    kind = entity["type"]["@type"].removeprefix("textEntityType")
    argument = _ARGUMENTS[kind](entity["type"]) if kind in _ARGUMENTS else None
    return entity["offset"], entity["length"], _KINDS.get(kind, kind.lower()), argument


def _format(told: dict[str, Any] | None) -> str:
    if told is None:
        return ""
    if told["@type"] == "dateTimeFormattingTypeRelative":
        return "r"
    date, time = (_PRECISION[told[part]["@type"]] for part in ("date_precision", "time_precision"))
    return ("w" if told["show_day_of_week"] else "") + ("", "d", "D")[date] + ("", "t", "T")[time]


_ARGUMENTS: dict[str, Callable[[dict[str, Any]], Any]] = {
    "TextUrl": lambda told: told["url"],
    "PreCode": lambda told: told["language"],
    "MentionName": lambda told: told["user_id"],
    "CustomEmoji": lambda told: int(told["custom_emoji_id"]),
    "DateTime": lambda told: (told["unix_time"], _format(told.get("formatting_type"))),
}
