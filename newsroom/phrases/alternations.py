"""Alternations: one line of the book that can be said in several ways, ``{name} [gained|added] {gain} stars``."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import product

from newsroom.phrases.templates import PhraseError, Slot, Template, parse_parts

#: The words and slots of one stretch of a phrase.
Parts = tuple[str | Slot, ...]

#: A phrase with more ways than this is two phrases.
MOST_WAYS = 256

#: What an empty branch leaves behind: two spaces, a space before a mark.
_GAPS = ((re.compile(r" {2,}"), " "), (re.compile(r" +(?=[,.;:])"), ""))


@dataclass(frozen=True)
class Phrase:
    """A line of the book: stretches that follow each other, each with the branches that may stand there.

    A stretch outside brackets has one branch. Branches are separated by bars, may hold slots and may be empty;
    brackets don't nest, and a bar inside the braces of a slot belongs to the slot. Words that meet at a bracket are
    parted by a space, so ``{name} rose[, to {rank}|again].`` needs none.
    """

    text: str
    stretches: tuple[tuple[Parts, ...], ...]

    @classmethod
    def parse(cls, text: str) -> Phrase:
        """Read a phrase.

        Raises PhraseError: brackets that don't match or nest, one branch alone, too many ways, and all that
        ``Template.parse`` refuses.
        """
        parse_parts(text)
        stretches = tuple(tuple(parse_parts(branch) for branch in branches) for branches in _stretches(text))
        if math.prod(len(branches) for branches in stretches) > MOST_WAYS:
            raise PhraseError(f"this phrase has more than {MOST_WAYS} ways; write it as two: {text!r}")
        return cls(text, stretches)

    @cached_property
    def slots(self) -> frozenset[str]:
        """The names of the slots of all ways."""
        return frozenset().union(*(_slots(branch) for branches in self.stretches for branch in branches))

    def ways(self, slots: frozenset[str] | None = None) -> tuple[Template, ...]:
        """Every way to say it with these slots (with any, when None), in the order of the branches."""
        open_branches = [
            [branch for branch in branches if slots is None or _slots(branch) <= slots] for branches in self.stretches
        ]
        return tuple(Template(_tidy(chosen), self.text) for chosen in product(*open_branches))


def _slots(parts: Parts) -> frozenset[str]:
    return frozenset(part.name for part in parts if isinstance(part, Slot))


def _stretches(text: str) -> Iterator[tuple[str, ...]]:
    """The branches of each stretch as they are written."""
    start, inside, braces = 0, False, 0
    branches: list[str] = []
    for position, character in enumerate(text):
        braces += (character == "{") - (character == "}")
        if character == "[":
            if inside or braces:
                raise PhraseError(f"brackets may not nest or stand inside a slot: {text!r}")
            yield (text[start:position],)
            start, inside, branches = position + 1, True, []
        elif character in "|]" and inside and not braces:
            branches.append(text[start:position])
            start = position + 1
            if character == "]":
                if len(branches) == 1:
                    raise PhraseError(f"brackets need at least two branches, separated by a bar: {text!r}")
                yield tuple(branches)
                inside = False
        elif character in "|]" and not braces:
            raise PhraseError(f"a {character!r} stands outside brackets: {text!r}")
    if inside:
        raise PhraseError(f"a bracket is opened and not closed: {text!r}")
    yield (text[start:],)


def _tidy(chosen: tuple[Parts, ...]) -> Parts:
    """The parts of the branches chosen, with a space where two words meet and without those that empty ones leave."""
    parts: list[str | Slot] = []
    for stretch in chosen:
        if parts and stretch and _is_word(parts[-1], -1) and _is_word(stretch[0], 0):
            parts.append(" ")
        parts += stretch
    joined: list[str | Slot] = []
    for part in parts:
        last = joined[-1] if joined else None
        if isinstance(part, str) and isinstance(last, str):
            joined[-1] = last + part
        else:
            joined.append(part)
    tidy = [_tidied(part, first=number == 0) if isinstance(part, str) else part for number, part in enumerate(joined)]
    return tuple(part for part in tidy if part)


def _is_word(part: str | Slot, end: int) -> bool:
    """Whether a part begins (``end`` 0) or ends (-1) with a word: what fills a slot does."""
    return isinstance(part, Slot) or part[end].isalpha()


def _tidied(words: str, *, first: bool) -> str:
    for gap, instead in _GAPS:
        words = gap.sub(instead, words)
    return words.lstrip() if first else words
