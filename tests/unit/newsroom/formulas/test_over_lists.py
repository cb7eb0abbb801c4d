"""The formulas over many lists, over shares and over sizes, on a world that can be counted by hand."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.evidence import Evidence, NamedFormula
from domain.items import ItemKey, Source
from domain.readings import Harvest, HarvestStatus, Lists, Metric
from newsroom.formulas import FormulaError, evaluate
from newsroom.formulas.operands import Operands
from newsroom.formulas.sizes import size_in
from tests.unit.newsroom.checking.world import DAY, TODAY, World, model

DAYS = 40
BIG, SMALL, TINY, MINI, ODD, LATE = (
    model(name) for name in ("ann/Oak-70B", "ann/Oak-7B-GGUF", "bob/Elm-270M", "bob/Elm-1.5B", "cid/Ash", "cid/Fir-27B")
)
ALWAYS = (BIG, SMALL, TINY, MINI, ODD)
MANY = [model(f"x{number % 4}/m{number}") for number in range(25)]


@dataclass(frozen=True)
class Small:
    """Lists of one name on ``DAYS`` days, one of them partial, one with a gap before it, and a list of 25."""

    world: World
    lists: list[Harvest]
    partial: Harvest
    wide: list[Harvest]

    def cite(self, item: ItemKey, metric: Metric | str = Metric.LIKES, day: int = -1) -> Evidence:
        return self.world.evidence[self.world.cite(self.lists[day], item, metric)]

    def list(self, day: int = -1) -> Evidence:
        return self.world.evidence[self.world.cite_list(self.lists[day])]

    def all(self, first: int = 0, last: int | None = None) -> tuple[Evidence, ...]:
        return tuple(self.world.evidence[self.world.cite_list(harvest)] for harvest in self.lists[first:last])

    def both(self) -> Mapping[str, Evidence]:
        return {"before": self.wide_list(0), "after": self.wide_list(1)}

    def wide_list(self, day: int = 1) -> Evidence:
        return self.world.evidence[self.world.cite_list(self.wide[day])]

    def of(self, metric: Metric, first: int, last: int) -> tuple[Evidence, ...]:
        return tuple(self.world.evidence[self.world.cite(self.wide[1], item, metric)] for item in MANY[first:last])


def _metrics(item: ItemKey, day: int) -> Mapping[Metric, int]:
    """BIG gains 10 a day and 500 on the last; TINY's score is 40 less the day; ODD never changes; LATE is new."""
    likes = {BIG: 1_000 + 10 * day + (490 if day == DAYS - 1 else 0), ODD: 5}.get(item, 100 + day)
    return {
        Metric.LIKES: likes,
        Metric.SCORE: 40 - day if item == TINY else 900 + day,
        Metric.PARAMETERS: 6_900_000_000,
    }


def _rows(day: int) -> list[ItemKey]:
    first = [ODD, *ALWAYS[:4]] if day == DAYS - 1 else [*ALWAYS[:4], ODD]
    return [*first, *([LATE] if day == DAYS - 1 else [])]


@pytest.fixture(scope="module")
def small() -> Small:
    world = World()
    for item in (*ALWAYS, LATE, *MANY):
        world.describe(item, f"https://huggingface.co/{item.external_id}")
    moments = [TODAY - (DAYS - 1 - day) * DAY - (5 * DAY if day < 10 else 0 * DAY) for day in range(DAYS)]
    lists = [
        world.store(Source.HUGGINGFACE, Lists.MODELS, at, [(item, _metrics(item, day)) for item in _rows(day)])
        for day, at in enumerate(moments)
    ]
    partial = world.store(Source.HUGGINGFACE, Lists.SPACES, TODAY, [(BIG, {})], status=HarvestStatus.PARTIAL)
    wide = [
        world.store(
            Source.HUGGINGFACE,
            Lists.DATASETS,
            TODAY - (1 - day) * DAY,
            [(item, _wide(number, day)) for number, item in enumerate(order)],
        )
        for day, order in enumerate((MANY, [*MANY[1:4], MANY[0], *MANY[4:]]))
    ]
    return Small(world, lists, partial, wide)


def _wide(number: int, day: int) -> Mapping[Metric, int]:
    return {Metric.LIKES: 100 + (number if day else 0), Metric.DOWNLOADS: 10 * number, Metric.SCORE: 2 * number}


Build = Callable[[Small], Operands]
Args = Mapping[str, str | int]
LAST = DAYS - 1

