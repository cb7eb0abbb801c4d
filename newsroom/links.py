"""Which links an issue prints, which of them must be asked whether they live, and which are dead.

A link is dead when its site has said twice, at least ``APART`` apart and without a word to the contrary between or
since, that there is no such page. Silence, a refusal and a fault of the site are no death.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from domain.evidence import ReadingEvidence
from domain.issue import Issue
from domain.items import ItemKey, Source
from domain.links import Asking, Life
from newsroom.record import FRESH

#: Two answers that a page is gone count as two when so much time lies between them: a site being deployed is back.
APART = timedelta(minutes=10)

#: Older answers say nothing: the link may be printed again, and is asked again when it would be.
REMEMBERED = timedelta(days=7)

#: A page that was there is not asked for again within this time.
ASKED_LATELY = timedelta(hours=12)

#: The site of a source: its own list of a page there, read today, says that the page is there.
_OWN_SITES: Mapping[Source, str] = {
    Source.HUGGINGFACE: "huggingface.co",
    Source.GITHUB: "github.com",
    Source.ARXIV: "arxiv.org",
    Source.HACKERNEWS: "news.ycombinator.com",
    Source.POLL: "t.me",
}


def printed_links(issue: Issue) -> Mapping[str, frozenset[ItemKey]]:
    """The addresses that the issue links, in its order, with the items that each belongs to."""
    found: defaultdict[str, set[ItemKey]] = defaultdict(set)
    for url, item in _links(issue):
        found[url].add(item)
    return {url: frozenset(items) for url, items in found.items()}


def _links(issue: Issue) -> Iterator[tuple[str, ItemKey]]:
    for section in issue.sections:
        for story in section.stories:
            if story.url is not None and story.items:
                yield story.url, story.items[0]
        for claim in section.claims():
            yield from ((name.url, name.item) for name in claim.names if name.url is not None)


def links_to_ask(issue: Issue, askings: Iterable[Asking], now: datetime) -> tuple[str, ...]:
    """The links of an issue that must be asked at ``now`` (aware UTC), in its order.

    Not asked: what its own site listed today, what was found alive lately, what is dead, and what was asked a moment
    ago.
    """
    told = _by_link(askings, now)
    listed = _listed_today(issue)
    return tuple(
        url
        for url, items in printed_links(issue).items()
        if not any(_is_vouched_for(url, item, listed) for item in items) and _is_due(told.get(url, ()), now)
    )


def _listed_today(issue: Issue) -> frozenset[ItemKey]:
    """The items that a list read this morning holds, by the evidence of the issue."""
    as_of = issue.coverage.as_of
    readings = (each for each in issue.evidence.values() if isinstance(each, ReadingEvidence))
    return frozenset(each.item for each in readings if as_of - each.observed_at <= FRESH)


def _is_vouched_for(url: str, item: ItemKey, listed: frozenset[ItemKey]) -> bool:
    """Whether the very site that the link leads to has listed the item today."""
    site = _OWN_SITES.get(item.source)
    return site is not None and item in listed and (urlsplit(url).hostname or "") == site


def _is_due(told: Sequence[Asking], now: datetime) -> bool:
    if not told:
        return True
    if _is_dead(told):
        return False
    return now - told[-1].at >= (ASKED_LATELY if told[-1].life is Life.ALIVE else APART)


def dead_links(askings: Iterable[Asking], now: datetime) -> frozenset[str]:
    """The links that are dead at ``now`` (aware UTC), by what was answered before (any order)."""
    return frozenset(url for url, told in _by_link(askings, now).items() if _is_dead(told))


def links_in_doubt(issue: Issue, askings: Iterable[Asking], now: datetime) -> frozenset[str]:
    """The links of an issue that were last found gone, and not yet twice: they want to be asked again."""
    told = _by_link(askings, now)
    return frozenset(url for url in printed_links(issue) if _is_in_doubt(told.get(url, ())))


def _is_dead(told: Sequence[Asking]) -> bool:
    gone = _gone_since_alive(told)
    return bool(gone) and gone[-1].at - gone[0].at >= APART


def _is_in_doubt(told: Sequence[Asking]) -> bool:
    return bool(_gone_since_alive(told)) and not _is_dead(told)


def _gone_since_alive(told: Sequence[Asking]) -> list[Asking]:
    """The answers that a page is gone since it was last seen alive, oldest first; those that tell nothing left out."""
    gone: list[Asking] = []
    for asking in told:
        if asking.life is Life.ALIVE:
            gone.clear()
        elif asking.life is Life.GONE:
            gone.append(asking)
    return gone


def _by_link(askings: Iterable[Asking], now: datetime) -> Mapping[str, Sequence[Asking]]:
    """What each link answered within the time that is remembered, oldest first."""
    found: defaultdict[str, list[Asking]] = defaultdict(list)
    for asking in sorted(askings, key=lambda each: each.at):
        if now - REMEMBERED <= asking.at <= now:
            found[asking.url].append(asking)
    return found
