"""The judge itself: what it must not let pass."""

from __future__ import annotations

import pytest

from tests.tdlib import judge


@pytest.mark.parametrize(
    ("markup", "error"),
    [
        ("<p>x</p>", "Unsupported start tag"),
        ("<b>x</i>", "Unmatched end tag"),
        ("a < b", "Unsupported start tag"),
        ("<b></b>", "must be non-empty"),
        ("x" * 4097, "message is too long"),
        ("<i>x</i>" * 4100, "text is too long"),
    ],
)
def test_what_telegram_refuses_is_an_error(markup: str, error: str) -> None:
    assert error in judge(markup).error


@pytest.mark.parametrize(
    "markup",
    [
        '<a href="/about">relative</a>',
        '<a href="http://localhost/">local</a>',
        '<a href="https://E.org">capital</a>',
        "<blockquote>a <blockquote>b</blockquote></blockquote>",
        "<b>see <code>x</code></b>",
        '<b>see <a href="https://e.org/">x</a></b>',
        "a\u202eb",
        "a\tb",
    ],
)
def test_what_telegram_loses_or_reshapes_is_a_loss(markup: str) -> None:
    verdict = judge(markup)
    assert verdict.error == ""
    assert verdict.losses


@pytest.mark.parametrize("word", ["README.md", "x.ai", "@durov", "#tag", "$NVDA", "/start", "a@b.co"])
def test_what_telegram_links_by_itself_is_reported(word: str) -> None:
    assert [text for _, text, _ in judge(f"see {word} now").linked_unasked] == [word]


def test_a_sound_message_passes_whole() -> None:
    verdict = judge('<b>Hi</b> &amp; <a href="https://e.org/?a=1&amp;b=2">you</a> __all__ `x`\n')
    assert (verdict.error, verdict.losses, verdict.linked_unasked) == ("", (), ())
    assert (verdict.text, verdict.units) == ("Hi & you __all__ `x`", 20)
    assert verdict.entities == (("Bold", "Hi", ""), ("TextUrl", "you", "https://e.org/?a=1&b=2"))
