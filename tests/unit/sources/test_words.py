"""The words of a source, made harmless."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.text import plain_line
from sources import words


@pytest.mark.parametrize(
    ("markup", "read"),
    [
        ("<p>One</p><p>two</p>", "One two"),
        ("<em>LLM</em>s corrupt", "LLMs corrupt"),
        ("a<br>b<br/>c", "a b c"),
        ("<ul><li>one<li>two</ul>", "one two"),
        ("Tom &amp; Jerry &#8217;s &lt;b&gt;", "Tom & Jerry ’s <b>"),
        ("<style>p { color: red }</style><script>alert(1)</script>said", "said"),
        ("<!-- twitter --><meta name='x' content='no'>said", "said"),
        ("<a href='javascript:alert(1)'>click</a> <img src=x onerror=alert(1)>", "click"),
        ("<svg><script>alert(1)</script><text>no</text></svg>said", "said"),
        ("plain", "plain"),
        ("", ""),
        ("a < b and c > d", "a < b and c > d"),
        ("<p>unclosed <b>bold", "unclosed bold"),
        ("<textarea><p>hidden</p></textarea>said", "said"),
    ],
)
def test_markup_is_read_as_a_reader_would_read_it(markup: str, read: str) -> None:
    assert plain_line(words.text_of_html(markup)) == read


def test_a_summary_of_100_kb_is_cut_at_a_word() -> None:
    summary = words.summary(words.text_of_html("<p>" + "many words " * 10_000))
    assert len(summary) <= words.SUMMARY_LIMIT
    assert summary.endswith(("words…", "many…"))


def test_one_endless_word_is_cut_too() -> None:
    assert len(words.summary("x" * 200_000)) <= words.SUMMARY_LIMIT


def test_marks_that_hide_or_turn_text_are_left_out() -> None:
    assert words.title("safe\u202etxt.exe\u200b \x00\x1b[31m\ud800 e\u0301") == "safetxt.exe [31m é"


def test_a_name_that_is_longer_than_a_name_is_dropped() -> None:
    assert words.name("x" * 101) == ""
    assert words.name("x" * 100_000) == ""
    assert words.name(" Jane\n Doe ") == "Jane Doe"


def test_tags_are_clean_and_stand_once_and_not_too_many() -> None:
    assert words.tags(["b", "a", "b", "", "\u202e", "x" * 500], ["a", "c\u200b"]) == ("b", "a", "c")
    assert len(words.tags(str(number) for number in range(5000))) == words.TAGS_LIMIT


def test_tags_in_a_name_space_are_made_of_what_is_there() -> None:
    assert words.spaced("author", "Jane Doe", None, "", "\u200b") == ["author:Jane Doe"]


@pytest.mark.parametrize(
    ("given", "printed"),
    [
        ("https://example.org/a?b=c#d", "https://example.org/a?b=c#d"),
        ("  http://example.org/ ", "http://example.org/"),
        ("/2026/post", "https://feed.example/2026/post"),
        ("post.html", "https://feed.example/blog/post.html"),
        ("//cdn.example/x", "https://cdn.example/x"),
        ("https://example.org/a?utm_source=rss&id=7&utm_medium=feed&fbclid=x", "https://example.org/a?id=7"),
        ("https://example.org/a?utm_source=rss", "https://example.org/a"),
        ("https://example.org/a?q=a+b&c", "https://example.org/a?q=a+b&c"),
        ("https://bücher.example/ä", "https://bücher.example/ä"),
        ("https://[2001:db8::1]:8443/x", "https://[2001:db8::1]:8443/x"),
    ],
)
def test_a_web_address_is_kept_without_its_tracking(given: str, printed: str) -> None:
    assert words.web_address(given, "https://feed.example/blog/feed.xml") == printed


@pytest.mark.parametrize(
    "given",
    [
        None,
        "",
        "javascript:alert(1)",
        "JaVaScRiPt:alert(1)",
        "java\nscript:alert(1)",
        "data:text/html,<script>alert(1)</script>",
        "file:///etc/passwd",
        "mailto:someone@example.org",
        "tg://resolve?domain=x",
        "https://user:password@example.org/",
        "https://user@example.org/",
        "https://example.org/<script>",
        'https://example.org/"onmouseover="x',
        "https://example.org/a b",
        "https://example.org/\u202egpj.exe",
        "https://exa mple.org/",
        "https:///nowhere",
        "https://",
        "https://example.org:99999/",
        "https://[broken/",
        "https://example.org/" + "x" * 3000,
        "https://exam\u200bple.org/",
        "http://<b>/",
    ],
)
def test_what_is_no_web_address_is_never_printed(given: str | None) -> None:
    assert words.web_address(given) is None


@given(st.text())
def test_any_text_becomes_one_plain_line_within_its_limit(text: str) -> None:
    for cleaned, limit in ((words.summary(text), words.SUMMARY_LIMIT), (words.title(text), words.TITLE_LIMIT)):
        assert cleaned == plain_line(cleaned)
        assert len(cleaned) <= limit


@given(st.text(alphabet=st.sampled_from("<>/&;#x!-'\"= abpscript\n"), max_size=200))
def test_any_markup_is_read_without_an_error(markup: str) -> None:
    assert isinstance(words.text_of_html(markup), str)


@given(st.text(alphabet=st.sampled_from('htps:/.@[]%?#&=\\ \t\nexamplé1<>"\u202e'), max_size=60))
def test_any_address_is_either_printable_or_none(address: str) -> None:
    printed = words.web_address(address, "https://feed.example/")
    assert printed is None or printed.startswith(("http://", "https://"))
    assert printed is None or not set(printed) & set(' \t\n<>"\u202e')
