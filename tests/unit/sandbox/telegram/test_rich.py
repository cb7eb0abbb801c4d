"""Rich messages are read as Telegram's servers read them: shapes, limits, errors to the letter, losses in words."""

from __future__ import annotations

from typing import Any

import pytest
from aiogram.types import RichMessage
from hypothesis import given, settings
from hypothesis import strategies as st

from sandbox.telegram.chats import ChatKind
from sandbox.telegram.errors import Refusal
from sandbox.telegram.messages import Photo
from sandbox.telegram.rich.message import read_rich_message
from sandbox.telegram.rich.reading import Reading

NOW = 1_795_219_200
PHOTO = Photo("file", "unique", 10, 10, b"x")
CELL = {"align": "left", "valign": "middle", "text": "x"}

Block = dict[str, Any]


def _reading(kind: ChatKind = ChatKind.PRIVATE) -> Reading:
    return Reading(kind, NOW, lambda source: PHOTO if source == "file" else None)


def _read(*blocks: Block, detects: bool = False, kind: ChatKind = ChatKind.PRIVATE) -> list[Block]:
    value = {"blocks": list(blocks), "skip_entity_detection": not detects}
    received: list[Block] = read_rich_message(_reading(kind), value)["blocks"]
    return received


def _losses(*blocks: Block) -> list[str]:
    reading = _reading()
    read_rich_message(reading, {"blocks": list(blocks), "skip_entity_detection": True})
    return reading.losses


def _paragraph(text: Any) -> Block:
    return {"type": "paragraph", "text": text}


def _nested(levels: int) -> Block:
    block = _paragraph("x")
    for _ in range(levels):
        block = {"type": "details", "summary": "s", "blocks": [block]}
    return block


@pytest.mark.parametrize(
    ("block", "said"),
    [
        ({}, "can't parse InputRichBlock: Can't find field \"type\""),
        ({"type": "code", "text": "x"}, 'can\'t parse InputRichBlock: type "code" is unsupported'),
        ({"type": "paragraph"}, "can't parse InputRichBlock: Can't find field \"text\""),
        (_paragraph({"type": "plain", "text": "x"}), "can't parse InputRichBlock: Unsupported rich text type"),
        (_paragraph({"text": "x"}), "can't parse InputRichBlock: Can't find field \"type\""),
        ({"type": "heading", "text": "x"}, "can't parse InputRichBlock: Can't find field \"size\""),
        ({"type": "heading", "text": "x", "size": 7}, "invalid section heading size specified"),
        ({"type": "heading", "text": " ", "size": 1}, "RICH_MESSAGE_CONTENT_REQUIRED"),
        ({"type": "pre", "text": ""}, "RICH_MESSAGE_CONTENT_REQUIRED"),
        ({"type": "divider"}, "RICH_MESSAGE_EMPTY"),
        ({"type": "thinking", "text": "x"}, "RICH_MESSAGE_BLOCK_UNSUPPORTED"),
        ({"type": "list", "items": []}, "list must be non-empty"),
        (
            {
                "type": "list",
                "items": [{"blocks": [_paragraph("a")], "type": "1", "value": 1}, {"blocks": [_paragraph("b")]}],
            },
            "list must be either ordered or unordered",
        ),
        (
            {"type": "list", "items": [{"blocks": [_paragraph("a")], "type": "x", "value": 1}]},
            "invalid list item type specified",
        ),
        ({"type": "blockquote", "blocks": []}, "block must be non-empty"),
        ({"type": "table", "cells": [[CELL | {"colspan": -1}]]}, "invalid table cell colspan specified"),
        ({"type": "table", "cells": [[CELL] * 21]}, "RICH_MESSAGE_TABLE_COLS_TOO_MANY"),
        ({"type": "collage", "blocks": [_paragraph("x")]}, "BLOCK_UNEXPECTED"),
        ({"type": "slideshow", "blocks": []}, "RICH_MESSAGE_CONTENT_REQUIRED"),
        ({"type": "photo", "photo": {"type": "photo", "media": "lost"}}, "RICH_MESSAGE_PHOTO_INVALID"),
        (
            {"type": "photo", "photo": {"type": "photo", "media": "https://x.org/a.png"}},
            "RICH_MESSAGE_PHOTO_NO_MEDIA_FOUND",
        ),
        (_paragraph({"type": "url", "text": "x", "url": "http://localhost"}), "RICH_MESSAGE_URL_INVALID"),
        (_paragraph({"type": "date_time", "text": "x", "unix_time": 0}), "invalid date specified"),
        (_paragraph({"type": "date_time", "text": "x", "unix_time": NOW + 1099 * 86400}), "RICH_MESSAGE_DATE_INVALID"),
        (
            _paragraph({"type": "date_time", "text": "x", "unix_time": 5, "date_time_format": "x"}),
            "invalid date format used",
        ),
        ({"type": "buttons", "buttons": [{"text": "x", "callback_data": "y" * 65}]}, "BUTTON_DATA_INVALID"),
        ({"type": "buttons", "buttons": []}, "block must be non-empty"),
        ({"type": "map", "location": {"latitude": 91, "longitude": 0}}, "invalid location specified"),
    ],
)
def test_a_block_that_may_not_be_sent_is_refused_in_telegrams_words(block: Block, said: str) -> None:
    with pytest.raises(Refusal) as refused:
        _read(block)

    assert refused.value.description == f"Bad Request: {said}"


