"""Our wire beside recorded answers of the real sites: the same keys, elements and attributes, of the same types."""

from __future__ import annotations

import gzip
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from selectolax.lexbor import LexborHTMLParser, LexborNode

from sandbox import sample
from sandbox.sources.world import Entry, Feed
from tests.integration.sandbox.sources.conftest import AT, Sites
from tests.integration.sandbox.sources.on_the_wire import xml

pytestmark = pytest.mark.recordings


@pytest.fixture
def ours(sites: Sites) -> Sites:
    """The local sources on a working day of the sample."""
    return sites.on(sample.mornings()[5])


def _recorded(recordings: Path, path: str) -> bytes:
    content = (recordings / path).read_bytes()
    return gzip.decompress(content) if path.endswith(".gz") else content


def _shape(value: Any, path: str = "") -> Iterator[tuple[str, str]]:
    """Every key of a JSON value by its path, with the type of what it holds."""
    if isinstance(value, Mapping):
        for key, held in value.items():
            yield f"{path}.{key}", type(held).__name__
            yield from _shape(held, f"{path}.{key}")
    elif isinstance(value, list):
        for held in value:
            yield from _shape(held, f"{path}[]")


def _strange(ours: Any, real: Any) -> set[tuple[str, str]]:
    """What we write and the site does not."""
    known = set(_shape(real))
    return {shape for shape in _shape(ours) if shape not in known}


def test_the_short_list_of_models_has_the_hubs_eleven_keys(recordings: Path, ours: Sites) -> None:
    real = json.loads(_recorded(recordings, "huggingface-trending/wire/api-models-limit3.2026-04-25.json"))
    listed = ours.get("/huggingface/api/models?sort=trendingScore&direction=-1&limit=3").json()
    assert [list(model) for model in listed] == [list(model) for model in real]
    assert _strange(listed, real) == set()
    assert all(re.fullmatch(r"[0-9a-f]{24}", model["_id"]) for model in listed)


def test_an_answer_is_written_on_one_line_as_the_hub_does(recordings: Path, ours: Sites) -> None:
    real = _recorded(recordings, "huggingface-trending/wire/api-models-limit3.2026-04-25.json").strip()
    body = ours.get("/huggingface/api/models?limit=3").content
    assert json.dumps(json.loads(real), separators=(",", ":"), ensure_ascii=False).encode() == real
    assert json.dumps(json.loads(body), separators=(",", ":"), ensure_ascii=False).encode() == body


def test_daily_papers_have_no_key_that_the_hub_does_not_write(recordings: Path, ours: Sites) -> None:
    real = json.loads(_recorded(recordings, "huggingface-papers/wire/api-daily_papers-limit10.2026-08-18.json.gz"))
    listed = ours.get("/huggingface/api/daily_papers?limit=10").json()
    assert _strange(listed, real) == set()
    always = set.intersection(*(set(item["paper"]) for item in real)) - {
        "ai_summary",
        "ai_keywords",
        "ai_summary_model",
    }
    assert all(always <= set(item["paper"]) for item in listed)
    assert all(item["publishedAt"].endswith("T20:00:00.000Z") for item in listed)


def test_found_repositories_have_githubs_keys_and_types(recordings: Path, ours: Sites) -> None:
    real = json.loads(_recorded(recordings, "github-search/wire/search-repositories.2026-05-13.json.gz"))
    answer = ours.get("/api.github/search/repositories?q=topic:llm&sort=stars").json()
    nullable = {(f".items[].{key}", "NoneType") for key in ("description", "language", "license")}
    assert _strange(answer, real) - nullable == set()
    assert answer["total_count"] == len(answer["items"])
    assert answer["incomplete_results"] is False


def test_stories_have_algolias_keys_and_types(recordings: Path, ours: Sites) -> None:
    real = json.loads(_recorded(recordings, "hackernews/wire/algolia-search-LLM.2026-05-13.json.gz"))
    answer = ours.get("/hackernews/api/v1/search?query=LLM&tags=story&hitsPerPage=50").json()
    assert set(answer) == set(real)
    assert _strange(answer["hits"], real["hits"]) == set()
    always = set.intersection(*(set(hit) for hit in real["hits"])) - {"children"}
    assert all(always <= set(hit) for hit in answer["hits"])


def test_a_text_post_has_a_text_and_no_address(recordings: Path, ours: Sites) -> None:
    real = json.loads(_recorded(recordings, "hackernews/wire/algolia-search-LLM.2026-05-13.json.gz"))
    answer = ours.get("/hackernews/api/v1/search?tags=ask_hn&hitsPerPage=50").json()
    asked = next(hit for hit in real["hits"] if "url" not in hit)
    assert answer["hits"]
    for hit in answer["hits"]:
        assert "url" not in hit
        assert set(hit["_highlightResult"]) == set(asked["_highlightResult"])
        assert "ask_hn" in hit["_tags"]


def test_the_trending_page_has_githubs_elements(recordings: Path, ours: Sites) -> None:
    page = _recorded(recordings, "github-trending/wire/trending-python-daily.2026-04-25.html.gz")
    real = LexborHTMLParser(page).css("article.Box-row")
    listed = LexborHTMLParser(ours.get("/github/trending/python?since=daily").content).css("article.Box-row")
    known = {path for article in real for path in _paths(article)}
    assert len(real) == 20
    assert {path for article in listed for path in _paths(article)} <= known
    needed = set.intersection(*(set(_paths(article)) for article in real))
    assert all(needed <= set(_paths(article)) for article in listed)
    assert any(article.css_first("a[href^='/sponsors/']") for article in listed)
    assert any(article.css_first("p") is None for article in LexborHTMLParser(_all_daily(ours)).css("article"))


