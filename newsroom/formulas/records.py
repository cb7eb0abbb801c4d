"""Formulas over many lists: the most and the least that the readings we hold have shown."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from newsroom.formulas.definition import Definition, Licence
from newsroom.formulas.lists import by_item
from newsroom.formulas.measures import Measure
from newsroom.formulas.operands import FormulaError, Given
from newsroom.formulas.patterns import matching

#: Fewer lists than this make no record (WRITING: "N >= 30"); fewer own readings no history ("at least 14").
MIN_LISTS = 30
MIN_READINGS = 14


def record_max(given: Given) -> float:
    """The reading's value, provided no reading of its metric on any of the lists is larger."""
    return _record(given.reading("item").value, _values(given, own=False), _at_least(given, MIN_LISTS), max)


def record_min(given: Given) -> float:
    """The reading's value, provided no reading of its metric on any of the lists is smaller."""
    return _record(given.reading("item").value, _values(given, own=False), _at_least(given, MIN_LISTS), min)


def own_record_max(given: Given) -> float:
    """The reading's value, provided the item's own readings on the lists never showed more."""
    return _record(given.reading("item").value, _values(given, own=True), MIN_READINGS, max)


def own_record_min(given: Given) -> float:
    """The reading's value, provided the item's own readings on the lists never showed less."""
    return _record(given.reading("item").value, _values(given, own=True), MIN_READINGS, min)


def own_readings(given: Given) -> float:
    """How many of the lists show the reading's metric for its item."""
    return len(list(_values(given, own=True)))


def record_pattern_count(given: Given) -> float:
    """How many items of ``list`` match the pattern, provided no earlier list holds more that do."""
    count = len(matching(given, given.harvest("list")))
    earlier = given.harvests("lists")
    if len(earlier) < MIN_LISTS:
        raise FormulaError(f"{len(earlier)} lists are too few for a record: it needs {MIN_LISTS}")
    if any(len(matching(given, harvest)) > count for harvest in earlier):
        raise FormulaError("an earlier list holds more")
    return count


def _at_least(given: Given, lists: int) -> int:
    """Demand that many lists; the record itself may then rest on as many values as they show."""
    found = len(given.harvests("lists"))
    if found < lists:
        raise FormulaError(f"{found} lists are too few for a record: it needs {lists}")
    return 1


def _values(given: Given, *, own: bool) -> Iterator[float]:
    """The reading's metric on every list given: of its own item, or of all items."""
    reading = given.reading("item")
    for harvest in given.harvests("lists"):
        if (harvest.source, harvest.list) != (reading.source, reading.list):
            raise FormulaError(f"{reading.item} is held against lists that it does not stand on")
        for item, stored in by_item(given, harvest).items():
            if own and item != reading.item:
                continue
            value = next((stored.metrics[metric] for metric in stored.metrics if metric == reading.metric), None)
            if value is not None:
                yield value


def _record(value: float, values: Iterator[float], least: int, choose: Callable[[list[float]], float]) -> float:
    found = list(values)
    if len(found) < least:
        raise FormulaError(f"{len(found)} readings are too few for a record: it needs {least}")
    extreme = choose([*found, value])
    if extreme != value:
        raise FormulaError(f"{value:g} is no record: the lists show {extreme:g}")
    return value


_ITEM = "item: a reading"
_LISTS = "lists: readings of the same list, each read whole"

FORMULAS = (
    Definition(
        "record_max",
        f"the value of the reading, provided no item of any of the lists, at least {MIN_LISTS}, shows more",
        record_max,
        Measure.METRIC,
        operands=(_ITEM, _LISTS),
        licences=frozenset({Licence.RECORD, Licence.MOST}),
    ),
    Definition(
        "record_min",
        f"the value of the reading, provided no item of any of the lists, at least {MIN_LISTS}, shows less",
        record_min,
        Measure.METRIC,
        operands=(_ITEM, _LISTS),
        licences=frozenset({Licence.RECORD, Licence.LEAST}),
    ),
    Definition(
        "own_record_max",
        f"the value of the reading, if its item never shows more on the lists, in at least {MIN_READINGS} readings",
        own_record_max,
        Measure.METRIC,
        operands=(_ITEM, _LISTS),
        licences=frozenset({Licence.RECORD, Licence.MOST}),
    ),
    Definition(
        "own_record_min",
        f"the value of the reading, if its item never shows less on the lists, in at least {MIN_READINGS} readings",
        own_record_min,
        Measure.METRIC,
        operands=(_ITEM, _LISTS),
        licences=frozenset({Licence.RECORD, Licence.LEAST}),
    ),
    Definition(
        "own_readings",
        "how many of the lists show the reading's metric for its item",
        own_readings,
        Measure.LISTS,
        operands=(_ITEM, _LISTS),
    ),
    Definition(
        "record_pattern_count",
        f"pattern_count of list, provided none of the earlier lists, at least {MIN_LISTS}, has a larger one",
        record_pattern_count,
        Measure.COUNT,
        operands=("list: the newest list", "lists: earlier readings of it, each read whole"),
        args=("pattern, field: as for pattern_count",),
        licences=frozenset({Licence.RECORD, Licence.MOST}),
    ),
)
