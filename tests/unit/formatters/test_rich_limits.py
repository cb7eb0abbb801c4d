from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from formatters.rich.grammar import flat, is_web_address
from formatters.rich.limits import UnsoundMessage, problems, require_sound
from formatters.rich.measure import Measure, measure
from tests.unit.formatters.building import AS_OF

Block = dict[str, Any]
TEXT: Block = {"type": "paragraph", "text": "Some text."}
PHOTO: Block = {"type": "photo", "photo": {"type": "photo", "media": "https://x.org/p.png"}}


def _paragraph(text: Any) -> list[Block]:
    return [{"type": "paragraph", "text": text}]


def _nested(depth: int) -> Block:
    """Details around a paragraph, so many deep."""
    block = TEXT
    for _ in range(depth):
        block = {"type": "details", "summary": "x", "blocks": [block]}
    return block


def _cell(text: str = "x", **more: Any) -> Block:
    return {"text": text, "align": "left", "valign": "top", **more}


def _button(**action: Any) -> Block:
    return {"type": "buttons", "buttons": [{"text": "Press", **action}]}


SOUND: list[tuple[str, list[Block]]] = [
    ("every typeface", _paragraph([{"type": kind, "text": "x"} for kind in ("bold", "italic", "code", "marked")])),
    ("an ordered list", [{"type": "list", "items": [{"blocks": [TEXT], "type": "1", "value": 1}] * 2}]),
    ("a button", [_button(callback_data="x", style="link"), TEXT]),
    ("a button that copies", [_button(copy_text={"text": "x"}), TEXT]),
    ("a button in a text", _paragraph({"type": "button", "button": {"text": "x", "url": "https://x.org/"}})),
    ("a collage with a caption", [{"type": "collage", "blocks": [PHOTO], "caption": {"text": "x", "credit": "y"}}]),
    ("a date", _paragraph({"type": "date_time", "text": "x", "unix_time": 1795219200, "date_time_format": "wDT"})),
    ("a link to the top", _paragraph({"type": "anchor_link", "text": "x", "anchor_name": ""})),
    ("a reference", [*_paragraph([{"type": "reference_link", "text": "1", "reference_name": "s"}]),
                     *_paragraph({"type": "reference", "name": "s", "text": "x"})]),
    ("a table with a caption", [{"type": "table", "cells": [[_cell(is_header=True)]], "caption": "x"}]),
    ("a formula", _paragraph({"type": "mathematical_expression", "expression": "x^2"})),
    ("an emoji", _paragraph({"type": "custom_emoji", "custom_emoji_id": "1", "alternative_text": "x"})),
    ("code", [{"type": "pre", "text": "x = 1", "language": "python"}]),
    ("fifteen details", [_nested(15)]),
    ("an address of a mail", _paragraph({"type": "url", "text": "x", "url": "mailto:a@x.org"})),
]  # fmt: skip

