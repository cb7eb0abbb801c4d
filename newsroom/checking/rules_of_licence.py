"""Rules for superlatives, records and "new": such a word stands only where a formula or the evidence proves it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import timedelta

from domain.claims import Figure, Quote, Role
from domain.evidence import Evidence, Expression, HarvestEvidence, NamedFormula, QuoteEvidence, ReadingEvidence
from domain.items import ItemKey
from domain.readings import Metric
from newsroom.checking.changes import change_of, changes_among
from newsroom.checking.dossier import Dossier
from newsroom.checking.sentences import Sentence
from newsroom.checking.units import quantity
from newsroom.checking.wording import Wording
from newsroom.formulas import FormulaError, Licence, definition
from newsroom.formulas.measures import Measure
from newsroom.formulas.operands import COMPLETE
from newsroom.periods import TOLERANCE_HOURS, TOLERANCE_SHARE, parse_period


def licences(sentence: Sentence, dossier: Dossier, wording: Wording) -> Iterator[str]:
    """Every word that needs a proof and has none."""
    if sentence.claim.role is not Role.CLAIM:
        return
    row = [token.text if token.word else None for token in sentence.tokens]
    free = wording.unlicensed.covered(row)
    for name, phrases in wording.licensed.items():
        found = [hit for hit in phrases.found(row) if hit[0] not in free]
        if found and not _PROOFS[name](sentence, dossier, found[0][0]):
            yield f"{' '.join(found[0][1])!r} is proved by no figure and no list that the sentence cites"
    for name, phrases in wording.periods.items():
        found = phrases.found(row)
        if found and not _spans(sentence, dossier, _PERIODS[name]):
            yield f"{' '.join(found[0][1])!r} does not fit the distance of the readings that the sentence cites"


_PERIODS: Mapping[str, timedelta] = {
    "hour": timedelta(hours=1),
    "day": timedelta(days=1),
    "week": timedelta(days=7),
    "month": timedelta(days=30),
}


#: What a site counts over a time of its own (``Metric`` says whose).
_SITE_WINDOWS: Mapping[str, timedelta] = {
    Metric.STARS_TODAY: timedelta(days=1),
    Metric.STARS_WEEK: timedelta(days=7),
}


def _spans(sentence: Sentence, dossier: Dossier, length: timedelta) -> bool:
    """Whether a figure of the sentence has that period, or its readings lie that far apart."""
    tolerance = max(min(length * 0.2, timedelta(hours=4)), timedelta(hours=TOLERANCE_HOURS), length * TOLERANCE_SHARE)
    tolerance = min(tolerance, length / 2)
    periods = [parse_period(figure.period) for figure in sentence.claim.figures if figure.period]
    if any(period is not None and abs(period - length) <= tolerance for period in periods):
        return True
    observations = _observations(sentence, dossier)
    if any(_SITE_WINDOWS.get(each.metric) == length for each in observations if isinstance(each, ReadingEvidence)):
        return True
    moments = [each.observed_at for each in observations]
    return bool(moments) and not periods and abs(max(moments) - min(moments) - length) <= tolerance


def _observations(sentence: Sentence, dossier: Dossier) -> list[Evidence]:
    known = dossier.known(sentence.claim.evidence)
    return [each for each in known if not isinstance(each, QuoteEvidence)]


# --- what a figure proves ---------------------------------------------------------------------------------------------


def _proved(sentence: Sentence, licence: Licence) -> bool:
    return any(licence in _licences_of(figure) for figure in sentence.claim.figures)


def _licences_of(figure: Figure) -> frozenset[Licence]:
    if isinstance(figure.formula, NamedFormula):
        try:
            return definition(figure.formula.name, figure.formula.version).licences
        except FormulaError:
            return frozenset()
    written = figure.formula.text.replace(" ", "")
    return frozenset(licence for call, licence in _CALLS.items() if call in written)


_CALLS = {"max(": Licence.MOST, "min(": Licence.LEAST}


def _most(sentence: Sentence, dossier: Dossier, position: int) -> bool:
    """The most; "no other has fewer" is the least."""
    if any(_is_comparative(at, sentence) for at, token in enumerate(sentence.tokens) if token.text in _LESS):
        return _least(sentence, dossier, position)
    return _proved(sentence, Licence.MOST) or _is_first(sentence, dossier)


_LESS = frozenset({"fewer", "less", "lower", "smaller"})


def _is_comparative(position: int, sentence: Sentence) -> bool:
    """Whether the word compares things, and is not that of a figure right before it ("12 fewer")."""
    near = sentence.tokens[max(position - 2, 0) : position]
    return not any(isinstance(token.run, Figure) for token in near)


def _is_first(sentence: Sentence, dossier: Dossier) -> bool:
    """A figure prints place 1, or a streak of lists is counted at place 1."""
    return any(_at_first(figure, dossier) for figure in sentence.claim.figures)


def _at_first(figure: Figure, dossier: Dossier) -> bool:
    if isinstance(figure.formula, NamedFormula) and figure.formula.args.get("place") == 1:
        return True
    try:
        return figure.value == 1 and quantity(figure, dossier.operands(figure)).measure is Measure.RANK
    except (FormulaError, KeyError):
        return False


def _least(sentence: Sentence, _dossier: Dossier, _position: int) -> bool:
    return _proved(sentence, Licence.LEAST)


def _record(sentence: Sentence, _dossier: Dossier, _position: int) -> bool:
    return _proved(sentence, Licence.RECORD)


def _only(sentence: Sentence, _dossier: Dossier, position: int) -> bool:
    """One of a kind: by its formula, or because the count that follows came to one."""
    after = [token.run for token in sentence.tokens[position + 1 : position + 2]]
    counted_one = any(isinstance(run, Figure) and run.value == 1 and _counts(run) for run in after)
    return _proved(sentence, Licence.ONLY) or counted_one


def _counts(figure: Figure) -> bool:
    if isinstance(figure.formula, Expression):
        return False
    try:
        return definition(figure.formula.name, figure.formula.version).measure is Measure.COUNT
    except FormulaError:
        return False


def _running(sentence: Sentence, _dossier: Dossier, _position: int) -> bool:
    return _proved(sentence, Licence.RUNNING)


def _passed(sentence: Sentence, _dossier: Dossier, _position: int) -> bool:
    return _proved(sentence, Licence.PASSED)


def _order(sentence: Sentence, _dossier: Dossier, position: int) -> bool:
    """Whether the figure lies within the bounds of "hardly", "loosely" and "closely" (WRITING §2.2)."""
    found = [figure.value for figure in sentence.claim.figures if Licence.ORDER in _licences_of(figure)]
    if not found:
        return False
    strength = abs(found[0])
    near = {token.text for token in sentence.tokens[max(position - 2, 0) : position + 3] if token.word}
    if "hardly" in near:
        return strength < 0.2
    if "closely" in near:
        return strength > 0.7
    return "loosely" not in near or 0.2 <= strength <= 0.7


def _none(sentence: Sentence, _dossier: Dossier, _position: int) -> bool:
    """A count that came to nought, or a count of earlier lists that do not hold the item."""
    nought = any(figure.value == 0 and _counts(figure) for figure in sentence.claim.figures)
    return nought or any(_is_named(figure, "first_listed") for figure in sentence.claim.figures)


def _is_named(figure: Figure, name: str) -> bool:
    return isinstance(figure.formula, NamedFormula) and figure.formula.name == name


def _half(sentence: Sentence, _dossier: Dossier, _position: int) -> bool:
    """A median parts a list into halves."""
    written = (
        figure.formula.text if isinstance(figure.formula, Expression) else figure.formula.name
        for figure in sentence.claim.figures
    )
    return any("median" in formula for formula in written)


def _majority(sentence: Sentence, dossier: Dossier, position: int) -> bool:
    """More than half; "the most of" is a superlative."""
    if sentence.tokens[position - 1].text == "the" and position > 0:
        return _most(sentence, dossier, position)
    return any(figure.unit == "%" and figure.value > 50 for figure in sentence.claim.figures)


# --- what the lists prove ---------------------------------------------------------------------------------------------


def _new(sentence: Sentence, dossier: Dossier, position: int) -> bool:
    """By a formula, or because the items stand on none of the earlier lists that are cited; "a new No. 1" by a move."""
    if _proved(sentence, Licence.NEW) or _all_subjects(sentence, dossier, _is_new):
        return True
    after = sentence.tokens[position + 1 : position + 2]
    moved = any(change.metric == "rank" and change.amount for change in changes_among(_observations(sentence, dossier)))
    return moved and bool(after) and isinstance(after[0].run, Figure) and after[0].run.unit == "rank"


def _absent(sentence: Sentence, dossier: Dossier, _position: int) -> bool:
    return _proved(sentence, Licence.ABSENT) or _all_subjects(sentence, dossier, _is_absent)


def _gone(sentence: Sentence, dossier: Dossier, _position: int) -> bool:
    return _all_subjects(sentence, dossier, _is_gone)


def _back(sentence: Sentence, dossier: Dossier, _position: int) -> bool:
    return _proved(sentence, Licence.BACK) or _all_subjects(sentence, dossier, _is_back)


def _still(sentence: Sentence, dossier: Dossier, _position: int) -> bool:
    """The item was there before: a count over lists, a change of nought, or two readings of it."""
    over_lists = any(
        isinstance(figure.formula, NamedFormula) and "lists" in figure.evidence for figure in sentence.claim.figures
    )
    return over_lists or _unmoved(sentence, dossier) or _all_subjects(sentence, dossier, _was_there)


def _unmoved(sentence: Sentence, dossier: Dossier) -> bool:
    changes = (change_of(figure, dossier.operands(figure)) for figure in sentence.claim.figures)
    named = (figure.formula.name for figure in sentence.claim.figures if isinstance(figure.formula, NamedFormula))
    return any(change is not None and change.amount == 0 for change in changes) or any(
        name in {"stayed", "unmoved"} for name in named
    )


def _at_rest(sentence: Sentence, dossier: Dossier, _position: int) -> bool:
    """No place changed: a formula or a change of nought says so, or each item stood there in all that is cited."""
    return _unmoved(sentence, dossier) or _all_subjects(sentence, dossier, _kept_its_place)


def _kept_its_place(item: ItemKey, observations: Sequence[Evidence], dossier: Dossier) -> bool:
    """Whether every cited list that holds the item has it at one place, at two moments at least."""
    places: dict[tuple[str, str], dict[object, set[int | None]]] = {}
    for each in observations:
        if isinstance(each, ReadingEvidence) and each.item == item:
            places.setdefault(_family(each), {}).setdefault(each.observed_at, set()).add(each.rank)
        elif isinstance(each, HarvestEvidence):
            for reading in dossier.facts.listed(each.harvest_id):
                if reading.item == item:
                    places.setdefault(_family(each), {}).setdefault(each.observed_at, set()).add(reading.rank)
    return any(
        len(moments) > 1 and len(set().union(*moments.values())) == 1 and None not in set().union(*moments.values())
        for moments in places.values()
    )


def _opens(quote: Quote, dossier: Dossier) -> bool:
    evidence = dossier.get(quote.evidence)
    return isinstance(evidence, QuoteEvidence) and evidence.start == 0


def _first(sentence: Sentence, dossier: Dossier, position: int) -> bool:
    """Whether it is "the first ten places", "in first place" or "for the first time"."""
    after = sentence.tokens[position + 1 : position + 2]
    if after and after[0].text in {"words", "word", "line", "sentence", "lines"}:
        return any(_opens(quote, dossier) for quote in sentence.claim.quotes)
    counted = bool(after) and isinstance(after[0].run, Figure)
    return counted or _is_first(sentence, dossier) or _new(sentence, dossier, position)


Observed = Callable[[ItemKey, Sequence[Evidence], Dossier], bool]


def _all_subjects(sentence: Sentence, dossier: Dossier, holds: Observed) -> bool:
    """Whether it holds for the items that the sentence is about: those named, else the story's first."""
    subjects = [name.item for name in sentence.claim.names] or list(sentence.items[:1])
    observations = _observations(sentence, dossier)
    return bool(subjects) and all(holds(item, observations, dossier) for item in subjects)


