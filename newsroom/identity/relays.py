"""Relays: feeds that pass on what others published ("Hacker News RSS", a subreddit); no source of their own."""

from __future__ import annotations

import tomllib
from collections import defaultdict
from collections.abc import Iterable
from functools import cache
from importlib import resources

from domain.items import Item, ItemKey, Kind
from newsroom.identity.addresses import canonical_url

#: A feed of at least so many entries, most of which lead to different sites, has no site of its own.
FEWEST_ENTRIES = 4
FOREIGN_SHARE = 0.5


def relays(items: Iterable[Item]) -> frozenset[ItemKey]:
    """The posts that only pass on: of feeds known for it, of discussion sites, of feeds that lead everywhere."""
    by_feed: defaultdict[str, list[Item]] = defaultdict(list)
    for item in items:
        if item.key.kind is Kind.POST:
            by_feed[item.key.external_id.partition("/")[0]].append(item)
    return frozenset(
        post.key
        for feed, posts in by_feed.items()
        for post in posts
        if _is_known(feed) or _leads_everywhere(posts) or _site(post) in _hosts()
    )


def _is_known(feed: str) -> bool:
    return any(feed == name or (name.endswith("-") and feed.startswith(name)) for name in _lists()["feeds"])


def _leads_everywhere(posts: list[Item]) -> bool:
    sites = {_site(post) for post in posts}
    return len(posts) >= FEWEST_ENTRIES and len(sites) > FOREIGN_SHARE * len(posts)


def _site(post: Item) -> str:
    """The host that a post leads to, without the parts before its last three ("news.example.co.jp")."""
    host = (canonical_url(post.url) or "").partition("/")[0].partition("?")[0]
    return host if host in _hosts() else ".".join(host.split(".")[-3:])


def _hosts() -> frozenset[str]:
    return frozenset(_lists()["hosts"])


@cache
def _lists() -> dict[str, list[str]]:
    return tomllib.loads((resources.files("newsroom.identity") / "relays.toml").read_text(encoding="utf-8"))
