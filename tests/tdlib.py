"""Telegram's own verdict on a classic message, offline: TDLib's static functions by way of tdjson.

``parseTextEntities`` is the very call that the Bot API makes for HTML; ``parseMarkdown`` runs the clean-up that follows
it (its own markup is swapped for private characters first); ``getTextEntities`` says what is linked unasked.
Trimming and lengths are not among the static functions; they are done here as in ``MessageEntity.cpp``.
"""

from __future__ import annotations

import html
import json
import re
from collections import Counter
from dataclasses import dataclass
from typing import Any

import tdjson

_SWAPPED = {ord(character): 0xE000 + number for number, character in enumerate("_*~|`[]")}
_BACK = {private: public for public, private in _SWAPPED.items()}
_SPLITTABLE = {"Bold", "Italic", "Underline", "Strikethrough", "Spoiler", "BlockQuote", "ExpandableBlockQuote"}

Entity = tuple[str, str, str]  #: type, text, address (or an empty string)


@dataclass(frozen=True, slots=True)
class Verdict:
    """What becomes of a message: ``error`` is empty when it is accepted; lengths in UTF-16 units."""

    error: str
    text: str = ""
    units: int = 0
    entities: tuple[Entity, ...] = ()
    linked_unasked: tuple[Entity, ...] = ()
    losses: tuple[str, ...] = ()


def _call(method: str, **parameters: object) -> dict[str, Any]:
    answer = tdjson.td_execute(json.dumps({"@type": method, **parameters}).encode())
    found: dict[str, Any] = json.loads(answer or b"{}")
    return found


_call("setLogVerbosityLevel", new_verbosity_level=0)


def judge(markup: str) -> Verdict:
    """What Telegram makes of a message sent with ``parse_mode=HTML``."""
    if len(markup.encode()) > 1 << 15:
        return Verdict("text is too long")
    parsed = _call("parseTextEntities", text=markup, parse_mode={"@type": "textParseModeHTML"})
    if parsed["@type"] == "error":
        return Verdict(parsed["message"])
    swapped = {"@type": "formattedText", "text": parsed["text"].translate(_SWAPPED), "entities": parsed["entities"]}
    cleaned = _call("parseMarkdown", text=swapped)
    if cleaned["@type"] == "error":
        return Verdict(cleaned["message"])
    text = cleaned["text"].translate(_BACK)
    if not text.strip(" \n"):
        return Verdict("text must be non-empty")
    if len(text.strip(" \n")) > 4096:
        return Verdict("message is too long")
    before, after = _entities(parsed["text"], parsed["entities"]), _entities(text, cleaned["entities"])
    losses = [f"text {parsed['text']!r} became {text!r}"] * (parsed["text"] != text)
    losses += [f"lost or reshaped: {entity}" for entity in sorted((Counter(before) - Counter(after)).elements())]
    losses += [f"link dropped or changed: {url}" for url in _changed_links(markup, after)]
    unasked = tuple(_unasked(text, cleaned["entities"]))
    trimmed = text.strip(" \n")
    return Verdict("", trimmed, _units(trimmed), tuple(after), unasked, tuple(losses))


def entity_count(verdict: Verdict) -> int:
    """How many entities the message holds, of the 100 that Telegram heeds."""
    return len(verdict.entities) + len(verdict.linked_unasked)


def _units(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2


def _slice(text: str, offset: int, length: int) -> str:
    return text.encode("utf-16-le")[2 * offset : 2 * (offset + length)].decode("utf-16-le", "replace")


def _entities(text: str, entities: list[dict[str, Any]]) -> list[Entity]:
    """The entities with their texts."""
    return [(_type(entity), _slice(text, entity["offset"], entity["length"]), _url(entity)) for entity in entities]


def _type(entity: dict[str, Any]) -> str:
    name: str = entity["type"]["@type"]
    return name.removeprefix("textEntityType")


def _url(entity: dict[str, Any]) -> str:
    url: str = entity["type"].get("url", "")
    return url


def _changed_links(markup: str, entities: list[Entity]) -> set[str]:
    """The addresses of the markup that no entity carries as they stand."""
    wanted = {html.unescape(url) for url in re.findall(r'<a href="([^"]*)">', markup)}
    return wanted - {url for _, _, url in entities}


def _unasked(text: str, entities: list[dict[str, Any]]) -> list[Entity]:
    """What Telegram links by itself, beside links and code."""
    taken = [_span(entity) for entity in entities if _type(entity) not in _SPLITTABLE]
    found = [one for one in _call("getTextEntities", text=text)["entities"] if _type(one) != "MediaTimestamp"]
    free = [one for one in found if not any(start < _span(one)[1] and _span(one)[0] < end for start, end in taken)]
    return _entities(text, free)


def _span(entity: dict[str, Any]) -> tuple[int, int]:
    return entity["offset"], entity["offset"] + entity["length"]
