"""Formulas over whole lists: who is on them, who is new, for how long, and how their order agrees with a metric."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from datetime import timedelta
from statistics import correlation, median

from domain.evidence import HarvestEvidence, QuoteEvidence
from domain.items import ItemKey
from domain.readings import Reading
from newsroom.formulas.definition import Definition, Licence
from newsroom.formulas.measures import Measure
from newsroom.formulas.operands import FormulaError, Given

#: Below this many pairs a rank correlation says nothing (WRITING: "Spearman over at least 20 pairs").
MIN_PAIRS = 20


def by_item(given: Given, harvest: HarvestEvidence) -> Mapping[ItemKey, Reading]:
    """What stood on a list, by item."""
    return {reading.item: reading for reading in given.listed(harvest)}


def absent(given: Given) -> float:
    """1 where the item is not on the list, else 0."""
    return float(given.item("item") not in by_item(given, given.complete("list")))


def streak(given: Given) -> float:
    """How many lists in a row, counted back from the newest, hold the item (at a place no worse than ``place``)."""
    item, worst = given.item("item"), given.number("place", 0)
    length = 0
    for harvest in reversed(given.harvests("lists")):
        if not _stands(by_item(given, harvest).get(item), worst):
            break
        length += 1
    return length


def times_listed(given: Given) -> float:
    """How many of the lists hold the item (at a place no worse than ``place``)."""
    item, worst = given.item("item"), given.number("place", 0)
    return sum(_stands(by_item(given, harvest).get(item), worst) for harvest in given.harvests("lists"))


def days_listed(given: Given) -> float:
    """On how many days (UTC) a list held the item."""
    item = given.item("item")
    holding = (harvest for harvest in given.harvests("lists") if item in by_item(given, harvest))
    return len({harvest.observed_at.date() for harvest in holding})


def _stands(reading: Reading | None, worst: float) -> bool:
    if reading is None:
        return False
    return worst <= 0 or (reading.rank is not None and reading.rank <= worst)


def new_since(given: Given) -> float:
    """How many items of ``list`` stood on none of the earlier ``lists``."""
    return len(_newcomers(given))


def first_listed(given: Given) -> float:
    """How many earlier ``lists`` were searched, provided the item stands on ``list`` and on none of them."""
    if given.item("item") not in _newcomers(given):
        raise FormulaError(f"{given.item('item')} is not new on the list")
    return len(given.harvests("lists"))


def new_among(given: Given) -> float:
    """How many of the named items stand on ``list`` and on none of the earlier ``lists``."""
    named = {each.item for each in given.many("of") if not isinstance(each, HarvestEvidence)}
    return len(named & _newcomers(given))


def _newcomers(given: Given) -> set[ItemKey]:
    now = given.harvest("list")
    earlier = given.harvests("lists")
    if any(harvest.observed_at >= now.observed_at or _family(harvest) != _family(now) for harvest in earlier):
        raise FormulaError("newcomers are counted against earlier readings of the same list")
    seen = {item for harvest in earlier for item in by_item(given, harvest)}
    return set(by_item(given, now)) - seen


def _family(harvest: HarvestEvidence) -> tuple[str, str]:
    return harvest.source, harvest.list


def days_away(given: Given) -> float:
    """Days from the last list that held the item to the newest, provided the lists between did not hold it."""
    item = given.item("item")
    *earlier, now = given.harvests("lists")
    if item not in by_item(given, now):
        raise FormulaError(f"{item} is not on the newest list")
    holding = [harvest for harvest in earlier if item in by_item(given, harvest)]
    if not holding or holding[-1] is earlier[-1]:
        raise FormulaError(f"{item} was not away between two lists that hold it")
    return (now.observed_at - holding[-1].observed_at) / timedelta(days=1)


def stayed(given: Given) -> float:
    """How many items stand on both lists."""
    return len(_both(given))


def unmoved(given: Given) -> float:
    """How many of the first ``top`` places are held by the same item on both lists."""
    top = given.number("top", 0)
    pairs = _both(given).values()
    return sum(
        before.rank is not None and before.rank == after.rank and (top <= 0 or after.rank <= top)
        for before, after in pairs
    )


def _both(given: Given) -> Mapping[ItemKey, tuple[Reading, Reading]]:
    before, after = by_item(given, given.harvest("before")), by_item(given, given.harvest("after"))
    return {item: (before[item], after[item]) for item in after if item in before}


def shown_count(given: Given) -> float:
    """How many items of the list show the metric, above zero."""
    return len(_shown(given))


def spearman(given: Given) -> float:
    """Spearman's coefficient of place and metric over the items that show the metric; 1: the first has the most."""
    pairs = [(-float(reading.rank), value) for reading, value in _shown(given) if reading.rank is not None]
    return rank_correlation(pairs)


def rank_correlation(pairs: Sequence[tuple[float, float]]) -> float:
    """Spearman's coefficient of pairs, at least ``MIN_PAIRS``; equal values share their mean rank."""
    if len(pairs) < MIN_PAIRS:
        raise FormulaError(f"{len(pairs)} pairs are too few for a rank correlation: it needs {MIN_PAIRS}")
    ones, others = [pair[0] for pair in pairs], [pair[1] for pair in pairs]
    if len(set(ones)) < 2 or len(set(others)) < 2:
        raise FormulaError("values that are all equal have no order")
    return correlation(_ranks(ones), _ranks(others))


def _ranks(values: list[float]) -> list[float]:
    """The rank of each value from 1; equal values share the mean of their ranks."""
    ordered = sorted(values)
    return [(bisect_left(ordered, value) + bisect_right(ordered, value) + 1) / 2 for value in values]


