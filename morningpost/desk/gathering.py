"""Asking the outside world: the sources, whose answers go into storage, and links, whether they live.

It brings every site's reader along: ``House`` loads it when somebody is asked.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from datetime import datetime
from importlib.metadata import version

from domain.issue import Paper
from domain.items import Source
from domain.links import Asking
from domain.readings import Harvest, Haul
from morningpost.settings import Settings
from sources.collector import collect
from sources.links import LinkAsker, open_link_door
from sources.registry import SourceAddresses, build_sources, open_door

Clock = Callable[[], datetime]


async def gather(
    settings: Settings,
    paper: Paper,
    clock: Clock,
    store: Callable[[Haul], Harvest],
    *,
    at: datetime | None = None,
    only: Source | None = None,
) -> list[Harvest]:
    """Ask the sources, all or one, as of ``at`` (default now), and hand what they say to ``store``."""
    addresses = source_addresses(settings)
    door = open_door(
        addresses,
        cache_folder=settings.data_dir / "cache",
        version=version("ai-morning-post"),
        contact=_contact(paper),
        clock=clock,
    )
    async with door:
        sources = [source for source in build_sources(addresses, door) if only in {None, source.name}]
        return await collect(sources, at or clock(), store)


@asynccontextmanager
async def asking_links(paper: Paper, clock: Clock) -> AsyncIterator[Callable[[Sequence[str]], Awaitable[list[Asking]]]]:
    """What asks links whether they live, through a door of their own."""
    async with open_link_door(version=version("ai-morning-post"), contact=_contact(paper), clock=clock) as door:
        yield LinkAsker(door, clock).ask


def _contact(paper: Paper) -> str:
    """Where a site's operator finds out who asks."""
    name = paper.channel or paper.bot
    return f"https://t.me/{name.lstrip('@')}" if name else ""


def source_addresses(settings: Settings) -> SourceAddresses:
    """Where the settings say that the sources are."""
    tokens = (settings.github_token, settings.huggingface_token)
    github_token, huggingface_token = (token.get_secret_value() if token else None for token in tokens)
    return SourceAddresses(
        huggingface=settings.huggingface_url,
        github=settings.github_url,
        github_api=settings.github_api_url,
        ossinsight=settings.ossinsight_url,
        arxiv=settings.arxiv_url,
        arxiv_rss=settings.arxiv_rss_url,
        hackernews=settings.hackernews_url,
        feeds_file=settings.feeds_file,
        github_token=github_token,
        huggingface_token=huggingface_token,
    )
