from __future__ import annotations

import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from domain.text import plain_line, spelled, utf16_length

HOSTILE = "\u202e\u200b\u2066\ufeff\u00ad\x00\x1b\u2028\ud800"


def test_marks_that_reorder_or_hide_text_are_gone() -> None:
    assert plain_line(f"safe{HOSTILE} text\n\tgoes   on") == "safe text goes on"


def test_a_long_line_ends_at_a_word() -> None:
    assert plain_line("one two three four", 12) == "one two…"


def test_a_long_word_is_cut_where_it_must_be() -> None:
    assert plain_line("x" * 50, 10) == "x" * 9 + "…"


def test_emoji_count_twice_as_telegram_counts() -> None:
    assert utf16_length("a😀é") == 4


@given(st.text())
def test_a_plain_line_is_one_line_without_controls_and_stays_as_it_is(text: str) -> None:
    line = plain_line(text)
    assert plain_line(line) == line
    assert not any(unicodedata.category(character) in {"Cc", "Cs", "Zl", "Zp"} for character in line)
    assert line == line.strip()


@given(st.text(), st.integers(1, 40))
def test_a_limited_line_is_never_longer_than_its_limit(text: str, limit: int) -> None:
    assert len(plain_line(text, limit)) <= limit


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_the_utf16_length_is_that_of_the_encoding(text: str) -> None:
    assert utf16_length(text) == len(text.encode("utf-16-le")) // 2


def test_one_word_however_it_is_written_is_spelled_once() -> None:
    assert spelled("Qwen3.8") == spelled("qwen-3.8") == spelled("QWEN  3.8!") == "qwen 3.8"
    assert spelled("C++, C# and F#") == "c++ c# and f#"
    assert spelled("机器人 robot") == "机 器 人 robot"


@given(st.text())
def test_spelling_twice_is_spelling_once(text: str) -> None:
    assert spelled(spelled(text)) == spelled(text)


@given(st.text(), st.text(), st.text())
def test_a_spelled_text_holds_no_signs_but_those_of_words(one: str, other: str, third: str) -> None:
    assert not set(spelled(one + other + third)) & set("<>&\"'*?()[]{}|\\^$\n")
