"""Asks arXiv for the newest submissions and for the day's listing."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar
from urllib.parse import urlencode

from domain.items import Source
from domain.readings import Haul, Lists
from sources.arxiv import adapter
from sources.door import Door
from sources.harvesting import ATOM, FEED, Listing, harvest_lists

CATEGORIES = ("cs.AI", "cs.CL", "cs.LG", "cs.CV")
#: Some three hundred papers a day are submitted to the four; the list is the newest of them.
RECENT = 100


@dataclass(frozen=True, slots=True)
class Arxiv:
    """The API at ``base``, and the RSS listing at ``rss_base``."""

    name: ClassVar[Source] = Source.ARXIV
    lists: ClassVar[tuple[str, ...]] = (Lists.ARXIV_RECENT, Lists.ARXIV_LISTING)

    door: Door
    base: str
    rss_base: str

    async def harvest(self, at: datetime) -> list[Haul]:
        """Ask for both lists as of ``at`` (aware UTC)."""
        query = urlencode(
            {
                "search_query": " OR ".join(f"cat:{category}" for category in CATEGORIES),
                "sortBy": "submittedDate",
                "sortOrder": "descending",
                "start": 0,
                "max_results": RECENT,
            }
        )
        listings = [
            Listing(Lists.ARXIV_RECENT, (f"{self.base}/api/query?{query}",), ATOM, adapter.recent),
            Listing(Lists.ARXIV_LISTING, (f"{self.rss_base}/rss/{'+'.join(CATEGORIES)}",), FEED, adapter.listing),
        ]
        return await harvest_lists(self.door, self.name, at, listings)
