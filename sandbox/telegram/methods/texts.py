"""What comes in as a text or a caption: parse mode, cleaning, length."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any, Final

from sandbox.telegram.errors import bad_request
from sandbox.telegram.markup.cleaning import clean
from sandbox.telegram.markup.detection import with_found
from sandbox.telegram.markup.entities import Entity
from sandbox.telegram.markup.html import MarkupError, parse_html
from sandbox.telegram.parameters import Parameters

#: Bytes of UTF-8 that a text may have before it is parsed.
RAW_BYTES: Final = 1 << 15
#: Characters that a text or a caption may have after parsing: code points, as TDLib counts for a bot.
TEXT_LENGTH: Final = 4096
CAPTION_LENGTH: Final = 1024

Marked = tuple[str, Sequence[Mapping[str, Any]]]


def message_text(given: Parameters) -> Marked:
    """The ``text`` of a call: cleaned, with its entities. Refused where it is empty, too long or cannot be parsed."""
    source = given.text("text")
    if not source:
        raise bad_request("message text is empty")
    text, entities = _marked(source, given, "entities")
    if not text:
        raise bad_request("text must be non-empty")
    if len(text) > TEXT_LENGTH:
        raise bad_request("message is too long")
    return text, entities


def caption(given: Parameters) -> Marked:
    """The ``caption`` of a call, which may be empty. Refused where it is too long or cannot be parsed."""
    text, entities = _marked(given.text("caption"), given, "caption_entities")
    if len(text) > CAPTION_LENGTH:
        raise bad_request("message caption is too long")
    return text, entities


def _marked(source: str, given: Parameters, field: str) -> Marked:
    if len(source) > RAW_BYTES or (not source.isascii() and len(source.encode()) > RAW_BYTES):
        raise bad_request("text is too long")
    mode = given.text("parse_mode").lower()
    if mode == "html":
        return _parsed_html(source)
    if mode not in {"", "none"}:
        raise bad_request("unsupported parse_mode")
    explicit = given.structure(field, "message entities")
    return _plain(source) if not explicit else _with_entities(source, explicit)


@lru_cache(maxsize=512)
def _parsed_html(source: str) -> Marked:
    try:
        text, entities = parse_html(source)
    except MarkupError as refused:
        raise bad_request(f"can't parse entities: {refused}") from refused
    return _finished(text, entities)


@lru_cache(maxsize=512)
def _plain(source: str) -> Marked:
    return _finished(source, [])


def _with_entities(source: str, explicit: Any) -> Marked:
    if not isinstance(explicit, list):
        raise bad_request("expected an Array of MessageEntity")
    return _finished(source, [_entity(value) for value in explicit])


def _entity(value: Any) -> Entity:
    try:
        kind = str(value["type"])
        argument = value.get("url") or value.get("language") or value.get("custom_emoji_id")
        if kind == "date_time":
            argument = (int(value["unix_time"]), str(value.get("date_time_format", "")))
        if kind == "text_mention":
            argument = int(value["user"]["id"])
        return Entity(int(value["offset"]), int(value["length"]), kind, argument)
    except (KeyError, TypeError, ValueError, AttributeError) as broken:
        raise bad_request("can't parse MessageEntity") from broken


def _finished(text: str, entities: list[Entity]) -> Marked:
    text, entities = clean(text, entities)
    if len(text) <= TEXT_LENGTH:
        entities = with_found(text, entities)
    return text, tuple(entity.as_json() for entity in entities)
