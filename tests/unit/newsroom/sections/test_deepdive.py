"""The deep dive: which questions can be asked, which one is chosen, and that all its ways of speaking are true."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest

from domain.claims import Claim, Name, Quote, Role, house
from domain.issue import Checks, Coverage, Issue, Layout, Section, SectionName, Story
from domain.items import ItemKey, Kind, Source
from domain.readings import HarvestStatus, Lists, Metric
from newsroom import rounding
from newsroom.checking.dossier import Dossier
from newsroom.checking.judging import judge
from newsroom.checking.sentences import Place, Sentence
from newsroom.checking.wording import standard_wording
from newsroom.desk import Desk
from newsroom.phrases.book import standard_book
from newsroom.record import ListKey
from newsroom.sections import deepdive
from newsroom.sections.cuts import Cut, Inquiry, Line
from newsroom.sections.page import in_a_row
from newsroom.sections.slate import Slate
from tests.unit.newsroom.sections.building import desk_of
from tests.unit.newsroom.worlds import NAMES, Row, World, model, moment, on, paper, repository, story

DAYS = 35
LAST = DAYS - 1

WORDS = ("GGUF", "Uncensored-FP8", "Claude-Opus", "7B", "27B-GGUF", "70B")
SHELF = [f"{plant.lower()}-lab/Rose-2-{plant}-{word}" for plant in NAMES for word in WORDS]


def garden() -> World:
    """Lists that move: names that share words, projects in two languages, stories that are argued about."""
    world = World()
    for number in range(DAYS):
        _read(world, number)
    return world


def _read(world: World, number: int) -> None:
    at = moment(on(number))
    shelf = [SHELF[(number // 2 + place) % len(SHELF)] for place in range(30)]
    world.read(Source.HUGGINGFACE, Lists.MODELS, at, [_model(name, number) for name in shelf])
    spaces = [_space((number // 3 + place) % 40, number) for place in range(20)]
    world.read(Source.HUGGINGFACE, Lists.SPACES, at, spaces)
    for name, metric in ((Lists.GITHUB_DAILY, Metric.STARS_TODAY), (Lists.GITHUB_WEEKLY, Metric.STARS_WEEK)):
        step = number if metric is Metric.STARS_TODAY else number // 4
        rows = [_project((step + place) % 60, number, metric) for place in range(25)]
        world.read(Source.GITHUB, name, at, rows)
    stories = [_story(number * 30 + place) for place in range(30)]
    world.read(Source.HACKERNEWS, Lists.HN_FRONT_PAGE, at, stories, ranked=False)
    papers = [_paper(number * 5 + place, number) for place in range(10 + number % 7)]
    world.read(Source.HUGGINGFACE, Lists.DAILY_PAPERS, at, papers, ranked=False)


def _model(name: str, number: int) -> Row:
    seed = SHELF.index(name)
    metrics = {
        Metric.LIKES: 300 + 40 * seed + number * (3 + seed % 17),
        Metric.DOWNLOADS: 1_000 + 7_919 * (seed % 13) + number * 100 * (seed % 5 - 1),
        Metric.SCORE: 100 + 5 * (seed % 17),
    }
    return model(name, "task:text-generation" if seed % 2 else "task:image-text-to-text"), metrics


def _space(seed: int, number: int) -> Row:
    item = model(f"studio-{seed % 15}/show-{seed}", "sdk:gradio" if seed % 4 else "sdk:docker", kind=Kind.SPACE)
    return item, {Metric.LIKES: 50 + 20 * seed + number * (2 + seed % 6)}


def _project(seed: int, number: int, metric: Metric) -> Row:
    words = "An AI agent with skills and memory." if seed % 3 else "An LLM for coding in the local terminal."
    item = repository(f"maker-{seed % 20}/tool-{seed}", words, "language:Python" if seed % 3 else "language:Rust")
    stars = 3_000 + 500 * seed + number * (20 + 13 * (seed % 11))
    return item, {Metric.STARS: stars, metric: 40 + 37 * (seed % 11)}


def _story(seed: int) -> Row:
    title = f"An LLM for {seed} gardens" if seed % 3 else f"Bread number {seed}"
    comments = 60 + 11 * (seed % 9) + (400 if seed % 10 == 1 else 0)
    return story(1_000 + seed, title, day=on(0)), {Metric.POINTS: 60 + 17 * (seed % 13), Metric.COMMENTS: comments}


def _paper(seed: int, number: int) -> Row:
    title = f"On Language Models for Garden {seed}"
    metrics = {Metric.UPVOTES: 3 + seed % 31 + number, Metric.COMMENTS: seed % 4, Metric.GITHUB_STARS: 10 * (seed % 6)}
    return paper(f"2606.{10_000 + seed}", title), metrics


@pytest.fixture(scope="module")
def desk() -> Desk:
    return desk_of(garden(), LAST)


@pytest.fixture(scope="module")
def inquiries(desk: Desk) -> tuple[Inquiry, ...]:
    return deepdive.askable(desk)


# --- what cannot be asked ---------------------------------------------------------------------------------------------


def test_an_empty_record_answers_no_question() -> None:
    desk = desk_of(World(), 0)
    assert deepdive.askable(desk) == ()
    assert deepdive.write(desk, Slate(desk, ())) is None


def test_a_first_morning_asks_nothing_of_the_days_before() -> None:
    world = World()
    _read(world, 0)
    names = {each.name for each in deepdive.askable(desk_of(world, 0))}
    assert not names & {"dive_stay", "dive_new", "dive_gains", "dive_accounts", "dive_rhythm"}


def test_a_list_that_was_read_in_part_is_asked_for_no_share_of_its_names() -> None:
    world = garden()
    rows = [_model(name, DAYS) for name in SHELF[:12]]
    world.read(Source.HUGGINGFACE, Lists.MODELS, moment(on(DAYS)), rows, status=HarvestStatus.PARTIAL)
    asked = {each.name for each in deepdive.askable(desk_of(world, DAYS)) if each.about == Lists.MODELS}
    assert not asked & {"dive_sizes", "dive_downloads", "dive_accounts"}


def test_after_a_gap_no_row_of_daily_counts_crosses_it() -> None:
    world = World()
    for number in range(DAYS):
        if number != LAST - 1:
            _read(world, number)
    found = deepdive.askable(desk_of(world, LAST))
    assert not [line for each in found for line in each.lines() if line.key == "dive.series"]


# --- what is asked ----------------------------------------------------------------------------------------------------


def test_eighteen_questions_and_more_can_be_asked(inquiries: tuple[Inquiry, ...]) -> None:
    assert len({each.name for each in inquiries}) >= 18


def test_each_question_has_three_cuts_with_figures_and_eight_limits(inquiries: tuple[Inquiry, ...]) -> None:
    for each in inquiries:
        assert len(each.cuts) >= 3
        assert len(standard_book().phrases[f"{each.name}.limits"]) >= 8


def test_a_section_has_a_headline_with_a_figure_labelled_cuts_and_limits(desk: Desk) -> None:
    section = deepdive.write(desk, Slate(desk, ()))
    assert section is not None
    head, *cuts, limits = section.stories
    assert head.headline is not None
    assert head.headline.figures
    assert head.standfirst is not None
    assert 3 <= len(cuts) <= 4
    assert all(cut.label and claim.figures for cut in cuts for claim in cut.paragraphs[0])
    assert limits.label == "What we cannot say"
    assert any(claim.role is Role.HOUSE for claim in limits.paragraphs[0])


def test_no_question_comes_again_within_fourteen_days() -> None:
    world = garden()
    past: list[Issue] = []
    asked: list[str] = []
    for number in range(LAST - 12, DAYS):
        desk = Desk.open(on(number), world.record(), past, desk_of(world, 0).paper, moment(on(number), 5.5))
        slate = Slate(desk, ())
        section = deepdive.write(desk, slate)
        assert section is not None
        asked += [mark for mark in slate.marks if mark.startswith("question:") and mark.count(":") == 1]
        past.insert(0, _issue(desk, slate))
    assert len(set(asked)) == len(asked)


def test_fresh_items_are_preferred_to_those_of_yesterday(desk: Desk, inquiries: tuple[Inquiry, ...]) -> None:
    slate = Slate(desk, ())
    first = deepdive.chosen(desk, slate)
    assert first is not None
    slate.show(first.items())
    second = deepdive.chosen(desk, slate)
    assert second is not None
    assert not second.items() & first.items() or second.name != first.name


@pytest.mark.parametrize("printed_in", [SectionName.LEAD, SectionName.DEEPDIVE])
def test_a_row_of_daily_counts_is_not_printed_two_days_running(printed_in: SectionName) -> None:
    world = garden()
    desk = desk_of(world, LAST)
    later = _after(world, printed_in, _row(desk))
    cut = Cut("How many", (Line("dive.series", {"series": _row(desk).runs}), Line("dive.record", {})))
    assert deepdive.without_rows(desk, [cut]) == (cut,)
    assert deepdive.without_rows(later, [cut]) == (Cut("How many", (Line("dive.record", {}),)),)


def test_a_question_is_spared_the_sentences_that_link_what_the_week_told_of() -> None:
    world = garden()
    desk = desk_of(world, LAST)
    told = next(key for each in deepdive.askable(desk) for key in each.items() if key not in each.in_passing())
    name = desk.cite.name(told)
    assert name is not None
    before = [each for each in deepdive.askable(desk) if told in each.items()]
    after = {
        (each.name, each.about): each
        for each in deepdive.askable(_after(world, SectionName.TOOLS, Claim((name,))))
        if told in each.items()
    }
    assert len(after) < len(before)


def _row(desk: Desk) -> Claim:
    mornings = desk.mornings(ListKey(Source.HUGGINGFACE, Lists.MODELS))
    assert mornings is not None
    row = in_a_row([desk.figures.rank(each, rounding.whole) for each in mornings.today.readings[:3]])
    assert row is not None
    return Claim(row)


def _after(world: World, name: SectionName, said: Claim) -> Desk:
    """The desk of the last day, where a section of the day before said so."""
    desk = desk_of(world, LAST)
    section = Section(name, "", (Story((), Layout.ARTICLE, paragraphs=((said,),)),))
    past = replace(_issue(desk, Slate(desk, ())), date=on(LAST - 1), sections=(section,))
    return Desk.open(on(LAST), world.record(), [past], desk.paper, desk.as_of)


def _issue(desk: Desk, slate: Slate, *marks: str) -> Issue:
    return Issue(
        date=desk.day,
        number=1,
        title="",
        motto="",
        sections=(),
        evidence={},
        coverage=Coverage(desk.as_of, ()),
        checks=Checks(0, 0),
        themes=(*slate.marks, *marks),
    )


# --- how it is said ---------------------------------------------------------------------------------------------------


def test_every_way_of_every_sentence_passes_the_checks(desk: Desk, inquiries: tuple[Inquiry, ...]) -> None:
    court = Court(desk)
    for each in inquiries:
        for form, place in (("headline", Place.HEADLINE), ("standfirst", Place.STANDFIRST)):
            court.hear(Line(f"{each.name}.{form}", each.slots), place, ())
        for cut in (*each.cuts, Cut("", each.limits)):
            named = [run.item for line in cut.lines for run in _names(line)]
            for line in cut.lines:
                court.hear(line, Place.PARAGRAPH, named)
        court.hear_limits(each.name)
    assert court.heard > 1_000
    assert court.faults == []


RECORDS = frozenset({"record", "record_gap", "low", "low_gap"})


@pytest.mark.parametrize("gap", [range(0), range(12, 16)], ids=["every day read", "four days missing"])
@pytest.mark.parametrize("owners", [1, 30], ids=["one account", "thirty accounts"])
def test_records_are_said_truly_with_and_without_a_gap(gap: range, owners: int) -> None:
    world = World()
    days = range(LAST + len(gap) + 1)
    for number in [day for day in days if day not in gap]:
        _read(world, number) if number != days[-1] else _read_tulips(world, number, owners)
    desk = desk_of(world, days[-1])
    court, heard = Court(desk), set()
    for each in deepdive.askable(desk):
        for line in each.lines():
            if line.key.startswith(("dive.", "dive_accounts.")) and line.key.partition(".")[2] in RECORDS:
                heard.add(line.key)
                court.hear(line, Place.PARAGRAPH, ())
    ending = "_gap" if gap else ""
    assert heard >= {f"dive.record{ending}", f"dive_accounts.{'record' if owners > 1 else 'low'}{ending}"}
    assert court.faults == []


def _read_tulips(world: World, number: int, owners: int) -> None:
    """A list on which all names are one, and more accounts, or fewer, than ever."""
    rows: list[Row] = [
        (model(f"grower-{at % owners}/Tulip-9-{at}"), {Metric.LIKES: 40 + at, Metric.DOWNLOADS: 900 + 7 * at})
        for at in range(30)
    ]
    world.read(Source.HUGGINGFACE, Lists.MODELS, moment(on(number)), rows)


class Court:
    """Says a line in every way that the book has, and notes what the checks would take out."""

    def __init__(self, desk: Desk) -> None:
        self.heard = 0
        self.faults: list[tuple[str, tuple[str, ...]]] = []
        self._desk = desk
        self._dossier = Dossier(desk.cite.evidence, desk.record)

    def hear(self, line: Line, place: Place, items: Sequence[ItemKey]) -> None:
        book, slots = standard_book(), frozenset(line.slots)
        for way in book.of(line.key, slots) if book.can_say(line.key, slots) else ():
            self._judge(Claim(way.fill(line.slots)), place, items)

    def hear_limits(self, name: str) -> None:
        for phrase in standard_book().phrases[f"{name}.limits"]:
            for way in phrase.ways():
                self._judge(house(way.text), Place.PARAGRAPH, ())

    def _judge(self, claim: Claim, place: Place, items: Sequence[ItemKey]) -> None:
        self.heard += 1
        own = (run.item for run in claim.runs if isinstance(run, Name | Quote))
        within = Story(tuple(dict.fromkeys([*own, *items])), Layout.ARTICLE, paragraphs=((claim,),))
        sentence = Sentence(claim, SectionName.DEEPDIVE, place, self._desk.day, within)
        verdict = judge(sentence, self._dossier, standard_wording())
        if verdict.problems:
            self.faults.append((claim.text, verdict.problems))


def _names(line: Line) -> list[Name]:
    return [run for fragment in line.slots.values() for run in fragment if isinstance(run, Name)]
