from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from formatters.links import LONGEST, printable_url
from formatters.rich.grammar import is_web_address
from tests.strategies import ADDRESSES
from tests.tdlib import judge


@pytest.mark.parametrize(
    ("url", "printed"),
    [
        ("https://github.com/owner/name", "https://github.com/owner/name"),
        ("http://example.org/a?b=1&c=2#d", "http://example.org/a?b=1&c=2#d"),
        ("https://Example.ORG", "https://example.org/"),
        ("https://example.org:8443/x", "https://example.org:8443/x"),
        ("https://example.org/bücher", "https://example.org/b%C3%BCcher"),
        ("https://example.org/%20x", "https://example.org/%20x"),
        ("https://xn--bcher-kva.example/", "https://xn--bcher-kva.example/"),
    ],
)
def test_a_public_web_address_is_printed_so_that_telegram_keeps_it(url: str, printed: str) -> None:
    assert printable_url(url) == printed


@pytest.mark.parametrize(
    "url",
    [
        None,
        "",
        "/about",
        "//example.org/x",
        "javascript:alert(1)",
        "JAVASCRIPT:alert(1)",
        "ftp://example.org/",
        "mailto:a@example.org",
        "tg://user?id=1",
        "http://localhost/",
        "http://printer.local/",
        "http://127.0.0.1:8080/",
        "https://[::1]/",
        "https://[bad/",
        "https://example.org:99999/",
        "https://example.org:/",
        "https://user:secret@example.org/",
        "https://exa mple.org/",
        "https://example.org/\u202egnp.exe",
        "https://example.org/" + "a" * LONGEST,
        "https://example.org/" + "é" * (LONGEST // 3),
    ],
)
def test_anything_else_is_no_link(url: str | None) -> None:
    assert printable_url(url) is None


@given(
    st.sampled_from(ADDRESSES)
    | st.from_regex(r"https?://[\x21-\x7eéü]{1,20}\.[a-z]{2,6}/[\x21-\x7eéü]{0,20}", fullmatch=True)
)
def test_what_is_printed_as_a_link_is_kept_by_telegram_as_it_is(url: str) -> None:
    printed = printable_url(url)
    if printed is not None:
        markup = printed.replace("&", "&amp;").replace('"', "&quot;").replace("<", "&lt;").replace(">", "&gt;")
        assert judge(f'<a href="{markup}">text</a>').losses == ()
        assert is_web_address(printed)
