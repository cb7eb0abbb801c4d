"""The sandbox's reading of HTML is TDLib's: the same verdict, the same error, the same text, the same entities."""

from __future__ import annotations

import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from sandbox.telegram.markup.cleaning import settled, without_controls
from sandbox.telegram.markup.detection import find
from sandbox.telegram.markup.entities import Entity
from sandbox.telegram.markup.html import MarkupError, parse_html
from tests.unit.sandbox.telegram import tdlib

OPENINGS = (
    "b",
    "i",
    "u",
    "s",
    "tg-spoiler",
    "code",
    "pre",
    'code class="language-python"',
    "blockquote",
    "blockquote expandable",
    'a href="https://example.org/a b?x=1&amp;y=2"',
    'a href="tg://user?id=5"',
    "a",
    'tg-time unix="1795219200" format="wD"',
    'tg-emoji emoji-id="5368324170671202286"',
    'span class="tg-spoiler"',
)
FRAGMENTS = (
    *(f"<{opening}>" for opening in OPENINGS),
    *(f"</{name}>" for name in ("b", "i", "code", "pre", "a", "blockquote", "tg-time", "span", "")),
    "<p>",
    "<br/>",
    "<span>",
    "<",
    ">",
    "</",
    "&",
    "&amp;",
    "&lt",
    "&#65;",
    "&#x1F600;",
    "&#xD83D;",
    "&nbsp;",
    '<tg-time unix="0">',
    '<tg-time unix="5" format="x">',
    '<tg-emoji emoji-id="x">',
    '<a href="',
    "<a href=x.org>",
    "'",
    '"',
    "=",
    "/",
    "<B >",
    "<a\nHREF='q.de'>",
)
TEXTS = ("x", "y z", "é", "😀", "\n", " ", "\t", "\r", "\u200b", "\u202e", "\u200e\u200f", "a\u0333b", "https://t.me/x")
ADDRESSES = (
    *("http://", "https://", "HTTP://", "ftp://", "tg://", "ton:", "tonsite://", "//", "/", "mailto:", "javascript:"),
    *(
        "x.org",
        "example.COM",
        "localhost",
        "127.0.0.1",
        "[::1]",
        ":80",
        ":99999",
        ":",
        "@",
        "user:pw@",
        " ",
        "%20",
        "%z",
    ),
    *(
        "?a=1&b=2",
        "#frag",
        "..",
        ".",
        "-",
        "_",
        "é.de",
        "user?id=5",
        "user?id=0",
        "\n",
        "\t",
        "(",
        "`",
        "\\",
        "😀",
        "~",
    ),
)


def _read(source: str) -> tuple[str, tdlib.Spans] | str:
    try:
        text, entities = parse_html(source)
    except MarkupError as refused:
        return str(refused)
    return text, [tuple(entity) for entity in entities]


@st.composite
def _well_formed(draw: st.DrawFn) -> str:
    parts: list[str] = []
    is_open: list[str] = []
    for step in draw(st.lists(st.sampled_from(("open", "close", "text", "text")), min_size=1, max_size=14)):
        if step == "open":
            opening = draw(st.sampled_from(OPENINGS))
            parts.append(f"<{opening}>")
            is_open.append(opening.split()[0])
        elif step == "close" and is_open:
            parts.append(f"</{is_open.pop()}>")
        else:
            parts.append(draw(st.sampled_from(TEXTS)))
    return "".join([*parts, *(f"</{name}>" for name in reversed(is_open))])


def _joined(parts: tuple[str, ...], most: int) -> st.SearchStrategy[str]:
    return st.lists(st.sampled_from(parts), min_size=1, max_size=most).map("".join)


@settings(max_examples=400, deadline=None)
@given(_joined((*FRAGMENTS, *TEXTS), 9))
@example("<a href=y z</B >")
@example("<b>x</i>")
@example("a < b")
def test_broken_markup_gets_the_verdict_of_tdlib(source: str) -> None:
    assert _read(source) == tdlib.parsed(source)


@settings(max_examples=300, deadline=None)
@given(_well_formed())
def test_well_formed_markup_gives_the_text_and_entities_of_tdlib(source: str) -> None:
    assert _read(source) == tdlib.parsed(source)


@settings(max_examples=300, deadline=None)
@given(st.text(st.sampled_from("<>/=\"' \nab1-.&;#xé😀"), min_size=1, max_size=14))
def test_noise_gets_the_verdict_of_tdlib(source: str) -> None:
    assert _read(source) == tdlib.parsed(source)


@settings(max_examples=400, deadline=None)
@given(_joined(ADDRESSES, 6))
@example("tg://user?id=5")
@example("http://x.org:0080/a b")
def test_a_link_is_kept_changed_or_dropped_as_by_tdlib(address: str) -> None:
    escaped = address.replace("&", "&amp;").replace('"', "&quot;")
    source = f'<a href="{escaped}">x</a>'
    assert _read(source) == tdlib.parsed(source)


@settings(max_examples=400, deadline=None)
@given(_well_formed())
@example("<blockquote>a <blockquote>b</blockquote></blockquote>")
@example("<b>a<code>b</code>c</b>")
@example('<b><tg-time unix="5">x</tg-time></b>')
@example("<b><a>https://t.me/x\u202ey</a></b>")
def test_entities_are_cleaned_as_by_tdlib(source: str) -> None:
    text, entities = parse_html(source)
    text, kept = without_controls(text, settled([entity for entity in entities if entity.length > 0]))
    assume(text.strip(" \n"))

    assert (text, settled([entity for entity in kept if entity.length > 0])) == tdlib.cleaned(source)


@pytest.mark.parametrize(
    "text",
    [
        "see README.md and main.py, x.ai; mistral.ai. but not llama.cpp, node.js, v2.0 or 10:35",
        "arxiv.org/abs/2601.00001v2 (https://x.org/a_(b)). http://localhost http://127.0.0.1:8081",
        "@ab @abcd a@bcde @a_b_c_d. #tag #1 #1a #a-b ##x $NVDA $nvda $A,$B",
        "/today /to-day a/b //x /a@bot_name /x/",
        "me@example.org mailto:me@ex.org tg://resolve?domain=x http://a_b.com a.m. Inc.The manager.Store",
        "(x.org) <x.org> 'x.org' x.org's https://x.org/a... example.com:8080/a,b. gpt-5.5-turbo.ai/x",
    ],
)
def test_what_links_itself_is_what_tdlib_links(text: str) -> None:
    assert [(entity.kind, entity.offset, entity.length) for entity in find(text)] == tdlib.found(text)


def test_an_entity_says_what_it_is_in_the_words_of_the_bot_api() -> None:
    assert Entity(0, 2, "date_time", (5, "wD")).as_json() == {
        "offset": 0,
        "length": 2,
        "type": "date_time",
        "unix_time": 5,
        "date_time_format": "wD",
    }
