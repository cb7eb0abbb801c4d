"""A feed's words into ours: posts in plain text, each under an id that stays the same."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from urllib.parse import urldefrag

from domain.items import Item, ItemKey, Kind, Source
from domain.readings import Sighting
from sources import words
from sources.feeds.catalogue import Feed
from sources.feeds.wire import EntryWire, read_feed
from sources.harvesting import Basket, Catch

#: Some feeds serve their whole archive in every answer: only what is recent is a reading of today.
RECENT = timedelta(days=30)
MOST_POSTS = 50
#: A post dated further ahead than clocks differ is of unknown date.
AHEAD = timedelta(hours=26)


def posts(feed: Feed, recent: timedelta = RECENT, most: int = MOST_POSTS) -> Callable[[bytes, datetime], Catch]:
    """The parser of a feed: its ``recent`` entries and those without a date, the newest ``most`` of them.

    Their order is no ranking.
    """

    def parse(body: bytes, at: datetime) -> Catch:
        read = read_feed(body, feed.url, feed.name)
        basket = Basket()
        fresh = [entry for entry in read.entries if (_written(entry, at) or at) >= at - recent]
        for entry in _newest(fresh, most, at):
            link = words.web_address(entry.link or entry.id, feed.url)
            title = words.title(_plain(entry.title, markup=entry.title_is_markup))
            if link is None or not title:
                basket.drop("link and title")
            else:
                basket.add(Sighting(_post(entry, feed, urldefrag(link).url, title, at)))
        if read.broken:
            basket.note_flaw("place where the XML is not well-formed")
        return basket.catch()

    return parse


def _newest(entries: Sequence[EntryWire], most: int, at: datetime) -> list[EntryWire]:
    """The newest ``most`` entries, in the feed's order; those without a date count as the oldest."""
    undated = datetime.min.replace(tzinfo=UTC)
    kept = sorted(entries, key=lambda entry: _written(entry, at) or undated, reverse=True)[:most]
    chosen = {id(entry) for entry in kept}
    return [entry for entry in entries if id(entry) in chosen]


def _written(entry: EntryWire, at: datetime) -> datetime | None:
    """When an entry was written, None when it doesn't say, or says a day that has not come."""
    if entry.published is None or entry.published > at + AHEAD:
        return None
    return entry.published


def _plain(text: str, *, markup: bool) -> str:
    return words.text_of_html(text) if markup else words.unescaped(text)


def _is_markup(entry: EntryWire) -> bool:
    return entry.summary_is_markup or words.looks_like_markup(entry.summary)


def _post(entry: EntryWire, feed: Feed, link: str, title: str, at: datetime) -> Item:
    identity = hashlib.sha256((entry.id or link).encode("utf-8", "replace")).hexdigest()[:12]
    return Item(
        key=ItemKey(Source.FEEDS, Kind.POST, f"{feed.slug}/{identity}"),
        url=link,
        title=title,
        seen_at=at,
        publisher=feed.name,
        summary=words.summary(_plain(entry.summary, markup=_is_markup(entry))),
        tags=words.tags(
            words.spaced("feed", feed.slug),
            words.spaced("kind", feed.kind),
            words.spaced("author", *entry.authors[: words.AUTHORS_LIMIT]),
            entry.categories,
        ),
        created_at=_written(entry, at),
    )
