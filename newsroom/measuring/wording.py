"""How much of the wording was seen before: 5-grams of our own words, figures, names and quotations left open."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Sequence

from domain.claims import Figure, Name, Quote
from domain.issue import Issue
from domain.measures import Measure
from newsroom.checking.sentences import Place, Sentence
from newsroom.measuring.found import ISSUES, Found, examples
from newsroom.measuring.prose import all_sentences

Gram = tuple[str, ...]
Grams = Counter[Gram]

LENGTH = 5

#: What stands for a printed run.
_OPEN: dict[type, str] = {Figure: "#", Name: "@", Quote: '"'}


def measured(issue: Issue, past: Sequence[Issue]) -> Iterator[Found]:
    """The share seen in the issue before, and in any of the last seven."""
    today = grams(issue)
    before = [grams(each) for each in past[:ISSUES]]
    yield Found(Measure.SEEN_YESTERDAY, seen(today, before[:1]), examples(repeated(today, before[:1])))
    yield Found(Measure.SEEN_THIS_WEEK, seen(today, before), examples(repeated(today, before)))


def grams(issue: Issue) -> Grams:
    """Every 5-gram of the issue with its count. Headlines count; cells of tables and titles of sections do not."""
    counted: Grams = Counter()
    for sentence in all_sentences(issue):
        if sentence.place is not Place.CELL:
            counted.update(grams_of(sentence))
    return counted


def grams_of(sentence: Sentence) -> Iterator[Gram]:
    """The 5-grams of one sentence: small letters, marks included."""
    tokens = [_OPEN[type(token.run)] if token.run is not None else token.text for token in sentence.tokens]
    return (tuple(tokens[start : start + LENGTH]) for start in range(len(tokens) - LENGTH + 1))


def seen(today: Grams, before: Collection[Grams]) -> float | None:
    """The share of today's 5-grams that stood in any of the issues before; None where either has none."""
    total = sum(today.values())
    if not total or not before:
        return None
    return sum(count for gram, count in today.items() if any(gram in each for each in before)) / total


def repeated(today: Grams, before: Collection[Grams]) -> list[str]:
    """The 5-grams of today that stood before, the most frequent first."""
    known = [(count, gram) for gram, count in today.items() if any(gram in each for each in before)]
    return [" ".join(gram) for _, gram in sorted(known, key=lambda pair: (-pair[0], pair[1]))]
