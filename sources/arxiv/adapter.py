"""arXiv's words into ours: papers under their id without version. LaTeX in titles and abstracts stays as text."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import datetime
from zoneinfo import ZoneInfo

from domain.items import Item, ItemKey, Kind, Source
from domain.readings import Sighting
from sources import words
from sources.arxiv.names import authors
from sources.arxiv.wire import SITE, PaperWire, api_papers, listed_papers
from sources.harvesting import Basket, Catch
from sources.wire import moment

_PUBLIC = "https://arxiv.org/abs"
#: ``2605.12495v1`` since April 2007, ``cs.AI/0102003v2`` before; at the end of an abs page or an OAI identifier.
_ID = re.compile(
    r"(?:https?://(?:www\.|export\.)?arxiv\.org/abs/|oai:arXiv\.org:)"
    r"([0-9]{4}\.[0-9]{4,5}|[a-z-]{2,12}(?:\.[A-Z]{2})?/[0-9]{7})(?:v[0-9]{1,3})?"
)
_CATEGORY = re.compile(r"[a-z-]{2,12}(?:\.[A-Za-z-]{2,20})?")
_ANNOUNCED = {"new", "cross", "replace", "replace-cross"}
#: Announcements are made in the evenings of Sunday to Thursday, Eastern time: the feed of Saturday and Sunday is empty.
_ZONE = ZoneInfo("America/New_York")
_WEEKEND = {5, 6}


def recent(body: bytes, at: datetime) -> Catch:
    """The parser of an API answer: submissions, newest first, which is no ranking."""
    return _caught(api_papers(body), at).catch()


def listing(body: bytes, at: datetime) -> Catch:
    """The parser of the day's listing; an empty one says why it may be."""
    basket = _caught(listed_papers(body), at)
    if not basket.empty:
        return basket.catch()
    if at.astimezone(_ZONE).weekday() in _WEEKEND:
        return basket.catch(f"{SITE} lists nothing on Saturdays and Sundays")
    return basket.catch(f"{SITE} lists nothing today; on a working day that is a holiday, or too early")


def _caught(papers: Iterable[PaperWire], at: datetime) -> Basket:
    basket = Basket()
    for wire in papers:
        match = _ID.fullmatch(wire.address)
        if match is None or not words.title(wire.title):
            basket.drop("id and title")
        else:
            published = moment(wire.published)
            wrong = ["published"] if wire.published and published is None else []
            basket.add(Sighting(_paper(wire, match[1], published, at)), wrong)
    return basket


def _paper(wire: PaperWire, arxiv_id: str, published: datetime | None, at: datetime) -> Item:
    names = wire.authors or authors(wire.creators)
    return Item(
        key=ItemKey(Source.ARXIV, Kind.PAPER, arxiv_id),
        url=f"{_PUBLIC}/{arxiv_id}",
        title=words.title(wire.title),
        seen_at=at,
        publisher=SITE,
        summary=words.summary(wire.abstract),
        tags=words.tags(
            [f"arxiv:{arxiv_id}"],
            words.spaced("primary", wire.primary if _CATEGORY.fullmatch(wire.primary) else None),
            words.spaced("announce", wire.announced if wire.announced in _ANNOUNCED else None),
            words.spaced("author", *names[: words.AUTHORS_LIMIT]),
            (category for category in wire.categories if _CATEGORY.fullmatch(category)),
        ),
        created_at=published,
    )
