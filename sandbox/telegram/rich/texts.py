"""Rich text: a string, an array, or an object with a type; read into the form in which it is received."""

from __future__ import annotations

import re
from typing import Any, Final

from sandbox.telegram.errors import bad_request
from sandbox.telegram.markup.detection import find
from sandbox.telegram.markup.entities import Entity
from sandbox.telegram.markup.links import LinkError, checked_link
from sandbox.telegram.rich.buttons import read_button
from sandbox.telegram.rich.reading import Reading, cannot_parse, number, required, string

#: The kinds that hold nothing but a text, then those with fields of their own: (name of the field, is it the text).
_PLAIN_KINDS: Final = frozenset(
    ("bold", "italic", "underline", "strikethrough", "spoiler", "subscript", "superscript", "marked", "code")
)
_FIELDS: Final[dict[str, tuple[str, ...]]] = {
    **dict.fromkeys(_PLAIN_KINDS, ("text",)),
    "url": ("text", "url"),
    "email_address": ("text", "email_address"),
    "phone_number": ("text", "phone_number"),
    "text_mention": ("text", "user"),
    "date_time": ("text", "unix_time", "date_time_format"),
    "custom_emoji": ("custom_emoji_id", "alternative_text"),
    "mathematical_expression": ("expression",),
    "anchor": ("name",),
    "anchor_link": ("text", "anchor_name"),
    "reference": ("text", "name"),
    "reference_link": ("text", "reference_name"),
    "button": ("button",),
}
#: Kinds that come in received messages; sent ones are reduced to their text.
_FOUND_KINDS: Final = frozenset(("mention", "hashtag", "cashtag", "bot_command", "bank_card_number"))
_FOUND_NAMES: Final = {"email": "email_address"}
_DATE_FORMAT: Final = re.compile(r"r|w?[dD]?[tT]?")
#: Days ahead of now that a moment may lie.
_DAYS_AHEAD: Final = 1098

RichText = Any


def read_text(reading: Reading, value: Any, depth: int) -> RichText:
    """The text as it is received: strings merged, addresses completed. Refused where it may not be sent."""
    if isinstance(value, str):
        return _read_string(reading, value, depth)
    if isinstance(value, list):
        return _merged([read_text(reading, part, depth) for part in value])
    if not isinstance(value, dict):
        raise cannot_parse("expected an Object")
    kind = string(required(value, "type"), "type")
    if kind in _FOUND_KINDS:
        return read_text(reading, required(value, "text"), depth)
    if kind not in _FIELDS:
        raise cannot_parse("Unsupported rich text type")
    return _read_object(reading, kind, value, depth)


def flat(text: RichText) -> str:
    """The characters of a received text."""
    if isinstance(text, str):
        return text
    if isinstance(text, list):
        return "".join(flat(part) for part in text)
    if "button" in text:
        return flat(text["button"]["text"])
    return flat(text.get("text") or text.get("alternative_text") or text.get("expression") or "")


def _read_string(reading: Reading, value: str, depth: int) -> RichText:
    tally = reading.tally
    tally.text += len(value)
    tally.runs += 1
    tally.depth = max(tally.depth, depth)
    if not reading.detects or not value:
        return value
    found = find(value)
    return _linked(value, found) if found else value


def _linked(value: str, found: list[Entity]) -> RichText:
    units = value.encode("utf-16-le")

    def cut(start: int, end: int) -> str:
        return units[2 * start : 2 * end].decode("utf-16-le")

    parts: list[RichText] = []
    at = 0
    for entity in found:
        parts.append(cut(at, entity.offset))
        text = cut(entity.offset, entity.end)
        parts.append(_found(entity.kind, text))
        at = entity.end
    return _merged([*parts, cut(at, len(units) // 2)])


def _found(kind: str, text: str) -> dict[str, Any]:
    body = {"type": _FOUND_NAMES.get(kind, kind), "text": text}
    if kind == "url":
        body["url"] = checked_link(text)
    elif kind == "email":
        body["email_address"] = text
    else:
        body[kind] = text[1:]
    return body


def _read_object(reading: Reading, kind: str, value: dict[str, Any], depth: int) -> dict[str, Any]:
    fields = _FIELDS[kind]
    reading.object(value, kind, frozenset(("type", *fields)))
    given = {name: required(value, name) for name in fields if name != "date_time_format"}
    body = {"type": kind} | {
        name: read_text(reading, given[name], depth + 1) if name == "text" else given[name] for name in given
    }
    check = _CHECKS.get(kind)
    if check is not None:
        check(reading, body, value, depth)
    return body


def _check_url(_: Reading, body: dict[str, Any], __: dict[str, Any], ___: int) -> None:
    url = string(body["url"], "url")
    if url.lower().startswith(("mailto:", "tel:")):
        return
    try:
        body["url"] = checked_link(url)
    except LinkError as wrong:
        raise bad_request("RICH_MESSAGE_URL_INVALID") from wrong


def _check_date(reading: Reading, body: dict[str, Any], value: dict[str, Any], _: int) -> None:
    body["unix_time"] = number(body["unix_time"], "unix_time")
    written = string(value.get("date_time_format", ""), "date_time_format")
    if body["unix_time"] <= 0:
        raise bad_request("Invalid date specified")
    if not _DATE_FORMAT.fullmatch(written):
        raise bad_request("Invalid date format used")
    if body["unix_time"] > reading.now + _DAYS_AHEAD * 86400:
        raise bad_request("RICH_MESSAGE_DATE_INVALID")
    body["date_time_format"] = written


def _check_counted(reading: Reading, body: dict[str, Any], _: dict[str, Any], depth: int) -> None:
    """What stands for itself: its characters count as text."""
    name = "expression" if "expression" in body else "alternative_text"
    _read_string(reading, string(body[name], name), depth)


def _check_name(reading: Reading, body: dict[str, Any], _: dict[str, Any], __: int) -> None:
    reading.tally.names.add(string(body["name"], "name"))


def _check_target(reading: Reading, body: dict[str, Any], _: dict[str, Any], __: int) -> None:
    name = "anchor_name" if body["type"] == "anchor_link" else "reference_name"
    reading.tally.links.add(string(body[name], name))


def _check_button(reading: Reading, body: dict[str, Any], _: dict[str, Any], depth: int) -> None:
    body["button"] = read_button(reading, body["button"], lambda text: read_text(reading, text, depth + 1))


def _check_emoji(reading: Reading, body: dict[str, Any], value: dict[str, Any], depth: int) -> None:
    if not str(body["custom_emoji_id"]).isdigit():
        raise bad_request("Invalid custom emoji identifier specified")
    _check_counted(reading, body, value, depth)


_CHECKS: Final = {
    "url": _check_url,
    "date_time": _check_date,
    "custom_emoji": _check_emoji,
    "mathematical_expression": _check_counted,
    "anchor": _check_name,
    "reference": _check_name,
    "anchor_link": _check_target,
    "reference_link": _check_target,
    "button": _check_button,
}


def _merged(parts: list[RichText]) -> RichText:
    """One level of array with no two strings side by side, as Telegram sends it back."""
    merged: list[RichText] = []
    for part in parts:
        for piece in part if isinstance(part, list) else [part]:
            if piece == "":
                continue
            if isinstance(piece, str) and merged and isinstance(merged[-1], str):
                merged[-1] += piece
            else:
                merged.append(piece)
    if not merged:
        return ""
    return merged[0] if len(merged) == 1 else merged
