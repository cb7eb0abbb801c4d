"""The blocks of a rich message, read into the form in which they are received."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final

from sandbox.telegram.errors import bad_request
from sandbox.telegram.rich.buttons import read_button
from sandbox.telegram.rich.reading import Reading, array, cannot_parse, number, required, string
from sandbox.telegram.rich.texts import RichText, flat, read_text

MEDIA: Final = frozenset(("photo", "video", "animation", "audio", "document", "voice_note"))
_LIST_TYPES: Final = frozenset(("1", "a", "A", "i", "I"))
_ALIGN: Final = frozenset(("left", "center", "right"))
_VALIGN: Final = frozenset(("top", "middle", "bottom"))
_CONTENT_REQUIRED: Final = "RICH_MESSAGE_CONTENT_REQUIRED"

Block = dict[str, Any]


def read_blocks(reading: Reading, value: Any, depth: int) -> list[Block]:
    """An array of blocks, ``depth`` levels deep (1: the message itself)."""
    return [read_block(reading, block, depth) for block in array(value, "blocks")]


def read_block(reading: Reading, value: Any, depth: int) -> Block:
    """One block. Refused in Telegram's words where it may not be sent."""
    if not isinstance(value, dict):
        raise cannot_parse("expected an Object")
    kind = string(required(value, "type"), "type")
    known = _KINDS.get(kind)
    if known is None:
        raise cannot_parse(f'type "{kind}" is unsupported')
    fields, read = known
    reading.object(value, kind, frozenset(("type", *fields)))
    reading.tally.blocks += 1
    reading.tally.depth = max(reading.tally.depth, depth)
    return {"type": kind} | read(reading, value, depth)


def _text(reading: Reading, value: Mapping[str, Any], depth: int, name: str = "text") -> RichText:
    return read_text(reading, required(value, name), depth)


def _maybe(reading: Reading, value: Mapping[str, Any], depth: int, *names: str) -> Block:
    """The optional texts among ``names`` that were given."""
    return {name: read_text(reading, value[name], depth) for name in names if value.get(name) not in (None, "")}


def _flags(value: Mapping[str, Any], *names: str) -> Block:
    return {name: True for name in names if value.get(name) is True}


def _needed(text: RichText) -> RichText:
    if not flat(text).strip():
        raise bad_request(_CONTENT_REQUIRED)
    return text


def _paragraph(reading: Reading, value: Mapping[str, Any], depth: int) -> Block:
    return {"text": _text(reading, value, depth)}


def _heading(reading: Reading, value: Mapping[str, Any], depth: int) -> Block:
    size = number(required(value, "size"), "size")
    if not 1 <= size <= 6:
        raise bad_request("Invalid section heading size specified")
    return {"text": _needed(_text(reading, value, depth)), "size": size}


def _pre(reading: Reading, value: Mapping[str, Any], depth: int) -> Block:
    text = _needed(_text(reading, value, depth))
    if "\t" in flat(text):
        reading.losses.append("pre: each tab becomes one space")
    language = string(value.get("language", ""), "language")
    return {"text": text} | ({"language": language} if language else {})


def _divider(_: Reading, __: Mapping[str, Any], ___: int) -> Block:
    return {}


def _anchor(reading: Reading, value: Mapping[str, Any], _: int) -> Block:
    name = string(required(value, "name"), "name")
    reading.tally.names.add(name)
    return {"name": name}


def _formula(reading: Reading, value: Mapping[str, Any], depth: int) -> Block:
    expression = string(required(value, "expression"), "expression")
    read_text(reading, expression, depth)
    return {"expression": expression}


def _list(reading: Reading, value: Mapping[str, Any], depth: int) -> Block:
    items = array(required(value, "items"), "items")
    if not items:
        raise bad_request("List must be non-empty")
    read = [_item(reading, item, depth) for item in items]
    if len({"type" in item for item in read}) > 1:
        raise bad_request("List must be either ordered or unordered")
    return {"items": read}


def _item(reading: Reading, value: Any, depth: int) -> Block:
    fields = frozenset(("blocks", "has_checkbox", "is_checked", "type", "value", "label"))
    given = reading.object(value, "list item", fields)
    reading.tally.blocks += 1
    body: Block = {"blocks": read_blocks(reading, required(given, "blocks"), depth + 1)}
    if "type" in given or "value" in given:
        body |= {"type": given.get("type") or "1", "value": number(given.get("value", 1), "value")}
        if body["type"] not in _LIST_TYPES:
            raise bad_request("Invalid list item type specified")
    body["label"] = f"{body['value']}." if "value" in body else "•"
    return body | _flags(given, "has_checkbox", "is_checked")


def _quote(reading: Reading, value: Mapping[str, Any], depth: int) -> Block:
    blocks = read_blocks(reading, required(value, "blocks"), depth + 1)
    if not blocks:
        raise bad_request("Block must be non-empty")
    return {"blocks": blocks} | _maybe(reading, value, depth, "credit")


def _credited(reading: Reading, value: Mapping[str, Any], depth: int) -> Block:
    return {"text": _text(reading, value, depth)} | _maybe(reading, value, depth, "credit")


def _table(reading: Reading, value: Mapping[str, Any], depth: int) -> Block:
    rows = [_row(reading, row, depth) for row in array(required(value, "cells"), "cells")]
    if not rows:
        raise bad_request("Block must be non-empty")
    caption = _maybe(reading, value, depth, "caption")
    return {"cells": rows} | _flags(value, "is_bordered", "is_striped", "is_compact") | caption


def _row(reading: Reading, value: Any, depth: int) -> list[Block]:
    cells = [_cell(reading, cell, depth) for cell in array(value, "cells")]
    if not cells:
        raise bad_request("Table cell must be non-empty")
    reading.tally.blocks += 1
    width = sum(cell.get("colspan", 1) for cell in cells)
    reading.tally.columns = max(reading.tally.columns, width)
    return cells


