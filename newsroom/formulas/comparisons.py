"""Formulas that set one item against the others of its list: largest gain, longest climb, place by a metric."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from statistics import median

from domain.evidence import ReadingEvidence
from domain.items import ItemKey
from domain.readings import Metric, Reading
from newsroom.formulas.definition import Definition, Licence
from newsroom.formulas.lists import by_item
from newsroom.formulas.measures import Measure
from newsroom.formulas.operands import FormulaError, Given, same_subject

#: Below this many peers "the list's median gain" says nothing (WRITING: cohort, at least 10 peers).
MIN_PEERS = 10

#: The change of one item from one list to the next; None where it cannot be said.
Change = Callable[[Reading, Reading], float | None]


def largest_gain(given: Given) -> float:
    """``b - a``, provided no other item on both lists gained more."""
    return _extreme(given.item("b"), _gains(given), max)


def gain_rank(given: Given) -> float:
    """The place of the item among all on both lists by gain: 1 + how many gained more."""
    gains, own = _gains(given), given.item("b")
    return 1 + sum(gain > gains[own] for gain in gains.values())


def largest_growth(given: Given) -> float:
    """Growth in per cent, provided no other item on both lists, of at least ``floor`` before, grew more."""
    metric, floor = _pair(given), max(given.number("floor", 1), 1)
    return _extreme(given.item("b"), changes(given, _growth_of(metric, floor)), max)


def median_gain(given: Given) -> float:
    """The median gain over the items on both lists."""
    return median(_peers(changes(given, gain_of(given.metric()))))


def times_median_gain(given: Given) -> float:
    """How many times the median gain of the items on both lists the gain of this one is."""
    gains = _gains(given)
    middle = median(_peers(gains))
    if middle <= 0:
        raise FormulaError("the median gain is not above zero")
    return gains[given.item("b")] / middle


def largest_climb(given: Given) -> float:
    """How many places the item climbed, provided no other item on both lists climbed more."""
    return _extreme(_mover(given), changes(given, climb), max)


def largest_fall(given: Given) -> float:
    """How many places the item fell, below zero, provided no other item on both lists fell more."""
    return _extreme(_mover(given), changes(given, climb), min)


def highest_listed(given: Given) -> float:
    """The reading's value, provided no other item of its list shows more."""
    return _extreme(given.item("item"), _shown(given), max)


def lowest_listed(given: Given) -> float:
    """The reading's value, provided no other item of its list shows less."""
    return _extreme(given.item("item"), _shown(given), min)


def metric_rank(given: Given) -> float:
    """The place of the reading on its list by its metric: 1 + how many show more."""
    own, values = given.item("item"), _shown(given)
    return 1 + sum(value > values[own] for value in values.values())


def _gains(given: Given) -> Mapping[ItemKey, float]:
    return changes(given, gain_of(_pair(given)))


def _pair(given: Given) -> Metric:
    """The metric of the two readings ``a`` and ``b``, which must stand on the two lists."""
    earlier, later = given.reading("a"), given.reading("b")
    same_subject(earlier, later)
    _on(given, earlier, "before")
    _on(given, later, "after")
    return _metric(later)


def _mover(given: Given) -> ItemKey:
    _on(given, given.reading("a"), "before")
    _on(given, given.reading("b"), "after")
    if given.item("a") != given.item("b"):
        raise FormulaError("the two readings are of different items")
    return given.item("b")


def _on(given: Given, reading: ReadingEvidence, name: str) -> None:
    """Demand that the reading is one of the list's own."""
    stored = by_item(given, given.harvest(name)).get(reading.item)
    if stored is None or stored.id != reading.reading_id:
        raise FormulaError(f"the reading of {reading.item} is not one of the list {name!r}")


def _metric(reading: ReadingEvidence) -> Metric:
    try:
        return Metric(reading.metric)
    except ValueError as error:
        raise FormulaError(f"{reading.metric!r} is no metric") from error


def changes(given: Given, change: Change) -> Mapping[ItemKey, float]:
    """The change of every item that stands on both lists."""
    before, after = given.harvest("before"), given.harvest("after")
    if (before.source, before.list) != (after.source, after.list) or before.observed_at >= after.observed_at:
        raise FormulaError("a change is read from an older and a newer reading of one list")
    earlier, later = by_item(given, before), by_item(given, after)
    found = {item: change(earlier[item], later[item]) for item in later if item in earlier}
    return {item: value for item, value in found.items() if value is not None}


