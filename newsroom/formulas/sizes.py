"""Formulas on the size of models: what an id says ("27B"), and the API's count where the two agree."""

from __future__ import annotations

import re
from collections.abc import Mapping
from statistics import median

from domain.items import ItemKey
from domain.readings import Metric
from newsroom.formulas.definition import Definition, Licence
from newsroom.formulas.measures import Measure
from newsroom.formulas.operands import FormulaError, Given
from newsroom.formulas.patterns import name

#: How far the API's count may lie from the name's, as a share of the name's (WRITING §2.2: size).
TOLERANCE = 0.15

#: Below this many parameters a number with M is no size.
SMALLEST = 10_000_000

#: Fewer names with a size have no middle worth a line.
MIN_NAMES = 5

_SIZE = re.compile(r"(?<![A-Za-z0-9.])(?P<number>\d{1,4}(?:\.\d{1,2})?)(?P<unit>[MBT])(?![A-Za-z0-9])", re.IGNORECASE)
_UNITS = {"m": 1e6, "b": 1e9, "t": 1e12}


def size_in(text: str) -> float | None:
    """The first size that a name says, in parameters: 27e9 of ``Qwen3.8-27B-GGUF``; None where it says none.

    ``35B-A3B`` says 35B; the part after it is what works at a time. ``A3B``, ``8bit`` and ``v2.5`` are no sizes, and
    ``1M`` is a length of context.
    """
    sizes = (float(match["number"]) * _UNITS[match["unit"].lower()] for match in _SIZE.finditer(text))
    return next((round(size) for size in sizes if size >= SMALLEST), None)


def named_size(given: Given) -> float:
    """The parameters that the item's name says."""
    found = size_in(name(given.item("item")))
    if found is None:
        raise FormulaError(f"the name of {given.item('item')} says no size")
    return found


def agreed_size(given: Given) -> float:
    """The parameters as the API counts them, provided the name says the same within the tolerance."""
    reading = given.reading("item")
    said = size_in(name(reading.item))
    if reading.metric != Metric.PARAMETERS or said is None or abs(reading.value - said) > TOLERANCE * said:
        raise FormulaError(f"the name of {reading.item} and the API do not agree on its size")
    return reading.value


def sizes_named(given: Given) -> float:
    """How many names of the list say a size, at least ``least`` and below ``below`` parameters."""
    least, below = given.number("least", 0), given.number("below", float("inf"))
    return sum(least <= size < below for size in _sizes(given).values())


def median_named(given: Given) -> float:
    """The median size over the names that say one."""
    sizes = list(_sizes(given).values())
    if len(sizes) < MIN_NAMES:
        raise FormulaError(f"{len(sizes)} names with a size are too few: it needs {MIN_NAMES}")
    return median(sizes)


def largest_named(given: Given) -> float:
    """The size that the item's name says, provided no other name of the list says more."""
    return _extreme(given, max(_sizes(given).values(), default=0))


def smallest_named(given: Given) -> float:
    """The size that the item's name says, provided no other name of the list says less."""
    return _extreme(given, min(_sizes(given).values(), default=0))


def _extreme(given: Given, extreme: float) -> float:
    if _sizes(given).get(given.item("item")) != extreme:
        raise FormulaError(f"the name of {given.item('item')} is not the extreme of the list")
    return extreme


def _sizes(given: Given) -> Mapping[ItemKey, float]:
    listed = given.listed(given.complete("list"))
    said = ((each.item, size_in(name(each.item))) for each in listed)
    return {item: size for item, size in said if size is not None}


_LIST = "list: one whole list"
_ITEM = "item: a reading or a quotation of the item"
_METRIC = "metric: parameters"

FORMULAS = (
    Definition(
        "named_size",
        "the first size that the name after the slash says: a number with M, B or T between marks, from 10M on",
        named_size,
        Measure.METRIC,
        operands=(_ITEM,),
        args=(_METRIC,),
    ),
    Definition(
        "agreed_size",
        f"the reading of parameters, provided named_size lies within {TOLERANCE:.0%} of it",
        agreed_size,
        Measure.METRIC,
        operands=("item: a reading of parameters",),
        args=(_METRIC,),
    ),
    Definition(
        "sizes_named",
        "how many names of the list say a size (as named_size reads it) of at least least and below below parameters",
        sizes_named,
        Measure.COUNT,
        operands=(_LIST,),
        args=("least: the smallest size counted (0)", "below: the size from which on none is counted (no end)"),
    ),
    Definition(
        "median_named",
        f"the median of named_size over the names of the list that say a size, at least {MIN_NAMES}",
        median_named,
        Measure.METRIC,
        operands=(_LIST,),
        args=(_METRIC,),
    ),
    Definition(
        "largest_named",
        "named_size of the item, provided no other name of the list says more",
        largest_named,
        Measure.METRIC,
        operands=(_ITEM, _LIST),
        args=(_METRIC,),
        licences=frozenset({Licence.MOST}),
    ),
    Definition(
        "smallest_named",
        "named_size of the item, provided no other name of the list says less",
        smallest_named,
        Measure.METRIC,
        operands=(_ITEM, _LIST),
        args=(_METRIC,),
        licences=frozenset({Licence.LEAST}),
    ),
)
