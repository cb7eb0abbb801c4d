"""Notices: wrong markup is named with its line, and what is too long for a message is parted and never cut."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.editions import Picture, Style
from formatters.classic.markup import WrongMarkup, read_markup
from formatters.classic.measure import size, visible_text
from formatters.notices import notice_lines, notice_parts, pictured
from sandbox.telegram.markup.html import parse_html

PARAGRAPH = "A sentence of forty characters or so. " * 20


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("<bold>x</bold>", "line 1: Telegram knows no <bold>"),
        ("one\n<b>two", "line 2: <b> is never closed"),
        ("<b><i>x</b></i>", "line 1: </b> closes nothing here: </i> is due first"),
        ("x</b>", "line 1: </b> closes nothing here: nothing is open"),
        ("2 < 3", "line 1: a < that begins no tag: write it as &lt;"),
        ('<a title="x">x</a>', "line 1: Telegram knows no title of <a>"),
        ("<a>x</a>", "line 1: a link needs an address"),
        ('<a href="/home">x</a>', "line 1: a link needs an address"),
        ('<a href="https://x.org>x</a>', "line 1: a < that begins no tag"),
        ("<span>x</span>", "line 1: a span is"),
        ("<p>x</p>", "line 1: Telegram knows no <p>"),
        ("one\n\n&nbsp;two", "line 3: Telegram knows no &nbsp;"),
        ("</b class='x'>", "can't have attributes"),
        ("  \n ", "the notice has no words"),
        ("<b> </b>", "the notice has no words"),
    ],
)
def test_wrong_markup_is_refused_in_words_that_name_it(text: str, told: str) -> None:
    with pytest.raises(WrongMarkup) as wrong:
        notice_parts(text)
    assert told in str(wrong.value)


def test_every_problem_is_told_at_once() -> None:
    with pytest.raises(WrongMarkup) as wrong:
        notice_parts("<p>x</p>\n1 < 2\n<b>y")
    assert [problem.split(":")[0] for problem in wrong.value.problems] == ["line 1", "line 1", "line 2", "line 3"]


@pytest.mark.parametrize(
    "text",
    [
        "plain words",
        "<B>bold</B> &amp; <i>italic</i> &#8364; &quot;quoted&quot;",
        "<a href='https://x.org/?a=1&amp;b=2'>a link</a>",
        "<blockquote expandable>quoted\n<code>code</code></blockquote>",
        '<pre><code class="language-python">x = 1</code></pre>',
        '<span class="tg-spoiler">hidden</span><tg-spoiler>too</tg-spoiler>',
    ],
)
def test_markup_that_telegram_takes_is_sent_as_it_was_written(text: str) -> None:
    (part,) = notice_parts(text)
    assert (part.body, part.style, part.keyboard) == (text, Style.CLASSIC, ())
    parse_html(part.body)


def test_a_text_of_a_message_stays_one_message() -> None:
    assert len(notice_parts("x" * 4096)) == 1


def test_a_line_that_no_message_holds_is_refused_with_its_length() -> None:
    with pytest.raises(WrongMarkup, match="line 3: 4,097 characters; a message holds 4,096"):
        notice_parts("one\n\n" + "x" * 4097)


def test_a_long_text_is_parted_where_a_paragraph_ends() -> None:
    parts = notice_parts("\n\n".join([PARAGRAPH.strip()] * 12))
    assert len(parts) == 3
    assert all(part.body.startswith("A sentence") and part.body.endswith("or so.") for part in parts)


def test_a_paragraph_that_no_message_holds_is_parted_where_a_line_ends() -> None:
    parts = notice_parts("\n".join([PARAGRAPH.strip()] * 12))
    assert len(parts) == 3
    assert all(part.body.endswith("or so.") for part in parts)


def test_what_is_open_where_a_text_is_parted_is_closed_and_opened_again() -> None:
    inside = "\n\n".join(["x" * 2000] * 3)
    first, second = notice_parts(f'<b><a href="https://x.org">{inside}</a></b>')
    assert first.body.startswith('<b><a href="https://x.org">x')
    assert first.body.endswith("</a></b>")
    assert second.body == f'<b><a href="https://x.org">{"x" * 2000}</a></b>'


def test_more_formatting_than_a_message_holds_makes_another_message() -> None:
    parts = notice_parts("\n\n".join("<b>x</b> " * 9 for _ in range(12)))
    assert len(parts) == 2
    assert all(size(part.body).fits for part in parts)


def test_a_notice_is_shown_as_readers_see_it_with_the_addresses_of_its_links() -> None:
    lines = notice_lines(notice_parts('<b>New</b> &amp; <a href="https://x.org">here</a>'))
    assert lines == ["--- message 1 of 1, 10 of 4,096 characters ---", "New & here [https://x.org]", "---"]


_WORDS = st.text(st.characters(codec="utf-8", exclude_characters="<>&", exclude_categories=("Cs", "Cc")), min_size=1)
_PIECES = st.one_of(
    _WORDS,
    st.sampled_from(["\n", "\n\n", "x" * 900, "y" * 2500, "😀" * 600]),
    _WORDS.map(lambda word: f"<b>{word}</b>"),
)


@given(st.lists(_PIECES, min_size=1, max_size=25), st.booleans())
def test_parts_fit_are_sound_and_hold_every_word_in_order(pieces: list[str], quoted: bool) -> None:
    text = "\n".join(pieces)
    if quoted:
        text = f"<blockquote>{text}</blockquote>"
    try:
        parts = notice_parts(text)
    except WrongMarkup:
        return
    assert all(size(part.body).fits for part in parts)
    for part in parts:
        read_markup(part.body)
    kept = re.sub(r"\s", "", "".join(visible_text(part.body) for part in parts))
    assert kept == re.sub(r"\s", "", visible_text(text)).strip("\ufeff")


def test_a_caption_that_is_too_long_or_wrongly_marked_is_told() -> None:
    (picture,) = pictured("AgAC", " The <b>code</b> ")
    assert picture == Picture(Style.CLASSIC, "The <b>code</b>", photo="AgAC")
    with pytest.raises(WrongMarkup, match="1,024 at most"):
        pictured("AgAC", "x" * 1025)
    with pytest.raises(WrongMarkup, match="never closed"):
        pictured("AgAC", "<b>x")
