"""Lab and press feeds: RSS 2.0 and Atom, each in the manner of a site that really writes so."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sandbox.sources.wire.templating import render
from sandbox.sources.world import Feed


@dataclass(frozen=True, slots=True)
class Manner:
    """How a site writes its feed.

    ``zone`` is GMT, +0000 or -0400. ``permalink`` is the attribute of ``guid``, None leaves it out.
    ``empty_descriptions``: an entry without a summary has an empty element instead of none.
    """

    atom: bool = False
    cdata: bool = False
    numeric_entities: bool = False
    zone: str = "GMT"
    permalink: bool | None = True
    descriptions: bool = True
    empty_descriptions: bool = False
    whole_articles: bool = False
    self_link: str | None = None


#: By the site whose feed was seen to be written so.
MANNERS: Final = {
    "plain": Manner(),
    "openai": Manner(cdata=True),
    "deepmind": Manner(
        zone="+0000", permalink=None, empty_descriptions=True, self_link="https://example.com/blog/rss.xml"
    ),
    "huggingface": Manner(descriptions=False),
    "bair": Manner(zone="-0400", permalink=None),
    "ghost": Manner(permalink=False, whole_articles=True),
    "wordpress": Manner(numeric_entities=True, zone="+0000", permalink=False),
    "feedgen": Manner(zone="+0000", permalink=False),
    "verge": Manner(atom=True, cdata=True, zone="-0400"),
    "willison": Manner(atom=True),
}


def document(feed: Feed, *, at: datetime, address: str) -> bytes:
    """The feed as its site would answer at ``at``; ``address`` is its own."""
    if feed.raw is not None:
        return feed.raw
    manner = MANNERS[feed.manner]
    return render(
        "feed_atom.xml.jinja" if manner.atom else "feed_rss.xml.jinja",
        feed=feed,
        manner=manner,
        address=address,
        built_at=built_at(feed, at),
    )


def built_at(feed: Feed, at: datetime) -> datetime:
    """When the feed last changed: with its newest entry, or ``at`` when no entry is dated."""
    dated = [entry.updated_at or entry.published_at for entry in feed.entries]
    return max((moment for moment in dated if moment is not None and moment <= at), default=at)


def media_type(feed: Feed) -> str:
    """The content type that the site sends."""
    return "application/atom+xml" if MANNERS[feed.manner].atom else "application/rss+xml; charset=utf-8"
