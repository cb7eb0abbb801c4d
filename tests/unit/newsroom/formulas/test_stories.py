"""The formulas over words, each counted by hand on a made-up week, and refused where it may not speak."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from math import log, sqrt

import pytest

from domain.claims import Name
from domain.evidence import Evidence, EvidenceId, NamedFormula
from domain.items import Item, Source
from domain.readings import HarvestStatus, Lists
from newsroom.citations import Citations
from newsroom.formulas import FormulaError, Operands, evaluate
from newsroom.formulas.stories import log_odds_z
from newsroom.record import Listing, Record
from tests.unit.newsroom.worlds import Row, World, model, moment, on, post, press_time, repository, story

AT = press_time(on(9)).isoformat()

#: Every formula of newsroom/formulas/stories.py, so that the registry's own test finds it counted.
COUNTED = frozenset(
    {
        *("about_ai", "share_about_ai", "about_ai_among", "one_story_sites", "named_count"),
        *("said_count", "words_with", "log_odds", "kept_top"),
    }
)

AGENT = repository("ann/garden-kit", "An AI agent that waters a garden.")
PUMP = repository("bob/pump", "Drivers for garden pumps.")
LAMP = repository("cid/lamp", "Lamps for a shed.")
SHOW = story(1, "Show HN: Garden kit, an agent for plants", "https://github.com/Ann/garden-kit")
SILENT = story(2, "Watering plants while you sleep", "https://plants.example/a")
POSTED = post("plants", "a", "Watering plants with an LLM while you sleep at night", on(9))
NAMED = story(3, "GPT-5.6 beats gpt5.6 at chess and at gardening")
HUB = model("lab/GPT-5.6-tiny")


class Week:
    """Ten mornings of GitHub's page; "garden" is on it once, and on the last day twice."""

    def __init__(self) -> None:
        world = World()
        for number in range(10):
            rows: list[Row] = [(AGENT, {}), (LAMP, {})] if number < 9 else [(PUMP, {}), (AGENT, {}), (LAMP, {})]
            world.read(Source.GITHUB, Lists.GITHUB_DAILY, moment(on(number)), rows)
        stories: list[Row] = [(each, {}) for each in (SHOW, SILENT, NAMED)]
        world.read(Source.HACKERNEWS, Lists.HN_FRONT_PAGE, moment(on(9)), stories)
        world.read(Source.FEEDS, "plants", moment(on(9)), [(POSTED, {})], ranked=False)
        world.read(Source.HUGGINGFACE, Lists.MODELS, moment(on(9)), [(HUB, {})])
        self.record: Record = world.record()
        self.cite = Citations(self.record)

    def list(self, day: int = 9) -> Evidence:
        harvest = self.record.harvests[day]
        return self.cite.evidence[self.cite.list(Listing(harvest, tuple(self.record.listed(harvest.id))))]

    def lists(self, first: int, last: int) -> tuple[Evidence, ...]:
        return tuple(self.list(day) for day in range(first, last + 1))

    def name(self, item: Item) -> Evidence:
        named = self.cite.name(item.key)
        assert isinstance(named, Name)
        return self.cite.evidence[named.evidence]

    def words(self, item: Item, field: str, text: str) -> Evidence:
        stored = self.record.about(item.key)
        assert stored is not None
        cited = self.cite.words(stored, field, text)
        assert cited is not None
        return self.cite.evidence[EvidenceId(cited)]


@pytest.fixture(scope="module")
def week() -> Week:
    return Week()


Args = Mapping[str, str | int]
Build = Callable[[Week], Operands]
RULE: Args = {"edition": 1, "at": AT}
WORD: Args = {"word": "garden", "at": AT}

CASES: list[tuple[str, Args, Build, float]] = [
    ("about_ai", RULE, lambda w: {"list": w.list()}, 1),
    ("share_about_ai", RULE, lambda w: {"list": w.list()}, 100 / 3),
    ("about_ai_among", RULE, lambda w: {"of": (w.name(AGENT), w.name(SHOW), w.name(HUB))}, 3),
    ("one_story_sites", {}, lambda w: {"of": (w.name(AGENT), w.name(SHOW))}, 2),
    ("named_count", {"name": "gpt 5.6"}, lambda w: {"of": _spellings(w)}, 2),
    ("named_count", {"name": "gpt 5.6", "kind": "story"}, lambda w: {"of": _spellings(w)}, 1),
    ("said_count", {"word": "garden"}, lambda w: {"of": _gardens(w)}, 2),
    ("said_count", {"word": "garden", "kind": "repository"}, lambda w: {"of": _gardens(w)}, 1),
    ("words_with", WORD, lambda w: {"list": w.list()}, 2),
    ("words_with", {**WORD, "word": "garden pumps"}, lambda w: {"list": w.list()}, 1),
    ("kept_top", {"top": 2}, lambda w: {"before": w.list(8), "after": w.list()}, 1),
    ("kept_top", {"top": 3}, lambda w: {"before": w.list(8), "after": w.list()}, 2),
]


