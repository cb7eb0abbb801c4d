"""Formulas that set metrics beside each other: how they agree, how they are shared out, what a gain is made of."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from statistics import median

from domain.evidence import ReadingEvidence
from domain.items import ItemKey
from domain.readings import Metric, Reading
from newsroom.formulas.comparisons import MIN_PEERS, changes, climb, gain_of
from newsroom.formulas.definition import Definition, Licence
from newsroom.formulas.lists import by_item, rank_correlation
from newsroom.formulas.measures import Measure
from newsroom.formulas.operands import FormulaError, Given

#: Fewer readings have no middle worth a line.
MIN_PARTS = 5


def agreement(given: Given) -> float:
    """Spearman's coefficient of two metrics over the items of a list that show both above zero."""
    one, other = given.metric("one"), given.metric("other")
    return rank_correlation([pair for _, pair in _both(given, one, other)])


def more_of(given: Given) -> float:
    """How many items of the list show more of one metric than of the other."""
    one, other = given.metric("one"), given.metric("other")
    listed = given.listed(given.complete("list"))
    return sum(
        one in each.metrics and other in each.metrics and each.metrics[one] > each.metrics[other] for each in listed
    )


def _both(given: Given, one: Metric, other: Metric) -> Sequence[tuple[ItemKey, tuple[float, float]]]:
    listed = given.listed(given.harvest("list"))
    shown = [(each.item, (float(each.metrics.get(one, 0)), float(each.metrics.get(other, 0)))) for each in listed]
    return [(item, pair) for item, pair in shown if min(pair) > 0]


def top_share(given: Given) -> float:
    """How many per cent of the readings' sum fall to the ``top`` largest of them."""
    values = sorted((each.value for each in _readings(given)), reverse=True)
    top = int(given.number("top"))
    if not 1 <= top < len(values) or sum(values) <= 0:
        raise FormulaError(f"{len(values)} readings have no {top} largest with a share")
    return 100 * sum(values[:top]) / sum(values)


def _readings(given: Given) -> list[ReadingEvidence]:
    """Readings of one metric, each of another item, none below zero."""
    readings = [each for each in given.many("of") if isinstance(each, ReadingEvidence)]
    if len(readings) != len(given.many("of")) or len({each.metric for each in readings}) != 1:
        raise FormulaError("shares are of readings of one metric")
    if len({each.item for each in readings}) != len(readings) or min(each.value for each in readings) < 0:
        raise FormulaError("shares are of different items, none below zero")
    return readings


def part_of(given: Given) -> float:
    """How many per cent of another metric of the same reading the reading is."""
    return _part(given, given.reading("item"))


def median_part(given: Given) -> float:
    """The median of ``part_of`` over readings of different items."""
    readings = _readings(given)
    if len(readings) < MIN_PARTS:
        raise FormulaError(f"{len(readings)} readings are too few for a median: it needs {MIN_PARTS}")
    return median(_part(given, each) for each in readings)


def _part(given: Given, reading: ReadingEvidence) -> float:
    stored = given.facts.reading(reading.reading_id)
    whole = stored.metrics.get(given.metric(), 0) if stored is not None else 0
    if whole <= 0 or reading.value > whole:
        raise FormulaError(f"the {reading.metric} of {reading.item} are no part of its {given.word('metric')}")
    return 100 * reading.value / whole


def gained_count(given: Given) -> float:
    """How many items on both lists gained of the metric."""
    return sum(change > 0 for change in _gains(given))


def lost_count(given: Given) -> float:
    """How many items on both lists lost of the metric."""
    return sum(change < 0 for change in _gains(given))


def gained_sum(given: Given) -> float:
    """What the items on both lists that gained of the metric gained together."""
    return sum(change for change in _gains(given) if change > 0)


def share_of_gains(given: Given) -> float:
    """How many per cent of the gains of the items on both lists fall to the ``top`` largest gains."""
    gains = sorted((change for change in _gains(given) if change > 0), reverse=True)
    top = int(given.number("top"))
    if not 1 <= top < len(gains):
        raise FormulaError(f"{len(gains)} gains have no {top} largest")
    return 100 * sum(gains[:top]) / sum(gains)


def climbed_count(given: Given) -> float:
    """How many items on both lists stand on a better place."""
    return sum(change > 0 for change in changes(given, climb).values())


def fallen_count(given: Given) -> float:
    """How many items on both lists stand on a worse place."""
    return sum(change < 0 for change in changes(given, climb).values())


def _gains(given: Given) -> list[float]:
    return list(changes(given, gain_of(given.metric())).values())