def _lists_without(item: ItemKey, observations: Sequence[Evidence], dossier: Dossier) -> list[HarvestEvidence]:
    """The cited lists that were read whole and do not hold the item."""
    whole = [each for each in observations if isinstance(each, HarvestEvidence) and each.status in COMPLETE]
    return [each for each in whole if all(reading.item != item for reading in dossier.facts.listed(each.harvest_id))]


def _seen(item: ItemKey, observations: Sequence[Evidence], dossier: Dossier) -> list[Evidence]:
    """The cited readings of the item, and the cited lists that hold it."""
    return [
        each
        for each in observations
        if (isinstance(each, ReadingEvidence) and each.item == item)
        or (
            isinstance(each, HarvestEvidence)
            and any(reading.item == item for reading in dossier.facts.listed(each.harvest_id))
        )
    ]


def _is_new(item: ItemKey, observations: Sequence[Evidence], dossier: Dossier) -> bool:
    without, seen = _lists_without(item, observations, dossier), _seen(item, observations, dossier)
    same_list = [(there, gone) for there in seen for gone in without if _family(there) == _family(gone)]
    days = {there.observed_at.date() for there, _ in same_list}
    return len(days) == 1 and all(gone.observed_at < there.observed_at for there, gone in same_list)


def _is_absent(item: ItemKey, observations: Sequence[Evidence], dossier: Dossier) -> bool:
    return bool(_lists_without(item, observations, dossier))


