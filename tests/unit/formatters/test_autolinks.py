from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from formatters.classic.autolinks import risky_spans
from formatters.classic.segments import Segment, set_text
from tests.strategies import TRAPS, hostile
from tests.tdlib import judge

#: What links are made of, so that chance finds those that nobody thought of.
PIECES = (
    *(
        "ai",
        "com",
        "md",
        "py",
        "рф",
        "中国",
        "x",
        "Z",
        "é",
        "www",
        "http",
        "tg",
        "mailto",
        "xn--p1ai",
        "0",
        "127",
        "4111 1111",
    ),
    *(
        ".",
        "-",
        "_",
        "/",
        "//",
        ":",
        "@",
        "#",
        "$",
        "?",
        "=",
        "&",
        "+",
        ",",
        ";",
        "(",
        ")",
        "[",
        "]",
        "<",
        ">",
        "~",
        "%",
    ),
    *("'", '"', "“", "”", "…", "—", " ", "·", "。", "\\", "|", "^", "NVDA", "1INCH", "UQ" + "b" * 46),
)
LINKISH = st.lists(st.sampled_from(PIECES), max_size=12).map("".join)


def _markup(segments: tuple[Segment, ...]) -> str:
    """The segments with code alone for markup."""
    parts = (one.text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;") for one in segments)
    return "".join(f"<code>{text}</code>" if one.code else text for one, text in zip(segments, parts, strict=True))


@settings(max_examples=400, deadline=None)
@given(LINKISH)
def test_nothing_is_linked_that_was_not_meant_to_be(text: str) -> None:
    verdict = judge(_markup(set_text(f"Say {text} now")))
    assert verdict.linked_unasked == ()
    assert verdict.losses == ()


@pytest.mark.parametrize("trap", [trap for trap in TRAPS if trap.isprintable()])
def test_each_known_trap_is_harmless(trap: str) -> None:
    assert judge(_markup(set_text(f"Say {trap} now"))).linked_unasked == ()


@given(hostile())
def test_setting_changes_no_word(text: str) -> None:
    assert "".join(segment.text for segment in set_text(text)) == text


@pytest.mark.parametrize(
    "text",
    ["owner/name", "and/or", "v2.0", "3.8B", "12,345", "10:35", "Qwen3.8-27B", "No. 4", "e.g. this", "1.07", "A.B"],
)
def test_ordinary_words_stay_ordinary(text: str) -> None:
    assert list(risky_spans(f"Say {text} now")) == []


def test_punctuation_around_a_risky_word_stays_outside() -> None:
    text = "(see “README.md”, or x.ai)."
    assert [text[start:end] for start, end in risky_spans(text)] == ["README.md", "x.ai"]


def test_a_command_is_left_alone_only_where_it_is_meant() -> None:
    assert list(risky_spans("Send /today, please", commands=True)) == []
    assert list(risky_spans("Send /today, please")) == [(5, 11)]
    assert list(risky_spans("Send /today@bot", commands=True)) == [(5, 15)]


def test_typefaces_are_cut_around_code() -> None:
    assert set_text("see x.ai now", bold=True) == (
        Segment("see ", bold=True),
        Segment("x.ai", code=True),
        Segment(" now", bold=True),
    )
