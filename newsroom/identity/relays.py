"""Relays: feeds that pass on what others published ("Hacker News RSS", a subreddit); no source of their own."""

from __future__ import annotations

import re
import tomllib
from collections import defaultdict
from collections.abc import Iterable, Sequence
from functools import cache
from importlib import resources

from domain.items import Item, ItemKey, Kind

#: A feed of at least so many entries, most of which lead to different sites, has no site of its own.
FEWEST_ENTRIES = 4
FOREIGN_SHARE = 0.5

_HOST = re.compile(r"https?://(?:[^/@]*@)?(?:(?:www|m|old|mobile)\.)?([^/:?#]+)")


def relays(items: Iterable[Item]) -> frozenset[ItemKey]:
    """The posts that only pass on: of feeds known for it, of discussion sites, of feeds that lead everywhere."""
    by_feed: defaultdict[str, list[Item]] = defaultdict(list)
    for item in items:
        if item.key.kind is Kind.POST:
            by_feed[item.key.external_id.partition("/")[0]].append(item)
    return frozenset(post.key for feed, posts in by_feed.items() for post in _passed_on(feed, posts))


def _passed_on(feed: str, posts: Sequence[Item]) -> Iterable[Item]:
    sites = [_site(post) for post in posts]
    everywhere = len(posts) >= FEWEST_ENTRIES and len(set(sites)) > FOREIGN_SHARE * len(posts)
    if everywhere or _is_known(feed):
        return posts
    return [post for post, site in zip(posts, sites, strict=True) if site in _hosts()]


def _is_known(feed: str) -> bool:
    return any(feed == name or (name.endswith("-") and feed.startswith(name)) for name in _lists()["feeds"])


def _site(post: Item) -> str:
    """The host that a post leads to, without the parts before its last three ("news.example.co.jp")."""
    found = _HOST.match(post.url.casefold())
    host = found[1] if found else ""
    return host if host in _hosts() else ".".join(host.split(".")[-3:])


@cache
def _hosts() -> frozenset[str]:
    return frozenset(_lists()["hosts"])


@cache
def _lists() -> dict[str, list[str]]:
    return tomllib.loads((resources.files("newsroom.identity") / "relays.toml").read_text(encoding="utf-8"))
