"""Every recorded series that can be replayed: how it is read, and whether it takes part in whole mornings."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, date
from typing import Final

from sandbox.replay.readers import arxiv, feeds, github, hackernews, huggingface, mixed
from sandbox.replay.recordings import Recorded
from sandbox.sources.world import Morning


@dataclass(frozen=True, slots=True)
class Series:
    """A recorded series. ``alone``: not part of whole mornings. ``by_name``: belongs to the day in its file name.

    ``name`` is the folder of its files, with the part of them after a colon where another series has the rest.
    """

    name: str
    read: Callable[[Recorded], Morning | Iterable[Morning]]
    alone: bool = False
    by_name: bool = False

    @property
    def folder(self) -> str:
        """Where its files lie."""
        return self.name.partition(":")[0]

    def parts(self, recorded: Recorded) -> tuple[Morning, ...]:
        """The mornings that a file of this series tells of, with only the lists that it knows."""
        told = self.read(recorded)
        return (told,) if isinstance(told, Morning) else tuple(told)

    def day_of(self, recorded: Recorded) -> date:
        """The day (UTC) to which a file belongs."""
        if recorded.observed_at is None or self.by_name:
            return date.fromisoformat(recorded.dated[:10])
        return recorded.observed_at.astimezone(UTC).date()


_GENERATED: Final = (
    "anthropic_engineering",
    "anthropic_news",
    "anthropic_research",
    "cohere",
    "google_ai",
    "meta_ai",
    "mistral",
    "openai_research",
    "the_batch",
    "xainews",
)

#: In the order in which they win a list.
SERIES: Final = (
    Series("huggingface-trending/models30-spaces20-daily", huggingface.models_and_spaces),
    Series("huggingface-trending/list1000-models", huggingface.thousand_models),
    Series("huggingface-trending/list1000-spaces", huggingface.thousand_spaces),
    Series("huggingface-trending/list1000-datasets", huggingface.thousand_datasets),
    Series("huggingface-trending/models-atom", huggingface.models_atom),
    Series("huggingface-trending/datasets-atom", huggingface.datasets_atom),
    Series("huggingface-trending/models30-spaces20-6hourly", huggingface.models_and_spaces, alone=True),
    Series("huggingface-trending/models30-spaces20-empty-runs", huggingface.models_and_spaces, alone=True),
    Series("huggingface-trending/api-trending-models", huggingface.trending_api, alone=True),
    Series("github-trending/daily-json", github.daily_page, by_name=True),
    Series("github-trending/atom-daily", github.daily_atom),
    Series("github-trending/weekly-and-daily-lists", github.weekly_lists),
    Series("github-trending/weekly-and-daily-lists:ai_daily", github.ai_daily, alone=True),
    Series("github-trending/by-language-month", github.python_pages, alone=True),
    Series("github-search/topic-queries-daily", github.found),
    Series("ossinsight/trends-repos", github.trend_rows),
    Series("arxiv/api-72h-daily", arxiv.of_three_days),
    Series("arxiv/api-recent-1000", arxiv.newest_thousand),
    Series("arxiv/api-by-submission-day", arxiv.of_a_submission_day, by_name=True),
    Series("hackernews/frontpage-and-queries-daily", hackernews.front_page_and_queries),
    Series("hackernews/keyword-queries-daily", hackernews.keyword_queries),
    Series("mixed-feeds/papers-hn-arxiv-media-daily", mixed.papers_stories_media),
    Series("hackernews/best-atom", hackernews.best_atom),
    Series("hackernews/firebase-and-algolia-72h", hackernews.three_days),
    Series("huggingface-papers/daily-atom", huggingface.papers_atom),
    Series("huggingface-papers/by-date-backfill", huggingface.papers_of_a_day, alone=True),
    Series("feeds/parsed-37-feeds-daily", feeds.parsed),
    Series("feeds/parsed-claude-rss", feeds.parsed_one),
    Series("feeds/parsed-openai-rss", feeds.parsed_one),
    *(Series(f"feeds/generated-rss/{slug}", feeds.generated) for slug in _GENERATED),
    Series("mixed-feeds/scored-articles", feeds.scored_articles, alone=True),
    Series("mixed-feeds/scored-items", mixed.scored_items, alone=True),
)


#: The recorded feeds that a newspaper about AI would read: English ones of laboratories, makers and the press.
TECHNOLOGY_FEEDS: Final = frozenset(
    {
        *_GENERATED,
        "openai",
        "claude",
        "anthropic-news",
        "google-blog",
        "google-developers",
        "nvidia-blog",
        "meta-newsroom",
        "meta-engineering",
        "github-blog",
        "aws-news",
        "cloudflare-blog",
        "the-verge",
        "techcrunch",
        "techcrunch-ai",
        "theverge-ai",
    }
)


def named(name: str) -> Series:
    """The series of that name. Raises LookupError when none can be replayed."""
    for series in SERIES:
        if series.name == name:
            return series
    raise LookupError(f"{name!r} cannot be replayed; {', '.join(series.name for series in SERIES)} can")
