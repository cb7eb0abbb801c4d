"""Reads what the local sources answer with general libraries, knowing nothing of how they write."""

from __future__ import annotations

import re
from typing import Any
from xml.etree import ElementTree as ET

from selectolax.lexbor import LexborHTMLParser

from tests.integration.sandbox.sources.conftest import Sites

Rows = list[tuple[Any, ...]]
ATOM = "{http://www.w3.org/2005/Atom}"


def xml(content: bytes) -> ET.Element:
    """The root of a document of our own server or recordings."""
    return ET.fromstring(content)  # noqa: S314  # both are ours


def hub(sites: Sites, path: str, *keys: str) -> Rows:
    return [tuple(row.get(key) for key in keys) for row in sites.get(f"/huggingface/api/{path}?limit=1000").json()]


def papers(sites: Sites) -> Rows:
    return [
        (row["paper"]["id"], row["title"], row["paper"]["upvotes"])
        for row in sites.get("/huggingface/api/daily_papers?limit=100").json()
    ]


def trending(sites: Sites, path: str) -> Rows:
    page = LexborHTMLParser(sites.get(f"/github/trending{path}").content)
    rows: Rows = []
    for article in page.css("article.Box-row"):
        link = article.css_first("h2 a")
        stars = article.css_first("a[href$='/stargazers']")
        gained = article.css_first("span.float-sm-right")
        assert link is not None
        assert stars is not None
        assert gained is not None
        name = (link.attributes["href"] or "").removeprefix("/")
        rows.append((name, number(stars.text()), number(gained.text())))
    return rows


def found(sites: Sites) -> Rows:
    rows: Rows = []
    for page in (1, 2, 3):
        answer = sites.get(f"/api.github/search/repositories?q=stars:>=0&per_page=100&page={page}").json()
        rows += [(row["full_name"], row["stargazers_count"], row["forks_count"]) for row in answer["items"]]
    return rows


def trend_rows(sites: Sites, period: str, language: str) -> list[dict[str, str]]:
    answer = sites.get(f"/ossinsight/v1/trends/repos/?period={period}&language={language}").json()
    rows: list[dict[str, str]] = answer["data"]["rows"]
    return rows


def arxiv(sites: Sites) -> Rows:
    feed = xml(sites.get("/arxiv/api/query?search_query=&max_results=2000").content)
    return sorted(
        (entry.findtext(f"{ATOM}id"), entry.findtext(f"{ATOM}title"), entry.findtext(f"{ATOM}published"))
        for entry in feed.iter(f"{ATOM}entry")
    )


def listing(sites: Sites, names: str = "cs.AI+cs.LG+cs.CL+cs.CV") -> Rows:
    feed = xml(sites.get(f"/arxiv-rss/rss/{names}").content)
    return sorted((item.findtext("link"), item.findtext("title")) for item in feed.iter("item"))


def stories(sites: Sites, query: str = "tags=story") -> Rows:
    hits = sites.get(f"/hackernews/api/v1/search?{query}&hitsPerPage=1000").json()["hits"]
    return sorted((int(hit["objectID"]), hit["title"], hit["points"], hit["num_comments"]) for hit in hits)


def entries(sites: Sites, slug: str) -> Rows:
    feed = xml(sites.get(f"/feeds/{slug}").content)
    return [(clean(item.findtext("title") or ""), item.findtext("link")) for item in feed.iter("item")]


def number(text: str | None) -> int:
    digits = re.search(r"[\d,]+", text or "")
    assert digits is not None
    return int(digits[0].replace(",", ""))


def clean(text: str) -> str:
    return text.replace("\r\n", "\n")
