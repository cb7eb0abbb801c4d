"""Formulas over the names on a list: how many contain a printed pattern, what share, from how many publishers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence

from domain.evidence import HarvestEvidence
from domain.items import ItemKey
from domain.readings import Reading
from newsroom.formulas.definition import Definition, Licence
from newsroom.formulas.measures import Measure
from newsroom.formulas.operands import FormulaError, Given


def owner(item: ItemKey) -> str:
    """The part of an id before the slash; empty for an id without one."""
    before, slash, _ = item.external_id.partition("/")
    return before if slash else ""


def name(item: ItemKey) -> str:
    """The part of an id after the slash; the whole id where it has none."""
    return item.external_id.partition("/")[2] or item.external_id


_FIELDS: Mapping[str, Callable[[ItemKey], str]] = {
    "external_id": lambda item: item.external_id,
    "owner": owner,
    "name": name,
}


def matching(given: Given, harvest: HarvestEvidence) -> Sequence[Reading]:
    """What stands on the list and contains one of the pattern's words (divided by ``|``); letter case is ignored."""
    words = [word.casefold() for word in given.word("pattern").split("|") if word.strip()]
    read = _FIELDS.get(given.word("field", "external_id"))
    if not words or read is None:
        raise FormulaError(f"the pattern needs a word, and the field one of {', '.join(_FIELDS)}")
    return [each for each in given.listed(harvest) if any(word in read(each.item).casefold() for word in words)]


def pattern_count(given: Given) -> float:
    """How many items of the list match the pattern."""
    return len(matching(given, given.harvest("list")))


def share(given: Given) -> float:
    """How many of a hundred items of the list match the pattern."""
    harvest = given.harvest("list")
    if not harvest.items:
        raise FormulaError("an empty list has no shares")
    return 100 * len(matching(given, harvest)) / harvest.items


def only_match(given: Given) -> float:
    """1, provided the item is the only one of the list that matches the pattern."""
    found = [each.item for each in matching(given, given.complete("list"))]
    if found != [given.item("item")]:
        raise FormulaError(f"{len(found)} items of the list match the pattern")
    return 1


def sum_matching(given: Given) -> float:
    """The sum of the metric over the items that match the pattern."""
    metric = given.metric()
    return sum(each.metrics.get(metric, 0) for each in matching(given, given.harvest("list")))


def share_of_sum(given: Given) -> float:
    """How many per cent of the list's sum of the metric fall to the items that match the pattern."""
    metric = given.metric()
    whole = sum(each.metrics.get(metric, 0) for each in given.listed(given.harvest("list")))
    if not whole:
        raise FormulaError(f"the list shows no {metric}")
    return 100 * sum_matching(given) / whole


def distinct_publishers(given: Given) -> float:
    """How many different owners the listed items have (those that match the pattern, if one is given)."""
    return len(_owners(given))


def distinct_owners(given: Given) -> float:
    """How many different owners the named items have."""
    named = {each.item for each in given.many("of") if not isinstance(each, HarvestEvidence)}
    owners = {owner(item) for item in named}
    if not owners or "" in owners:
        raise FormulaError("the items have no owners in their ids")
    return len(owners)


def largest_publisher(given: Given) -> float:
    """How many items of the list the item's owner has, provided no other owner has more."""
    owners, own = _owners(given), owner(given.item("item"))
    if not own or owners[own] < max(owners.values()):
        raise FormulaError(f"{own!r} is not the owner of most items")
    return owners[own]


def _owners(given: Given) -> Counter[str]:
    harvest = given.harvest("list")
    listed = matching(given, harvest) if given.argued("pattern") else given.listed(harvest)
    owners = Counter(owner(each.item) for each in listed)
    if not owners or "" in owners:
        raise FormulaError("the items of this list have no owners in their ids")
    return owners


_LIST = "list: one whole list"
_PATTERN = "pattern: words looked for, divided by | (one is enough; letter case ignored)"
_FIELD = "field: external_id (the default), owner (before the slash) or name (after it)"
_METRIC = "metric: the metric"

FORMULAS = (
    Definition(
        "pattern_count",
        "how many items of the list contain one of the words of the pattern in the field",
        pattern_count,
        Measure.COUNT,
        operands=(_LIST,),
        args=(_PATTERN, _FIELD),
    ),
    Definition(
        "share",
        "100 * pattern_count / the number of items of the list",
        share,
        Measure.PERCENT,
        operands=(_LIST,),
        args=(_PATTERN, _FIELD),
        licences=frozenset({Licence.SHARE}),
    ),
    Definition(
        "only_match",
        "1, provided the item is the only one of the list that pattern_count counts",
        only_match,
        Measure.COUNT,
        operands=("item: a reading or a quotation of the item", _LIST),
        args=(_PATTERN, _FIELD),
        licences=frozenset({Licence.ONLY}),
    ),
    Definition(
        "sum_matching",
        "the sum of the metric over the items that pattern_count counts",
        sum_matching,
        Measure.METRIC,
        operands=(_LIST,),
        args=(_METRIC, _PATTERN, _FIELD),
    ),
    Definition(
        "share_of_sum",
        "100 * sum_matching / the sum of the metric over the whole list",
        share_of_sum,
        Measure.PERCENT,
        operands=(_LIST,),
        args=(_METRIC, _PATTERN, _FIELD),
        licences=frozenset({Licence.SHARE}),
    ),
    Definition(
        "distinct_publishers",
        "how many different owners (the part of an id before the slash) the items of the list have; with a pattern, "
        "the items that pattern_count counts",
        distinct_publishers,
        Measure.COUNT,
        operands=(_LIST,),
        args=(_PATTERN, _FIELD),
    ),
    Definition(
        "distinct_owners",
        "how many different owners (the part of an id before the slash) the items have that the evidence names",
        distinct_owners,
        Measure.COUNT,
        operands=("of: readings or quotations",),
    ),
    Definition(
        "largest_publisher",
        "how many items of the list (with a pattern: of those that pattern_count counts) have the same owner as the "
        "item, provided no other owner has more",
        largest_publisher,
        Measure.COUNT,
        operands=("item: a reading or a quotation of the item", _LIST),
        args=(_PATTERN, _FIELD),
        licences=frozenset({Licence.MOST}),
    ),
)