def _spellings(week: Week) -> tuple[Evidence, ...]:
    return week.words(NAMED, "title", "gpt5.6"), week.words(NAMED, "title", "GPT-5.6"), _in_id(week)


def _in_id(week: Week) -> Evidence:
    return week.words(HUB, "external_id", "GPT-5.6")


def _gardens(week: Week) -> tuple[Evidence, ...]:
    return week.words(AGENT, "summary", "garden"), week.words(SHOW, "title", "Garden")


@pytest.mark.parametrize(("name", "args", "build", "expected"), CASES, ids=[f"{c[0]} {dict(c[1])}" for c in CASES])
def test_a_formula_gives_what_a_hand_count_gives(
    week: Week, name: str, args: Args, build: Build, expected: float
) -> None:
    assert evaluate(NamedFormula(name, 1, dict(args)), build(week), week.record) == pytest.approx(expected)


REFUSALS: list[tuple[str, Args, Build, str]] = [
    ("about_ai", {**RULE, "edition": 99}, lambda w: {"list": w.list()}, "no edition 99"),
    ("about_ai", {**RULE, "at": "yesterday"}, lambda w: {"list": w.list()}, "no moment"),
    ("about_ai", {**RULE, "at": "2026-06-10T05:30:00"}, lambda w: {"list": w.list()}, "offset"),
    ("about_ai_among", RULE, lambda w: {"of": (w.name(AGENT), w.name(PUMP))}, "bob/pump is not about AI"),
    ("about_ai_among", RULE, lambda w: {"of": (w.name(SILENT),), "beside": (w.name(POSTED),)}, "is not about AI"),
    ("about_ai_among", RULE, lambda w: {"of": (w.name(AGENT),), "beside": (w.list(),)}, "must hold quotations"),
    ("one_story_sites", {}, lambda w: {"of": (w.name(AGENT), w.name(SILENT))}, "not all about the same"),
    ("one_story_sites", {}, lambda w: {"of": (w.list(),)}, "must hold quotations"),
    ("named_count", {"name": "gpt 5.5"}, lambda w: {"of": _spellings(w)}, "does not spell"),
    ("said_count", {"word": "gardens"}, lambda w: {"of": _gardens(w)}, "is not 'gardens'"),
    ("log_odds", {**WORD, "word": "cactus"}, lambda w: {"now": (w.list(),), "before": w.lists(0, 8)}, "nothing has"),
    ("log_odds", WORD, lambda w: {"now": (w.list(), w.list()), "before": w.lists(0, 8)}, "none of them twice"),
]


@pytest.mark.parametrize(("name", "args", "build", "reason"), REFUSALS, ids=[f"{c[0]}: {c[3]}" for c in REFUSALS])
def test_a_formula_refuses_what_it_cannot_say(week: Week, name: str, args: Args, build: Build, reason: str) -> None:
    with pytest.raises(FormulaError, match=reason):
        evaluate(NamedFormula(name, 1, dict(args)), build(week), week.record)


def test_the_log_odds_of_a_word_are_those_of_the_formula_written_out(week: Week) -> None:
    operands: Operands = {"now": (week.list(),), "before": week.lists(0, 8)}
    now, before, added = 2 + 11 / 2, 9 + 11 / 2, 21 / 2
    delta = log(now / (3 + added - now)) - log(before / (18 + added - before))
    expected = delta / sqrt(1 / now + 1 / before)
    assert evaluate(NamedFormula("log_odds", 1, dict(WORD)), operands, week.record) == pytest.approx(expected)


def test_a_word_as_frequent_as_ever_is_not_unusual_and_one_ten_times_as_frequent_is() -> None:
    assert log_odds_z(5, 100, 50, 1_000) == pytest.approx(0)
    assert log_odds_z(10, 100, 10, 1_000) > 1.96 > log_odds_z(2, 100, 20, 1_000)


def test_a_list_whose_words_are_missing_is_not_counted(week: Week) -> None:
    broken = Record.build(week.record.harvests, week.record.listed(10), {AGENT.key: AGENT})
    with pytest.raises(FormulaError, match="the words of 2 items"):
        evaluate(NamedFormula("words_with", 1, dict(WORD)), {"list": week.list()}, broken)


def test_a_list_that_was_not_read_whole_keeps_no_place(week: Week) -> None:
    world = World()
    before = world.read(Source.GITHUB, Lists.GITHUB_DAILY, moment(on(0)), [(AGENT, {})], status=HarvestStatus.PARTIAL)
    after = world.read(Source.GITHUB, Lists.GITHUB_DAILY, moment(on(1)), [(AGENT, {})])
    record = world.record()
    cite = Citations(record)
    ends = {"before": cite.evidence[cite.list(before)], "after": cite.evidence[cite.list(after)]}
    with pytest.raises(FormulaError, match="not read whole"):
        evaluate(NamedFormula("kept_top", 1, {"top": 1}), ends, record)
