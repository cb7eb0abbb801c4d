"""One morning of the outside world, in neutral words: what each site would list if it were asked now.

A list that is ``None`` could not be read that day: its site refuses it in its own form (404, 410, an error in the
envelope), so that nobody asks again at once; a passing outage is a fault. An empty list is an answer without items
(arXiv at weekends). Times are aware UTC; lists stand in the site's own order, best first.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal


@dataclass(frozen=True, slots=True)
class Model:
    """A model of the Hub. ``likes`` are total, ``downloads`` of 30 days, ``score`` is the trending score.

    ``gated`` is False, ``"auto"`` or ``"manual"``; ``parameters`` stands only in an expanded answer. What is None
    leaves its key out. A score is a whole number nearly always.
    """

    id: str
    likes: int
    downloads: int | None
    score: float | None
    task: str | None = None
    library: str | None = None
    tags: tuple[str, ...] = ()
    gated: Literal[False, "auto", "manual"] = False
    created_at: datetime | None = None
    modified_at: datetime | None = None
    parameters: int | None = None


@dataclass(frozen=True, slots=True)
class Dataset:
    """A dataset of the Hub."""

    id: str
    likes: int
    downloads: int | None
    score: float | None
    tags: tuple[str, ...] = ()
    description: str | None = None
    gated: Literal[False, "auto", "manual"] = False
    created_at: datetime | None = None
    modified_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Space:
    """A Space of the Hub; Spaces have no downloads. ``sdk`` is gradio, docker, static or streamlit."""

    id: str
    likes: int
    score: float | None
    sdk: str | None = None
    tags: tuple[str, ...] = ()
    models: tuple[str, ...] = ()
    created_at: datetime | None = None
    modified_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Paper:
    """A paper of the Hub's daily papers. ``id`` is the arXiv id without version; ``listed_at`` is its day there."""

    id: str
    title: str
    upvotes: int
    summary: str = ""
    authors: tuple[str, ...] = ()
    published_at: datetime | None = None
    listed_at: datetime | None = None
    comments: int = 0
    ai_summary: str | None = None
    ai_keywords: tuple[str, ...] = ()
    repository: str | None = None
    repository_stars: int | None = None
    project_page: str | None = None
    organization: str | None = None


@dataclass(frozen=True, slots=True)
class TrendingRepository:
    """A repository on GitHub's trending page; ``gained`` are the stars of the page's own period.

    ``forks`` or ``gained`` None: not known, so the row shows none.
    """

    name: str
    stars: int
    gained: int | None
    forks: int | None = None
    description: str | None = None
    language: str | None = None
    built_by: tuple[str, ...] = ()
    sponsored: bool = False


@dataclass(frozen=True, slots=True)
class FoundRepository:
    """A repository in GitHub's REST search. ``licence`` is an SPDX id."""

    name: str
    stars: int
    forks: int = 0
    open_issues: int = 0
    description: str | None = None
    language: str | None = None
    topics: tuple[str, ...] = ()
    licence: str | None = None
    homepage: str | None = None
    created_at: datetime | None = None
    updated_at: datetime | None = None
    pushed_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class TrendRow:
    """A row of OSS Insight, where every value is a string and the empty string says unknown.

    ``stars`` are those gained in the period, not the total.
    """

    repo_id: str
    repo_name: str
    stars: str
    primary_language: str = ""
    description: str = ""
    forks: str = ""
    pull_requests: str = ""
    pushes: str = ""
    total_score: str = ""
    contributor_logins: str = ""
    collection_names: str = ""


@dataclass(frozen=True, slots=True)
class Preprint:
    """A paper on arXiv. ``id`` is without version; the first of ``categories`` is the primary one.

    ``announced`` is what the daily feed says of it: new, cross, replace or replace-cross; ``announced_at`` when, which
    without it is the day on which the feed is read.
    """

    id: str
    title: str
    summary: str
    authors: tuple[str, ...]
    categories: tuple[str, ...]
    published_at: datetime
    updated_at: datetime | None = None
    version: int = 1
    announced: Literal["new", "cross", "replace", "replace-cross"] = "new"
    announced_at: datetime | None = None
    comment: str | None = None
    doi: str | None = None
    journal: str | None = None


@dataclass(frozen=True, slots=True)
class Story:
    """A Hacker News story. A text post has no ``url`` but a ``text`` (HTML)."""

    id: int
    title: str
    points: int
    comments: int
    created_at: datetime
    url: str | None = None
    text: str | None = None
    author: str | None = None


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry of a feed. ``summary`` and ``content`` may be HTML; ``id`` is the feed's own mark, else the address."""

    title: str
    url: str
    published_at: datetime | None = None
    updated_at: datetime | None = None
    summary: str | None = None
    content: str | None = None
    id: str | None = None
    authors: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Feed:
    """A feed and how its site writes it; ``manner`` is one of ``wire.feeds.MANNERS``, ``kind`` lab, press or blog."""

    name: str
    home: str
    entries: tuple[Entry, ...]
    kind: Literal["lab", "press", "blog"] = "blog"
    manner: str = "plain"
    raw: bytes | None = field(default=None, repr=False)  # exact bytes as recorded, served instead of rendered ones


@dataclass(frozen=True, slots=True)
class Morning:
    """What every site lists at one moment ``at``; ``feeds`` by slug, ``ossinsight_more`` by (period, language)."""

    at: datetime
    models: tuple[Model, ...] | None = None
    datasets: tuple[Dataset, ...] | None = None
    spaces: tuple[Space, ...] | None = None
    papers: tuple[Paper, ...] | None = None
    github_daily: tuple[TrendingRepository, ...] | None = None
    github_daily_python: tuple[TrendingRepository, ...] | None = None
    github_weekly: tuple[TrendingRepository, ...] | None = None
    github_weekly_python: tuple[TrendingRepository, ...] | None = None
    github_search: tuple[FoundRepository, ...] | None = None
    ossinsight_day: tuple[TrendRow, ...] | None = None
    ossinsight_more: Mapping[tuple[str, str], tuple[TrendRow, ...]] = field(default_factory=dict)
    arxiv_recent: tuple[Preprint, ...] | None = None
    arxiv_listing: tuple[Preprint, ...] | None = None
    hn_front_page: tuple[Story, ...] | None = None
    hn_search: tuple[Story, ...] | None = None
    feeds: Mapping[str, Feed] = field(default_factory=dict)
