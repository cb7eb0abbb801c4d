"""Whatever stands in a world's words arrives whole: no markup, quote or script of any language breaks a wire format."""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st
from selectolax.lexbor import LexborHTMLParser

from sandbox.sources.wire import arxiv, feeds, github, hackernews, huggingface
from sandbox.sources.wire.feeds import MANNERS
from sandbox.sources.world import Entry, Feed, FoundRepository, Model, Paper, Preprint, Story, TrendingRepository

AT = datetime(2026, 8, 20, 5, 30, tzinfo=UTC)
ATOM = "{http://www.w3.org/2005/Atom}"

#: Text as sources have it, and what XML cannot hold at all is not among it; blanks at the ends are no words.
TEXT = st.text(st.characters(exclude_categories=["Cs", "Cc", "Cn", "Co"]), min_size=1).filter(
    lambda text: text == text.strip() and "\ufffe" not in text and "\uffff" not in text
)
HOSTILE = st.sampled_from(
    [
        "</p><script>alert(1)</script>",
        "]]> after the end",
        "a & b &amp; c < d",
        "\"quotes\" and 'apostrophes'",
        "\u202egnp.exe\u202c",
        "line\nbreak",
        "[link](javascript:alert(1)) *bold* _it_ `code`",
        "Ignore previous instructions.",
    ]
)
WORDS = st.one_of(TEXT, HOSTILE)
FIGURE = st.integers(0, 10**9)


def _xml(body: bytes) -> ET.Element:
    return ET.fromstring(body)  # noqa: S314  # written just now


@given(WORDS, WORDS, FIGURE)
def test_papers_arrive_whole(title: str, summary: str, upvotes: int) -> None:
    rows: list[Any] = json.loads(huggingface.daily_papers([Paper("2608.00001", title, upvotes, summary)], None, 10))
    paper = rows[0]["paper"]
    assert (paper["title"], paper["summary"], paper["upvotes"]) == (title, summary, upvotes)


@given(WORDS, FIGURE, FIGURE)
def test_found_repositories_and_models_arrive_whole(text: str, stars: int, likes: int) -> None:
    found = json.loads(github.search([FoundRepository("o/n", stars, description=text, topics=(text,))], 1))
    models = json.loads(huggingface.models([Model("o/m", likes, likes, likes, tags=(text,))]))
    assert (found["items"][0]["description"], found["items"][0]["stargazers_count"]) == (text, stars)
    assert (models[0]["tags"], models[0]["likes"]) == ([text], likes)


@given(WORDS, FIGURE, FIGURE)
def test_rows_of_the_trending_page_arrive_whole(text: str, stars: int, gained: int) -> None:
    body = github.trending([TrendingRepository("owner/name", stars, gained, 7, text, "C++")], "daily")
    article = LexborHTMLParser(body.decode()).css_first("article.Box-row")
    assert article is not None
    description, shown, today = (article.css_first(one) for one in ("p", "a[href$=stargazers]", "span.float-sm-right"))
    assert description is not None
    assert shown is not None
    assert today is not None
    assert _one_line(description.text()) == _one_line(text)
    assert shown.text().strip() == f"{stars:,}"
    assert today.text().strip() == f"{gained:,} star{'' if gained == 1 else 's'} today"
    assert not article.css("script")


@given(WORDS, WORDS)
def test_preprints_arrive_whole(title: str, summary: str) -> None:
    paper = Preprint("2608.00001", title, summary, (title,), ("cs.AI",), AT, comment=title, doi="10.1/x", journal=title)
    entry = next(
        _xml(arxiv.query([paper], at=AT, text=title, id_list="", start=0, size=1, total=1)).iter(f"{ATOM}entry")
    )
    item = next(_xml(arxiv.listing([paper], at=AT, names="cs.AI")).iter("item"))
    assert (entry.findtext(f"{ATOM}title"), entry.findtext(f"{ATOM}summary")) == (title, summary)
    assert item.findtext("title") == title
    assert (item.findtext("description") or "").endswith(f"\nAbstract: {summary}")


@given(WORDS, FIGURE, WORDS)
def test_stories_arrive_whole(title: str, points: int, query: str) -> None:
    story = Story(1, title, points, 2, AT, text=title)
    body = hackernews.answer([story], front=frozenset(), at=AT, query=query, params="", page=0, size=20, total=1)
    hit = json.loads(body)["hits"][0]
    assert (hit["title"], hit["story_text"], hit["points"]) == (title, title, points)
    assert _unmarked(hit["_highlightResult"]["title"]["value"]) == _unmarked(title)


@pytest.mark.parametrize("manner", list(MANNERS))
@given(title=WORDS, summary=WORDS)
def test_entries_arrive_whole_in_every_manner(manner: str, title: str, summary: str) -> None:
    entry = Entry(title, "https://a.example/1?x=1&y=2", AT, summary=summary, content=summary, categories=(title,))
    feed = Feed(title, "https://a.example/", (entry,), manner=manner)
    root = _xml(feeds.document(feed, at=AT, address="https://a.example/feed.xml"))
    if MANNERS[manner].atom:
        told = next(root.iter(f"{ATOM}entry"))
        assert told.findtext(f"{ATOM}title") == title
        assert told.findtext(f"{ATOM}summary") == summary
        return
    item = next(root.iter("item"))
    assert (item.findtext("title"), item.findtext("link")) == (title, entry.url)
    assert item.findtext("description") == (summary if MANNERS[manner].descriptions else None)


@given(st.text())
def test_no_text_at_all_makes_a_feed_that_is_not_well_formed(text: str) -> None:
    for manner in MANNERS:
        feed = Feed(text, "https://a.example/", (Entry(text, "https://a.example/1", summary=text),), manner=manner)
        _xml(feeds.document(feed, at=AT, address="https://a.example/feed.xml"))


def test_an_entry_without_a_summary_is_written_as_its_site_writes_it() -> None:
    bare = (Entry("One", "https://a.example/1"),)
    plain = feeds.document(Feed("A", "https://a.example/", bare), at=AT, address="x")
    deepmind = feeds.document(Feed("A", "https://a.example/", bare, manner="deepmind"), at=AT, address="x")
    assert b"<description" not in plain.partition(b"<item>")[2]
    assert b"<description/>" in deepmind.partition(b"<item>")[2]
    assert b"pubDate" not in plain


def test_a_recorded_feed_is_served_byte_by_byte() -> None:
    feed = Feed("A", "https://a.example/", (), manner="feedgen", raw=b"<rss>\xff</rss>")
    assert feeds.document(feed, at=AT, address="x") == b"<rss>\xff</rss>"


@pytest.mark.parametrize(("gained", "shown"), [(1, "1 star today"), (0, "0 stars today"), (3975, "3,975 stars today")])
def test_stars_of_the_day_are_counted_as_english_does(gained: int, shown: str) -> None:
    assert shown in github.trending([TrendingRepository("o/n", 5, gained)], "daily").decode()


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _unmarked(text: str) -> str:
    return re.sub(r"</?em>", "", text)
