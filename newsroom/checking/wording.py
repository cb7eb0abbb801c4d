"""The law of our own words as its files hold it: ``wording.toml`` and the words of the two vocabularies.

A word that has been printed stays in its vocabulary, or an old issue could no longer be audited.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

Phrase = tuple[str, ...]


class Phrases:
    """A set of words and phrases, found in a row of words."""

    def __init__(self, texts: Iterable[str]) -> None:
        self._by_first: dict[str, list[Phrase]] = {}
        for text in texts:
            phrase = tuple(text.lower().split())
            self._by_first.setdefault(phrase[0], []).append(phrase)
        for phrases in self._by_first.values():
            phrases.sort(key=len, reverse=True)

    def all(self) -> Iterator[Phrase]:
        """Every phrase of the set."""
        for phrases in self._by_first.values():
            yield from phrases

    def at(self, words: Sequence[str | None], position: int) -> Phrase | None:
        """The longest phrase that begins at a position; None in the row stands for what is no word of ours."""
        return next(self.starting(words, position), None)

    def starting(self, words: Sequence[str | None], position: int) -> Iterator[Phrase]:
        """Every phrase that begins at a position."""
        first = words[position]
        for phrase in self._by_first.get(first, ()) if first is not None else ():
            if tuple(words[position : position + len(phrase)]) == phrase:
                yield phrase

    def found(self, words: Sequence[str | None]) -> list[tuple[int, Phrase]]:
        """Every phrase that stands in the row, with its position."""
        hits = ((position, self.at(words, position)) for position in range(len(words)))
        return [(position, phrase) for position, phrase in hits if phrase is not None]

    def covered(self, words: Sequence[str | None]) -> frozenset[int]:
        """The positions that lie inside a phrase of the set."""
        return frozenset(
            inside for position, phrase in self.found(words) for inside in range(position, position + len(phrase))
        )


@dataclass(frozen=True)
class Wording:
    """Everything that the files say."""

    hype: Phrases
    forecast: Phrases
    causes: Phrases
    licensed: Mapping[str, Phrases]
    unlicensed: Phrases
    up: Phrases
    down: Phrases
    after_up: frozenset[str]
    after_down: frozenset[str]
    idle: Phrases
    periods: Mapping[str, Phrases]
    loose: Sequence[str]
    findings: frozenset[str]
    number_idioms: Phrases
    more_numbers: frozenset[str]
    capitals: frozenset[str]
    vocabulary: frozenset[str]
    vocabulary_of_views: frozenset[str]


@cache
def standard_wording() -> Wording:
    """The paper's own law."""
    folder = resources.files("newsroom.checking")
    law: dict[str, Any] = tomllib.loads((folder / "wording.toml").read_text(encoding="utf-8"))
    directions = law["directions"]
    return Wording(
        hype=Phrases(law["banned"]["hype"]),
        forecast=Phrases(law["banned"]["forecast"]),
        causes=Phrases(law["causes"]["words"]),
        licensed={name: Phrases(texts) for name, texts in law["licensed"].items() if name != "idle"},
        unlicensed=Phrases(law["licensed"]["idle"]),
        up=Phrases(directions["up"]),
        down=Phrases(directions["down"]),
        after_up=frozenset(directions["after_up"]),
        after_down=frozenset(directions["after_down"]),
        idle=Phrases(directions["idle"]),
        periods={name: Phrases(texts) for name, texts in law["periods"].items()},
        loose=law["figures"]["loose"],
        findings=frozenset(law["figures"]["findings"]),
        number_idioms=Phrases(law["numbers"]["idioms"]),
        more_numbers=frozenset(law["numbers"]["more"]),
        capitals=frozenset(law["names"]["allowed"]),
        vocabulary=_vocabulary((folder / "vocabulary.txt").read_text(encoding="utf-8")),
        vocabulary_of_views=_vocabulary((folder / "vocabulary_of_views.txt").read_text(encoding="utf-8")),
    )


def _vocabulary(text: str) -> frozenset[str]:
    """The words of the file: any number on a line; a line that begins with # is a comment."""
    lines = (line for line in text.splitlines() if not line.startswith("#"))
    return frozenset(word for line in lines for word in line.lower().split())