def _is_gone(item: ItemKey, observations: Sequence[Evidence], dossier: Dossier) -> bool:
    """Whether the newest cited list that lacks the item is newer than every cited reading of the item there."""
    gone = _lists_without(item, observations, dossier)
    newest = max(gone, key=lambda each: each.observed_at, default=None)
    if newest is None:
        return False
    seen = [each for each in _seen(item, observations, dossier) if _family(each) == _family(newest)]
    return bool(seen) and all(each.observed_at < newest.observed_at for each in seen)


def _is_back(item: ItemKey, observations: Sequence[Evidence], dossier: Dossier) -> bool:
    seen = [each.observed_at for each in _seen(item, observations, dossier)]
    without = [each.observed_at for each in _lists_without(item, observations, dossier)]
    return any(min(seen) < gone < max(seen) for gone in without) if seen else False


def _was_there(item: ItemKey, observations: Sequence[Evidence], dossier: Dossier) -> bool:
    return len({each.observed_at for each in _seen(item, observations, dossier)}) > 1


def _family(evidence: Evidence) -> tuple[str, str]:
    return (evidence.source, "" if isinstance(evidence, QuoteEvidence) else evidence.list)


def _rule(sentence: Sentence, _dossier: Dossier, _position: int) -> bool:
    """A count of what is about AI, made by the rule itself."""
    return _proved(sentence, Licence.RULE)


_PROOFS: Mapping[str, Callable[[Sentence, Dossier, int], bool]] = {
    "most": _most,
    "least": _least,
    "record": _record,
    "new": _new,
    "back": _back,
    "absent": _absent,
    "gone": _gone,
    "only": _only,
    "running": _running,
    "passed": _passed,
    "order": _order,
    "still": _still,
    "unmoved": _at_rest,
    "majority": _majority,
    "first": _first,
    "none": _none,
    "half": _half,
    "rule": _rule,
}
