"""Asks Algolia for the stories of Hacker News's front page, and for the recent ones about AI."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import ClassVar
from urllib.parse import urlencode

from domain.items import Source
from domain.readings import Haul, Lists
from sources.door import Door
from sources.hackernews import adapter
from sources.harvesting import JSON, Listing, harvest_lists

#: What is searched for in titles; one request each.
QUERIES = ("AI", "LLM", "OpenAI", "Anthropic", "GPT", "machine learning")
RECENT = timedelta(hours=48)
FEWEST_POINTS = 10
FOUND = 100


@dataclass(frozen=True, slots=True)
class HackerNews:
    """The two lists. ``base`` is the address of the search service, without its version."""

    name: ClassVar[Source] = Source.HACKERNEWS
    lists: ClassVar[tuple[str, ...]] = (Lists.HN_FRONT_PAGE, Lists.HN_AI)

    door: Door
    base: str

    async def harvest(self, at: datetime) -> list[Haul]:
        """Ask for both lists as of ``at`` (aware UTC)."""
        front = self._url({"tags": "front_page"})
        listings = [
            Listing(Lists.HN_FRONT_PAGE, (front,), JSON, adapter.stories),
            Listing(Lists.HN_AI, tuple(self._search(query, at) for query in QUERIES), JSON, adapter.stories),
        ]
        return await harvest_lists(self.door, self.name, at, listings)

    def _search(self, query: str, at: datetime) -> str:
        # The hour keeps the address the same for a while, so that the kept answer can be asked for by it.
        since = (at - RECENT).replace(minute=0, second=0, microsecond=0)
        filters = f"created_at_i>{since.timestamp():.0f},points>={FEWEST_POINTS}"
        return self._url(
            {"query": query, "tags": "story", "restrictSearchableAttributes": "title", "numericFilters": filters}
        )

    def _url(self, wanted: dict[str, str]) -> str:
        return f"{self.base}/api/v1/search?{urlencode({**wanted, 'hitsPerPage': FOUND})}"