def gain_of(metric: Metric) -> Change:
    """The change that is a gain of the metric."""

    def gain(before: Reading, after: Reading) -> float | None:
        if metric not in before.metrics or metric not in after.metrics:
            return None
        return after.metrics[metric] - before.metrics[metric]

    return gain


def _growth_of(metric: Metric, floor: float) -> Change:
    gain = gain_of(metric)

    def growth(before: Reading, after: Reading) -> float | None:
        gained = gain(before, after)
        if gained is None or before.metrics[metric] < floor:
            return None
        return 100 * gained / before.metrics[metric]

    return growth


def climb(before: Reading, after: Reading) -> float | None:
    """The change that is a climb, in places."""
    if before.rank is None or after.rank is None:
        return None
    return before.rank - after.rank


def _shown(given: Given) -> Mapping[ItemKey, float]:
    """The reading's metric over its whole list."""
    reading = given.reading("item")
    _on(given, reading, "list")
    metric = _metric(reading)
    listed = given.listed(given.complete("list"))
    return {each.item: each.metrics[metric] for each in listed if metric in each.metrics}


def _peers(gains: Mapping[ItemKey, float]) -> list[float]:
    if len(gains) < MIN_PEERS:
        raise FormulaError(f"{len(gains)} items on both lists are too few for a median: it needs {MIN_PEERS}")
    return list(gains.values())


def _extreme(own: ItemKey, values: Mapping[ItemKey, float], choose: Callable[[list[float]], float]) -> float:
    if own not in values:
        raise FormulaError(f"{own} has no such value")
    extreme = choose(list(values.values()))
    if values[own] != extreme:
        raise FormulaError(f"{values[own]:g} is not the extreme of the list, which is {extreme:g}")
    return extreme


_PAIR = (
    "a: the earlier reading",
    "b: the later reading, of the same item and metric",
    "before: the list that a stands on",
    "after: the list that b stands on",
)
_LISTED = ("item: a reading", "list: the list that it stands on, read whole")
_FLOOR = "floor: the least earlier value that growth is spoken of (1)"

FORMULAS = (
    Definition(
        "largest_gain",
        "b - a, provided no other item that stands on both lists gained more of the metric",
        largest_gain,
        Measure.METRIC,
        operands=_PAIR,
        licences=frozenset({Licence.MOST}),
    ),
    Definition(
        "gain_rank",
        "1 + how many of the items that stand on both lists gained more of the metric than b - a",
        gain_rank,
        Measure.RANK,
        operands=_PAIR,
    ),
    Definition(
        "largest_growth",
        "100 * (b - a) / a, provided no other item that stands on both lists, with at least floor before, grew more",
        largest_growth,
        Measure.PERCENT,
        operands=_PAIR,
        args=(_FLOOR,),
        licences=frozenset({Licence.MOST}),
    ),
    Definition(
        "median_gain",
        f"the median gain of the metric over the items that stand on both lists, at least {MIN_PEERS}",
        median_gain,
        Measure.METRIC,
        operands=("before: the older list", "after: the newer list"),
        args=("metric: the metric",),
    ),
    Definition(
        "times_median_gain",
        f"(b - a) / the median gain over the items that stand on both lists, at least {MIN_PEERS}, if that is above 0",
        times_median_gain,
        Measure.TIMES,
        operands=_PAIR,
    ),
    Definition(
        "largest_climb",
        "rank of a - rank of b, provided no other item that stands on both lists climbed more places",
        largest_climb,
        Measure.PLACES,
        operands=_PAIR,
        licences=frozenset({Licence.MOST}),
    ),
    Definition(
        "largest_fall",
        "rank of a - rank of b, below zero, provided no other item that stands on both lists fell more places",
        largest_fall,
        Measure.PLACES,
        operands=_PAIR,
        licences=frozenset({Licence.MOST}),
    ),
    Definition(
        "highest_listed",
        "the value of the reading, provided no other item of the list shows more of its metric",
        highest_listed,
        Measure.METRIC,
        operands=_LISTED,
        licences=frozenset({Licence.MOST}),
    ),
    Definition(
        "lowest_listed",
        "the value of the reading, provided no other item of the list shows less of its metric",
        lowest_listed,
        Measure.METRIC,
        operands=_LISTED,
        licences=frozenset({Licence.LEAST}),
    ),
    Definition(
        "metric_rank",
        "1 + how many items of the list show more of the reading's metric",
        metric_rank,
        Measure.RANK,
        operands=_LISTED,
    ),
)
