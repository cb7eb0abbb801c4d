"""A feed's own words, whichever of the many formats it speaks: read by feedparser, from bytes alone."""

from __future__ import annotations

from calendar import timegm
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from io import BytesIO
from time import struct_time
from typing import Any
from xml.sax import SAXException

import feedparser

from sources.errors import TooMuch, Unreadable
from sources.wire import screen_xml

#: A document that is not well-formed is read by a second, patient parser, whose time grows with the square of its size.
MOST_MALFORMED = 512 * 1024
#: Entries past this many are not looked at: the longest archive seen has about a thousand.
MOST_ENTRIES = 5000


@dataclass(frozen=True, slots=True)
class EntryWire:
    """An entry. ``title`` and ``summary`` are markup where ``…_is_markup`` says so; absent texts are empty."""

    id: str
    link: str
    title: str
    title_is_markup: bool
    summary: str
    summary_is_markup: bool
    authors: tuple[str, ...]
    categories: tuple[str, ...]
    published: datetime | None


@dataclass(frozen=True, slots=True)
class FeedWire:
    """A feed: ``broken`` says that it is not well-formed and was read as far as it could be."""

    entries: tuple[EntryWire, ...]
    broken: bool


def read_feed(body: bytes, url: str, site: str) -> FeedWire:
    """Read a feed that was served from ``url``. Raises Unreadable, TooMuch."""
    well_formed = screen_xml(body, site)
    if not well_formed and len(body) > MOST_MALFORMED:
        raise TooMuch(f"{site} sent more than {MOST_MALFORMED:,} bytes that are not well-formed XML")
    try:
        # A stream: given bytes or a string, feedparser would also try them as the name of a file, or an address.
        parsed = feedparser.parse(
            BytesIO(body), response_headers={"content-location": url}, sanitize_html=False, resolve_relative_uris=False
        )
    except (ValueError, LookupError, AttributeError, TypeError, RecursionError):  # of its patient parser
        raise Unreadable(f"{site} sent a feed that can't be read") from None
    if not parsed.get("version"):
        raise Unreadable(f"{site} sent something that is no feed; its address may have changed")
    entries = tuple(_entries(parsed.get("entries") or []))
    return FeedWire(entries, broken=isinstance(parsed.get("bozo_exception"), SAXException))


def _entries(parsed: list[Any]) -> Iterator[EntryWire]:
    for entry in parsed[:MOST_ENTRIES]:
        title, title_is_markup = _worded(entry, "title")
        summary, summary_is_markup = _worded(entry, "summary")
        yield EntryWire(
            id=str(entry.get("id") or ""),
            link=str(entry.get("link") or ""),
            title=title,
            title_is_markup=title_is_markup,
            summary=summary,
            summary_is_markup=summary_is_markup,
            authors=tuple(str(author.get("name") or "") for author in entry.get("authors") or ()),
            categories=tuple(str(tag.get("term") or "") for tag in entry.get("tags") or ()),
            # As of a plain dict: feedparser's own look-up warns of a kindness that it means to drop.
            published=_moment(dict.get(entry, "published_parsed") or dict.get(entry, "updated_parsed")),
        )


def _worded(entry: Any, field: str) -> tuple[str, bool]:
    """The text of a field, and whether it is markup rather than plain text."""
    detail = entry.get(f"{field}_detail") or {}
    return str(entry.get(field) or ""), str(detail.get("type") or "") != "text/plain"


def _moment(parsed: struct_time | None) -> datetime | None:
    """A date that feedparser understood, already in UTC, as an aware moment."""
    if parsed is None:
        return None
    try:
        return datetime.fromtimestamp(timegm(parsed), UTC)
    except (ValueError, OverflowError, OSError, TypeError):
        return None