def _cell(reading: Reading, value: Any, depth: int) -> Block:
    fields = frozenset(("align", "valign", "text", "is_header", "colspan", "rowspan"))
    given = reading.object(value, "table cell", fields)
    body: Block = {
        "align": _one_of(given.get("align", "center" if given.get("is_header") else "left"), _ALIGN, "align"),
        "valign": _one_of(given.get("valign", "top"), _VALIGN, "valign"),
    }
    if "text" in given:
        body["text"] = read_text(reading, given["text"], depth)
    for name in ("colspan", "rowspan"):
        span = number(given.get(name, 1), name)
        if span < 0:
            raise bad_request(f"Invalid table cell {name} specified")
        if span > 1:
            body[name] = span
    return body | _flags(given, "is_header")


def _one_of(value: Any, allowed: frozenset[str], name: str) -> str:
    if value not in allowed:
        raise cannot_parse(f"invalid {name} specified")
    return str(value)


def _details(reading: Reading, value: Mapping[str, Any], depth: int) -> Block:
    summary = _text(reading, value, depth, "summary")
    blocks = read_blocks(reading, required(value, "blocks"), depth + 1)
    return {"summary": summary, "blocks": blocks} | _flags(value, "is_open")


def _medium(kind: str) -> Callable[[Reading, Mapping[str, Any], int], Block]:
    def read(reading: Reading, value: Mapping[str, Any], depth: int) -> Block:
        given = required(value, kind)
        source = string(required(given if isinstance(given, dict) else {}, "media"), "media")
        photo = reading.find_photo(source)
        if photo is None:
            missing = "RICH_MESSAGE_PHOTO_NO_MEDIA_FOUND" if source.startswith("http") else "RICH_MESSAGE_PHOTO_INVALID"
            raise bad_request(missing if kind == "photo" else missing.replace("PHOTO_INVALID", "DOCUMENT_INVALID"))
        reading.tally.media += 1
        received = [photo.as_json()] if kind == "photo" else photo.as_json()
        return {kind: received} | _caption(reading, value, depth)

    return read


def _gallery(reading: Reading, value: Mapping[str, Any], depth: int) -> Block:
    given = array(required(value, "blocks"), "blocks")
    if not given:
        raise bad_request(_CONTENT_REQUIRED)
    if any(not isinstance(block, dict) or block.get("type") not in MEDIA for block in given):
        raise bad_request("BLOCK_UNEXPECTED")
    return {"blocks": read_blocks(reading, given, depth + 1)} | _caption(reading, value, depth)


def _caption(reading: Reading, value: Mapping[str, Any], depth: int) -> Block:
    given = value.get("caption")
    if given is None:
        return {}
    caption = reading.object(given, "caption", frozenset(("text", "credit")))
    return {"caption": {"text": _text(reading, caption, depth)} | _maybe(reading, caption, depth, "credit")}


def _map(reading: Reading, value: Mapping[str, Any], depth: int) -> Block:
    location = required(value, "location")
    try:
        place = {name: float(location[name]) for name in ("latitude", "longitude")}
    except (KeyError, TypeError, ValueError) as wrong:
        raise bad_request("Invalid location specified") from wrong
    zoom = number(value.get("zoom", 16), "zoom")
    width, height = (number(value.get(name, 0), name) for name in ("width", "height"))
    if abs(place["latitude"]) > 90 or abs(place["longitude"]) > 180:
        raise bad_request("Invalid location specified")
    if not 0 <= zoom <= 24 or min(width, height) < 0 or width + height > 10000:
        raise bad_request("Invalid map properties specified")
    return {"location": place, "zoom": min(max(zoom, 13), 20)} | _caption(reading, value, depth)


def _buttons(reading: Reading, value: Mapping[str, Any], depth: int) -> Block:
    given = array(required(value, "buttons"), "buttons")
    if not 1 <= len(given) <= 8:
        raise bad_request("RICH_MESSAGE_BUTTONS_TOO_MANY" if given else "Block must be non-empty")
    buttons = [read_button(reading, button, lambda text: read_text(reading, text, depth)) for button in given]
    align = {"align": _one_of(value["align"], _ALIGN, "align")} if "align" in value else {}
    return {"buttons": buttons} | align


def _thinking(_: Reading, __: Mapping[str, Any], ___: int) -> Block:
    raise bad_request("RICH_MESSAGE_BLOCK_UNSUPPORTED")


_Read = Callable[[Reading, Mapping[str, Any], int], Block]
_KINDS: Final[dict[str, tuple[tuple[str, ...], _Read]]] = {
    "paragraph": (("text",), _paragraph),
    "heading": (("text", "size"), _heading),
    "pre": (("text", "language"), _pre),
    "footer": (("text",), _paragraph),
    "divider": ((), _divider),
    "anchor": (("name",), _anchor),
    "mathematical_expression": (("expression",), _formula),
    "list": (("items",), _list),
    "blockquote": (("blocks", "credit"), _quote),
    "expandable_blockquote": (("text", "credit"), _credited),
    "pullquote": (("text", "credit"), _credited),
    "table": (("cells", "is_bordered", "is_striped", "is_compact", "caption"), _table),
    "details": (("summary", "blocks", "is_open"), _details),
    **{kind: ((kind, "caption", "has_spoiler"), _medium(kind)) for kind in sorted(MEDIA)},
    "collage": (("blocks", "caption"), _gallery),
    "slideshow": (("blocks", "caption"), _gallery),
    "map": (("location", "zoom", "width", "height", "caption"), _map),
    "buttons": (("buttons", "align"), _buttons),
    "thinking": (("text",), _thinking),
}
