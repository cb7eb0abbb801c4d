"""Which printed unit fits which quantity, and which noun may follow a figure."""

from __future__ import annotations

from collections.abc import Mapping

from domain.claims import Figure
from domain.evidence import Expression, HarvestEvidence, ReadingEvidence
from domain.items import Kind
from domain.readings import Metric
from newsroom.formulas import FormulaError, Operands, definition
from newsroom.formulas.measures import Measure, Quantity, quantity_of
from newsroom.rounding import singular

#: What each metric counts; several nouns where the trade has several.
NOUNS: Mapping[Metric, frozenset[str]] = {
    Metric.LIKES: frozenset({"likes"}),
    Metric.DOWNLOADS: frozenset({"downloads"}),
    Metric.SCORE: frozenset({"", "score"}),
    Metric.PARAMETERS: frozenset({"parameters"}),
    Metric.STARS: frozenset({"stars"}),
    Metric.FORKS: frozenset({"forks"}),
    Metric.STARS_TODAY: frozenset({"stars"}),
    Metric.STARS_WEEK: frozenset({"stars"}),
    Metric.UPVOTES: frozenset({"upvotes"}),
    Metric.VOTES: frozenset({"votes"}),
    Metric.POINTS: frozenset({"points"}),
    Metric.COMMENTS: frozenset({"comments"}),
    Metric.GITHUB_STARS: frozenset({"stars"}),
}

#: Nouns of kinds of items: a count of datasets may not be printed as one of models.
KIND_NOUNS: Mapping[str, Kind] = {
    "models": Kind.MODEL,
    "datasets": Kind.DATASET,
    "spaces": Kind.SPACE,
    "papers": Kind.PAPER,
    "repositories": Kind.REPOSITORY,
    "projects": Kind.REPOSITORY,
    "stories": Kind.STORY,
    "posts": Kind.POST,
}

_FIXED: Mapping[Measure, frozenset[str]] = {
    Measure.RANK: frozenset({"rank", "place"}),
    Measure.PLACES: frozenset({"places"}),
    Measure.LISTS: frozenset({"lists"}),
    Measure.DAYS: frozenset({"days"}),
    Measure.PERCENT: frozenset({"%"}),
    Measure.TIMES: frozenset({"times"}),
    Measure.RATIO: frozenset({"", "times"}),
    Measure.DATE: frozenset({"date"}),
    Measure.TIME: frozenset({"time"}),
}

METRIC_NOUNS = frozenset(noun for nouns in NOUNS.values() for noun in nouns if noun)
#: Units that a count of things may not bear.
_TAKEN = METRIC_NOUNS | {unit for units in _FIXED.values() for unit in units if unit}
#: Nouns that say what a figure counts wherever they follow it.
TELLING_NOUNS = METRIC_NOUNS | frozenset({"places", "lists", "days", "hours", "weeks", "months", *KIND_NOUNS})
#: Nouns of people and of their acts: which metrics may be told by them ("86 readers voted").
PEOPLES_NOUNS: Mapping[str, frozenset[str]] = {
    "readers": frozenset({"upvotes", "votes"}),
    "people": frozenset({"upvotes"}),
    "voters": frozenset({"upvotes", "votes"}),
    "votes": frozenset({"upvotes", "votes"}),
    "authors": frozenset(),
    "newcomers": frozenset({"newcomers"}),
    "users": frozenset(),
    "subscribers": frozenset(),
}


def quantity(figure: Figure, operands: Operands) -> Quantity:
    """What the figure's formula measures. Raises FormulaError."""
    if isinstance(figure.formula, Expression):
        return quantity_of(figure.formula, operands)
    measure = definition(figure.formula.name, figure.formula.version).measure
    metric = str(figure.formula.args.get("metric", "")) or _metric_read(operands)
    return Quantity(measure, metric if measure is Measure.METRIC else "")


def _metric_read(operands: Operands) -> str:
    """The metric of the readings among the operands."""
    single = [each for each in operands.values() if isinstance(each, ReadingEvidence)]
    return single[0].metric if single else ""


def unit_fault(figure: Figure, operands: Operands) -> str:
    """Why the unit doesn't fit what the formula measures, in words; empty when it fits."""
    try:
        found = quantity(figure, operands)
    except FormulaError as error:
        return str(error)
    if figure.unit in fitting_units(found):
        return ""
    if found.measure is Measure.COUNT and figure.unit not in _TAKEN:
        return _kind_fault(figure.unit, operands)
    return f"the unit {figure.unit!r} does not fit: the formula gives {found.metric or found.measure}"


def fitting_units(found: Quantity) -> frozenset[str]:
    """The units that a quantity may bear; a count of things may bear others too."""
    if found.measure is Measure.METRIC:
        return NOUNS[Metric(found.metric)] if found.metric in set(Metric) else frozenset()
    return _FIXED.get(found.measure, frozenset())


def _kind_fault(unit: str, operands: Operands) -> str:
    """Why a count of these things may not be called by the noun of a kind; empty when it may."""
    kind = KIND_NOUNS.get(unit.lower())
    kinds = kinds_counted(operands)
    if kind is None or not kinds or kind in kinds:
        return ""
    return f"the unit {unit!r} does not fit what is counted: {', '.join(sorted(kinds))}"


def kinds_counted(operands: Operands) -> frozenset[Kind]:
    """The kinds of the items that the operands name; empty where only lists are named."""
    laid_out = (
        each for operand in operands.values() for each in (operand if isinstance(operand, tuple) else (operand,))
    )
    return frozenset(each.item.kind for each in laid_out if not isinstance(each, HarvestEvidence))


def same_noun(one: str, other: str) -> bool:
    """Whether two nouns are the same in singular or plural."""
    return singular(one.lower()) == singular(other.lower())
