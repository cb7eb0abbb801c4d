"""The files in which one recorder put several sources together."""

from __future__ import annotations

from typing import Any

from sandbox.replay.readers.arxiv import mixed_preprint
from sandbox.replay.readers.feeds import mixed_feed
from sandbox.replay.readers.hackernews import mixed_story
from sandbox.replay.readers.huggingface import mixed_paper
from sandbox.replay.recordings import Recorded, parse_time
from sandbox.sources.world import Entry, Feed, Model, Morning, Paper


def papers_stories_media(recorded: Recorded) -> Morning:
    """``papers-hn-arxiv-media-daily``: the first twenty of each source.

    arXiv's are of the listing, which is empty at weekends; the API was not asked. The Hub always shows papers when it
    is asked for no day in particular: where none are recorded, the request had failed.
    """
    told = recorded.json()
    rows = told["entries"]
    preprints = tuple({paper.id: paper for paper in map(mixed_preprint, _of(rows, "arxiv-ai", "arxiv-ml"))}.values())
    media = {slug: _of(rows, slug) for slug in ("techcrunch-ai", "theverge-ai", "ph-ai")}
    return Morning(
        at=parse_time(told["last_updated"]),
        papers=tuple(mixed_paper(row) for row in _of(rows, "hf-papers")) or None,
        arxiv_listing=preprints,
        hn_search=tuple(mixed_story(row) for row in _of(rows, "hn-ai")),
        feeds={slug: mixed_feed(found) for slug, found in media.items() if found},
    )


def scored_items(recorded: Recorded) -> Morning:
    """``scored-items``: what one reader kept of a day, in his order; a figure of nought is unknown to him."""
    rows = recorded.json()
    releases = tuple(
        Entry(row["title"], row["links"][0]["url"], parse_time(row["published_at"]), summary=row["summary_en"] or None)
        for row in rows
        if row["kind"] not in {"model", "paper"}
    )
    feed = Feed(name="Releases", home="https://github.com/", entries=releases, kind="lab")
    return Morning(
        at=max(parse_time(row["first_seen_at"]) for row in rows),
        models=tuple(_model(row) for row in rows if row["kind"] == "model"),
        papers=tuple(_paper(row) for row in rows if row["kind"] == "paper"),
        feeds={"releases": feed} if releases else {},
    )


def _of(rows: list[dict[str, Any]], *sources: str) -> list[dict[str, Any]]:
    return [row for row in rows if row["source_id"] in sources]


def _model(row: dict[str, Any]) -> Model:
    signals = row["signals"]
    score = round(signals["hf_trending_score"]) or None
    return Model(row["title"], signals["hf_likes"], signals["hf_downloads"], score)


def _paper(row: dict[str, Any]) -> Paper:
    return Paper(
        id=row["links"][0]["url"].rstrip("/").rpartition("/")[2],
        title=row["title"],
        upvotes=row["signals"]["hf_upvotes"],
        summary=row["summary_en"] or "",
        published_at=parse_time(row["published_at"]),
    )