#: Which of the ratios of a list is wanted.
_CHOICES: Mapping[str, Callable[[list[float]], float]] = {"median": median, "least": min, "most": max}


def per_gain(given: Given) -> float:
    """The median, least or most, over items on both lists that gained, of a metric divided by what was gained."""
    choose = _CHOICES.get(given.word("which"))
    ratios = list(_ratios(given).values())
    if choose is None or len(ratios) < MIN_PEERS:
        raise FormulaError(f"{len(ratios)} ratios are too few, or {given.word('which')!r} is no choice among them")
    return choose(ratios)


def per_gain_count(given: Given) -> float:
    """Of how many items ``per_gain`` is taken."""
    return len(_ratios(given))


def _ratios(given: Given) -> Mapping[ItemKey, float]:
    metric = given.metric("other")
    gains = changes(given, gain_of(given.metric()))
    now: Mapping[ItemKey, Reading] = by_item(given, given.harvest("after"))
    return {
        item: now[item].metrics[metric] / gain
        for item, gain in gains.items()
        if gain > 0 and now[item].metrics.get(metric, 0) > 0
    }


_LIST = "list: one whole list"
_BOTH = ("before: the older list", "after: the newer list")
_METRIC = "metric: the metric"
_TOP = "top: how many of the largest"
_RATIO = ("metric: what was gained", "other: the metric that is divided by it")

FORMULAS = (
    Definition(
        "agreement",
        "Spearman's rank correlation of two metrics over the items of the list that show both above zero; ties share "
        "their mean rank; at least 20",
        agreement,
        Measure.RATIO,
        operands=(_LIST,),
        args=("one, other: the two metrics",),
        licences=frozenset({Licence.ORDER}),
    ),
    Definition(
        "more_of",
        "how many items of the list show more of the one metric than of the other",
        more_of,
        Measure.COUNT,
        operands=(_LIST,),
        args=("one, other: the two metrics",),
    ),
    Definition(
        "top_share",
        "100 * the sum of the top largest readings / the sum of all, each of another item, all of one metric",
        top_share,
        Measure.PERCENT,
        operands=("of: readings of one metric",),
        args=(_TOP,),
        licences=frozenset({Licence.MOST, Licence.SHARE}),
    ),
    Definition(
        "part_of",
        "100 * the reading / the metric of the same stored reading, if that is above 0 and no less",
        part_of,
        Measure.PERCENT,
        operands=("item: a reading",),
        args=("metric: the whole",),
        licences=frozenset({Licence.SHARE}),
    ),
    Definition(
        "median_part",
        f"the median of part_of over readings of different items, at least {MIN_PARTS}",
        median_part,
        Measure.PERCENT,
        operands=("of: readings of one metric",),
        args=("metric: the whole",),
    ),
    Definition(
        "gained_count",
        "how many items that stand on both lists show more of the metric on the newer one",
        gained_count,
        Measure.COUNT,
        operands=_BOTH,
        args=(_METRIC,),
    ),
    Definition(
        "lost_count",
        "how many items that stand on both lists show less of the metric on the newer one",
        lost_count,
        Measure.COUNT,
        operands=_BOTH,
        args=(_METRIC,),
    ),
    Definition(
        "gained_sum",
        "the sum of the gains of the metric over the items on both lists that gained",
        gained_sum,
        Measure.METRIC,
        operands=_BOTH,
        args=(_METRIC,),
    ),
    Definition(
        "share_of_gains",
        "100 * the sum of the top largest gains of the metric / gained_sum",
        share_of_gains,
        Measure.PERCENT,
        operands=_BOTH,
        args=(_METRIC, _TOP),
        licences=frozenset({Licence.MOST, Licence.SHARE}),
    ),
    Definition(
        "climbed_count",
        "how many items that stand on both lists have a better place on the newer one",
        climbed_count,
        Measure.COUNT,
        operands=_BOTH,
    ),
    Definition(
        "fallen_count",
        "how many items that stand on both lists have a worse place on the newer one",
        fallen_count,
        Measure.COUNT,
        operands=_BOTH,
    ),
    Definition(
        "per_gain",
        "the median, least or most, over the items on both lists that gained of the metric, of the other metric on the "
        f"newer list divided by the gain; at least {MIN_PEERS} items",
        per_gain,
        Measure.RATIO,
        operands=_BOTH,
        args=(*_RATIO, "which: median, least or most"),
        licences=frozenset({Licence.MOST, Licence.LEAST}),
    ),
    Definition(
        "per_gain_count",
        "how many items per_gain is taken over",
        per_gain_count,
        Measure.COUNT,
        operands=_BOTH,
        args=_RATIO,
    ),
)
