"""Rules for comparisons in words: "more comments than points" and "more than its points" hold for what is cited."""

from __future__ import annotations

from collections.abc import Iterator

from domain.claims import Figure
from domain.evidence import NamedFormula, ReadingEvidence
from domain.readings import Metric
from newsroom.checking.dossier import Dossier
from newsroom.checking.sentences import Sentence
from newsroom.checking.units import METRIC_NOUNS, NOUNS

_OWN = frozenset({"its", "their", "the"})
_MORE, _LESS = "more", frozenset({"fewer", "less"})

#: Words between a part and its whole, and units that are neither.
_WHOLE_OF = frozenset({"of", "the", "its", "their", "these", "those", "all"})
_NO_PART = frozenset({"%", "rank", "date", "time", "times", "days", ""})
_OF_A_TIME = frozenset({Metric.STARS_TODAY, Metric.STARS_WEEK})

#: Which metric a noun names; of several (stars in all, today, this week) the total, which stands first.
_METRICS = {noun: metric for metric, nouns in reversed(list(NOUNS.items())) for noun in nouns if noun}


def comparisons(sentence: Sentence, dossier: Dossier) -> Iterator[str]:
    """Every comparison that the readings or the figures of the sentence contradict, or that none supports."""
    yield from _of_nouns(sentence, dossier)
    yield from _of_figures(sentence)
    yield from _of_brackets(sentence)
    yield from _of_parts(sentence)
    yield from _in_all(sentence, dossier)


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


def _of_parts(sentence: Sentence) -> Iterator[str]:
    """In "151 of the 2,199 stars" the part is of the whole's unit and no larger."""
    tokens = sentence.tokens
    for position in sentence.runs(Figure):
        part = tokens[position].run
        after = [token for token in tokens[position + 1 : position + 4] if token.text not in _WHOLE_OF]
        joined = any(token.text == "of" for token in tokens[position + 1 : position + 2])
        whole = after[0].run if joined and after else None
        if (
            not isinstance(part, Figure)
            or not isinstance(whole, Figure)
            or whole.unit in _NO_PART
            or part.unit in _NO_PART
        ):
            continue
        if {part.unit, whole.unit} & METRIC_NOUNS and part.unit != whole.unit:
            yield f"{part.text!r} counts {part.unit}, and is no part of {whole.text} {whole.unit}"
        elif part.value > whole.value:
            yield f"{part.text!r} is more than the whole that it is called a part of, {whole.text}"


def _of_brackets(sentence: Sentence) -> Iterator[str]:
    """In "356 comments, more than points (246)" the first figure is the larger one."""
    for position, token in enumerate(sentence.tokens[:-4]):
        than, noun, bracket, other = sentence.tokens[position + 1 : position + 5]
        if not token.word or token.text not in {_MORE, *_LESS} or (than.text, bracket.text) != ("than", "("):
            continue
        before = [each.run for each in sentence.tokens[:position] if isinstance(each.run, Figure)]
        if noun.text not in METRIC_NOUNS or not before or not isinstance(other.run, Figure):
            continue
        sign = 1 if token.text == _MORE else -1
        if sign * (before[-1].value - other.run.value) <= 0:
            yield f"“{token.text} than {noun.text} ({other.text})” does not hold for {before[-1].text!r}"


def _in_all(sentence: Sentence, dossier: Dossier) -> Iterator[str]:
    """What a site counts of a day or a week is not what there is in all."""
    for position, token in enumerate(sentence.tokens[:-1]):
        if token.text != "in" or sentence.tokens[position + 1].text != "all" or not token.word:
            continue
        before = [each.run for each in sentence.tokens[:position] if isinstance(each.run, Figure)]
        known = dossier.known(before[-1].cited()) if before else []
        if any(isinstance(each, ReadingEvidence) and each.metric in _OF_A_TIME for each in known):
            yield f"{before[-1].text!r} is the site's count of a time, and not what there is in all"


def _of_nouns(sentence: Sentence, dossier: Dossier) -> Iterator[str]:
    words = [token.text if token.word else "" for token in sentence.tokens]
    for position in range(len(words) - 3):
        comparative, noun, than, other = words[position : position + 4]
        if than != "than" or comparative not in {_MORE, *_LESS} or not {noun, other} <= _METRICS.keys():
            continue
        if comparative == _MORE and _is_counted(sentence, _METRICS[noun], _METRICS[other]):
            continue
        sign = 1 if comparative == _MORE else -1
        shown = list(_pairs(sentence, dossier, _METRICS[noun], _METRICS[other]))
        if not shown or any(sign * (one - two) <= 0 for one, two in shown):
            yield f"“{comparative} {noun} than {other}” does not hold for the readings that the sentence cites"


def _is_counted(sentence: Sentence, one: Metric, other: Metric) -> bool:
    """Whether a figure counts the items of a list of which it is so."""
    return any(
        isinstance(figure.formula, NamedFormula)
        and figure.formula.name == "more_of"
        and (figure.formula.args.get("one"), figure.formula.args.get("other")) == (one, other)
        for figure in sentence.claim.figures
    )


def _pairs(sentence: Sentence, dossier: Dossier, one: Metric, other: Metric) -> Iterator[tuple[int, int]]:
    """Both metrics of every cited reading that shows them."""
    for evidence in dossier.known(sentence.claim.evidence):
        stored = dossier.facts.reading(evidence.reading_id) if isinstance(evidence, ReadingEvidence) else None
        if stored is not None and one in stored.metrics and other in stored.metrics:
            yield stored.metrics[one], stored.metrics[other]