CASES: list[tuple[str, Args, Build, float]] = [
    ("lists_below", {"count": "size"}, lambda s: {"list": s.list(), "lists": s.all(0, -1)}, LAST),
    (
        "lists_below",
        {"count": "matching", "pattern": "27B"},
        lambda s: {"list": s.list(), "lists": s.all(0, -1)},
        LAST,
    ),
    ("readings_below", {}, lambda s: {"item": s.cite(BIG), "lists": s.all(0, -1)}, LAST),
    ("own_readings_below", {}, lambda s: {"item": s.cite(MINI), "lists": s.all(0, -1)}, LAST),
    ("own_readings_above", {}, lambda s: {"item": s.cite(TINY, Metric.SCORE), "lists": s.all(0, -1)}, LAST),
    ("own_readings_above", {}, lambda s: {"item": s.cite(ODD, "rank"), "lists": s.all(0, -1)}, LAST),
    ("own_days_below", {}, lambda s: {"item": s.cite(BIG), "lists": s.all()}, LAST - 2),
    ("days_below", {}, lambda s: {"item": s.cite(BIG), "lists": s.all()}, LAST - 2),
    ("longest_gap", {}, lambda s: {"lists": s.all()}, 6),
    ("lists_held", {}, lambda s: {"lists": s.all(3, 10)}, 7),
    ("items_held", {}, lambda s: {"lists": s.all()}, 6),
    ("held_once", {}, lambda s: {"lists": s.all()}, 1),
    ("median_stay", {}, lambda s: {"lists": s.all()}, DAYS),
    ("stayed_at_least", {"least": 14}, lambda s: {"lists": s.all()}, 5),
    ("longest_stay", {}, lambda s: {"item": s.cite(BIG), "lists": s.all()}, DAYS),
    ("owner_lists", {}, lambda s: {"item": s.cite(LATE), "lists": s.all()}, DAYS),
    ("owner_items", {}, lambda s: {"item": s.cite(LATE), "lists": s.all()}, 2),
    ("distinct_owners", {}, lambda s: {"of": (s.cite(BIG), s.cite(SMALL), s.cite(TINY), s.cite(BIG, day=0))}, 2),
    ("owners_held", {}, lambda s: {"lists": s.all()}, 3),
    ("agreement", {"one": "downloads", "other": "score"}, lambda s: {"list": s.wide_list()}, 1),
    ("more_of", {"one": "likes", "other": "downloads"}, lambda s: {"list": s.wide_list()}, 12),
    ("top_share", {"top": 1}, lambda s: {"of": s.of(Metric.DOWNLOADS, 1, 4)}, 200 / 3),
    ("part_of", {"metric": "downloads"}, lambda s: {"item": s.of(Metric.SCORE, 5, 6)[0]}, 20),
    ("median_part", {"metric": "downloads"}, lambda s: {"of": s.of(Metric.SCORE, 5, 10)}, 20),
    ("gained_count", {"metric": "likes"}, lambda s: s.both(), 24),
    ("lost_count", {"metric": "likes"}, lambda s: s.both(), 0),
    ("gained_sum", {"metric": "likes"}, lambda s: s.both(), 300),
    ("share_of_gains", {"metric": "likes", "top": 3}, lambda s: s.both(), 100 * (24 + 23 + 22) / 300),
    ("climbed_count", {}, lambda s: s.both(), 3),
    ("fallen_count", {}, lambda s: s.both(), 1),
    ("per_gain", {"metric": "likes", "other": "score", "which": "median"}, lambda s: s.both(), 2),
    ("per_gain_count", {"metric": "likes", "other": "score"}, lambda s: s.both(), 24),
    ("named_size", {"metric": "parameters"}, lambda s: {"item": s.cite(TINY)}, 270e6),
    ("agreed_size", {"metric": "parameters"}, lambda s: {"item": s.cite(SMALL, Metric.PARAMETERS)}, 6.9e9),
    ("sizes_named", {}, lambda s: {"list": s.list()}, 5),
    ("sizes_named", {"least": 7_000_000_000, "below": 70_000_000_000}, lambda s: {"list": s.list()}, 2),
    ("median_named", {"metric": "parameters"}, lambda s: {"list": s.list()}, 7e9),
    ("largest_named", {"metric": "parameters"}, lambda s: {"item": s.cite(BIG), "list": s.list()}, 70e9),
    ("smallest_named", {"metric": "parameters"}, lambda s: {"item": s.cite(TINY), "list": s.list()}, 270e6),
]
#: What is counted elsewhere in this file, and not by a case.
COUNTED = frozenset({case[0] for case in CASES} | {"lists_above", "steadiest_owner"})


@pytest.mark.parametrize(("name", "args", "build", "expected"), CASES, ids=[f"{c[0]} {dict(c[1])}" for c in CASES])
def test_a_formula_gives_what_a_hand_count_gives(
    small: Small, name: str, args: Args, build: Build, expected: float
) -> None:
    assert evaluate(NamedFormula(name, 1, dict(args)), build(small), small.world) == pytest.approx(expected)


