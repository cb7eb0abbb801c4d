"""Each named formula on a small world whose answers can be counted by hand, and the evidence that it refuses."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import timedelta

import pytest

from domain.evidence import Evidence, HarvestEvidence, NamedFormula, QuoteEvidence
from domain.items import ItemKey, Source
from domain.readings import Harvest, HarvestStatus, Lists, Metric
from newsroom.formulas import REGISTRY, FormulaError, evaluate
from newsroom.formulas.operands import Operands
from tests.unit.newsroom.checking.world import DAY, TODAY, World, hn_story, model
from tests.unit.newsroom.formulas.test_over_lists import COUNTED
from tests.unit.newsroom.formulas.test_stories import COUNTED as COUNTED_IN_WORDS

#: Twelve models; the list of day d (0 to 34) holds them in this order, with the changes of ``_order``.
MODELS = [model(f"{owner}/{name}") for owner in ("ann", "bob", "cid") for name in ("Oak-1", "Elm-1", "Oak-2", "Fir")]
ANN_OAK, ANN_ELM, ANN_OAK2, ANN_FIR, BOB_OAK, *_ = MODELS
LATE = model("dan/Late")  # new on the last day
GUEST = model("eve/Guest")  # on the first ten days and again on the last
DAYS = 35


@dataclass(frozen=True)
class Small:
    """The world, its lists (oldest first) and a list of titles."""

    world: World
    lists: list[Harvest]
    partial: Harvest
    titles: Harvest
    wide: Harvest

    def cite(self, item: ItemKey, metric: Metric | str = Metric.LIKES, day: int = -1) -> Evidence:
        return self.world.evidence[self.world.cite(self.lists[day], item, metric)]

    def list(self, day: int = -1) -> Evidence:
        return self.world.evidence[self.world.cite_list(self.lists[day])]

    def all_lists(self, first: int = 0, last: int | None = None) -> tuple[Evidence, ...]:
        return tuple(self.world.evidence[self.world.cite_list(harvest)] for harvest in self.lists[first:last])

    def pair(self, item: ItemKey, metric: Metric | str = Metric.LIKES) -> Mapping[str, Evidence]:
        ends = {"a": self.cite(item, metric, -2), "b": self.cite(item, metric, -1)}
        return {**ends, "before": self.list(-2), "after": self.list(-1)}

    def quote(self, item: ItemKey, text: str) -> QuoteEvidence:
        quoted = self.world.evidence[self.world.cite_words(item, "title", text)]
        assert isinstance(quoted, QuoteEvidence)
        return quoted


def _order(day: int) -> list[ItemKey]:
    order = list(MODELS)
    if day == DAYS - 1:  # Elm climbs from 2 to 1, bob's Oak from 5 to 3, Fir falls from 4 to 12; Late enters at 6
        order = [ANN_ELM, ANN_OAK, BOB_OAK, ANN_OAK2, MODELS[5], LATE, *MODELS[6:], ANN_FIR]
    if day < 10 or day == DAYS - 1:
        order.append(GUEST)
    return order


def _likes(item: ItemKey, day: int) -> Mapping[Metric, int]:
    """The n-th model has 1,000 - 10 n likes and gains n a day; Late has 5, Guest 7."""
    if item not in MODELS:
        return {Metric.LIKES: 5 if item == LATE else 7}
    n = MODELS.index(item)
    return {Metric.LIKES: 1_000 - 10 * n + n * day, Metric.DOWNLOADS: 100 * n}


@pytest.fixture(scope="module")
def small() -> Small:
    world = World()
    for item in (*MODELS, LATE, GUEST):
        world.describe(item, f"https://huggingface.co/{item.external_id}")
    lists = [
        world.store(
            Source.HUGGINGFACE,
            Lists.MODELS,
            TODAY - (DAYS - 1 - day) * DAY,
            [(item, _likes(item, day)) for item in _order(day)],
        )
        for day in range(DAYS)
    ]
    partial = world.store(Source.HUGGINGFACE, Lists.SPACES, TODAY, [(ANN_OAK, {})], status=HarvestStatus.PARTIAL)
    stories = [hn_story(str(number)) for number in range(3)]
    for story, title in zip(stories, ("Oak 1 is out", "Elm and oak-1", "Bread"), strict=True):
        world.describe(story, f"https://example.org/{story.external_id}", title=title)
    titles = world.store(
        Source.HACKERNEWS, Lists.HN_FRONT_PAGE, TODAY, [(story, {Metric.POINTS: 9}) for story in stories]
    )
    many = [model(f"x/m{number}") for number in range(25)]
    for item in many:
        world.describe(item, f"https://huggingface.co/{item.external_id}")
    wide = world.store(
        Source.HUGGINGFACE,
        Lists.DATASETS,
        TODAY,
        [(item, {Metric.LIKES: 100 - place, Metric.DOWNLOADS: place + 1}) for place, item in enumerate(many)],
    )
    return Small(world, lists, partial, titles, wide)


def _evidence_of(small: Small, harvest: Harvest) -> Evidence:
    return small.world.evidence[small.world.cite_list(harvest)]


Build = Callable[[Small], Operands]

CASES: list[tuple[str, Mapping[str, str | int], Build, float]] = [
    ("growth_percent", {}, lambda s: {"a": s.cite(BOB_OAK, day=0), "b": s.cite(BOB_OAK, day=10)}, 100 * 40 / 960),
    ("passed", {"mark": 1_000}, lambda s: {"a": s.cite(ANN_ELM, day=0), "b": s.cite(ANN_ELM, day=15)}, 1_000),
    ("date", {}, lambda s: {"at": s.list()}, 20260822),
    ("date", {"zone": "Pacific/Auckland"}, lambda s: {"at": _at(s.list(), 13)}, 20260823),
    ("time", {}, lambda s: {"at": s.list()}, 600),
    ("distinct_items", {}, lambda s: {"of": (s.cite(ANN_OAK), s.cite(ANN_OAK, "rank"), s.cite(ANN_ELM))}, 2),
    ("distinct_sources", {}, lambda s: {"of": (s.list(), s.list(0), _evidence_of(s, s.titles))}, 2),
    ("distinct_days", {}, lambda s: {"of": (s.list(), s.list(-2), s.cite(ANN_OAK))}, 2),
    ("quoted_count", {"word": "OAK"}, lambda s: {"of": _oak_titles(s)}, 2),
    ("absent", {}, lambda s: {"item": s.cite(LATE), "list": s.list(-2)}, 1),
    ("absent", {}, lambda s: {"item": s.cite(LATE), "list": s.list()}, 0),
    ("streak", {}, lambda s: {"item": s.cite(ANN_OAK), "lists": s.all_lists()}, DAYS),
    ("streak", {"place": 1}, lambda s: {"item": s.cite(ANN_ELM), "lists": s.all_lists()}, 1),
    ("streak", {"place": 1}, lambda s: {"item": s.cite(ANN_OAK), "lists": s.all_lists(0, -1)}, DAYS - 1),
    ("times_listed", {}, lambda s: {"item": s.cite(GUEST), "lists": s.all_lists()}, 11),
    ("times_listed", {"place": 3}, lambda s: {"item": s.cite(BOB_OAK), "lists": s.all_lists()}, 1),
    ("days_listed", {}, lambda s: {"item": s.cite(GUEST), "lists": s.all_lists()}, 11),
    ("days_away", {}, lambda s: {"item": s.cite(GUEST), "lists": s.all_lists()}, 25),
    ("new_since", {}, lambda s: {"list": s.list(), "lists": s.all_lists(-2, -1)}, 2),
    ("new_since", {}, lambda s: {"list": s.list(), "lists": s.all_lists(0, -1)}, 1),
    (
        "new_among",
        {},
        lambda s: {
            "of": (s.cite(LATE), s.cite(GUEST), s.cite(ANN_OAK)),
            "list": s.list(),
            "lists": s.all_lists(-3, -1),
        },
        2,
    ),
    ("first_listed", {}, lambda s: {"item": s.cite(LATE), "list": s.list(), "lists": s.all_lists(0, -1)}, DAYS - 1),
    ("stayed", {}, lambda s: {"before": s.list(-2), "after": s.list()}, 12),
    ("unmoved", {}, lambda s: {"before": s.list(-3), "after": s.list(-2)}, 12),
    ("unmoved", {"top": 3}, lambda s: {"before": s.list(-3), "after": s.list(-2)}, 3),
    ("shown_count", {"metric": "downloads"}, lambda s: {"list": s.list(-2)}, 11),
    ("spearman", {"metric": "likes"}, lambda s: {"list": _evidence_of(s, s.wide)}, 1),
    ("spearman", {"metric": "downloads"}, lambda s: {"list": _evidence_of(s, s.wide)}, -1),
    ("sum_listed", {"metric": "downloads"}, lambda s: {"list": s.list(-2)}, 6_600),
    ("median_listed", {"metric": "downloads"}, lambda s: {"list": s.list(-2)}, 600),
    ("titles_with", {"word": "oak-1"}, lambda s: {"list": _evidence_of(s, s.titles), "titles": _titles(s)}, 2),
    ("titles_with", {"word": "Larch"}, lambda s: {"list": _evidence_of(s, s.titles), "titles": _titles(s)}, 0),
    ("largest_gain", {}, lambda s: s.pair(MODELS[11]), 11),
    ("gain_rank", {}, lambda s: s.pair(BOB_OAK), 8),
    ("largest_growth", {}, lambda s: s.pair(MODELS[11]), 100 * 11 / (890 + 11 * 33)),
    ("median_gain", {"metric": "likes"}, lambda s: {"before": s.list(-2), "after": s.list()}, 5.5),
    ("times_median_gain", {}, lambda s: s.pair(MODELS[11]), 2),
    ("largest_climb", {}, lambda s: s.pair(BOB_OAK, "rank"), 2),
    ("largest_fall", {}, lambda s: s.pair(ANN_FIR, "rank"), -9),
    ("highest_listed", {}, lambda s: {"item": s.cite(MODELS[11]), "list": s.list()}, 890 + 11 * 34),
    ("lowest_listed", {}, lambda s: {"item": s.cite(LATE), "list": s.list()}, 5),
    ("metric_rank", {}, lambda s: {"item": s.cite(MODELS[10]), "list": s.list()}, 2),
    ("record_max", {}, lambda s: {"item": s.cite(MODELS[11]), "lists": s.all_lists()}, 890 + 11 * 34),
    ("record_min", {}, lambda s: {"item": s.cite(LATE), "lists": s.all_lists()}, 5),
    ("own_record_max", {}, lambda s: {"item": s.cite(ANN_ELM), "lists": s.all_lists()}, 990 + 34),
    ("own_record_min", {}, lambda s: {"item": s.cite(ANN_ELM, day=0), "lists": s.all_lists()}, 990),
    ("own_readings", {}, lambda s: {"item": s.cite(GUEST), "lists": s.all_lists()}, 11),
    ("record_pattern_count", {"pattern": "late|guest"}, lambda s: {"list": s.list(), "lists": s.all_lists(0, -1)}, 2),
    ("pattern_count", {"pattern": "oak"}, lambda s: {"list": s.list(-2)}, 6),
    ("pattern_count", {"pattern": "ann", "field": "owner"}, lambda s: {"list": s.list(-2)}, 4),
    ("pattern_count", {"pattern": "ann", "field": "name"}, lambda s: {"list": s.list(-2)}, 0),
    ("share", {"pattern": "oak"}, lambda s: {"list": s.list(-2)}, 50),
    ("only_match", {"pattern": "late"}, lambda s: {"item": s.cite(LATE), "list": s.list()}, 1),
    ("sum_matching", {"pattern": "cid", "metric": "downloads"}, lambda s: {"list": s.list(-2)}, 3_800),
    ("share_of_sum", {"pattern": "cid", "metric": "downloads"}, lambda s: {"list": s.list(-2)}, 100 * 38 / 66),
    ("distinct_publishers", {}, lambda s: {"list": s.list()}, 5),
    ("distinct_publishers", {"pattern": "oak"}, lambda s: {"list": s.list()}, 3),
    ("largest_publisher", {}, lambda s: {"item": s.cite(ANN_OAK), "list": s.list()}, 4),
]


def _at(evidence: Evidence, hour: int) -> Evidence:
    assert isinstance(evidence, HarvestEvidence)
    return replace(evidence, observed_at=evidence.observed_at.replace(hour=hour))


def _oak_titles(small: Small) -> tuple[Evidence, ...]:
    return small.quote(hn_story("0"), "Oak 1"), small.quote(hn_story("1"), "oak-1"), small.quote(hn_story("0"), "Oak")


def _titles(small: Small) -> tuple[Evidence, ...]:
    return tuple(small.quote(item, small.world.words_of(item).title) for item in map(hn_story, "012"))


@pytest.mark.parametrize(("name", "args", "build", "expected"), CASES, ids=[f"{c[0]} {dict(c[1])}" for c in CASES])
def test_a_formula_gives_what_a_hand_count_gives(
    small: Small, name: str, args: Mapping[str, str | int], build: Build, expected: float
) -> None:
    assert evaluate(NamedFormula(name, 1, dict(args)), build(small), small.world) == pytest.approx(expected)


def test_every_formula_of_the_registry_is_counted_by_hand() -> None:
    here = {case[0] for case in CASES} | COUNTED | COUNTED_IN_WORDS
    assert {name for name, _ in REGISTRY} <= here


REFUSALS: list[tuple[str, Mapping[str, str | int], Build, str]] = [
    ("growth_percent", {"floor": 5_000}, lambda s: {"a": s.cite(ANN_OAK, day=0), "b": s.cite(ANN_OAK)}, "too little"),
    ("growth_percent", {}, lambda s: {"a": s.cite(ANN_OAK, day=0), "b": s.cite(ANN_ELM)}, "cannot be compared"),
    ("growth_percent", {}, lambda s: {"a": s.cite(ANN_OAK), "b": s.cite(ANN_OAK, day=0)}, "must be older"),
    ("growth_percent", {}, lambda s: {"a": s.list(), "b": s.cite(ANN_OAK)}, "must be a reading"),
    ("growth_percent", {}, lambda s: {"a": s.cite(ANN_OAK)}, "'b' is missing"),
    ("growth_percent", {}, lambda s: {"a": (s.cite(ANN_OAK),), "b": s.cite(ANN_OAK)}, "not a list"),
    ("passed", {"mark": 5_000}, lambda s: {"a": s.cite(ANN_ELM, day=0), "b": s.cite(ANN_ELM)}, "does not lie between"),
    ("passed", {}, lambda s: {"a": s.cite(ANN_ELM, day=0), "b": s.cite(ANN_ELM)}, "'mark' must be a number"),
    ("date", {"zone": "Mars/Olympus"}, lambda s: {"at": s.list()}, "is no time zone"),
    ("date", {"zone": "../etc/passwd"}, lambda s: {"at": s.list()}, "is no time zone"),
    ("quoted_count", {"word": "elm"}, lambda s: {"of": _oak_titles(s)}, "not every quotation"),
    ("quoted_count", {"word": ""}, lambda s: {"of": _oak_titles(s)}, "a text that is not empty"),
    ("absent", {}, lambda s: {"item": s.cite(LATE), "list": _evidence_of(s, s.partial)}, "not read whole"),
    ("absent", {}, lambda s: {"item": s.list(), "list": s.list()}, "must name an item"),
    ("absent", {}, lambda s: {"item": s.cite(LATE), "list": s.cite(LATE)}, "must be a whole list"),
    ("absent", {}, lambda s: {"item": s.cite(LATE), "list": _longer(s.list())}, "15 items, and 14 are stored"),
    ("streak", {}, lambda s: {"item": s.cite(ANN_OAK), "lists": ()}, "at least one"),
    ("streak", {}, lambda s: {"item": s.cite(ANN_OAK), "lists": (s.list(), s.list())}, "same list twice"),
    ("streak", {}, lambda s: {"item": s.cite(ANN_OAK), "lists": (s.list(), _evidence_of(s, s.wide))}, "mixes"),
    ("streak", {}, lambda s: {"item": s.cite(ANN_OAK), "lists": (s.list(), s.cite(ANN_OAK))}, "whole lists"),
    ("streak", {"place": "first"}, lambda s: {"item": s.cite(ANN_OAK), "lists": s.all_lists()}, "must be a number"),
    ("new_since", {}, lambda s: {"list": s.list(0), "lists": s.all_lists(-2, -1)}, "against earlier"),
    ("first_listed", {}, lambda s: {"item": s.cite(GUEST), "list": s.list(), "lists": s.all_lists(0, -1)}, "not new"),
    ("days_away", {}, lambda s: {"item": s.cite(ANN_OAK), "lists": s.all_lists()}, "was not away"),
    ("days_away", {}, lambda s: {"item": s.cite(GUEST), "lists": s.all_lists(0, -1)}, "not on the newest"),
    ("spearman", {"metric": "likes"}, lambda s: {"list": s.list()}, "14 pairs are too few"),
    ("spearman", {"metric": "hearts"}, lambda s: {"list": s.list()}, "is no metric"),
    ("median_listed", {"metric": "stars"}, lambda s: {"list": s.list()}, "no item of the list shows"),
    (
        "titles_with",
        {"word": "oak"},
        lambda s: {"list": _evidence_of(s, s.titles), "titles": _titles(s)[:2]},
        "whole list",
    ),
    ("titles_with", {"word": "oak"}, lambda s: {"list": _evidence_of(s, s.titles), "titles": _oak_titles(s)}, "whole"),
    ("largest_gain", {}, lambda s: s.pair(BOB_OAK), "is not the extreme"),
    ("largest_gain", {}, lambda s: {**s.pair(MODELS[11]), "before": s.list(-3)}, "not one of the list"),
    ("largest_gain", {}, lambda s: s.pair(BOB_OAK, "rank"), "is no metric"),
    ("largest_climb", {}, lambda s: {**s.pair(BOB_OAK), "a": s.cite(ANN_OAK, day=-2)}, "different items"),
    ("median_gain", {"metric": "likes"}, lambda s: {"before": s.list(), "after": s.list(-2)}, "an older and a newer"),
    ("times_median_gain", {}, lambda s: s.pair(MODELS[11], Metric.DOWNLOADS), "not above zero"),
    ("highest_listed", {}, lambda s: {"item": s.cite(ANN_OAK), "list": s.list()}, "is not the extreme"),
    ("record_max", {}, lambda s: {"item": s.cite(ANN_OAK), "lists": s.all_lists()}, "is no record"),
    ("record_max", {}, lambda s: {"item": s.cite(MODELS[11]), "lists": s.all_lists(10)}, "25 lists are too few"),
    ("record_max", {}, lambda s: {"item": s.cite(ANN_OAK), "lists": (_evidence_of(s, s.wide),)}, "too few"),
    ("own_record_max", {}, lambda s: {"item": s.cite(GUEST), "lists": s.all_lists()}, "11 readings are too few"),
    ("own_readings", {}, lambda s: {"item": s.cite(GUEST), "lists": (_evidence_of(s, s.wide),)}, "does not stand on"),
    ("record_pattern_count", {"pattern": "fir"}, lambda s: {"list": s.list(), "lists": s.all_lists(0, 9)}, "too few"),
    (
        "record_pattern_count",
        {"pattern": "guest"},
        lambda s: {"list": s.list(20), "lists": s.all_lists()},
        "holds more",
    ),
    ("pattern_count", {"pattern": " | "}, lambda s: {"list": s.list()}, "needs a word"),
    ("pattern_count", {"pattern": "oak", "field": "url"}, lambda s: {"list": s.list()}, "the field one of"),
    ("only_match", {"pattern": "oak"}, lambda s: {"item": s.cite(ANN_OAK), "list": s.list()}, "6 items of the list"),
    ("share_of_sum", {"pattern": "oak", "metric": "stars"}, lambda s: {"list": s.list()}, "shows no stars"),
    ("distinct_publishers", {}, lambda s: {"list": _evidence_of(s, s.titles)}, "have no owners"),
    ("largest_publisher", {}, lambda s: {"item": s.cite(LATE), "list": s.list()}, "not the owner of most"),
]


def _longer(evidence: Evidence) -> Evidence:
    assert isinstance(evidence, HarvestEvidence)
    return replace(evidence, items=evidence.items + 1)


@pytest.mark.parametrize(("name", "args", "build", "why"), REFUSALS, ids=[f"{c[0]} {c[3]}" for c in REFUSALS])
def test_a_formula_without_a_value_says_why(
    small: Small, name: str, args: Mapping[str, str | int], build: Build, why: str
) -> None:
    with pytest.raises(FormulaError, match=why):
        evaluate(NamedFormula(name, 1, dict(args)), build(small), small.world)


def test_a_list_formula_needs_the_stored_lists(small: Small) -> None:
    with pytest.raises(FormulaError, match="needs the stored lists"):
        evaluate(NamedFormula("absent", 1), {"item": small.cite(LATE), "list": small.list()})


def test_lists_given_in_any_order_are_read_in_the_order_of_time(small: Small) -> None:
    operands: Operands = {"item": small.cite(GUEST), "lists": tuple(reversed(small.all_lists()))}
    assert evaluate(NamedFormula("days_away", 1), operands, small.world) == 25


def test_a_growth_to_infinity_is_no_value(small: Small) -> None:
    late = small.cite(LATE)
    operands: Operands = {"a": late, "b": replace(late, observed_at=late.observed_at + timedelta(days=1))}
    assert evaluate(NamedFormula("growth_percent", 1), operands, small.world) == 0