def _all_daily(ours: Sites) -> bytes:
    bare = replace(sample.mornings()[5].github_daily[0], description=None)  # type: ignore[index]  # not an outage
    return ours.on(replace(sample.mornings()[5], github_daily=(bare,))).get("/github/trending").content


#: Classes that say what an element is; GitHub changes those of spacing as it likes.
_TELLING = ("Box-row", "h3", "lh-condensed", "text-normal", "col-9", "repo-language-color", "float-sm-right", "avatar")


def _paths(node: LexborNode, path: str = "") -> Iterator[str]:
    if (node.tag or "").startswith("-") or node.tag in {"svg", "path"}:
        return
    classes = (node.attributes.get("class") or "").split()
    here = f"{path}/{node.tag}{''.join(f'.{name}' for name in _TELLING if name in classes)}"
    yield here
    for child in node.iter():
        yield from _paths(child, here)


def test_arxivs_answer_has_its_elements_and_attributes(recordings: Path, ours: Sites) -> None:
    real = xml(_recorded(recordings, "arxiv/wire/api-query-cs.AI-LG-CL-25.2026-05-13.xml.gz"))
    asked = "/arxiv/api/query?search_query=cat:cs.AI+OR+cat:cs.LG+OR+cat:cs.CL&start=0&max_results=25"
    answer = xml(ours.get(asked).content)
    assert _elements(answer) <= _elements(real)
    assert [child.tag for child in answer][:7] == [child.tag for child in real][:7]
    title = next(child.text for child in real if child.tag.endswith("title"))
    assert next(child.text for child in answer if child.tag.endswith("title")) == title


def test_arxivs_listing_has_its_elements(recordings: Path, ours: Sites) -> None:
    real = xml(_recorded(recordings, "arxiv/wire/rss-cs.AI-3items.2026-04-27.xml.gz"))
    answer = xml(ours.get("/arxiv-rss/rss/cs.AI").content)
    assert _elements(answer) == _elements(real)
    item = next(answer.iter("item"))
    assert re.fullmatch(
        r"arXiv:\d{4}\.\d{5}v1 Announce Type: new \nAbstract: .+", item.findtext("description") or "", re.DOTALL
    )


def test_arxivs_listing_of_a_weekend_is_the_recorded_one(recordings: Path, sites: Sites) -> None:
    real = _recorded(recordings, "arxiv/wire/rss-cs.CL-weekend-empty.2026-08-01.xml")
    saturday = replace(sample.mornings()[0], at=datetime(2026, 8, 1, 19, 0, tzinfo=UTC))
    body = sites.on(saturday).get("/arxiv-rss/rss/cs.CL").content
    assert body.replace(b"04:00:00", b"04:00:14").strip() == real.strip()


def _elements(root: Any) -> set[tuple[str, tuple[str, ...]]]:
    return {(element.tag, tuple(sorted(element.attrib))) for element in root.iter()}


@pytest.mark.parametrize(
    ("manner", "path"),
    [
        ("openai", "feeds/wire/openai-raw-head-6items.2026-09-14.xml"),
        ("deepmind", "feeds/wire/google-deepmind.2026-08-18.xml.gz"),
        ("huggingface", "feeds/wire/huggingface-blog.2026-04-27.xml"),
        ("ghost", "feeds/wire/the-gradient.2026-04-27.xml.gz"),
        ("wordpress", "feeds/wire/techcrunch-ai.2026-08-18.xml.gz"),
        ("willison", "feeds/wire/simonwillison-everything-2entries.2026-07-11.xml"),
        ("feedgen", "feeds/generated-rss/anthropic_news/2026-07-04.xml.gz"),
    ],
)
def test_a_feed_is_written_in_the_manner_of_its_site(recordings: Path, sites: Sites, manner: str, path: str) -> None:
    content = _recorded(recordings, path)
    entry = Entry(
        "It’s <b>here</b> & now",
        "https://lab.example/1",
        AT,
        summary="<p>A ‘summary’</p>",
        content="<p>All of it</p>",
        authors=("Ada Sample",) if manner in {"ghost", "wordpress"} else (),
        categories=() if manner in {"deepmind", "huggingface"} else ("AI",),
    )
    feed = Feed("Sample Lab", "https://lab.example/", (entry,), manner=manner)
    body = sites.on(replace(sample.mornings()[5], feeds={"lab": feed})).get("/feeds/lab").content
    ours, real = xml(body), xml(content)
    entries = [element for element in ours.iter() if element.tag.rpartition("}")[2] in {"item", "entry"}]
    known = {element for item in _items(real) for element in _elements(item)}
    assert len(entries) == 1
    assert _elements(entries[0]) <= known
    assert (b"<![CDATA[" in body) == (manner == "openai")
    assert (b"&#8217;" in body) == (manner == "wordpress")
    if not manner.startswith("will"):
        zone = re.search(rb"<pubDate>[^<]+ ([+-]\d{4}|GMT)</pubDate>", content)
        assert zone is not None
        assert zone[1] + b"</pubDate>" in body


def _items(root: Any) -> list[Any]:
    return [element for element in root.iter() if element.tag.rpartition("}")[2] in {"item", "entry"}]