REFUSALS: list[tuple[str, Args, Build, str]] = [
    ("lists_below", {"count": "size"}, lambda s: {"list": s.list(-2), "lists": s.all(0, -2)}, "no extreme"),
    ("lists_below", {"count": "size"}, lambda s: {"list": s.list(), "lists": s.all(11, -1)}, "28 lists are too few"),
    ("lists_below", {"count": "size"}, lambda s: {"list": s.list(3), "lists": s.all(4)}, "against earlier"),
    ("lists_below", {"count": "weight"}, lambda s: {"list": s.list(), "lists": s.all(0, -1)}, "is counted by"),
    ("lists_below", {"count": "size"}, lambda s: {"list": _partial(s), "lists": s.all(0, -1)}, "not read whole"),
    ("lists_above", {"count": "publishers"}, lambda s: {"list": s.list(), "lists": s.all(0, -1)}, "no extreme"),
    ("readings_below", {}, lambda s: {"item": s.cite(MINI), "lists": s.all(0, -1)}, "was reached on an earlier"),
    ("readings_below", {}, lambda s: {"item": s.cite(BIG), "lists": s.all(20, -1)}, "too few for a record"),
    ("readings_below", {}, lambda s: {"item": s.cite(BIG), "lists": s.all()}, "against earlier"),
    ("readings_below", {}, lambda s: {"item": s.cite(BIG), "lists": (s.wide_list(0),)}, "does not stand on"),
    ("own_readings_below", {}, lambda s: {"item": s.cite(ODD), "lists": s.all(0, -1)}, "no extreme"),
    ("own_readings_below", {}, lambda s: {"item": s.cite(BIG), "lists": s.all(30, -1)}, "9 readings are too few"),
    ("own_days_below", {}, lambda s: {"item": s.cite(SMALL), "lists": s.all()}, "on an earlier day"),
    ("own_days_below", {}, lambda s: {"item": s.cite(LATE), "lists": s.all()}, "no gain of the last day"),
    ("own_days_below", {}, lambda s: {"item": s.cite(BIG, day=5), "lists": s.all()}, "no gain of the last day"),
    ("days_below", {}, lambda s: {"item": s.cite(SMALL), "lists": s.all()}, "on an earlier day"),
    ("days_below", {}, lambda s: {"item": s.cite(BIG), "lists": s.all(12)}, "days are too few"),
    ("days_below", {}, lambda s: {"item": s.cite(BIG), "lists": (s.list(), s.list(0))}, "a day apart"),
    ("longest_gap", {}, lambda s: {"lists": (s.list(),)}, "between two lists"),
    ("longest_stay", {}, lambda s: {"item": s.cite(LATE), "lists": s.all()}, "held by most"),
    ("steadiest_owner", {}, lambda s: {"item": s.cite(BIG), "lists": s.all()}, "on as many lists"),
    ("agreement", {"one": "likes", "other": "score"}, lambda s: {"list": s.list()}, "too few"),
    ("more_of", {"one": "likes", "other": "score"}, lambda s: {"list": _partial(s)}, "not read whole"),
    ("top_share", {"top": 3}, lambda s: {"of": s.of(Metric.DOWNLOADS, 1, 4)}, "no 3 largest"),
    ("top_share", {"top": 1}, lambda s: {"of": (s.cite(BIG), s.cite(BIG, day=0))}, "different items"),
    ("top_share", {"top": 1}, lambda s: {"of": (s.cite(BIG), s.cite(TINY, Metric.SCORE))}, "one metric"),
    ("top_share", {"top": 1}, lambda s: {"of": s.of(Metric.DOWNLOADS, 0, 1) + s.of(Metric.SCORE, 0, 1)}, "one metric"),
    ("part_of", {"metric": "stars"}, lambda s: {"item": s.cite(BIG)}, "no part of"),
    ("part_of", {"metric": "likes"}, lambda s: {"item": s.cite(ODD, Metric.SCORE)}, "no part of"),
    ("median_part", {"metric": "downloads"}, lambda s: {"of": s.of(Metric.SCORE, 5, 9)}, "too few for a median"),
    ("share_of_gains", {"metric": "likes", "top": 24}, lambda s: s.both(), "no 24 largest"),
    ("per_gain", {"metric": "likes", "other": "score", "which": "mean"}, lambda s: s.both(), "no choice"),
    ("per_gain", {"metric": "likes", "other": "stars", "which": "median"}, lambda s: s.both(), "0 ratios"),
    ("named_size", {"metric": "parameters"}, lambda s: {"item": s.cite(ODD)}, "says no size"),
    ("agreed_size", {"metric": "parameters"}, lambda s: {"item": s.cite(BIG, Metric.PARAMETERS)}, "do not agree"),
    ("agreed_size", {"metric": "parameters"}, lambda s: {"item": s.cite(SMALL)}, "do not agree"),
    ("median_named", {"metric": "parameters"}, lambda s: {"list": s.list(0)}, "4 names with a size"),
    ("largest_named", {"metric": "parameters"}, lambda s: {"item": s.cite(TINY), "list": s.list()}, "not the extreme"),
    ("smallest_named", {"metric": "parameters"}, lambda s: {"item": s.cite(BIG), "list": s.list()}, "not the extreme"),
]


