"""Hacker News's words into ours: stories with what they link to, or their own page."""

from __future__ import annotations

import re
from datetime import datetime
from urllib.parse import urlsplit

from domain.items import Item, ItemKey, Kind, Source
from domain.readings import Sighting
from sources import words
from sources.hackernews.wire import HitWire, hits
from sources.harvesting import Basket, Catch, metrics
from sources.wire import read_entry

_PAGE = "https://news.ycombinator.com/item?id="
_ID = re.compile(r"[1-9][0-9]{0,11}")
#: Tags that say what sort of story it is; the others repeat its id and author.
_SORTS = {"ask_hn", "show_hn", "launch_hn", "poll", "job", "front_page"}


def stories(body: bytes, at: datetime) -> Catch:
    """The parser of an answer. Algolia orders by relevance and points, not by the front page: none has a rank."""
    basket = Basket()
    for raw in hits(body):
        wire, wrong = read_entry(HitWire, raw)
        if wire is None or not _ID.fullmatch(wire.id) or not words.title(wire.title):
            basket.drop("id and title")
            continue
        link = words.web_address(wire.url)
        if wire.url and link is None:
            wrong = (*wrong, "url")
        figures = metrics(points=wire.points, comments=wire.comments)
        basket.add(Sighting(_story(wire, link, at), metrics=figures), wrong)
    return basket.catch()


def _story(wire: HitWire, link: str | None, at: datetime) -> Item:
    url = link or f"{_PAGE}{wire.id}"
    return Item(
        key=ItemKey(Source.HACKERNEWS, Kind.STORY, wire.id),
        url=url,
        title=words.title(words.unescaped(wire.title)),
        seen_at=at,
        publisher=words.name((urlsplit(url).hostname or "").removeprefix("www.")),
        summary=words.summary(words.text_of_html(wire.text)) if wire.text else "",
        tags=words.tags(
            words.spaced("author", wire.author),
            (tag for tag in wire.tags or () if tag in _SORTS),
        ),
        created_at=wire.created_at,
    )
