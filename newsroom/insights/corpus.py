"""The words of this morning's lists beside those of the four weeks before: what is usual, and what is not."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from domain.items import Source
from domain.readings import Lists
from newsroom.desk import Desk
from newsroom.formulas.operands import FormulaError
from newsroom.formulas.stories import log_odds_z
from newsroom.record import Listing, ListKey, Mornings
from newsroom.terms import terms

#: How many days before today say what is usual.
DAYS = 28

#: Fewer mornings before say nothing of what is usual.
FEWEST_BEFORE = 7

#: The lists whose words are counted, those that are printed about first; feeds stand beside them.
COUNTED = (
    ListKey(Source.GITHUB, Lists.GITHUB_DAILY),
    ListKey(Source.HACKERNEWS, Lists.HN_FRONT_PAGE),
    ListKey(Source.HUGGINGFACE, Lists.DAILY_PAPERS),
    ListKey(Source.HUGGINGFACE, Lists.MODELS),
    ListKey(Source.GITHUB, Lists.GITHUB_WEEKLY),
    ListKey(Source.HACKERNEWS, Lists.HN_AI),
    ListKey(Source.ARXIV, Lists.ARXIV_RECENT),
)


@dataclass(frozen=True)
class Compared:
    """A list of this morning, and its readings of the days before, newest first."""

    today: Listing
    before: Sequence[Listing]


@dataclass(frozen=True)
class Corpus:
    """The lists, and how many of their items have which word: now and before."""

    lists: Mapping[ListKey, Compared]
    now: Counter[str]
    before: Counter[str]
    size: int
    size_before: int
    by_list: Mapping[ListKey, Counter[str]]

    @classmethod
    def of(cls, desk: Desk) -> Corpus | None:
        """What is counted this morning; None where too few mornings were read to say what is usual."""
        lists = {key: found for key in _counted(desk) if (found := _compared(desk.mornings(key)))}
        if not lists:
            return None
        read = _Reader(desk)
        by_list = {key: read.counts([found.today]) for key, found in lists.items()}
        earlier = [listing for found in lists.values() for listing in found.before]
        return cls(
            lists,
            sum(by_list.values(), Counter()),
            read.counts(earlier),
            sum(len(found.today) for found in lists.values()),
            sum(map(len, earlier)),
            by_list,
        )

    def z(self, term: str) -> float:
        """How unusual the word is today, in standard deviations (``log_odds``); 0 where that has no value."""
        try:
            return log_odds_z(self.now[term], self.size, self.before[term], self.size_before)
        except FormulaError:
            return 0.0

    def busiest(self, term: str) -> ListKey | None:
        """The list with a name that has the word most often today, if more than once."""
        counts = {key: counts[term] for key, counts in self.by_list.items() if key in COUNTED}
        best = max(counts, key=lambda key: counts[key], default=None)
        return best if best is not None and counts[best] > 1 else None


def _counted(desk: Desk) -> Iterator[ListKey]:
    yield from COUNTED
    yield from desk.record.lists(Source.FEEDS)


def _compared(mornings: Mornings | None) -> Compared | None:
    """Today's list and those of the four weeks before; None where they are too few."""
    if mornings is None:
        return None
    before = [listing for listing in mornings.days[1 : DAYS + 1] if listing is not None and listing.complete]
    return Compared(mornings.today, before) if len(before) >= FEWEST_BEFORE else None


class _Reader:
    """Counts words; each item is read once, however many lists hold it."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def counts(self, listings: Iterable[Listing]) -> Counter[str]:
        """How many items of all the lists together have which word."""
        times = Counter(reading.item for listing in listings for reading in listing)
        found = Counter[str]()
        for key, often in times.items():
            item = self._desk.record.about(key)
            for term in terms(item) if item is not None else ():
                found[term] += often
        return found
