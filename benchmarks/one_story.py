"""How well one story is found in many sources, and how fast, on the recorded days.

    python -m benchmarks.one_story RECORDINGS [-v]

Truth are pairs of two kinds of source (or of two feeds) that lead to one canonical address, repository or paper
within a week and whose titles differ by more than five per cent. Identity finds them by what they are; the table says
how many the titles alone would find, by equality and by likeness. Pairs that only titles join were read by hand: the
judgements stand in ``tests/unit/newsroom/identity/pairs.csv``, as ids; ``-v`` prints the pairs, judged or not. Goals:
a precision of 95 % for pairs joined by titles, and 2,000 items grouped in 150 ms.
"""

from __future__ import annotations

import csv
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from itertools import combinations
from pathlib import Path

from rapidfuzz import fuzz

from benchmarks.recorded_items import recorded_items
from domain.items import Item, ItemKey, Kind
from newsroom.identity import Subjects, identities, nearly_equal, normal_title, relays

JUDGED = Path(__file__).resolve().parents[1] / "tests" / "unit" / "newsroom" / "identity" / "pairs.csv"

#: Titles that are more alike than this (of 100) are the same title.
SAME_TITLE = 95

WEEK = timedelta(days=7)

#: An address that more items share is a page that gathers ("/news"), not a story.
MOST_SHARING = 6

Pair = tuple[Item, Item]


@dataclass(frozen=True)
class Found:
    """What titles alone do: how many of the true pairs they join, and which other pairs."""

    true: Sequence[Pair]
    by_titles: Sequence[Pair]
    others: Sequence[Pair]

    @property
    def recall(self) -> float:
        """The share of the true pairs that titles find."""
        return len(self.by_titles) / len(self.true) if self.true else 0.0


def measured(items: Mapping[ItemKey, Item]) -> Found:
    """Truth by links, and what titles alone find of it and beside it."""
    passing_on = relays(items.values())
    told = [item for item in items.values() if item.key not in passing_on]
    true = [pair for pair in linked(told) if is_told_otherwise(*pair)]
    joined = {_key(*pair): pair for pair in joined_by_titles(told)}
    linked_keys = {_key(*pair) for pair in linked(told)}
    by_titles = [pair for pair in true if _key(*pair) in joined]
    return Found(true, by_titles, [pair for key, pair in joined.items() if key not in linked_keys])


def linked(items: Iterable[Item]) -> list[Pair]:
    """Pairs of those who speak by themselves that share an identity, within a week."""
    sharing: defaultdict[str, list[Item]] = defaultdict(list)
    for item in items:
        for identity in identities(item):
            sharing[identity].append(item)
    pairs = {
        _key(one, other): (one, other)
        for found in sharing.values()
        if len(found) <= MOST_SHARING
        for one, other in combinations(found, 2)
        if _speak_apart(one, other) and _near(one, other)
    }
    return list(pairs.values())


def joined_by_titles(items: Iterable[Item]) -> Iterator[Pair]:
    """Pairs with equal or nearly equal titles, within a week, whatever they lead to."""
    bare = [item for item in items if item.key.kind in {Kind.STORY, Kind.POST, Kind.PAPER}]
    titled: defaultdict[str, list[Item]] = defaultdict(list)
    for item in bare:
        title = normal_title(item.title)
        if title is not None:
            titled[title].append(item)
    by_word: defaultdict[str, list[str]] = defaultdict(list)
    for title in titled:
        for word in set(title.split()):
            by_word[word].append(title)
    likely = {pair for titles in by_word.values() if len(titles) <= 60 for pair in combinations(sorted(titles), 2)}
    alike = [(title, title) for title in titled] + [pair for pair in likely if nearly_equal(*pair)]
    for one, other in alike:
        for first in titled[one]:
            for second in titled[other]:
                if first.key < second.key and _speak_apart(first, second) and _near(first, second):
                    yield first, second


def is_told_otherwise(one: Item, other: Item) -> bool:
    """Whether both have a title of words, and the two differ by more than five per cent."""
    titles = [normal_title(item.title) for item in (one, other)]
    if titles[0] is None or titles[1] is None:
        return False
    return fuzz.ratio(titles[0], titles[1]) < SAME_TITLE


def judged() -> Mapping[tuple[str, str], bool]:
    """The pairs that were read by hand: whether the two tell of the same."""
    with JUDGED.open(encoding="utf-8", newline="") as file:
        return {(row["one"], row["other"]): row["same"] == "1" for row in csv.DictReader(file)}


def precision(others: Iterable[Pair]) -> tuple[int, int]:
    """How many of the pairs that only titles join were read, and how many of these tell of the same."""
    known = judged()
    verdicts = [known[_key(*pair)] for pair in others if _key(*pair) in known]
    return len(verdicts), sum(verdicts)


def _key(one: Item, other: Item) -> tuple[str, str]:
    first, second = sorted((str(one.key), str(other.key)))
    return first, second


def _speak_apart(one: Item, other: Item) -> bool:
    """Two kinds of source, or two feeds; not two papers, of which one list copies the other."""
    if one.key.kind is other.key.kind:
        feeds = {item.key.external_id.partition("/")[0] for item in (one, other)}
        return one.key.kind is Kind.POST and len(feeds) == 2
    return True


def _near(one: Item, other: Item) -> bool:
    return abs((one.created_at or one.seen_at) - (other.created_at or other.seen_at)) <= WEEK


def _grouping_time(items: Sequence[Item]) -> tuple[int, float]:
    """Seconds for grouping as many items as a large morning has."""
    sample = sorted(items, key=lambda item: item.key)[:: max(len(items) // 2_000, 1)][:2_000]
    began = time.perf_counter()
    Subjects.group(sample)
    return len(sample), time.perf_counter() - began


def main() -> None:
    """Print the table."""
    recordings = Path(sys.argv[1])
    items = recorded_items(recordings)
    found = measured(items)
    kinds = Counter("–".join(sorted((one.key.kind.value, other.key.kind.value))) for one, other in found.true)
    read, same = precision(found.others)
    size, seconds = _grouping_time(list(items.values()))
    print(f"{len(items):,} items; true pairs told under another title: {len(found.true)} {dict(kinds)}")
    print(f"titles alone find {len(found.by_titles)} of them: recall {found.recall:.0%}")
    print(f"titles join {len(found.others)} pairs with different links; {read} read by hand, {same} tell of the same")
    right, every = len(found.by_titles) + same, len(found.by_titles) + read
    print(f"precision of titles {right / every:.1%}" if every else "no pair to judge")
    print(f"{size:,} items grouped in {1000 * seconds:.0f} ms (goal: 150)")
    if "-v" in sys.argv:
        known = judged()
        for one, other in sorted(found.others, key=lambda pair: _key(*pair)):
            print(known.get(_key(one, other), "?"), *_key(one, other), one.title, other.title, sep=" | ")


if __name__ == "__main__":
    main()
