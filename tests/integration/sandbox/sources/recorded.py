"""What each recorded series holds, read here by itself, beside what the wire brings of it: the two must be equal."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from datetime import date, datetime
from itertools import takewhile
from typing import Any

from tests.integration.sandbox.sources.conftest import Sites
from tests.integration.sandbox.sources.on_the_wire import (
    ATOM,
    Rows,
    arxiv,
    clean,
    entries,
    found,
    hub,
    listing,
    number,
    papers,
    stories,
    trend_rows,
    trending,
    xml,
)

Check = Callable[[bytes, Sites], tuple[Rows, Rows]]


def _models_and_spaces(content: bytes, sites: Sites) -> tuple[Rows, Rows]:
    told = json.loads(content)
    models: Rows = [
        (row["id"], row["likes"], row["downloads"], row["trending_score"]) for row in told["trending_models"]
    ]
    spaces: Rows = [(row["id"], row["likes"], row["trending_score"]) for row in told["trending_spaces"]]
    if not models:
        assert sites.get("/huggingface/api/models").status_code == 404
        return [], []
    served = hub(sites, "models", "id", "likes", "downloads", "trendingScore")
    return models + spaces, served + hub(sites, "spaces", "id", "likes", "trendingScore")


def _thousand(name: str, *keys: str) -> Check:
    def check(content: bytes, sites: Sites) -> tuple[Rows, Rows]:
        rows = json.loads(content)[name]
        return [tuple(row[key] for key in keys) for row in rows], hub(sites, name, *keys)

    return check


def _trending_api(content: bytes, sites: Sites) -> tuple[Rows, Rows]:
    rows = [row["repoData"] for row in json.loads(content).values()]
    keys = ("id", "likes", "downloads", "pipeline_tag")
    assert all("trendingScore" not in row for row in sites.get("/huggingface/api/models").json())
    return [tuple(row.get(key) for key in keys) for row in rows], hub(sites, "models", *keys)


def _hub_atom(name: str) -> Check:
    def check(content: bytes, sites: Sites) -> tuple[Rows, Rows]:
        rows: Rows = [(title, _label(text, "Likes"), _label(text, "Downloads")) for title, _, text in _atom(content)]
        return rows, hub(sites, name, "id", "likes", "downloads")

    return check


def _daily_page(content: bytes, sites: Sites) -> tuple[Rows, Rows]:
    rows = json.loads(content)["repos"]
    return [(row["fullName"], row["stars"], row["todayStars"]) for row in rows], trending(sites, "?since=daily")


def _github_atom(content: bytes, sites: Sites) -> tuple[Rows, Rows]:
    rows: Rows = [
        (url.removeprefix("https://github.com/"), _marked(text, "⭐"), _marked(text, "📈"))
        for _, url, text in _atom(content)
    ]
    return rows, trending(sites, "?since=daily")


def _weekly(content: bytes, sites: Sites) -> tuple[Rows, Rows]:
    listed = json.loads(content)["all_trending"]
    rows: Rows = [(row["full_name"], row["stars"], number(row["trending_stars"])) for row in listed]
    python = [row["full_name"] for row in takewhile(lambda row: row["language"] == "Python", listed)]
    most = sorted(rows, key=lambda row: -int(row[2]))[:25]
    if python:
        assert [row[0] for row in trending(sites, "/python?since=weekly")] == python
    return most, trending(sites, "?since=weekly")


def _ai_daily(content: bytes, sites: Sites) -> tuple[Rows, Rows]:
    rows = json.loads(content)["ai_daily"]
    return (
        [(row["full_name"], row["stars"], number(row["trending_stars"])) for row in rows],
        trending(sites, "?since=daily"),
    )


def _search(content: bytes, sites: Sites) -> tuple[Rows, Rows]:
    rows = json.loads(content)["items"]
    return [(row["repo_name"], row["stars"], row["forks"]) for row in rows], found(sites)


def _oss_insight(content: bytes, sites: Sites) -> tuple[Rows, Rows]:
    recorded: Rows = []
    served: Rows = []
    for period, languages in json.loads(content)["buckets"].items():
        for language, rows in languages.items():
            recorded += [tuple(sorted(row.items())) for row in rows]
            served += [tuple(sorted(row.items())) for row in trend_rows(sites, period, language)]
    return recorded, served


def _three_days_of_arxiv(content: bytes, sites: Sites) -> tuple[Rows, Rows]:
    told = json.loads(content)
    rows = told["collections"]["papers"]["items"]
    of_api: Rows = [
        (f"http://arxiv.org/abs/{row['id']}", row["title"], row["published_at"])
        for row in rows
        if "Announce Type" not in row["summary"]
    ]
    today = date.fromisoformat(told["fetched_at"][:10])
    listed: Rows = sorted(
        (f"https://arxiv.org/abs/{row['id']}", row["title"])
        for row in rows
        if "Announce Type" in row["summary"] and _day(row["published_at"]) == today
    )
    names = "+".join(sorted({row["category"] for row in rows}))
    return sorted(of_api) + listed, arxiv(sites) + (listing(sites, names) if listed else [])


def _day(text: str) -> date:
    if "," in text:
        return datetime.strptime(text, "%a, %d %b %Y %H:%M:%S %z").date()
    return datetime.fromisoformat(text).date()


def _newest_thousand(content: bytes, sites: Sites) -> tuple[Rows, Rows]:
    rows: Rows = sorted(
        (f"http://arxiv.org/abs/{row['arxivId']}", row["title"], row["publishedAt"].replace(".000Z", "Z"))
        for row in json.loads(content)["papers"]
    )
    return rows, arxiv(sites)


def _submission_day(content: bytes, sites: Sites) -> tuple[Rows, Rows]:
    rows: Rows = sorted(
        (row["pdf_url"].replace("https://arxiv.org/pdf", "http://arxiv.org/abs"), row["title"], row["published"])
        for row in json.loads(content)["papers"]
    )
    return rows, arxiv(sites)


def _front_page(content: bytes, sites: Sites) -> tuple[Rows, Rows]:
    collections = json.loads(content)["collections"]
    front = collections["front_page"]["items"]
    others = [row for name in ("top_day", "ask_hn", "show_hn") for row in collections[name]["items"]]
    others += [row for found in collections["queries"]["items"].values() for row in found]
    first = {int(row["id"]): _figures(row) for row in reversed(front)}
    known = {**{int(row["id"]): _figures(row) for row in reversed(others)}, **first}
    assert stories(sites, "tags=front_page") == sorted((key, *value) for key, value in first.items())
    hits = sites.get("/hackernews/api/v1/search?tags=story&hitsPerPage=1000").json()["hits"]
    text_posts = {int(row["id"]) for row in [*front, *others] if "news.ycombinator.com/item" in row["url"]}
    assert text_posts <= {int(hit["objectID"]) for hit in hits if "url" not in hit}
    served = stories(sites)
    assert {row[0] for row in served} == set(known)
    return sorted((key, known[key][0]) for key in known), [(row[0], row[1]) for row in served]


def _figures(row: dict[str, Any]) -> tuple[Any, ...]:
    return row["title"], row["points"], row["comments"]


def _keyword_queries(content: bytes, sites: Sites) -> tuple[Rows, Rows]:
    rows = json.loads(content)["items"]
    return sorted((int(row["item_id"]), *_figures(row)) for row in rows), stories(sites)


def _three_days_of_stories(content: bytes, sites: Sites) -> tuple[Rows, Rows]:
    rows = json.loads(content)["stories"]
    recorded: Rows = sorted((int(row["id"]), row["title"], row["score"], row["descendants"]) for row in rows)
    return recorded, stories(sites)


def _best(content: bytes, sites: Sites) -> tuple[Rows, Rows]:
    rows: Rows = sorted(
        (int(text.rpartition("id=")[2].partition("<")[0]), title, _label(text, "Score"), _label(text, "Comments"))
        for title, _, text in _atom(content)
    )
    return rows, stories(sites)


def _mixed(content: bytes, sites: Sites) -> tuple[Rows, Rows]:
    rows = json.loads(content)["entries"]

    def of(*sources: str) -> list[dict[str, Any]]:
        return [row for row in rows if row["source_id"] in sources]

    of_papers: Rows = [(row["url"].rpartition("/")[2], row["title"], row["likes"]) for row in of("hf-papers")]
    recorded = of_papers + sorted((int(row["id"]), *_figures(row)) for row in of("hn-ai"))
    recorded += sorted({(row["url"], row["title"]) for row in of("arxiv-ai", "arxiv-ml")})
    served = (papers(sites) if of_papers else []) + stories(sites) + listing(sites)
    for slug in ("techcrunch-ai", "theverge-ai"):
        recorded += [(clean(row["title"]), row["url"]) for row in of(slug)]
        served += entries(sites, slug)
    return recorded, served


def _papers_of_a_day(content: bytes, sites: Sites) -> tuple[Rows, Rows]:
    told = json.loads(content)
    asked = sites.get(f"/huggingface/api/daily_papers?date={told['date']}").json()
    assert len(asked) == len(told["papers"])
    return [(row["id"], row["title"], row["upvotes"]) for row in told["papers"]], papers(sites)


def _papers_atom(content: bytes, sites: Sites) -> tuple[Rows, Rows]:
    rows: Rows = [(url.rpartition("/")[2], title, _label(text, "Upvotes")) for title, url, text in _atom(content)]
    return rows, papers(sites)


def _parsed_feeds(content: bytes, sites: Sites) -> tuple[Rows, Rows]:
    rows = json.loads(content)["items"]
    slugs = dict.fromkeys(row["source_id"] for row in rows)
    by_feed = {slug: [row for row in rows if row["source_id"] == slug] for slug in slugs}
    recorded: Rows = [(clean(row["title"]), row["url"]) for slug in slugs for row in by_feed[slug]]
    return recorded, [entry for slug in slugs for entry in entries(sites, slug)]


def _parsed_one(content: bytes, sites: Sites) -> tuple[Rows, Rows]:
    told = json.loads(content)
    return [(row["title"], row["url"]) for row in told["items"]], entries(sites, told["source"])


def _generated(slug: str) -> Check:
    def check(content: bytes, sites: Sites) -> tuple[Rows, Rows]:
        return [(content,)], [(sites.get(f"/feeds/{slug}").content,)]

    return check


def _articles(content: bytes, sites: Sites) -> tuple[Rows, Rows]:
    rows = [json.loads(line) for line in content.splitlines()]
    kept = [row for row in rows if row["source"] in sites.sources.morning.feeds]
    slugs = dict.fromkeys(row["source"] for row in kept)
    assert "verge" in slugs
    recorded = [(row["title"], row["url"]) for slug in slugs for row in kept if row["source"] == slug]
    return recorded, [entry for slug in slugs for entry in entries(sites, slug)]


def _items(content: bytes, sites: Sites) -> tuple[Rows, Rows]:
    rows = json.loads(content)
    models: Rows = [
        (row["title"], row["signals"]["hf_likes"], row["signals"]["hf_downloads"])
        for row in rows
        if row["kind"] == "model"
    ]
    of_papers: Rows = [(row["title"], row["signals"]["hf_upvotes"]) for row in rows if row["kind"] == "paper"]
    served = [row[1:] for row in papers(sites)]
    return models + of_papers, hub(sites, "models", "id", "likes", "downloads") + served


def _atom(content: bytes) -> list[tuple[str, str, str]]:
    rows = []
    for entry in xml(content).iter(f"{ATOM}entry"):
        link = entry.find(f"{ATOM}link")
        assert link is not None
        rows.append((entry.findtext(f"{ATOM}title") or "", link.attrib["href"], entry.findtext(f"{ATOM}summary") or ""))
    return rows


def _label(text: str, label: str) -> int | None:
    found = re.search(rf"{label}: ([\d,]+)", text)
    return int(found[1].replace(",", "")) if found else None


def _marked(text: str, mark: str) -> int:
    return number(text.partition(mark)[2])


CHECKS: dict[str, Check] = {
    "huggingface-trending/models30-spaces20-daily": _models_and_spaces,
    "huggingface-trending/models30-spaces20-6hourly": _models_and_spaces,
    "huggingface-trending/models30-spaces20-empty-runs": _models_and_spaces,
    "huggingface-trending/list1000-models": _thousand("models", "id", "likes", "downloads", "trendingScore", "tags"),
    "huggingface-trending/list1000-datasets": _thousand(
        "datasets", "id", "likes", "downloads", "trendingScore", "tags"
    ),
    "huggingface-trending/list1000-spaces": _thousand("spaces", "id", "likes", "trendingScore", "sdk", "createdAt"),
    "huggingface-trending/api-trending-models": _trending_api,
    "huggingface-trending/models-atom": _hub_atom("models"),
    "huggingface-trending/datasets-atom": _hub_atom("datasets"),
    "github-trending/daily-json": _daily_page,
    "github-trending/atom-daily": _github_atom,
    "github-trending/weekly-and-daily-lists": _weekly,
    "github-trending/weekly-and-daily-lists:ai_daily": _ai_daily,
    "github-search/topic-queries-daily": _search,
    "ossinsight/trends-repos": _oss_insight,
    "arxiv/api-72h-daily": _three_days_of_arxiv,
    "arxiv/api-recent-1000": _newest_thousand,
    "arxiv/api-by-submission-day": _submission_day,
    "hackernews/frontpage-and-queries-daily": _front_page,
    "hackernews/keyword-queries-daily": _keyword_queries,
    "hackernews/firebase-and-algolia-72h": _three_days_of_stories,
    "hackernews/best-atom": _best,
    "mixed-feeds/papers-hn-arxiv-media-daily": _mixed,
    "mixed-feeds/scored-articles": _articles,
    "mixed-feeds/scored-items": _items,
    "huggingface-papers/daily-atom": _papers_atom,
    "huggingface-papers/by-date-backfill": _papers_of_a_day,
    "feeds/parsed-37-feeds-daily": _parsed_feeds,
    "feeds/parsed-claude-rss": _parsed_one,
    "feeds/parsed-openai-rss": _parsed_one,
}


def check_of(series: str) -> Check:
    """How a series is checked."""
    folder, _, slug = series.rpartition("/")
    return _generated(slug) if folder == "feeds/generated-rss" else CHECKS[series]