@pytest.mark.parametrize(
    ("blocks", "said"),
    [
        ([_paragraph("x" * 32769)], "RICH_MESSAGE_TEXT_TOO_LONG"),
        ([_paragraph("x")] * 501, "RICH_MESSAGE_BLOCKS_TOO_MANY"),
        ([_nested(16)], "RICH_MESSAGE_DEPTH_INVALID"),
        ([{"type": "photo", "photo": {"type": "photo", "media": "file"}}] * 51, "RICH_MESSAGE_MEDIA_TOO_MANY"),
        ([_paragraph(["x"] * 5850)], "RICH_MESSAGE_TOO_LARGE"),
    ],
)
def test_one_more_than_the_limit_is_refused(blocks: list[Block], said: str) -> None:
    with pytest.raises(Refusal, match=said):
        _read(*blocks)


def test_what_is_just_within_the_limits_passes() -> None:
    assert _read(_paragraph("x" * 32768))
    assert len(_read(*[_paragraph("x")] * 500)) == 500
    assert _read(_nested(15))
    assert _read({"type": "table", "cells": [[CELL] * 20]})


@pytest.mark.parametrize("value", [None, {}, {"blocks": []}, "x"])
def test_a_message_of_nothing_is_refused(value: Any) -> None:
    with pytest.raises(Refusal, match="rich message must be non-empty"):
        read_rich_message(_reading(), value)


def test_strings_side_by_side_come_back_as_one() -> None:
    (block,) = _read(_paragraph(["a", ["b", {"type": "bold", "text": ["c", "d"]}], "e", ""]))

    assert block["text"] == ["ab", {"type": "bold", "text": "cd"}, "e"]


def test_text_is_literal_and_never_markup() -> None:
    (block,) = _read(_paragraph("<b>*x*</b> &amp;"))

    assert block["text"] == "<b>*x*</b> &amp;"


def test_without_the_skip_addresses_and_names_are_linked() -> None:
    (block,) = _read(_paragraph("see README.md by @somebody"), detects=True)

    assert block["text"] == [
        "see ",
        {"type": "url", "text": "README.md", "url": "http://readme.md/"},
        " by ",
        {"type": "mention", "text": "@somebody", "mention": "somebody"},
    ]


def test_unknown_fields_are_dropped_and_told() -> None:
    block = _paragraph("x") | {"bold": True}

    assert _read(block) == [_paragraph("x")]
    assert _losses(block) == ["paragraph: Telegram ignores 'bold'"]


def test_a_link_to_nowhere_and_tabs_in_code_are_told() -> None:
    lost = _losses(
        _paragraph({"type": "anchor_link", "text": "x", "anchor_name": "lost"}),
        {"type": "anchor", "name": "found"},
        _paragraph({"type": "anchor_link", "text": "x", "anchor_name": "found"}),
        {"type": "pre", "text": "a\tb"},
    )

    assert lost == ["pre: each tab becomes one space", "the link to #lost leads nowhere"]


def test_a_message_that_some_readers_see_in_part_is_told() -> None:
    assert _losses(_paragraph("x" * 7001)) == ["7001 characters: some readers see only about the first 7000"]


def test_some_buttons_belong_to_some_chats() -> None:
    row = {"type": "buttons", "buttons": [{"text": "x", "switch_inline_query_current_chat": ""}]}

    assert _read(row, _paragraph("x"))
    with pytest.raises(Refusal, match="BUTTON_TYPE_INVALID"):
        _read(row, _paragraph("x"), kind=ChatKind.CHANNEL)


_TEXTS = st.recursive(
    st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.builds(
            lambda kind, text: {"type": kind, "text": text},
            st.sampled_from(["bold", "italic", "code", "marked"]),
            inner,
        )
        | st.builds(lambda text: {"type": "url", "text": text, "url": "https://x.org/"}, inner)
        | st.builds(lambda text: {"type": "date_time", "text": text, "unix_time": NOW, "date_time_format": "wD"}, inner)
    ),
    max_leaves=6,
)
_BLOCKS = st.recursive(
    st.builds(_paragraph, _TEXTS)
    | st.builds(lambda text: {"type": "footer", "text": text}, _TEXTS)
    | st.builds(lambda text: {"type": "table", "cells": [[CELL | {"text": text}]], "caption": "c"}, _TEXTS)
    | st.just({"type": "divider"}),
    lambda inner: (
        st.builds(
            lambda blocks: {"type": "details", "summary": "s", "blocks": blocks},
            st.lists(inner, min_size=1, max_size=2),
        )
        | st.builds(
            lambda blocks: {"type": "list", "items": [{"blocks": blocks}]}, st.lists(inner, min_size=1, max_size=2)
        )
    ),
    max_leaves=6,
)


@settings(max_examples=150, deadline=None)
@given(st.lists(_BLOCKS, min_size=1, max_size=4))
def test_what_comes_back_is_a_rich_message_to_a_client_and_comes_back_the_same_when_sent_again(
    blocks: list[Block],
) -> None:
    received = _read(_paragraph("x"), *blocks)

    RichMessage.model_validate({"blocks": received})
    assert _read(*received) == received
