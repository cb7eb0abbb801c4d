"""Where else a name is said: in the titles of Hacker News, in the descriptions of repositories, in titles of papers."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from itertools import islice

from domain.claims import Name
from domain.evidence import EvidenceId
from domain.items import Item, ItemKey, Source
from domain.readings import Lists, Metric, Reading
from newsroom.desk import Desk
from newsroom.record import ListKey

#: The lists that are searched, the field of their items, and how many mentions of each are told.
SEARCHED = (
    (ListKey(Source.HACKERNEWS, Lists.HN_FRONT_PAGE), "title"),
    (ListKey(Source.HACKERNEWS, Lists.HN_AI), "title"),
    (ListKey(Source.GITHUB, Lists.GITHUB_DAILY), "summary"),
    (ListKey(Source.GITHUB, Lists.GITHUB_WEEKLY), "summary"),
    (ListKey(Source.HUGGINGFACE, Lists.DAILY_PAPERS), "title"),
)
MOST = 2

#: A story below this many points on a search list says nothing of what is talked about.
FEWEST_POINTS = 10

#: Shorter names are words of the language.
SHORTEST = 4


@dataclass(frozen=True, slots=True)
class Mention:
    """An item whose own words hold the name: ``word`` as it stands there, quoted as ``evidence``."""

    key: ListKey
    reading: Reading
    word: Name
    evidence: EvidenceId


def mentions(desk: Desk, stem: str, without: Collection[ItemKey] = ()) -> tuple[Mention, ...]:
    """The loudest mentions of a name, at most one a list, at most ``MOST``, none by the items ``without``."""
    pattern = _pattern(stem)
    if pattern is None:
        return ()
    found: list[Mention] = []
    for key, field in SEARCHED:
        told = {each.reading.item for each in found}.union(without)
        fresh = (each for each in _on_list(desk, key, field, pattern) if each.reading.item not in told)
        found += islice(fresh, 1)
    return tuple(found[:MOST])


def _pattern(stem: str) -> re.Pattern[str] | None:
    """The name as it is; one with a version in it also with loose joints ("Qwen3.8-27B" as "Qwen 3.8 27B").

    A name of plain words ("agent-skills") is only itself when it is spelt so, or it would be found in any sentence.
    """
    pieces = re.findall(r"[A-Za-z]+|\d+(?:\.\d+)*", stem)
    if len("".join(pieces)) < SHORTEST or not any(piece.isalpha() and len(piece) >= 3 for piece in pieces):
        return None
    versioned = any(piece[0].isdigit() for piece in pieces)
    spelt = r"[\s_-]*".join(re.escape(piece) for piece in pieces) if versioned else re.escape(stem)
    return re.compile(rf"(?<![\w./-]){spelt}(?![\w/-])", re.IGNORECASE if versioned else re.NOFLAG)


def _on_list(desk: Desk, key: ListKey, field: str, pattern: re.Pattern[str]) -> Iterator[Mention]:
    mornings = desk.mornings(key)
    if mornings is None:
        return
    for reading in sorted(desk.ours(mornings.today), key=_loudness):
        if reading.metrics.get(Metric.POINTS, FEWEST_POINTS) < FEWEST_POINTS:
            continue
        word = _in_words(desk, desk.about(reading.item), field, pattern)
        if word is not None:
            yield Mention(key, reading, word, word.evidence)


def _in_words(desk: Desk, item: Item | None, field: str, pattern: re.Pattern[str]) -> Name | None:
    """The name as it stands in a field of the item's own words."""
    match = pattern.search(str(getattr(item, field))) if item else None
    cited = desk.cite.words(item, field, match.group()) if item and match else None
    return Name(match.group(), item.key, cited) if item and match and cited else None


def _loudness(reading: Reading) -> tuple[int, int]:
    metrics = reading.metrics
    loud = metrics.get(Metric.POINTS) or metrics.get(Metric.UPVOTES) or metrics.get(Metric.STARS) or 0
    return -loud, reading.id
