"""Formulas that hold one list or one item against the lists before: how many earlier lists show less than today's."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import timedelta
from itertools import pairwise

from domain.evidence import HarvestEvidence
from domain.items import ItemKey
from domain.readings import Metric
from newsroom.formulas.definition import Definition, Licence
from newsroom.formulas.lists import by_item
from newsroom.formulas.measures import Measure
from newsroom.formulas.operands import FormulaError, Given
from newsroom.formulas.patterns import matching, owner
from newsroom.formulas.records import MIN_LISTS, MIN_READINGS

#: Two readings of a list so far apart are a day apart: the gain between them is that of a day (DESIGN §4).
A_DAY = (timedelta(hours=20), timedelta(hours=28))


def lists_below(given: Given) -> float:
    """How many earlier lists there are, provided each of them comes to less than ``list`` by ``count``."""
    return _lists_beaten(given, lambda today, earlier: earlier < today)


def lists_above(given: Given) -> float:
    """How many earlier lists there are, provided each of them comes to more than ``list`` by ``count``."""
    return _lists_beaten(given, lambda today, earlier: earlier > today)


def _lists_beaten(given: Given, beaten: Callable[[float, float], bool]) -> float:
    today, earlier = given.complete("list"), _earlier(given, "list")
    counted = _counter(given)
    own = counted(given, today)
    if not all(beaten(own, counted(given, each)) for each in earlier):
        raise FormulaError(f"{own:g} is no extreme of the {len(earlier)} lists before")
    return len(earlier)


def _earlier(given: Given, newest: str) -> Sequence[HarvestEvidence]:
    """At least ``MIN_LISTS`` readings of the same list, each older than the newest."""
    now, earlier = given.harvest(newest), given.harvests("lists")
    if len(earlier) < MIN_LISTS:
        raise FormulaError(f"{len(earlier)} lists are too few for a record: it needs {MIN_LISTS}")
    if (now.source, now.list) != (earlier[0].source, earlier[0].list) or earlier[-1].observed_at >= now.observed_at:
        raise FormulaError("a record is held against earlier readings of the same list")
    return earlier


def _matching(given: Given, harvest: HarvestEvidence) -> float:
    return len(matching(given, harvest))


def _publishers(given: Given, harvest: HarvestEvidence) -> float:
    return len(_owners(given, harvest))


def _largest_publisher(given: Given, harvest: HarvestEvidence) -> float:
    return max(_owners(given, harvest).values(), default=0)


def _owners(given: Given, harvest: HarvestEvidence) -> Counter[str]:
    return Counter(owner(each.item) for each in given.listed(harvest))


def _size(given: Given, harvest: HarvestEvidence) -> float:
    return len(given.listed(harvest))


#: What may be counted on a list, by the argument ``count``.
_COUNTS: Mapping[str, Callable[[Given, HarvestEvidence], float]] = {
    "matching": _matching,
    "publishers": _publishers,
    "largest_publisher": _largest_publisher,
    "size": _size,
}


def _counter(given: Given) -> Callable[[Given, HarvestEvidence], float]:
    counted = _COUNTS.get(given.word("count"))
    if counted is None:
        raise FormulaError(f"a list is counted by {', '.join(_COUNTS)}")
    return counted


def readings_below(given: Given) -> float:
    """How many earlier lists there are, provided no item of any of them shows as much as the reading."""
    reading, earlier = given.reading("item"), _earlier_of_item(given, MIN_LISTS)
    shown = (_shown(given, each, reading.metric).values() for each in earlier)
    if any(value >= reading.value for values in shown for value in values):
        raise FormulaError(f"{reading.value} was reached on an earlier list")
    return len(earlier)


def own_readings_below(given: Given) -> float:
    """How many earlier readings the item has, provided each of them shows less."""
    return _own_beaten(given, lambda today, earlier: earlier < today)


def own_readings_above(given: Given) -> float:
    """How many earlier readings the item has, provided each of them shows more."""
    return _own_beaten(given, lambda today, earlier: earlier > today)


def _own_beaten(given: Given, beaten: Callable[[float, float], bool]) -> float:
    reading = given.reading("item")
    shown = (_shown(given, each, reading.metric).get(reading.item) for each in _earlier_of_item(given, 1))
    own = _enough([value for value in shown if value is not None])
    if not all(beaten(reading.value, value) for value in own):
        raise FormulaError(f"{reading.value} is no extreme of the {len(own)} readings before")
    return len(own)


def own_days_below(given: Given) -> float:
    """How many daily gains of the item lie before that of the last day, provided each of them is smaller."""
    reading = given.reading("item")
    lists = given.harvests("lists")
    gains = [gain.get(reading.item) for gain in _daily_gains(given, lists, Metric(reading.metric))]
    if not gains or gains[-1] is None or lists[-1].observed_at != reading.observed_at:
        raise FormulaError(f"{reading.item} has no gain of the last day")
    earlier = _enough([gain for gain in gains[:-1] if gain is not None])
    if any(gain >= gains[-1] for gain in earlier):
        raise FormulaError(f"{gains[-1]:g} was gained on an earlier day")
    return len(earlier)


def days_below(given: Given) -> float:
    """How many earlier days there are, provided no item of the list gained as much on any as this one on the last."""
    reading, lists = given.reading("item"), given.harvests("lists")
    *earlier, last = _daily_gains(given, lists, Metric(reading.metric))
    if lists[-1].observed_at != reading.observed_at or reading.item not in last:
        raise FormulaError(f"{reading.item} has no gain of the last day")
    if len(earlier) < MIN_LISTS:
        raise FormulaError(f"{len(earlier)} days are too few for a record: it needs {MIN_LISTS}")
    if any(gain >= last[reading.item] for day in earlier for gain in day.values()):
        raise FormulaError(f"{last[reading.item]:g} was gained on an earlier day")
    return len(earlier)


def _daily_gains(given: Given, lists: Sequence[HarvestEvidence], metric: Metric) -> list[Mapping[ItemKey, float]]:
    """For each two lists that follow each other a day apart what each item on both gained, oldest first."""
    found: list[Mapping[ItemKey, float]] = []
    for before, after in pairwise(lists):
        if A_DAY[0] <= after.observed_at - before.observed_at <= A_DAY[1]:
            earlier, later = _shown(given, before, metric), _shown(given, after, metric)
            found.append({item: later[item] - earlier[item] for item in later if item in earlier})
    if not found:
        raise FormulaError("no two of the lists are a day apart")
    return found


def longest_gap(given: Given) -> float:
    """The longest time between two of the lists that follow each other, in days."""
    lists = given.harvests("lists")
    if len(lists) < 2:
        raise FormulaError("a gap lies between two lists")
    return max((after.observed_at - before.observed_at) / timedelta(days=1) for before, after in pairwise(lists))


def lists_held(given: Given) -> float:
    """How many lists are looked at."""
    return len(given.harvests("lists"))


def _earlier_of_item(given: Given, least: int) -> Sequence[HarvestEvidence]:
    """The lists before the reading, which stands on a later one of them."""
    reading = given.reading("item")
    lists = given.harvests("lists")
    if (lists[0].source, lists[0].list) != (reading.source, reading.list):
        raise FormulaError(f"{reading.item} is held against lists that it does not stand on")
    if lists[-1].observed_at >= reading.observed_at:
        raise FormulaError("a reading is held against earlier lists")
    if len(lists) < least:
        raise FormulaError(f"{len(lists)} lists are too few for a record: it needs {least}")
    return lists


def _enough(readings: list[float]) -> list[float]:
    if len(readings) < MIN_READINGS:
        raise FormulaError(f"{len(readings)} readings are too few for a history: it needs {MIN_READINGS}")
    return readings


def _shown(given: Given, harvest: HarvestEvidence, name: str) -> Mapping[ItemKey, float]:
    """The metric (``rank``: the place) of every item of the list that shows it."""
    listed: Iterable[tuple[ItemKey, float | None]]
    if name == "rank":
        listed = ((item, reading.rank) for item, reading in by_item(given, harvest).items())
    else:
        metric = Metric(name)
        listed = ((item, reading.metrics.get(metric)) for item, reading in by_item(given, harvest).items())
    return {item: value for item, value in listed if value is not None}


_READING = "item: a reading of the newest list"
_LISTS = "lists: earlier readings of the same list, each read whole"
_TO_NEWEST = "lists: readings of the list, each read whole, the newest that of the item"
_COUNT_ARGS = (
    f"count: what is counted on a list: {', '.join(_COUNTS)}",
    "pattern, field: as for pattern_count, for matching",
)
_OWN = f"at least {MIN_READINGS}"

FORMULAS = (
    Definition(
        "lists_below",
        f"how many earlier lists there are, at least {MIN_LISTS}, provided each comes to less than list by count",
        lists_below,
        Measure.LISTS,
        operands=("list: the newest list", _LISTS),
        args=_COUNT_ARGS,
        licences=frozenset({Licence.RECORD, Licence.MOST}),
    ),
    Definition(
        "lists_above",
        f"how many earlier lists there are, at least {MIN_LISTS}, provided each comes to more than list by count",
        lists_above,
        Measure.LISTS,
        operands=("list: the newest list", _LISTS),
        args=_COUNT_ARGS,
        licences=frozenset({Licence.RECORD, Licence.LEAST}),
    ),
    Definition(
        "readings_below",
        f"how many earlier lists there are, at least {MIN_LISTS}, provided no item of any shows as much of the "
        "reading's metric",
        readings_below,
        Measure.LISTS,
        operands=(_READING, _LISTS),
        licences=frozenset({Licence.RECORD, Licence.MOST}),
    ),
    Definition(
        "own_readings_below",
        f"how many earlier readings the item has on the lists, {_OWN}, provided each shows less of the metric (rank: "
        "a smaller number)",
        own_readings_below,
        Measure.LISTS,
        operands=(_READING, _LISTS),
        licences=frozenset({Licence.RECORD, Licence.MOST}),
    ),
    Definition(
        "own_readings_above",
        f"how many earlier readings the item has on the lists, {_OWN}, provided each shows more of the metric (rank: "
        "a larger number)",
        own_readings_above,
        Measure.LISTS,
        operands=(_READING, _LISTS),
        licences=frozenset({Licence.RECORD, Licence.LEAST, Licence.MOST}),
    ),
    Definition(
        "own_days_below",
        f"how many daily gains of the item lie before that of the last day, {_OWN}, provided each is smaller; lists "
        "20 to 28 hours apart are a day apart",
        own_days_below,
        Measure.DAYS,
        operands=(_READING, _TO_NEWEST),
        licences=frozenset({Licence.RECORD, Licence.MOST}),
    ),
    Definition(
        "days_below",
        f"how many earlier days there are, at least {MIN_LISTS}, provided no item on both lists of any of them gained "
        "as much as the item on the last; lists 20 to 28 hours apart are a day apart",
        days_below,
        Measure.DAYS,
        operands=(_READING, _TO_NEWEST),
        licences=frozenset({Licence.RECORD, Licence.MOST}),
    ),
    Definition(
        "longest_gap",
        "the longest time between two of the lists that follow each other, in days",
        longest_gap,
        Measure.DAYS,
        operands=("lists: readings of one list, each read whole",),
        licences=frozenset({Licence.MOST}),
    ),
    Definition(
        "lists_held",
        "how many lists there are",
        lists_held,
        Measure.LISTS,
        operands=("lists: readings of one list, each read whole",),
    ),
)
