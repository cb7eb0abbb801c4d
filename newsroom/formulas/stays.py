"""Formulas on how long things stay: on how many lists an item or an owner stood, and how many passed through."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping
from statistics import median

from domain.items import ItemKey
from newsroom.formulas.definition import Definition, Licence
from newsroom.formulas.lists import by_item
from newsroom.formulas.measures import Measure
from newsroom.formulas.operands import FormulaError, Given
from newsroom.formulas.patterns import owner


def items_held(given: Given) -> float:
    """How many different items stood on any of the lists."""
    return len(_stays(given))


def held_once(given: Given) -> float:
    """How many items stood on a single one of the lists."""
    return sum(times == 1 for times in _stays(given).values())


def median_stay(given: Given) -> float:
    """The median, over the items of the newest list, of how many of the lists hold them."""
    return median(_of_newest(given).values())


def stayed_at_least(given: Given) -> float:
    """How many items of the newest list are held by at least ``least`` of the lists."""
    least = given.number("least")
    return sum(times >= least for times in _of_newest(given).values())


def longest_stay(given: Given) -> float:
    """How many of the lists hold the item, provided none on the newest list is held by more."""
    stays, item = _of_newest(given), given.item("item")
    if item not in stays or stays[item] < max(stays.values()):
        raise FormulaError(f"{item} is not the one of the newest list that is held by most")
    return stays[item]


def owner_lists(given: Given) -> float:
    """On how many of the lists the item's owner has an item."""
    return _owners_lists(given)[_owner(given)]


def steadiest_owner(given: Given) -> float:
    """On how many of the lists the item's owner has an item, provided no other owner is on as many."""
    found, own = _owners_lists(given), _owner(given)
    if any(times >= found[own] for name, times in found.items() if name != own):
        raise FormulaError(f"another owner is on as many lists as {own}")
    return found[own]


def owner_items(given: Given) -> float:
    """How many different items of the item's owner the lists held."""
    own = _owner(given)
    return sum(owner(item) == own for item in _stays(given))


def owners_held(given: Given) -> float:
    """How many different owners the items of the lists have."""
    return len(_owners_lists(given))


def _owner(given: Given) -> str:
    own = owner(given.item("item"))
    if not own:
        raise FormulaError(f"{given.item('item')} has no owner in its id")
    return own


def _stays(given: Given) -> Counter[ItemKey]:
    """How many of the lists hold each item."""
    return Counter(item for harvest in given.harvests("lists") for item in by_item(given, harvest))


def _of_newest(given: Given) -> Mapping[ItemKey, int]:
    stays = _stays(given)
    newest = by_item(given, given.harvests("lists")[-1])
    if not newest:
        raise FormulaError("the newest list is empty")
    return {item: stays[item] for item in newest}


def _owners_lists(given: Given) -> Mapping[str, int]:
    """On how many of the lists each owner has an item."""
    found: defaultdict[str, int] = defaultdict(int)
    for harvest in given.harvests("lists"):
        for name in {owner(item) for item in by_item(given, harvest)}:
            found[name] += 1
    if not found or "" in found:
        raise FormulaError("the items of these lists have no owners in their ids")
    return found


_LISTS = "lists: readings of one list, each read whole"
_ITEM = "item: a reading or a quotation of the item"

FORMULAS = (
    Definition(
        "items_held",
        "how many different items stand on any of the lists",
        items_held,
        Measure.COUNT,
        operands=(_LISTS,),
    ),
    Definition(
        "held_once",
        "how many items stand on one of the lists and on no other of them",
        held_once,
        Measure.COUNT,
        operands=(_LISTS,),
        licences=frozenset({Licence.ONLY}),
    ),
    Definition(
        "median_stay",
        "the median, over the items of the newest list, of how many of the lists hold each",
        median_stay,
        Measure.LISTS,
        operands=(_LISTS,),
    ),
    Definition(
        "stayed_at_least",
        "how many items of the newest list are held by at least that many of the lists",
        stayed_at_least,
        Measure.COUNT,
        operands=(_LISTS,),
        args=("least: how many lists",),
    ),
    Definition(
        "longest_stay",
        "how many of the lists hold the item, provided no item of the newest list is held by more",
        longest_stay,
        Measure.LISTS,
        operands=(_ITEM, _LISTS),
        licences=frozenset({Licence.MOST}),
    ),
    Definition(
        "owner_lists",
        "on how many of the lists the item's owner (the part of an id before the slash) has an item",
        owner_lists,
        Measure.LISTS,
        operands=(_ITEM, _LISTS),
    ),
    Definition(
        "steadiest_owner",
        "owner_lists, provided no other owner is on as many of the lists",
        steadiest_owner,
        Measure.LISTS,
        operands=(_ITEM, _LISTS),
        licences=frozenset({Licence.MOST}),
    ),
    Definition(
        "owner_items",
        "how many different items of the item's owner stand on any of the lists",
        owner_items,
        Measure.COUNT,
        operands=(_ITEM, _LISTS),
    ),
    Definition(
        "owners_held",
        "how many different owners the items of the lists have",
        owners_held,
        Measure.COUNT,
        operands=(_LISTS,),
    ),
)
