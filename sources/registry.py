"""Builds the sources from addresses: the public ones, a mirror's, or the sandbox's."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from sources.arxiv.source import Arxiv
from sources.cache import ResponseCache
from sources.collector import NewsSource
from sources.door import Door, DoorLimits, user_agent
from sources.errors import SourceError
from sources.feeds.catalogue import Feed, bundled_feeds, feeds_from
from sources.feeds.source import Feeds
from sources.github.source import GitHub
from sources.hackernews.source import HackerNews
from sources.huggingface.source import HuggingFace
from sources.network import Network, Origin
from sources.ossinsight.source import OSSInsight


@dataclass(frozen=True, slots=True)
class SourceAddresses:
    """Where the sources are (bases without a slash at the end), and what they are asked with.

    ``feeds_file`` replaces the bundled list of feeds. Tokens are never shown.
    """

    huggingface: str = "https://huggingface.co"
    github: str = "https://github.com"
    github_api: str = "https://api.github.com"
    ossinsight: str = "https://api.ossinsight.io"
    arxiv: str = "https://export.arxiv.org"
    arxiv_rss: str = "https://rss.arxiv.org"
    hackernews: str = "https://hn.algolia.com"
    feeds_file: Path | None = None
    github_token: str | None = field(default=None, repr=False)
    huggingface_token: str | None = field(default=None, repr=False)

    def trusted(self) -> frozenset[Origin]:
        """The origins that the operator chose himself, which may be private: those that are not the public ones."""
        chosen = {address for address in self.bases() if address not in _PUBLIC}
        if self.feeds_file is not None:
            chosen.update(feed.url for feed in feeds_from(self.feeds_file))
        return frozenset(Origin.parse(address) for address in chosen)

    def bases(self) -> tuple[str, ...]:
        """The addresses of all services."""
        return tuple(getattr(self, name) for name in _BASES)

    def credentials(self) -> dict[str, str]:
        """The Authorization header of each base that has one. Raises SourceError for what can't be a token."""
        tokens = (
            ("GITHUB_TOKEN", self.github_api, self.github_token),
            ("HUGGINGFACE_TOKEN", self.huggingface, self.huggingface_token),
        )
        return {base: f"Bearer {_token(name, token)}" for name, base, token in tokens if token}

    def feeds(self) -> tuple[Feed, ...]:
        """The feeds to read. Raises FeedsFileWrong."""
        return bundled_feeds() if self.feeds_file is None else feeds_from(self.feeds_file)


def _token(name: str, token: str) -> str:
    if not re.fullmatch(r"[\x21-\x7e]{1,500}", token):
        raise SourceError(f"{name} holds characters that no token has; copy it again")
    return token


_BASES = ("huggingface", "github", "github_api", "ossinsight", "arxiv", "arxiv_rss", "hackernews")
_PUBLIC = frozenset(SourceAddresses().bases())


def open_door(
    addresses: SourceAddresses,
    *,
    cache_folder: Path | None,
    version: str,
    contact: str = "",
    limits: DoorLimits | None = None,
    clock: Callable[[], datetime] = lambda: datetime.now(UTC),
) -> Door:
    """The door for these addresses; answers are kept in ``cache_folder``, ``contact`` tells a site who asks.

    Raises SourceError: a wrong file of feeds, address or token.
    """
    return Door(
        user_agent(version, contact),
        network=Network(addresses.trusted()),
        cache=ResponseCache(cache_folder) if cache_folder is not None else None,
        bases=addresses.bases(),
        credentials=addresses.credentials(),
        limits=limits,
        clock=clock,
    )


def build_sources(addresses: SourceAddresses, door: Door) -> Sequence[NewsSource]:
    """All sources, asking through ``door``. Raises FeedsFileWrong."""
    return (
        HuggingFace(door, addresses.huggingface),
        GitHub(door, addresses.github, addresses.github_api),
        OSSInsight(door, addresses.ossinsight),
        Arxiv(door, addresses.arxiv, addresses.arxiv_rss),
        HackerNews(door, addresses.hackernews),
        Feeds(door, addresses.feeds()),
    )
