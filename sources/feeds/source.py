"""Asks every feed of the list; each is a list of its own, so that one which fails costs only itself."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from domain.items import Source
from domain.readings import Haul
from sources.door import Door
from sources.feeds import adapter
from sources.feeds.catalogue import Feed
from sources.harvesting import FEED, Listing, harvest_lists


@dataclass(frozen=True, slots=True)
class Feeds:
    """The feeds of labs, press and blogs."""

    name: ClassVar[Source] = Source.FEEDS

    door: Door
    feeds: tuple[Feed, ...]

    @property
    def lists(self) -> tuple[str, ...]:
        """The names of the feeds."""
        return tuple(feed.name for feed in self.feeds)

    async def harvest(self, at: datetime) -> list[Haul]:
        """Ask for all feeds as of ``at`` (aware UTC)."""
        listings = [Listing(feed.name, (feed.url,), FEED, adapter.posts(feed)) for feed in self.feeds]
        return await harvest_lists(self.door, self.name, at, listings)
