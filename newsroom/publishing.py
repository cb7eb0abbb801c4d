"""What a feed calls itself and its posts, made fit to print: only exact spans of its own words, or nothing."""

from __future__ import annotations

import re

#: What feeds add to the name of who publishes: how the feed was made, never who writes.
_MADE_BY = re.compile(
    r"\s*[(\[](?:generated|unofficial|scraped|mirror|full[ -]?text|rss|atom|feed)[^)\]]*[)\]]\s*$"
    r"|\s+(?:RSS|Atom)(?:\s+feed)?\s*$|\s+[-|–]\s+(?:RSS|AI|Feed)\s*$",
    re.IGNORECASE,
)

#: Sites that pass on what others publish: none of them says who wrote.
_AGGREGATORS = frozenset({"hacker news", "lobsters", "reddit", "google news", "techmeme", "slashdot"})

#: Names that nobody reads out at breakfast: what bears one is left out of the paper.
_INDECENT = re.compile(
    r"porn|hentai|nsfw|nudif|undress|\bnudes?\b|\bxxx\b|erotic|\bsext|camgirl|blowjob", re.IGNORECASE
)

_MONTH = r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*\.?"

#: A title that was scraped with its surroundings: a date glued to a word before or after it; a notice of the feed.
_GLUED_DATE = re.compile(rf"{_MONTH} \d{{1,2}}, \d{{4}}(?=[A-Z])|(?<=[a-z]){_MONTH} \d{{1,2}}, \d{{4}}")
_NOTICE = re.compile(r"^\[notice\]|\bno longer maintained\b|^(?:untitled|null|none|undefined)$", re.IGNORECASE)


def publisher_name(text: str) -> str:
    """Who publishes, as a span of the feed's own name: ``AI at Meta Blog (generated)`` is ``AI at Meta Blog``.

    Empty for an aggregator: it passes on what others wrote.
    """
    name = text.strip()
    while (shorter := _MADE_BY.sub("", name)) != name:
        name = shorter
    return "" if name.casefold() in _AGGREGATORS else name


def is_decent(name: str) -> bool:
    """Whether a name may stand in a paper that lies on a breakfast table."""
    return _INDECENT.search(name.replace("_", " ").replace("-", " ")) is None


def is_scraped(title: str) -> bool:
    """Whether a title is a scraper's doing: a date glued to its neighbours, or a notice about the feed itself."""
    return _GLUED_DATE.search(title) is not None or _NOTICE.search(title) is not None
