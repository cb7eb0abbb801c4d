"""The ways of saying one thing that are held against each other: filled, with their patterns and what they print."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby, pairwise
from zlib import crc32

from domain.claims import Figure, Name, Quote, Run, Words
from newsroom.phrases.book import Key
from newsroom.phrases.patterns import Pattern, pattern, turns
from newsroom.phrases.repetition import Memory
from newsroom.phrases.templates import Fragment, Template

#: So many ways of one thing are compared at most; of each line of the book a few, others on other days.
MOST = 72

#: What a slip of grammar costs: it is said only where there is no other way.
STUMBLE = 100.0

#: Figures that only frame what is said.
_FRAME = frozenset({"date", "time", "days", "hours"})


@dataclass(frozen=True, slots=True)
class Candidate:
    """One way of saying a thing, filled.

    ``worn`` is its cost against the last issues, ``content`` what it tells whatever its words, ``line`` the line of
    the book that it is a way of.
    """

    runs: Fragment
    pattern: Pattern
    turns: tuple[Pattern, ...]
    worn: float
    content: frozenset[tuple[object, ...]]
    line: str = ""


def candidates(
    key: Key, ways: Sequence[Template], slots: Mapping[str, Fragment], memory: Memory, day: date
) -> tuple[Candidate, ...]:
    """What could be said, in an order that differs from day to day and is the same for a day."""
    headline = key.endswith(".headline")
    return tuple(filled(way.fill(slots), memory, headline=headline, line=way.line) for way in _few(key, ways, day))


def filled(runs: Fragment, memory: Memory, *, headline: bool, line: str = "") -> Candidate:
    """A sentence with what it costs against the last issues."""
    said = pattern(runs)
    worn = memory.cost(said, headline=headline) + (STUMBLE if _stumbles(runs) else 0.0)
    return Candidate(runs, said, tuple(turns(said)), worn, frozenset(_content(runs)), line)


def _stumbles(runs: Sequence[Run]) -> bool:
    """Whether one of something is followed by its noun in the plural: "1 repositories"."""
    return any(
        isinstance(run, Figure) and run.value == 1 and isinstance(after, Words) and _first_word(after) == run.unit
        for run, after in pairwise(runs)
    )


def _first_word(words: Words) -> str:
    return next(iter(words.text.strip(" ,.;:").split()), "").strip(",.;:")


def _content(runs: Sequence[Run]) -> Iterator[tuple[object, ...]]:
    """What a sentence tells, whatever its words: figures, names with their links, quotations; not its frame."""
    for run in runs:
        if isinstance(run, Figure) and run.unit not in _FRAME:
            yield run.unit, run.value
        elif isinstance(run, Name):
            yield run.item, run.url
        elif isinstance(run, Quote):
            yield "quote", run.text


def _few(key: Key, ways: Sequence[Template], day: date) -> list[Template]:
    """The ways compared today, as many of each line of the book."""
    seed = f"{day.isoformat()} {key}"
    lines = [list(group) for _, group in groupby(ways, key=lambda way: way.line)]
    each = max(MOST // len(lines), 1)
    chosen = [
        way for line in lines for way in sorted(line, key=lambda way: crc32(f"{seed} {way.text}".encode()))[:each]
    ]
    return sorted(chosen, key=lambda way: crc32(f"{way.text} {seed}".encode()))
