"""Items of recorded days, made straight from the recordings, much as the adapters of the sources make them."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from pathlib import Path

from domain.items import Item, ItemKey, Kind, Source
from domain.text import plain_line
from sandbox.replay import SERIES, series_mornings
from sandbox.sources.world import (
    Entry,
    Feed,
    FoundRepository,
    Model,
    Morning,
    Paper,
    Preprint,
    Story,
    TrendingRepository,
)

#: Series that are projections of others or read weeks after their days.
_NOT_READ = ("empty-runs", "6hourly", "by-date-backfill", "scored-")


def recorded_items(recordings: Path) -> Mapping[ItemKey, Item]:
    """Every item of the recordings in the words of the first day that has it."""
    found: dict[ItemKey, Item] = {}
    for series in SERIES:
        if not any(part in series.name for part in _NOT_READ):
            for morning in series_mornings(recordings, series.name):
                for item in items_of(morning):
                    found.setdefault(item.key, item)
    return found


def items_of(morning: Morning) -> Iterator[Item]:
    """The models, repositories, papers, stories and posts of a morning."""
    at = morning.at
    yield from (_model(each, at) for each in morning.models or ())
    for repositories in (morning.github_daily, morning.github_weekly, morning.github_search):
        yield from (_repository(each, at) for each in repositories or ())
    yield from (_paper(each, at) for each in morning.papers or ())
    for preprints in (morning.arxiv_recent, morning.arxiv_listing):
        yield from (_preprint(each, at) for each in preprints or ())
    for stories in (morning.hn_front_page, morning.hn_search):
        yield from (_story(each, at) for each in stories or ())
    for slug, feed in morning.feeds.items():
        yield from (_post(slug, feed, entry, at) for entry in feed.entries)


def _model(model: Model, at: datetime) -> Item:
    key = ItemKey(Source.HUGGINGFACE, Kind.MODEL, model.id)
    return Item(key, f"https://huggingface.co/{model.id}", model.id, at, tags=model.tags, created_at=model.created_at)


def _repository(repository: TrendingRepository | FoundRepository, at: datetime) -> Item:
    key = ItemKey(Source.GITHUB, Kind.REPOSITORY, repository.name)
    url = f"https://github.com/{repository.name}"
    return Item(key, url, repository.name, at, summary=plain_line(repository.description or ""))


def _paper(paper: Paper, at: datetime) -> Item:
    key = ItemKey(Source.HUGGINGFACE, Kind.PAPER, paper.id)
    code = re.search(r"github\.com/([\w.-]+/[\w.-]+)", paper.repository or "")
    tags = (f"arxiv:{paper.id}", *((f"github:{code[1].removesuffix('.git')}",) if code else ()))
    url = f"https://huggingface.co/papers/{paper.id}"
    return Item(key, url, plain_line(paper.title), at, tags=tags, created_at=paper.published_at)


def _preprint(preprint: Preprint, at: datetime) -> Item:
    key = ItemKey(Source.ARXIV, Kind.PAPER, preprint.id)
    url = f"https://arxiv.org/abs/{preprint.id}"
    return Item(key, url, plain_line(preprint.title), at, created_at=preprint.published_at)


def _story(story: Story, at: datetime) -> Item:
    key = ItemKey(Source.HACKERNEWS, Kind.STORY, str(story.id))
    url = story.url or f"https://news.ycombinator.com/item?id={story.id}"
    return Item(key, url, plain_line(story.title), at, created_at=story.created_at)


def _post(slug: str, feed: Feed, entry: Entry, at: datetime) -> Item:
    name = re.sub(r"[\W_]+", "-", feed.name.casefold()).strip("-") or slug
    key = ItemKey(Source.FEEDS, Kind.POST, f"{name}/{entry.url}")
    title = plain_line(html.unescape(entry.title))
    return Item(key, entry.url, title, at, publisher=feed.name, created_at=entry.published_at)


def of_kinds(items: Iterable[Item], *kinds: Kind) -> list[Item]:
    """Those of certain kinds, in the order of their keys."""
    return sorted((item for item in items if item.key.kind in kinds), key=lambda item: item.key)
