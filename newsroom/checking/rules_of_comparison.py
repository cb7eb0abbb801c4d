"""Rules for comparisons in words: "more comments than points" and "more than its points" hold for what is cited."""

from __future__ import annotations

from collections.abc import Iterator

from domain.claims import Figure
from domain.evidence import ReadingEvidence
from domain.readings import Metric
from newsroom.checking.dossier import Dossier
from newsroom.checking.sentences import Sentence
from newsroom.checking.units import NOUNS

_OWN = frozenset({"its", "their", "the"})
_MORE, _LESS = "more", frozenset({"fewer", "less"})

#: Which metric a noun names; of several (stars in all, today, this week) the total, which stands first.
_METRICS = {noun: metric for metric, nouns in reversed(list(NOUNS.items())) for noun in nouns if noun}


def comparisons(sentence: Sentence, dossier: Dossier) -> Iterator[str]:
    """Every comparison that the readings or the figures of the sentence contradict, or that none supports."""
    yield from _of_nouns(sentence, dossier)
    yield from _of_figures(sentence)


def _of_figures(sentence: Sentence) -> Iterator[str]:
    """In "617 comments, more than its 464 points" the first figure is the larger one."""
    for position, token in enumerate(sentence.tokens[:-3]):
        than, its, other = sentence.tokens[position + 1 : position + 4]
        if not token.word or token.text not in {_MORE, *_LESS} or than.text != "than" or its.text not in _OWN:
            continue
        figures = [each.run for each in sentence.tokens[:position] if isinstance(each.run, Figure)]
        before = [figure for figure in figures if figure.unit not in {"date", "time", "rank", "days"}]
        if not before or not isinstance(other.run, Figure):
            continue
        sign = 1 if token.text == _MORE else -1
        if sign * (before[-1].value - other.run.value) <= 0:
            yield f"“{token.text} than {its.text} {other.text}” does not hold for {before[-1].text!r}"


def _of_nouns(sentence: Sentence, dossier: Dossier) -> Iterator[str]:
    words = [token.text if token.word else "" for token in sentence.tokens]
    for position in range(len(words) - 3):
        comparative, noun, than, other = words[position : position + 4]
        if than != "than" or comparative not in {_MORE, *_LESS} or not {noun, other} <= _METRICS.keys():
            continue
        sign = 1 if comparative == _MORE else -1
        shown = list(_pairs(sentence, dossier, _METRICS[noun], _METRICS[other]))
        if not shown or any(sign * (one - two) <= 0 for one, two in shown):
            yield f"“{comparative} {noun} than {other}” does not hold for the readings that the sentence cites"


def _pairs(sentence: Sentence, dossier: Dossier, one: Metric, other: Metric) -> Iterator[tuple[int, int]]:
    """Both metrics of every cited reading that shows them."""
    for evidence in dossier.known(sentence.claim.evidence):
        stored = dossier.facts.reading(evidence.reading_id) if isinstance(evidence, ReadingEvidence) else None
        if stored is not None and one in stored.metrics and other in stored.metrics:
            yield stored.metrics[one], stored.metrics[other]