def _partial(small: Small) -> Evidence:
    return small.world.evidence[small.world.cite_list(small.partial)]


@pytest.mark.parametrize(("name", "args", "build", "why"), REFUSALS, ids=[f"{c[0]} {c[3]}" for c in REFUSALS])
def test_a_formula_without_a_value_says_why(small: Small, name: str, args: Args, build: Build, why: str) -> None:
    with pytest.raises(FormulaError, match=why):
        evaluate(NamedFormula(name, 1, dict(args)), build(small), small.world)


def test_an_owner_alone_on_most_lists_is_the_steadiest() -> None:
    world = World()
    for item in (BIG, LATE):
        world.describe(item, f"https://huggingface.co/{item.external_id}")
    rows = [[BIG, LATE], [BIG], [BIG]]
    lists = [
        world.store(Source.HUGGINGFACE, Lists.MODELS, TODAY + day * DAY, [(item, {Metric.LIKES: 1}) for item in held])
        for day, held in enumerate(rows)
    ]
    cited = tuple(world.evidence[world.cite_list(each)] for each in lists)
    liked = world.evidence[world.cite(lists[-1], BIG, Metric.LIKES)]
    assert evaluate(NamedFormula("steadiest_owner", 1), {"item": liked, "lists": cited}, world) == 3
    above = {"list": cited[0], "lists": cited[1:]}
    with pytest.raises(FormulaError, match="too few"):
        evaluate(NamedFormula("lists_above", 1, {"count": "size"}), above, world)


def test_a_list_shorter_than_all_before_it_is_found() -> None:
    world = World()
    for item in (BIG, LATE):
        world.describe(item, f"https://huggingface.co/{item.external_id}")
    held = [[BIG, LATE]] * 30 + [[BIG]]
    lists = [
        world.store(Source.HUGGINGFACE, Lists.MODELS, TODAY + day * DAY, [(item, {}) for item in items])
        for day, items in enumerate(held)
    ]
    *earlier, today = (world.evidence[world.cite_list(each)] for each in lists)
    formula = NamedFormula("lists_above", 1, {"count": "size"})
    assert evaluate(formula, {"list": today, "lists": tuple(earlier)}, world) == 30


@pytest.mark.parametrize(
    ("name", "size"),
    [
        ("Qwen3.8-27B-GGUF", 27e9),
        ("Qwen3.6-35B-A3B-NVFP4", 35e9),
        ("Qwythos-9B-Claude-Mythos-5-1M-GGUF", 9e9),
        ("Qwen3.8-2.4T-A95B", 2.4e12),
        ("gemma-3-270m-it", 270e6),
        ("Elm-1M", None),
        ("GLM-5.2", None),
        ("Mixtral-8x7B", None),
        ("model-4bit", None),
        ("v2.5B2", None),
    ],
)
def test_a_size_is_read_from_a_name_as_a_reader_would(name: str, size: float | None) -> None:
    assert size_in(name) == size


@given(st.integers(10, 999), st.sampled_from("MBmb"), st.text("abcXYZ", min_size=1, max_size=8))
def test_a_number_with_its_unit_between_hyphens_is_the_size(number: int, unit: str, word: str) -> None:
    assert size_in(f"{word}-{number}{unit}-{word}") == number * (1e6 if unit in "Mm" else 1e9)


@given(st.lists(st.integers(0, 60), min_size=31, max_size=40))
def test_a_list_beats_those_before_it_exactly_when_each_is_shorter(sizes: list[int]) -> None:
    world = World()
    items = [model(f"ann/m{number}") for number in range(61)]
    lists = [
        world.store(Source.HUGGINGFACE, Lists.MODELS, TODAY + day * DAY, [(item, {}) for item in items[: size + 1]])
        for day, size in enumerate(sizes)
    ]
    *earlier, today = (world.evidence[world.cite_list(each)] for each in lists)
    formula = NamedFormula("lists_below", 1, {"count": "size"})
    operands: Operands = {"list": today, "lists": tuple(earlier)}
    if max(sizes[:-1]) < sizes[-1]:
        assert evaluate(formula, operands, world) == len(sizes) - 1
    else:
        with pytest.raises(FormulaError):
            evaluate(formula, operands, world)


def test_the_lists_of_this_world_have_one_gap(small: Small) -> None:
    distances = {(after.observed_at - before.observed_at) for before, after in pairwise(small.lists)}
    assert distances == {DAY, 6 * DAY}
