"""Asks OSS Insight for the trends of the past 24 hours."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from domain.items import Source
from domain.readings import Haul, Lists
from sources.door import Door
from sources.harvesting import JSON, Listing, harvest_lists
from sources.ossinsight import adapter


@dataclass(frozen=True, slots=True)
class OSSInsight:
    """The trends of all languages. ``base`` is the address of the API, without its version."""

    name: ClassVar[Source] = Source.OSSINSIGHT
    lists: ClassVar[tuple[str, ...]] = (Lists.OSSINSIGHT_DAY,)

    door: Door
    base: str

    async def harvest(self, at: datetime) -> list[Haul]:
        """Ask for the list as of ``at`` (aware UTC)."""
        url = f"{self.base}/v1/trends/repos/?period=past_24_hours&language=All"
        listing = Listing(Lists.OSSINSIGHT_DAY, (url,), JSON, adapter.trends, ranked=True)
        return await harvest_lists(self.door, self.name, at, [listing])
