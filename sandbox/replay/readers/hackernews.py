"""Recorded stories of Hacker News, from Algolia and from Firebase."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any

from sandbox.replay.readers import atom
from sandbox.replay.recordings import Recorded, parse_time
from sandbox.sources.world import Morning, Story

#: Where a text post's recorded address leads: to its own discussion, which on the wire is no address at all.
_OWN_PAGE = "https://news.ycombinator.com/item?id="


def front_page_and_queries(recorded: Recorded) -> Morning:
    """``frontpage-and-queries-daily``: the front pages of the day pooled, and what all other queries found."""
    told = recorded.json()
    collections = told["collections"]
    others = [row for name in ("top_day", "ask_hn", "show_hn") for row in collections[name]["items"]]
    queried = [row for rows in collections["queries"]["items"].values() for row in rows]
    return Morning(
        at=parse_time(told["fetched_at"]),
        hn_front_page=_stories(collections["front_page"]["items"]),
        hn_search=_stories([*others, *queried]),
    )


def keyword_queries(recorded: Recorded) -> Morning:
    """``keyword-queries-daily``."""
    told = recorded.json()
    rows = [{**row, "id": row["item_id"]} for row in told["items"]]
    return Morning(at=parse_time(told["snapshot_at"]), hn_search=_stories(rows))


def three_days(recorded: Recorded) -> Morning:
    """``firebase-and-algolia-72h``: every story of three days; the text of a text post is cut by the recorder."""
    told = recorded.json()
    stories = tuple(
        Story(
            id=int(row["id"]),
            title=row["title"],
            points=row["score"],
            comments=row["descendants"],
            created_at=datetime.fromtimestamp(row["createdUtc"], UTC),
            url=_address(row["url"]),
            text=None if _address(row["url"]) else row.get("storyText") or None,
            author=row["by"],
        )
        for row in told["stories"]
    )
    return Morning(at=parse_time(told["fetchedAt"]), hn_search=stories)


def best_atom(recorded: Recorded) -> Morning:
    """``best-atom``: the best stories by score."""
    stories = tuple(
        Story(
            id=int((row.labelled("Discussion") or row.url).rpartition("=")[2]),
            title=row.title,
            points=row.needed("Score"),
            comments=row.needed("Comments"),
            created_at=row.updated_at,
            url=_address(row.url),
            author=row.labelled("By"),
        )
        for row in atom.rows(recorded)
    )
    return Morning(at=atom.updated_at(recorded), hn_search=stories)


def mixed_story(row: dict[str, Any]) -> Story:
    """A story of ``mixed-feeds``."""
    return _story({**row, "created_at": row["published"]})


def _stories(rows: Iterable[dict[str, Any]]) -> tuple[Story, ...]:
    """Each story once, where it stands first."""
    return tuple({row["id"]: _story(row) for row in reversed(list(rows))}.values())[::-1]


def _story(row: dict[str, Any]) -> Story:
    return Story(
        id=int(row["id"]),
        title=row["title"],
        points=row["points"],
        comments=row["comments"],
        created_at=parse_time(row["created_at"]),
        url=_address(row["url"]),
        author=row.get("author"),
    )


def _address(url: str | None) -> str | None:
    return None if not url or url.startswith(_OWN_PAGE) else url
