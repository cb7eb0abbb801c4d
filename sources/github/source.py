"""Asks GitHub for its trending pages, and for the young repositories of some AI topics."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import ClassVar
from urllib.parse import urlencode

from domain.items import Source
from domain.readings import Haul, Lists, Metric
from sources.door import Door
from sources.github import adapter
from sources.harvesting import HTML, Listing, harvest_lists

_GITHUB_JSON = "application/vnd.github+json"

#: The topics whose young repositories are asked for; one request each, and ten a minute are allowed without a token.
TOPICS = ("ai", "llm", "ai-agents", "generative-ai", "machine-learning", "mcp")
#: A repository is young for so long, and worth a look from so many stars on.
YOUNG = timedelta(days=30)
FEWEST_STARS = 20
FOUND = 50

#: The pages of the trending view: list, path below /trending, ``since``, what the page calls the period, its metric.
_PAGES = (
    (Lists.GITHUB_DAILY, "", "daily", "today", Metric.STARS_TODAY),
    (Lists.GITHUB_DAILY_PYTHON, "/python", "daily", "today", Metric.STARS_TODAY),
    (Lists.GITHUB_WEEKLY, "", "weekly", "this week", Metric.STARS_WEEK),
    (Lists.GITHUB_WEEKLY_PYTHON, "/python", "weekly", "this week", Metric.STARS_WEEK),
)


@dataclass(frozen=True, slots=True)
class GitHub:
    """The trending pages of ``base``, and the repository search of ``api_base``."""

    name: ClassVar[Source] = Source.GITHUB
    lists: ClassVar[tuple[str, ...]] = (*(page[0] for page in _PAGES), Lists.GITHUB_YOUNG)

    door: Door
    base: str
    api_base: str

    async def harvest(self, at: datetime) -> list[Haul]:
        """Ask for all lists as of ``at`` (aware UTC)."""
        return await harvest_lists(self.door, self.name, at, [*self._pages(), self._search(at)])

    def _pages(self) -> list[Listing]:
        return [
            Listing(
                name,
                (f"{self.base}/trending{path}?since={since}",),
                HTML,
                adapter.trending(period, metric),
                ranked=True,
            )
            for name, path, since, period, metric in _PAGES
        ]

    def _search(self, at: datetime) -> Listing:
        urls = tuple(self._topic_url(topic, at) for topic in TOPICS)
        return Listing(Lists.GITHUB_YOUNG, urls, _GITHUB_JSON, adapter.search)

    def _topic_url(self, topic: str, at: datetime) -> str:
        wanted = f"topic:{topic} created:>={(at - YOUNG).date()} stars:>={FEWEST_STARS}"
        query = urlencode({"q": wanted, "sort": "stars", "order": "desc", "per_page": FOUND})
        return f"{self.api_base}/search/repositories?{query}"
