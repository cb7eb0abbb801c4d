"""Hacker News stories from Algolia, quirk by quirk."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from domain.items import ItemKey, Kind, Source
from sources.errors import Unreadable
from sources.hackernews.adapter import stories
from tests.unit.sources.readings import AT, encoded, figures, ids, item, only


def _hit(**changes: Any) -> dict[str, Any]:
    hit = {
        "objectID": "48073246",
        "story_id": 48073246,
        "title": "Small models, big rivers",
        "url": "https://www.river.example/models?id=7&utm_source=hn",
        "author": "someone",
        "points": 478,
        "num_comments": 201,
        "created_at": "2026-05-09T08:44:34Z",
        "created_at_i": 1778316274,
        "_tags": ["story", "author_someone", "story_48073246", "front_page"],
        "_highlightResult": {"title": {"value": "<em>Small</em> models"}},
    }
    return {key: value for key, value in {**hit, **changes}.items() if value is not ...}


def _answer(*hits: Any) -> bytes:
    return encoded({"hits": list(hits), "nbHits": len(hits), "page": 0, "hitsPerPage": 50})


def test_a_story_is_read() -> None:
    sighting = only(stories(_answer(_hit()), AT))
    assert sighting.item.key == ItemKey(Source.HACKERNEWS, Kind.STORY, "48073246")
    assert sighting.item.title == "Small models, big rivers"
    assert sighting.item.url == "https://www.river.example/models?id=7"
    assert sighting.item.publisher == "river.example"
    assert sighting.item.created_at == datetime(2026, 5, 9, 8, 44, 34, tzinfo=UTC)
    assert sighting.item.tags == ("author:someone", "front_page")
    assert figures(sighting) == {"points": 478, "comments": 201}


def test_algolias_order_is_no_ranking() -> None:
    assert only(stories(_answer(_hit()), AT)).rank is None


def test_a_text_post_links_to_its_own_page_and_brings_its_text() -> None:
    text = '<p>We run LLMs&#x27; &lt;tests&gt;.<p>See <a href="https:&#x2F;&#x2F;x.example">here</a>'
    hit = _hit(url=..., story_text=text, _tags=["story", "author_someone", "ask_hn"])
    caught = stories(_answer(hit), AT)
    assert item(caught).url == "https://news.ycombinator.com/item?id=48073246"
    assert item(caught).publisher == "news.ycombinator.com"
    assert item(caught).summary == "We run LLMs' <tests>. See here"
    assert "ask_hn" in item(caught).tags
    assert caught.flaws == ()


@pytest.mark.parametrize("url", [None, ""])
def test_a_null_or_empty_link_is_no_link(url: str | None) -> None:
    caught = stories(_answer(_hit(url=url)), AT)
    assert item(caught).url == "https://news.ycombinator.com/item?id=48073246"
    assert caught.flaws == ()


@pytest.mark.parametrize(
    "url", ["javascript:alert(1)", "file:///etc/passwd", "https://user:pw@x.example/", "not a link", "tg://x"]
)
def test_a_link_that_may_not_be_printed_gives_way_to_the_storys_page(url: str) -> None:
    caught = stories(_answer(_hit(url=url)), AT)
    assert item(caught).url == "https://news.ycombinator.com/item?id=48073246"
    assert caught.flaws == ("1 × field url",)


def test_titles_are_unescaped_once() -> None:
    assert item(stories(_answer(_hit(title="AT&amp;T&#x27;s &lt;b&gt; [video]")), AT)).title == "AT&T's <b> [video]"


def test_missing_figures_are_unknown() -> None:
    caught = stories(_answer(_hit(points=None, num_comments=...)), AT)
    assert figures(only(caught)) == {}
    assert caught.flaws == ()


@pytest.mark.parametrize(
    "changes",
    [{"objectID": "abc"}, {"objectID": "0"}, {"objectID": "1\n2"}, {"objectID": 5}, {"title": None}, {"title": " "}],
)
def test_a_story_without_id_or_title_is_dropped(changes: dict[str, Any]) -> None:
    caught = stories(_answer(_hit(**changes), _hit(objectID="7")), AT)
    assert ids(caught) == ["7"]
    assert caught.flaws == ("1 × entry without usable id and title",)


def test_a_story_found_twice_counts_once() -> None:
    assert ids(stories(_answer(_hit(), _hit(points=1)), AT)) == ["48073246"]


@pytest.mark.parametrize("body", [b"[]", b"{}", b'{"hits": {}}', b"<html>", b"null"])
def test_an_answer_without_hits_is_unreadable(body: bytes) -> None:
    with pytest.raises(Unreadable):
        stories(body, AT)


def test_no_hits_are_an_empty_list() -> None:
    assert stories(_answer(), AT).sightings == ()
