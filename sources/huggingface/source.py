"""Asks Hugging Face for its four lists."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar
from urllib.parse import urlencode

from domain.items import Kind, Source
from domain.readings import Haul, Lists
from sources.door import Door
from sources.harvesting import JSON, Listing, harvest_lists
from sources.huggingface import adapter

#: What is asked of each entry, beyond its id. ``expand`` answers with these properties and no others.
_EXPANDED = {
    "models": (
        "author", "createdAt", "downloads", "gated", "gguf", "library_name", "likes", "pipeline_tag", "safetensors",
        "tags", "trendingScore",
    ),
    "datasets": ("author", "createdAt", "description", "downloads", "gated", "likes", "tags", "trendingScore"),
    "spaces": ("author", "cardData", "createdAt", "likes", "sdk", "tags", "trendingScore"),
}  # fmt: skip

#: The first page of Hugging Face's own trending view holds 30.
LISTED = 50
DAILY_PAPERS = 100


@dataclass(frozen=True, slots=True)
class HuggingFace:
    """Models, datasets and Spaces by trending score, and the daily papers. ``base`` is the site's address."""

    name: ClassVar[Source] = Source.HUGGINGFACE
    lists: ClassVar[tuple[str, ...]] = (Lists.MODELS, Lists.DATASETS, Lists.SPACES, Lists.DAILY_PAPERS)

    door: Door
    base: str

    async def harvest(self, at: datetime) -> list[Haul]:
        """Ask for all four lists as of ``at`` (aware UTC)."""
        return await harvest_lists(self.door, self.name, at, self._listings())

    def _listings(self) -> list[Listing]:
        papers = f"{self.base}/api/daily_papers?{urlencode({'limit': DAILY_PAPERS})}"
        return [
            self._trending(Lists.MODELS, "models", Kind.MODEL),
            self._trending(Lists.DATASETS, "datasets", Kind.DATASET),
            self._trending(Lists.SPACES, "spaces", Kind.SPACE),
            Listing(Lists.DAILY_PAPERS, (papers,), JSON, adapter.daily_papers),
        ]

    def _trending(self, name: str, path: str, kind: Kind) -> Listing:
        order = [("sort", "trendingScore"), ("direction", "-1"), ("limit", str(LISTED))]
        query = urlencode([*order, *(("expand[]", wanted) for wanted in _EXPANDED[path])])
        return Listing(name, (f"{self.base}/api/{path}?{query}",), JSON, adapter.repositories(kind), ranked=True)
