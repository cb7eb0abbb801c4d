"""What was read, when, and at which place: harvests and readings, never rewritten."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from domain.items import Item, ItemKey, Source


class HarvestStatus(StrEnum):
    """How asking for one list ended."""

    OK = "ok"
    EMPTY = "empty"  # an answer in the right form, without items (arXiv at weekends)
    PARTIAL = "partial"  # some pages or entries were unreadable; no "fewest" may be drawn from it
    FAILED = "failed"  # no usable answer; ``error`` says why


class Metric(StrEnum):
    """The figures that a source gives for an item; what each means is said beside it."""

    LIKES = "likes"  # Hugging Face: total ever
    DOWNLOADS = "downloads"  # Hugging Face: last 30 days, refreshed about once a day, late for new items
    SCORE = "score"  # Hugging Face trending score: about the likes of 7 days; falls when launch day leaves
    PARAMETERS = "parameters"  # Hugging Face: as the API counts them; wrong for some quantised files
    STARS = "stars"  # GitHub: total now; may fall
    FORKS = "forks"  # GitHub: total now
    STARS_TODAY = "stars_today"  # by GitHub's (or OSS Insight's) own count, not ours
    STARS_WEEK = "stars_week"  # by GitHub's own count, not ours
    UPVOTES = "upvotes"  # Hugging Face papers
    POINTS = "points"  # Hacker News
    COMMENTS = "comments"  # Hacker News, Hugging Face papers
    GITHUB_STARS = "github_stars"  # of a paper's repository, as Hugging Face shows it
    VOTES = "votes"  # Telegram: in a poll of ours, one of each who voted


class Lists:
    """The names of the lists that are read; a feed's list bears the feed's own name."""

    MODELS = "models/trending"
    DATASETS = "datasets/trending"
    SPACES = "spaces/trending"
    DAILY_PAPERS = "papers/daily"
    GITHUB_DAILY = "trending/daily"
    GITHUB_DAILY_PYTHON = "trending/daily/python"
    GITHUB_WEEKLY = "trending/weekly"
    GITHUB_WEEKLY_PYTHON = "trending/weekly/python"
    GITHUB_YOUNG = "search/young"
    OSSINSIGHT_DAY = "trends/past_24_hours"
    ARXIV_RECENT = "recent"
    ARXIV_LISTING = "listing"
    HN_FRONT_PAGE = "front_page"
    HN_AI = "search/ai"


@dataclass(frozen=True, slots=True)
class Harvest:
    """One reading of one list of one source at ``observed_at`` (aware UTC).

    ``id`` is the storage's, 0 before it is stored. ``ranked`` says that the order of the list is a ranking;
    without it no reading of the harvest has a rank.
    """

    source: Source
    list: str
    observed_at: datetime
    status: HarvestStatus
    items: int = 0
    ranked: bool = False
    bytes: int = 0
    seconds: float = 0.0
    etag: str = ""
    error: str = ""
    id: int = 0


@dataclass(frozen=True, slots=True)
class Reading:
    """One item in one harvest. ``rank`` counts from 1; None where the list has no order."""

    id: int
    harvest_id: int
    item: ItemKey
    observed_at: datetime
    rank: int | None
    metrics: Mapping[Metric, int]


@dataclass(frozen=True, slots=True)
class Sighting:
    """An item as a source just listed it, before storage gives it ids."""

    item: Item
    rank: int | None = None
    metrics: Mapping[Metric, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Haul:
    """What one list brought home: its harvest record, and what stood on it in the list's order."""

    harvest: Harvest
    sightings: tuple[Sighting, ...] = ()
