"""Multiples, histories, records, shares, stays and mixes, each on a small record that can be counted by hand."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from types import MappingProxyType

import pytest

from domain.claims import Claim, Figure, Name, Quote
from domain.issue import Layout, SectionName, Story
from domain.items import Kind as ItemKind
from domain.items import Source
from domain.readings import HarvestStatus, Lists, Metric
from newsroom.checking.dossier import Dossier
from newsroom.checking.judging import judge
from newsroom.checking.sentences import Place, Sentence
from newsroom.checking.wording import standard_wording
from newsroom.desk import Desk
from newsroom.formulas.records import MIN_READINGS
from newsroom.insights import beginnings
from newsroom.insights.gather import gather
from newsroom.insights.insight import Insight, Kind
from newsroom.phrases.book import standard_book
from tests.unit.newsroom.sections.building import desk_of
from tests.unit.newsroom.worlds import NAMES, Metrics, Row, World, model, moment, on, paper, repository

MODELS = (Source.HUGGINGFACE, Lists.MODELS)
SPACES = (Source.HUGGINGFACE, Lists.SPACES)
DAILY = (Source.GITHUB, Lists.GITHUB_DAILY)
WEEKLY = (Source.GITHUB, Lists.GITHUB_WEEKLY)

PLANTS = [plant.lower() for plant in NAMES]
LONG = 32


def told(world: World, day: int, kind: Kind) -> list[Insight]:
    return [each for each in gather(desk_of(world, day)) if each.kind is kind]


def value(insight: Insight, slot: str) -> float:
    figure = insight.slots[slot][0]
    assert isinstance(figure, Figure)
    return figure.value


def shown(insight: Insight, slot: str) -> str:
    return "".join(f"“{run.text}”" if isinstance(run, Quote) else run.text for run in insight.slots[slot])


def read(world: World, day: int, rows: Sequence[Row], where: tuple[Source, str] = MODELS) -> None:
    world.read(*where, moment(on(day)), rows)


def liked(names: Sequence[str] = PLANTS, likes: Mapping[str, int] = MappingProxyType({})) -> list[Row]:
    return [(model(f"{name}-lab/{name}"), {Metric.LIKES: likes.get(name, 100), Metric.SCORE: 50}) for name in names]


# --- cohort -----------------------------------------------------------------------------------------------------------


def test_a_gain_is_told_as_a_multiple_of_the_median_of_the_day() -> None:
    world = World()
    read(world, 0, liked())
    read(world, 1, liked(PLANTS, {**dict.fromkeys(PLANTS, 110), "aster": 180}))
    (cohort,) = told(world, 1, Kind.COHORT)
    assert (shown(cohort, "name"), value(cohort, "times"), value(cohort, "gain")) == ("aster-lab/aster", 8, 80)


@pytest.mark.parametrize(
    ("names", "others"),
    [(PLANTS[:9], 110), (PLANTS, 100), (PLANTS, 90)],
    ids=["nine peers", "a median of nought", "a median below nought"],
)
def test_without_ten_peers_or_a_median_above_nought_there_is_no_multiple(names: list[str], others: int) -> None:
    world = World()
    read(world, 0, liked(names))
    read(world, 1, liked(names, {**dict.fromkeys(names[1:], others), "aster": 180}))
    assert told(world, 1, Kind.COHORT) == []


# --- own history and records ------------------------------------------------------------------------------------------


def scored(score: int, place: int = 1) -> list[Row]:
    rows: list[Row] = [(model(f"{name}-lab/{name}"), {Metric.LIKES: 100, Metric.SCORE: 50}) for name in PLANTS[1:]]
    own: Row = (model("aster-lab/aster"), {Metric.LIKES: 100, Metric.SCORE: score})
    return [*rows[: place - 1], own, *rows[place - 1 :]]


def test_a_score_above_all_of_its_own_readings_is_told_with_their_number() -> None:
    world = World()
    for day in range(16):
        read(world, day, scored(900 if day == 15 else 500 + day))
    (own,) = told(world, 15, Kind.OWN)
    assert (own.variant, value(own, "total"), value(own, "times")) == ("score_high", 900, 15)


@pytest.mark.parametrize("last", [513, 512], ids=["equal to the highest", "below it"])
def test_a_score_that_was_reached_before_is_no_history(last: int) -> None:
    world = World()
    for day in range(16):
        read(world, day, scored(last if day == 15 else 499 + day))
    assert told(world, 15, Kind.OWN) == []


def test_thirteen_readings_are_no_history() -> None:
    world = World()
    for day in range(14):
        read(world, day, scored(900 if day == 13 else 500))
    assert told(world, 13, Kind.OWN) == []


def test_a_list_read_in_part_tells_no_history() -> None:
    world = World()
    for day in range(15):
        read(world, day, scored(500))
    world.read(*MODELS, moment(on(15)), scored(900), status=HarvestStatus.PARTIAL)
    assert told(world, 15, Kind.OWN) == []


def test_the_best_place_in_its_own_readings_is_told() -> None:
    world = World()
    for day in range(16):
        read(world, day, scored(500, place=2 if day == 15 else 5 + day % 3))
    (own,) = told(world, 15, Kind.OWN)
    assert (own.variant, shown(own, "rank"), value(own, "times")) == ("place", "No. 2", 15)


def pages(today: int) -> list[Row]:
    return [
        (repository(f"{name}-org/{name}"), {Metric.STARS: 5_000, Metric.STARS_TODAY: today if at == 0 else 90})
        for at, name in enumerate(PLANTS)
    ]


def test_a_day_above_all_lists_that_we_hold_is_a_record() -> None:
    world = World()
    for day in range(LONG):
        read(world, day, pages(700 if day == LONG - 1 else 100), DAILY)
    (record,) = told(world, LONG - 1, Kind.RECORD)
    assert (record.variant, value(record, "total"), value(record, "lists")) == ("day", 700, LONG - 1)


@pytest.mark.parametrize(
    ("days", "before"), [(30, 100), (LONG, 700)], ids=["twenty-nine earlier lists", "reached before"]
)
def test_too_few_lists_or_an_equal_day_make_no_record(days: int, before: int) -> None:
    world = World()
    for day in range(days):
        read(world, day, pages(700 if day == days - 1 else (before if day == 3 else 100)), DAILY)
    assert told(world, days - 1, Kind.RECORD) == []


def test_a_record_over_a_gap_says_how_long_the_gap_is() -> None:
    world = World()
    for day in range(LONG + 5):
        if not 10 <= day < 14:
            read_papers(world, day, 400 if day == LONG + 4 else 40)
    desk = desk_of(world, LONG + 4)
    (record,) = [each for each in gather(desk) if each.kind is Kind.RECORD]
    assert (record.variant, value(record, "gap")) == ("gap", 5)
    assert list(_faults(desk, record)) == []


def read_papers(world: World, day: int, votes: int) -> None:
    rows: list[Row] = [
        (paper(f"26.{at}", f"On Language Models for {name}"), {Metric.UPVOTES: votes if at == 0 else 12})
        for at, name in enumerate(PLANTS)
    ]
    world.read(Source.HUGGINGFACE, Lists.DAILY_PAPERS, moment(on(day)), rows, ranked=False)


def test_the_largest_gain_of_a_day_in_all_that_we_hold_is_a_record_and_that_of_an_item_its_own() -> None:
    world = World()
    for day in range(LONG + 1):
        jump = 500 if day == LONG else 0
        read(world, day, liked(PLANTS, {**dict.fromkeys(PLANTS, 100 + 12 * day), "aster": 100 + 15 * day + jump}))
    (record,) = [each for each in told(world, LONG, Kind.RECORD) if each.variant == "gain"]
    assert (shown(record, "name"), value(record, "gain"), value(record, "times")) == ("aster-lab/aster", 515, LONG - 1)


# --- shares and series ------------------------------------------------------------------------------------------------


def named(marked: int) -> list[Row]:
    rows = [f"{name}-lab/{name}" for name in PLANTS]
    return [(model(f"{name}-GGUF" if at < marked else name), {Metric.LIKES: 9}) for at, name in enumerate(rows)]


def test_a_share_is_told_with_the_share_of_the_week_before_and_the_word_is_printed() -> None:
    world = World()
    for day in range(8):
        read(world, day, named(3 if day == 0 else 6))
    (share,) = told(world, 7, Kind.SHARE)
    assert (share.variant, shown(share, "words")) == ("changed", "“GGUF”")
    assert (value(share, "count"), value(share, "size"), value(share, "earlier")) == (6, 12, 3)


def test_lists_of_different_lengths_are_not_compared() -> None:
    world = World()
    read(world, 0, named(3)[:9])
    read(world, 7, named(6))
    (share,) = told(world, 7, Kind.SHARE)
    assert (share.variant, "earlier" in share.slots) == ("", False)


def test_of_a_list_read_in_part_no_share_is_told() -> None:
    world = World()
    world.read(*MODELS, moment(on(0)), named(6), status=HarvestStatus.PARTIAL)
    assert told(world, 0, Kind.SHARE) == []


def test_a_series_reads_from_the_oldest_day_to_today() -> None:
    world = World()
    for day, marked in enumerate((3, 4, 4, 6)):
        read(world, day, named(marked))
    (series,) = told(world, 3, Kind.SERIES)
    assert shown(series, "series") == "3, 4, 4, 6"
    assert shown(series, "since") == "1 June"


@pytest.mark.parametrize("counts", [(4, 4, 4, 4), (3, None, 4, 6)], ids=["never moved", "a day missing"])
def test_what_did_not_move_or_has_a_hole_is_no_series(counts: tuple[int | None, ...]) -> None:
    world = World()
    for day, marked in enumerate(counts):
        if marked is not None:
            read(world, day, named(marked))
    assert told(world, 3, Kind.SERIES) == []


# --- stays, sizes, mixes, concentration -------------------------------------------------------------------------------


def test_what_is_left_of_a_list_of_a_week_ago_is_counted() -> None:
    world = World()
    read(world, 0, liked(PLANTS[:10]))
    read(world, 7, liked(PLANTS[6:]))
    (stayed,) = told(world, 7, Kind.STAYED)
    assert (value(stayed, "left"), value(stayed, "size"), value(stayed, "days")) == (4, 10, 7)


def test_a_shorter_list_of_the_week_before_proves_no_stay() -> None:
    world = World()
    read(world, 0, liked(PLANTS[:5]))
    read(world, 7, liked(PLANTS))
    assert told(world, 7, Kind.STAYED) == []


def test_the_account_on_most_lists_is_told_with_its_models() -> None:
    world = World()
    for day in range(14):
        rows = liked(PLANTS[day % 7 : day % 7 + 6])
        read(world, day, [*rows, (model(f"moss-lab/moss-{day % 3}"), {Metric.LIKES: 5})])
    (steady,) = told(world, 13, Kind.STEADY)
    assert (shown(steady, "owner"), value(steady, "times"), value(steady, "items")) == ("moss-lab", 14, 3)


def test_two_accounts_on_as_many_lists_have_no_steadiest() -> None:
    world = World()
    for day in range(14):
        read(world, day, liked())
    assert told(world, 13, Kind.STEADY) == []


def sized(*sizes: str, **metrics: int) -> list[Row]:
    own: Metrics = {Metric.LIKES: 9, **{Metric(key): amount for key, amount in metrics.items()}}
    return [(model(f"{name}-lab/{name}-{size}"), own) for name, size in zip(PLANTS, sizes, strict=False)]


def test_the_largest_size_is_read_from_the_name() -> None:
    world = World()
    read(world, 0, sized("7B", "70B-GGUF", "270M", "1.5B", "3B"))
    (size,) = told(world, 0, Kind.NAMED_SIZE)
    assert (shown(size, "name"), shown(size, "parameters"), size.variant) == ("birch-lab/birch-70B-GGUF", "70B", "")


@pytest.mark.parametrize(("counted", "agrees"), [(69_000_000_000, True), (4_670_000_000, False)])
def test_the_count_of_the_api_is_told_where_the_name_agrees_with_it(counted: int, agrees: bool) -> None:
    world = World()
    read(world, 0, sized("7B", "70B", "270M", "1.5B", "3B", parameters=counted))
    (size,) = told(world, 0, Kind.NAMED_SIZE)
    assert (size.variant == "counted", "counted" in size.slots) == (agrees, agrees)


def test_four_names_with_a_size_have_no_largest() -> None:
    world = World()
    read(world, 0, sized("7B", "70B", "270M", "1.5B"))
    assert told(world, 0, Kind.NAMED_SIZE) == []


def tasked(tagged: int) -> list[Row]:
    return [
        (model(f"{name}-lab/{name}", *([f"task:{'audio' if at % 3 else 'video'}"] if at < tagged else [])), {})
        for at, name in enumerate(PLANTS)
    ]


@pytest.mark.parametrize(("tagged", "is_told"), [(12, True), (10, True), (9, False), (0, False)])
def test_a_mix_is_told_where_four_fifths_carry_the_tag(tagged: int, is_told: bool) -> None:
    world = World()
    read(world, 0, tasked(tagged))
    assert bool(told(world, 0, Kind.TASK)) is is_told


def test_the_first_of_a_page_is_told_with_its_share_where_it_is_large() -> None:
    world = World()
    read(world, 0, pages(990), DAILY)
    (first,) = told(world, 0, Kind.CONCENTRATION)
    assert (value(first, "share"), value(first, "sum"), first.variant) == (50, 1_980, "day")


def test_an_even_page_has_no_concentration() -> None:
    world = World()
    read(world, 0, pages(90), DAILY)
    assert told(world, 0, Kind.CONCENTRATION) == []


# --- a paper that has just begun --------------------------------------------------------------------------------------


def test_a_young_paper_tells_what_it_cannot_say_until_it_can_look_back() -> None:
    world = World()
    for day in range(MIN_READINGS):
        read(world, day, liked())
        assert beginnings.told(desk_of(world, day)), day
    read(world, MIN_READINGS, liked())
    assert beginnings.told(desk_of(world, MIN_READINGS)) == ()


def test_a_paper_that_has_read_nothing_has_nothing_to_excuse() -> None:
    assert beginnings.told(desk_of(World(), 0)) == ()


# --- how it is said ---------------------------------------------------------------------------------------------------


def busy() -> World:
    """A world in which every one of these kinds has something to tell on the last day."""
    world = World()
    for day in range(LONG + 1):
        last = day == LONG
        _busy_models(world, day, last=last)
        read(world, day, pages(700 if last else 100), DAILY)
        read(world, day, _weekly(day), WEEKLY)
        read(world, day, _spaces(day), SPACES)
        read_papers(world, day, 400 if last else 40)
    return world


def _busy_models(world: World, day: int, *, last: bool) -> None:
    words = ("7B-GGUF", "70B-Uncensored", "270M", "Claude-3B", "1.5B-FP8", "13B")
    rows: list[Row] = []
    for at in range(30):
        seed = (day // 3 + at) % 40
        plant = PLANTS[seed % 12]
        metrics = {
            Metric.LIKES: 100 + (4 + seed) * day + (900 if last and at == 4 else 0),
            Metric.DOWNLOADS: 5_000 + 700 * seed - 3 * day,
            Metric.SCORE: 200 + seed + (500 if last and at < 3 else 0) - (150 if last and at == 5 else 0),
        }
        name = f"{plant}-lab/{plant}-{seed}-{words[seed % 6]}{'-GGUF' if last and at == 7 else ''}"
        rows.append((model(name, "task:audio" if seed % 2 else "task:video"), metrics))
    read(world, day, [rows[9], *rows[:9], *rows[10:]] if last else rows)


def _weekly(day: int) -> list[Row]:
    return [
        (
            repository(f"{name}-org/{name}"),
            {Metric.STARS: 9_000 + 31 * day * (at + 1), Metric.STARS_WEEK: 900 if day == LONG else 300 + at},
        )
        for at, name in enumerate(PLANTS)
    ]


def _spaces(day: int) -> list[Row]:
    return [
        (
            model(f"moss-lab/show-{day % 3}", "sdk:gradio", kind=ItemKind.SPACE)
            if at == 0
            else model(f"{name}-lab/show", "sdk:gradio" if at % 2 else "sdk:docker", kind=ItemKind.SPACE),
            {Metric.LIKES: 50 + day * (at + 1)},
        )
        for at, name in enumerate([PLANTS[0], *PLANTS[1 + day % 5 : 5 + day % 5]])
    ]


KINDS = frozenset(
    {
        Kind.COHORT,
        Kind.OWN,
        Kind.RECORD,
        Kind.SHARE,
        Kind.SERIES,
        Kind.CONCENTRATION,
        Kind.NAMED_SIZE,
        Kind.TASK,
        Kind.KIT,
        Kind.FRESH,
        Kind.STEADY,
        Kind.STAYED,
    }
)

PLACES = {
    "sentence": Place.PARAGRAPH,
    "follow": Place.PARAGRAPH,
    "number": Place.BULLET,
    "headline": Place.HEADLINE,
}


def test_every_way_of_telling_these_kinds_passes_the_checks() -> None:
    desk = desk_of(busy(), LONG)
    insights = [each for each in gather(desk) if each.kind in KINDS]
    assert {each.kind for each in insights} == KINDS
    assert [fault for insight in insights for fault in _faults(desk, insight)] == []


def _faults(desk: Desk, insight: Insight) -> Iterator[tuple[str, tuple[str, ...]]]:
    dossier, slots = Dossier(desk.cite.evidence, desk.record), frozenset(insight.slots)
    for form, place in PLACES.items():
        key = insight.phrase(form)
        for way in standard_book().of(key, slots) if standard_book().can_say(key, slots) else ():
            claim = Claim(way.fill(insight.slots), also=insight.evidence if form == "headline" else insight.also)
            own = (run.item for run in claim.runs if isinstance(run, Name | Quote))
            within = Story(tuple(dict.fromkeys([*insight.items, *own])), Layout.ARTICLE, paragraphs=((claim,),))
            sentence = Sentence(claim, SectionName.NUMBERS, place, desk.day, within)
            verdict = judge(sentence, dossier, standard_wording())
            if verdict.problems:
                yield claim.text, verdict.problems
