from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from sandbox.sources.sites import hackernews
from sandbox.sources.sites.answer import Answer, Parameters
from sandbox.sources.world import Morning, Story

AT = datetime(2026, 8, 20, 5, 30, tzinfo=UTC)
FRONT = (
    Story(5, "Long LLM story", 300, 90, AT - timedelta(hours=9), url="https://a.example/x", author="ada"),
    Story(3, "Clocks", 100, 10, AT - timedelta(hours=3), url="https://b.example/y"),
)
FOUND = (
    Story(9, "Ask HN: Which LLM?", 4, 7, AT - timedelta(hours=1), text="<p>I can&#x27;t choose"),
    Story(8, "Show HN: A clock", 20, 0, AT - timedelta(hours=2), url="https://c.example/llm"),
    Story(5, "Long LLM story", 1, 1, AT - timedelta(hours=9), url="https://a.example/x"),
)
MORNING = Morning(at=AT, hn_front_page=FRONT, hn_search=FOUND)


def _answer(path: str, **query: str) -> Answer:
    return hackernews.answer(MORNING, f"api/v1/{path}", Parameters(list(query.items())))


def _hits(path: str = "search", **query: str) -> list[Any]:
    hits: list[Any] = json.loads(_answer(path, **query).body)["hits"]
    return hits


def _ids(path: str = "search", **query: str) -> list[int]:
    return [hit["story_id"] for hit in _hits(path, **query)]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({"tags": "front_page"}, [5, 3]),
        ({"tags": "story"}, [5, 3, 9, 8]),
        ({"tags": "ask_hn"}, [9]),
        ({"tags": "story,show_hn"}, [8]),
        ({"tags": "(ask_hn,show_hn)"}, [9, 8]),
        ({"tags": "story,author_ada"}, [5]),
        ({"query": "llm", "tags": "story"}, [5, 9, 8]),
        ({"query": "llm", "restrictSearchableAttributes": "title"}, [5, 9]),
        ({"query": "clo"}, [3, 8]),
        ({"query": "long llm"}, [5]),
        ({"numericFilters": "points>20"}, [5, 3]),
        ({"numericFilters": "points>=20,num_comments<50"}, [3, 8]),
        ({"numericFilters": f"created_at_i>{int((AT - timedelta(hours=2, minutes=30)).timestamp())}"}, [9, 8]),
        ({"numericFilters": "num_comments=7"}, [9]),
    ],
)
def test_tags_words_and_figures_narrow_the_search(query: dict[str, str], found: list[int]) -> None:
    assert _ids(**query) == found


def test_a_search_by_date_begins_with_the_newest() -> None:
    assert _ids("search_by_date") == [9, 8, 3, 5]


def test_hits_are_paged_as_asked() -> None:
    answer = json.loads(_answer("search_by_date", hitsPerPage="3", page="1").body)
    assert [hit["story_id"] for hit in answer["hits"]] == [5]
    assert (answer["nbHits"], answer["nbPages"], answer["page"], answer["hitsPerPage"]) == (4, 2, 1, 3)


def test_a_story_on_both_lists_has_the_figures_of_the_front_page() -> None:
    assert _hits(query="long")[0]["points"] == 300


def test_found_words_are_marked() -> None:
    marked = _hits(query="choose")[0]["_highlightResult"]["story_text"]
    assert marked["matchedWords"] == ["choose"]
    assert marked["value"] == "<p>I can&#x27;t <em>choose</em>"


def test_a_wrong_filter_is_refused() -> None:
    answer = _answer("search", numericFilters="colour>red")
    assert answer.status == 400
    assert "colour>red" in json.loads(answer.body)["error"]


def test_an_item_is_found_by_its_id() -> None:
    item = json.loads(_answer("items/9").body)
    assert (item["id"], item["title"], item["url"]) == (9, "Ask HN: Which LLM?", None)
    assert _answer("items/77").status == 404


def test_an_unknown_path_is_not_found() -> None:
    assert _answer("users/ada").status == 404
