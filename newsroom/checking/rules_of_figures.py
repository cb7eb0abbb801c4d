"""Rules for printed figures: recomputed exactly, rounded rightly, with the right unit, noun and period."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from datetime import timedelta

from domain.claims import Figure, Words
from domain.evidence import Evidence, Expression, HarvestEvidence, NamedFormula, ReadingEvidence
from domain.readings import Metric
from newsroom.checking.changes import change_of, crossed
from newsroom.checking.dossier import Dossier
from newsroom.checking.sentences import PROSE, Sentence
from newsroom.checking.units import (
    KIND_NOUNS,
    METRIC_NOUNS,
    PEOPLES_NOUNS,
    TELLING_NOUNS,
    kinds_counted,
    same_noun,
    unit_fault,
)
from newsroom.checking.verdicts import Recomputed
from newsroom.checking.wording import Wording
from newsroom.formulas import Operands
from newsroom.periods import parse_period, right_period
from newsroom.rounding import admissible

#: Two values are the same before rounding if they differ by no more than floating point does.
_EXACT = 1e-9

#: Periods that a site counts itself, so that one reading has a window (``Metric`` says whose).
SITE_PERIODS: Mapping[str, str] = {
    Metric.STARS_TODAY: "P1D",
    Metric.STARS_WEEK: "P7D",
    Metric.DOWNLOADS: "P30D",
    Metric.SCORE: "P7D",
}

#: Words that change what a figure says when they stand right before it, and how the rounding rules call them.
_HEDGES = {"about": "about", "nearly": "nearly", "almost": "nearly", "more than": "more than"}


#: What follows these is another thing than the one counted ("none of the 76 on our list"); but "1,100 of the stars".
_PREPOSITIONS = frozenset(
    {
        "of",
        "on",
        "in",
        "at",
        "from",
        "for",
        "to",
        "by",
        "with",
        "since",
        "and",
        "among",
        "under",
        "this",
        "that",
        "last",
        "came",
    }
)


def recomputed(sentence: Sentence, dossier: Dossier) -> Iterator[Recomputed]:
    """Every printed figure with the value that storage gives."""
    for figure in sentence.claim.figures:
        formula = figure.formula
        written = formula.text if isinstance(formula, Expression) else f"{formula.name} v{formula.version}"
        yield Recomputed(figure.text, figure.unit, written, figure.value, dossier.value(figure).number)


def figures(sentence: Sentence, dossier: Dossier, wording: Wording) -> Iterator[str]:
    """Every fault of the figures of a sentence whose evidence is all there."""
    for position in sentence.runs(Figure):
        figure = sentence.tokens[position].run
        if isinstance(figure, Figure):
            operands = dossier.operands(figure)
            yield from _value(figure, dossier)
            yield from _rounding(figure, sentence, position, wording)
            yield from _unit(figure, sentence, position, operands)
            yield from _period(figure, operands)
            yield from _use(figure, sentence, position, operands, wording)


def _value(figure: Figure, dossier: Dossier) -> Iterator[str]:
    found = dossier.value(figure)
    if found.number is None:
        yield f"{figure.text!r} cannot be recomputed: {found.fault}"
    elif not math.isclose(found.number, figure.value, rel_tol=_EXACT, abs_tol=_EXACT):
        yield f"{figure.text!r} states {figure.value:.12g}, and the stored readings give {found.number:.12g}"


def _rounding(figure: Figure, sentence: Sentence, position: int, wording: Wording) -> Iterator[str]:
    before = sentence.before(position)
    denied = _ends_with(before, "no more than") or _ends_with(before, "not more than")
    hedge = "" if denied else next((said for words, said in _HEDGES.items() if _ends_with(before, words)), "")
    text = f"{hedge} {figure.text}" if hedge and figure.text[:1].isalnum() else figure.text
    if not admissible(text, figure.value, figure.unit):
        yield f"{text!r} is no right rounding of {figure.value:.12g} {figure.unit}".rstrip()
    for words in wording.loose:
        if _ends_with(before, words) and figure.unit != "days":
            yield f"{words!r} makes {figure.text!r} a figure that is not the stored one"


def _ends_with(before: Sequence[str], words: str) -> bool:
    phrase = tuple(words.split())
    return tuple(before[-len(phrase) :]) == phrase


def _unit(figure: Figure, sentence: Sentence, position: int, operands: Operands) -> Iterator[str]:
    if crossed(figure, operands):
        yield f"{figure.text!r} subtracts readings that cannot be compared"
    if fault := unit_fault(figure, operands):
        yield f"{figure.text!r}: {fault}"
    noun = _noun_after(sentence, position, _PREPOSITIONS - ({"of"} if figure.unit in METRIC_NOUNS else set()))
    if (
        noun
        and figure.unit not in {"%", "rank", "date", "time", "times", ""}
        and not _fits_noun(figure, noun, operands)
    ):
        yield f"{figure.text!r} counts {figure.unit}, not {noun}"


def _noun_after(sentence: Sentence, position: int, ends: AbstractSet[str]) -> str:
    """The first noun that tells what the figure counts: within three words, before any mark, run or word that ends."""
    for token in sentence.tokens[position + 1 : position + 4]:
        if not token.word or token.text in ends:
            break
        for noun in (*TELLING_NOUNS, *PEOPLES_NOUNS):
            if same_noun(noun, token.text):
                return noun
    return ""


def _fits_noun(figure: Figure, noun: str, operands: Operands) -> bool:
    if same_noun(figure.unit, noun):
        return True
    if noun == "newcomers" and isinstance(figure.formula, NamedFormula):
        return figure.formula.name in {"new_since", "new_among"}
    if noun in PEOPLES_NOUNS:
        return figure.unit in PEOPLES_NOUNS[noun]
    kind = KIND_NOUNS.get(noun)
    kinds = kinds_counted(operands)
    counts_things = figure.unit not in TELLING_NOUNS or figure.unit.lower() in KIND_NOUNS
    if noun == "places":  # each item of a list holds a place of it
        return counts_things
    return counts_things and kind is not None and kind in kinds


def _period(figure: Figure, operands: Operands) -> Iterator[str]:
    evidence = _laid_out(operands)
    if figure.period is None:
        if change_of(figure, operands) is not None:
            yield f"{figure.text!r} is a change, and a change needs its period"
        return
    if parse_period(figure.period) is None:
        yield f"{figure.period!r} is no period"
        return
    if len(evidence) == 1 and isinstance(evidence[0], ReadingEvidence):
        if SITE_PERIODS.get(evidence[0].metric) != figure.period:
            yield f"one reading of {evidence[0].metric} has no period of {figure.period}"
        return
    distance = _distance(evidence)
    if not right_period(figure.period, distance):
        apart = f"{distance / timedelta(days=1):.2f} days apart"
        yield f"{figure.text!r} says {figure.period}, and its readings are {apart}"


def _laid_out(operands: Operands) -> list[Evidence]:
    return [each for operand in operands.values() for each in (operand if isinstance(operand, tuple) else (operand,))]


def _distance(evidence: Iterable[Evidence]) -> timedelta:
    moments = [each.observed_at for each in evidence]
    return max(moments) - min(moments)


def _use(figure: Figure, sentence: Sentence, position: int, operands: Operands, wording: Wording) -> Iterator[str]:
    """The size of a list stands as the whole, never as a finding; a site's own count is called the site's."""
    evidence = _laid_out(operands)
    if len(evidence) == 1 and isinstance(evidence[0], HarvestEvidence) and isinstance(figure.formula, Expression):
        after = {token.text for token in sentence.tokens[position + 1 : position + 4]}
        if "of" not in sentence.before(position)[-2:] and wording.findings & after:
            yield f"{figure.text!r} is the size of the list, and the sentence gives it as a finding"
    counted_by_site = any(
        isinstance(each, ReadingEvidence) and each.metric in {Metric.STARS_TODAY, Metric.STARS_WEEK}
        for each in evidence
    )
    if counted_by_site and sentence.place in PROSE and not _says_whose_count(sentence):
        yield f"{figure.text!r} is the site's own count of its day or week, and the sentence does not say whose"


def _says_whose_count(sentence: Sentence) -> bool:
    ours = [sentence.claim, *(sentence.story.claims() if sentence.story is not None else ())]
    text = " ".join(run.text for claim in ours for run in claim.runs if isinstance(run, Words)).lower()
    return any(site in text for site in ("github", "oss insight", "the site", "the page"))