def _shown(given: Given) -> list[tuple[Reading, float]]:
    metric = given.metric()
    shown = [(reading, float(reading.metrics.get(metric, 0))) for reading in given.listed(given.harvest("list"))]
    return [pair for pair in shown if pair[1] > 0]


def sum_listed(given: Given) -> float:
    """The sum of the metric over the list."""
    return sum(value for _, value in _shown(given))


def median_listed(given: Given) -> float:
    """The median of the metric over the items that show it."""
    shown = _shown(given)
    if not shown:
        raise FormulaError("no item of the list shows the metric")
    return median(value for _, value in shown)


def titles_with(given: Given) -> float:
    """How many items of the list have the word in their titles, provided the whole title of each is quoted."""
    word, titles = _letters(given.word("word")), given.many("titles")
    whole = [title for title in titles if isinstance(title, QuoteEvidence) and _is_whole_title(title, given)]
    listed = {reading.item for reading in given.listed(given.complete("list"))}
    if len(whole) != len(titles) or {title.item for title in whole} != listed:
        raise FormulaError("the titles quoted are not those of the whole list")
    return len({title.item for title in whole if word in _letters(title.text)})


def _is_whole_title(title: QuoteEvidence, given: Given) -> bool:
    stored = given.facts.item(title.version)
    return stored is not None and title.field == "title" and title.text == stored.title


def _letters(text: str) -> str:
    """Letters and digits alone, so that "Qwen 3.8 27B" is "Qwen3.8-27B"."""
    return "".join(character for character in text.casefold() if character.isalnum())


_ITEM = "item: a reading or a quotation of the item"
_LISTS = "lists: readings of one list, each read whole"
_LIST = "list: one whole list"
_METRIC = "metric: the metric"
_PLACE = "place: the worst place that counts (0: any)"

FORMULAS = (
    Definition(
        "absent",
        "1 where the item is not on the list, 0 where it is; no value for a list that was not read whole",
        absent,
        Measure.COUNT,
        operands=(_ITEM, _LIST),
        licences=frozenset({Licence.ABSENT}),
    ),
    Definition(
        "streak",
        "how many of the lists in a row, counted back from the newest, hold the item, at a place no worse than place",
        streak,
        Measure.LISTS,
        operands=(_ITEM, _LISTS),
        args=(_PLACE,),
        licences=frozenset({Licence.RUNNING}),
    ),
    Definition(
        "times_listed",
        "how many of the lists hold the item, at a place no worse than place",
        times_listed,
        Measure.LISTS,
        operands=(_ITEM, _LISTS),
        args=(_PLACE,),
    ),
    Definition(
        "days_listed",
        "on how many different days (UTC) one of the lists holds the item",
        days_listed,
        Measure.DAYS,
        operands=(_ITEM, _LISTS),
    ),
    Definition(
        "new_since",
        "how many items of list stand on none of the earlier lists",
        new_since,
        Measure.COUNT,
        operands=("list: the newer list", "lists: earlier readings of the same list, each read whole"),
        licences=frozenset({Licence.NEW}),
    ),
    Definition(
        "new_among",
        "how many of the items that the evidence names stand on list and on none of the earlier lists",
        new_among,
        Measure.COUNT,
        operands=(
            "of: readings or quotations",
            "list: the newer list",
            "lists: earlier readings of the same list, each read whole",
        ),
        licences=frozenset({Licence.NEW}),
    ),
    Definition(
        "first_listed",
        "how many earlier lists there are, provided the item stands on list and on none of them",
        first_listed,
        Measure.LISTS,
        operands=(_ITEM, "list: the newer list", "lists: earlier readings of the same list, each read whole"),
        licences=frozenset({Licence.NEW}),
    ),
    Definition(
        "days_away",
        "days from the last earlier list that holds the item to the newest, provided the newest holds it and at "
        "least the one before the newest does not",
        days_away,
        Measure.DAYS,
        operands=(_ITEM, _LISTS),
        licences=frozenset({Licence.BACK}),
    ),
    Definition(
        "stayed",
        "how many items stand on both lists",
        stayed,
        Measure.COUNT,
        operands=("before: the older list", "after: the newer list"),
    ),
    Definition(
        "unmoved",
        "how many items stand at the same place on both lists, among the first top places of the newer one",
        unmoved,
        Measure.COUNT,
        operands=("before: the older list", "after: the newer list"),
        args=("top: how many places are looked at (0: all)",),
    ),
    Definition(
        "shown_count",
        "how many items of the list show a value above zero of the metric",
        shown_count,
        Measure.COUNT,
        operands=(_LIST,),
        args=(_METRIC,),
    ),
    Definition(
        "spearman",
        "Spearman's rank correlation of the place (turned round, so that the first place is the largest) and the "
        f"metric, over the items with a place and a value above zero; ties share their mean rank; at least {MIN_PAIRS}",
        spearman,
        Measure.RATIO,
        operands=(_LIST,),
        args=(_METRIC,),
        licences=frozenset({Licence.ORDER}),
    ),
    Definition(
        "sum_listed",
        "the sum of the metric over the items of the list",
        sum_listed,
        Measure.METRIC,
        operands=(_LIST,),
        args=(_METRIC,),
    ),
    Definition(
        "median_listed",
        "the median of the metric over the items of the list that show a value above zero",
        median_listed,
        Measure.METRIC,
        operands=(_LIST,),
        args=(_METRIC,),
    ),
    Definition(
        "titles_with",
        "how many items of the list have the word in their titles (only letters and digits are compared, letter case "
        "is ignored), provided the whole stored title of every listed item is quoted",
        titles_with,
        Measure.COUNT,
        operands=(_LIST, "titles: quotations of the whole title of every item of the list"),
        args=("word: the word looked for",),
        licences=frozenset({Licence.ABSENT}),
    ),
)
