"""Recorded entries of laboratory and press feeds, and whole feeds that others generate."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from email.utils import parsedate_to_datetime
from functools import cache
from pathlib import Path
from typing import Any, Literal

from sandbox.replay.recordings import Recorded, parse_time
from sandbox.sources.world import Entry, Feed, Morning

Kind = Literal["lab", "press", "blog"]

#: What the recorder calls a source, and what the paper does.
_KINDS: dict[str, Kind] = {"official": "lab", "media": "press", "press-release": "press", "community": "blog"}
_TITLE = re.compile(r"<title>(?:<!\[CDATA\[)?([^<\]]+)")
_LINK = re.compile(r"<link>([^<]+)</link>")


def parsed(recorded: Recorded) -> Morning:
    """``parsed-37-feeds-daily``: every entry of every feed, with its own id, date, summary, authors and categories.

    A feed of other days that is not among the day's errors had answered without entries.
    """
    told = recorded.json()
    failed = {error["source_id"] for error in told["meta"]["errors"]}
    feeds = {slug: feed for slug, feed in _known_feeds(recorded.path.parent).items() if slug not in failed}
    for slug, rows in _by_feed(told["items"]).items():
        feeds[slug] = replace(_empty_feed(rows[0]), entries=tuple(_entry(row) for row in rows))
    return Morning(at=parse_time(told["snapshot_at"]), feeds=feeds)


@cache
def _known_feeds(folder: Path) -> dict[str, Feed]:
    """Every feed of the series, without entries."""
    days = [Recorded(path, "", "", None).json()["items"] for path in sorted(folder.iterdir())]
    return {row["source_id"]: _empty_feed(row) for rows in days for row in rows}


def _empty_feed(row: dict[str, Any]) -> Feed:
    return Feed(name=row["source_name"], home=_site(row["url"]), entries=(), kind=_KINDS[row["source_kind"]])


def _by_feed(rows: Iterable[dict[str, Any]], key: str = "source_id") -> dict[str, list[dict[str, Any]]]:
    found: dict[str, list[dict[str, Any]]] = {}
    for row in rows:
        found.setdefault(row[key], []).append(row)
    return found


def parsed_one(recorded: Recorded) -> Morning:
    """``parsed-claude-rss``, ``parsed-openai-rss``: thirty entries of one site."""
    told = recorded.json()
    entries = tuple(
        Entry(
            title=row["title"],
            url=row["url"],
            published_at=parse_time(row["publishedAt"]),
            summary=row["summary"] or None,
            id=row["id"],
            authors=(row["author"],) if row["author"] else (),
        )
        for row in told["items"]
    )
    slug = told["source"]
    feed = Feed(name=slug.title(), home=_site(told["feedUrl"]), entries=entries, kind="lab")
    return Morning(at=parse_time(told["fetchedAt"]), feeds={slug: feed})


def generated(recorded: Recorded) -> Morning:
    """``generated-rss/*``: the very bytes of a feed made from a site that has none."""
    raw = recorded.content()
    text = raw.decode("utf-8", "replace")
    name, home = _TITLE.search(text), _LINK.search(text)
    slug = recorded.series.rpartition("/")[2]
    feed = Feed(
        name=f"{name[1].strip() if name else slug} (generated)",
        home=home[1].strip() if home else "",
        entries=(),
        kind="lab",
        manner="feedgen",
        raw=raw,
    )
    if recorded.observed_at is None:
        raise ValueError(f"{recorded.path.name} does not say when it was observed")
    return Morning(at=recorded.observed_at, feeds={slug: feed})


def scored_articles(recorded: Recorded) -> Morning:
    """``scored-articles``: what one reader kept of two dozen sources; Hacker News, papers and Reddit are not feeds."""
    rows = [json.loads(line) for line in recorded.content().splitlines() if line.strip()]
    kept = [row for row in rows if row["source"] not in {"hn", "hfpapers"} and not row["source"].startswith("reddit")]
    feeds = {slug: _of_articles(found) for slug, found in _by_feed(kept, "source").items()}
    return Morning(at=max(parse_time(row["firstSeenAt"]) for row in rows), feeds=feeds)


def mixed_feed(rows: Iterable[dict[str, Any]]) -> Feed:
    """A medium of ``mixed-feeds``: its newest entries with the first two hundred characters of each summary."""
    listed = list(rows)
    entries = tuple(
        Entry(row["title"], row["url"], _any_time(row["published"]), summary=row["description"] or None)
        for row in listed
    )
    return Feed(name=listed[0]["source_name"], home=_site(listed[0]["url"]), entries=entries, kind="press")


def _any_time(text: str) -> datetime:
    return parsedate_to_datetime(text) if "," in text else parse_time(text)


def _entry(row: dict[str, Any]) -> Entry:
    return Entry(
        title=row["title"],
        url=row["url"],
        published_at=parse_time(row["published_at"]) if row["published_at"] else None,
        summary=row["summary"] or None,
        id=row["item_id"],
        authors=tuple(row["authors"]),
        categories=tuple(row["tags"]),
    )


def _of_articles(rows: list[dict[str, Any]]) -> Feed:
    entries = tuple(
        Entry(row["title"], row["url"], parse_time(row["publishedAt"]), summary=row.get("summary") or None)
        for row in rows
    )
    kind: Kind = "lab" if rows[0]["category"] == "lab" else "press"
    return Feed(name=rows[0]["sourceName"], home=_site(rows[0]["url"]), entries=entries, kind=kind)


def _site(url: str) -> str:
    return "/".join(url.split("/")[:3]) + "/"