WRONG: list[tuple[str, list[Any], str]] = [
    ("a key that Telegram does not know", [{**TEXT, "bold": True}], "blocks[0] paragraph: bold is unknown"),
    ("an unknown block", [{"type": "quote", "blocks": [TEXT]}], "blocks[0]: there is no block 'quote'"),
    ("a block for drafts", [{"type": "thinking", "text": "x"}], "there is no block 'thinking'"),
    ("no object", ["text"], "there is no block ''"),
    ("a type that is no string", [{"type": ["x"]}], "there is no block ''"),
    ("an unknown text", _paragraph({"type": "plain", "text": "x"}), "there is no text 'plain'"),
    ("a text that may not be sent", _paragraph({"type": "hashtag", "text": "#x"}), "there is no text 'hashtag'"),
    ("a number for a text", _paragraph([1]), "there is no text ''"),
    ("a missing key", [{"type": "heading", "text": "x"}], "size is missing"),
    ("a cell without alignment", [{"type": "table", "cells": [[{"text": "x"}]]}], "align is missing"),
    ("a cell aligned nowhere", [{"type": "table", "cells": [[_cell(align="middle")]]}], "aligned in no known way"),
    ("a cell that spans nothing", [{"type": "table", "cells": [[_cell(colspan=0)]]}], "spans nothing"),
    ("a cell that is no object", [{"type": "table", "cells": [["x"]]}], "is not an object"),
    ("a button of two actions", [_button(url="https://x.org", callback_data="x")], "exactly one action"),
    ("a button of none", [_button()], "exactly one action"),
    ("a long callback", [_button(callback_data="é" * 33)], "1 to 64 bytes"),
    ("a long copy", [_button(copy_text={"text": "x" * 257})], "1 to 256 characters"),
    ("a link style without a callback", [_button(url="https://x.org", style="link")], "only a callback button"),
    ("a button without text", [{"type": "buttons", "buttons": [{"text": " ", "url": "https://x.org"}]}], "has no text"),
    ("a button with an unknown key", [_button(url="https://x.org", colour="red")], "colour is unknown"),
    ("nine buttons", [{"type": "buttons", "buttons": _button(callback_data="x")["buttons"] * 9}], "1 to 8 buttons"),
    ("buttons aligned nowhere", [_button(callback_data="x") | {"align": "up"}], "aligned in no known way"),
    (
        "a list half ordered",
        [{"type": "list", "items": [{"blocks": [TEXT], "type": "1", "value": 1}, {"blocks": [TEXT]}]}],
        "neither ordered",
    ),
    ("a value without a type", [{"type": "list", "items": [{"blocks": [TEXT], "value": 1}]}], "neither ordered"),
    ("a list of nothing", [{"type": "list", "items": []}], "has no items"),
    ("an item without blocks", [{"type": "list", "items": [{"blocks": []}]}], "needs a list of blocks"),
    ("words in a collage", [{"type": "collage", "blocks": [TEXT]}], "something else than media"),
    ("a caption that is a text", [{**PHOTO, "caption": "x"}], "caption: is not an object"),
    ("an empty heading", [{"type": "heading", "text": [" "], "size": 1}], "is empty"),
    ("a heading of size 7", [{"type": "heading", "text": "x", "size": 7}], "size is not 1 to 6"),
    ("empty code", [{"type": "pre", "text": ""}], "is empty"),
    ("a table without rows", [{"type": "table", "cells": []}], "no rows"),
    ("an empty row", [{"type": "table", "cells": [[]]}], "an empty row"),
    ("an address without a dot", _paragraph({"type": "url", "text": "x", "url": "http://localhost/"}), "no address"),
    ("a script", _paragraph({"type": "url", "text": "x", "url": "javascript:alert(1)"}), "no address"),
    ("an address that is a number", _paragraph({"type": "url", "text": "x", "url": 1}), "no address"),
    (
        "a date before 1970",
        _paragraph({"type": "date_time", "text": "x", "unix_time": 0, "date_time_format": "r"}),
        "out of Telegram's range",
    ),
    (
        "a date too far away",
        _paragraph(
            {
                "type": "date_time",
                "text": "x",
                "unix_time": int((AS_OF + timedelta(days=1099)).timestamp()),
                "date_time_format": "r",
            }
        ),
        "out of Telegram's range",
    ),
    (
        "a wrong date format",
        _paragraph({"type": "date_time", "text": "x", "unix_time": 1, "date_time_format": "rT"}),
        "no date format",
    ),
    ("a dangling link", _paragraph({"type": "anchor_link", "text": "x", "anchor_name": "gone"}), "no target"),
    ("an anchor twice", [{"type": "anchor", "name": "a"}] * 2 + [TEXT], "'a' is empty or taken"),
    ("a tab in code", [{"type": "pre", "text": "a\tb"}], "a tab becomes one blank"),
    ("no text", [{"type": "divider"}], "the message has no text"),
    ("no blocks", [], "needs a list of blocks"),
    ("details without blocks", [{"type": "details", "summary": "x", "blocks": []}], "needs a list of blocks"),
    ("too long a text", _paragraph("x" * 7001), "text 7001 exceeds 7000"),
    ("a text beyond Telegram's own limit", _paragraph("x" * 32769), "text 32769 exceeds 32768"),
    ("too many blocks", [TEXT] * 501, "blocks 501 exceeds 500"),
    ("too deep a nest", [_nested(16)], "depth 17 exceeds 16"),
    ("too many media", [*[PHOTO] * 51, TEXT], "media 51 exceeds 50"),
    ("too many columns", [{"type": "table", "cells": [[_cell()] * 21]}], "columns 21 exceeds 20"),
    ("too many runs", _paragraph([{"type": "bold", "text": "x"}, "y"] * 2501), "runs 5002 exceeds 5000"),
]


@pytest.mark.parametrize(("what", "blocks"), SOUND, ids=[what for what, _ in SOUND])
def test_what_telegram_takes_passes(what: str, blocks: list[Block]) -> None:
    assert problems(blocks, AS_OF) == [], what


@pytest.mark.parametrize(("what", "blocks", "problem"), WRONG, ids=[what for what, _, _ in WRONG])
def test_what_telegram_refuses_or_mutilates_is_named_with_its_place(what: str, blocks: list[Any], problem: str) -> None:
    assert problem in "; ".join(problems(blocks, AS_OF)), what


def test_an_unsound_message_is_not_rendered_and_the_error_lists_every_problem() -> None:
    blocks = [{"type": "heading", "text": "", "size": 9}]
    with pytest.raises(UnsoundMessage, match=r"size is not 1 to 6; .* is empty"):
        require_sound(blocks, AS_OF)


def test_every_part_of_a_message_is_counted() -> None:
    blocks = [
        {"type": "details", "summary": "12", "blocks": [{"type": "pullquote", "text": "34", "credit": "56"}]},
        {"type": "table", "caption": "78", "cells": [[_cell("9"), _cell("0", colspan=2)]]},
        {"type": "list", "items": [{"blocks": [{"type": "paragraph", "text": ["a", {"type": "bold", "text": "b"}]}]}]},
        {**PHOTO, "caption": {"text": "cd", "credit": "ef"}},
        _button(callback_data="x"),
        {"type": "paragraph", "text": {"type": "button", "button": {"text": "gh", "callback_data": "x"}}},
        {"type": "paragraph", "text": {"type": "anchor", "name": "here"}},
        {"type": "paragraph", "text": "\U0001f600"},
    ]
    assert measure(blocks) == Measure(text=10 + 2 + 4 + 5 + 2 + 2, blocks=12, depth=3, media=1, columns=3, runs=13)


@pytest.mark.parametrize("url", ["https://x.org/a b", "https://[x", "ftp://x.org", "https://", "/x"])
def test_telegram_links_only_addresses_of_the_web(url: str) -> None:
    assert not is_web_address(url)


def test_the_characters_of_nothing_are_none() -> None:
    assert flat(None) == ""
