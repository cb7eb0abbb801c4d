from __future__ import annotations

import pytest

from domain.claims import Claim
from domain.issue import Layout, Paper, Section, SectionName, Story
from domain.items import Source
from domain.readings import Lists, Metric
from newsroom.desk import Desk
from newsroom.insights.insight import Insight, Kind
from newsroom.record import ListKey
from newsroom.sections.slate import FEWEST_UNITS, LARGEST_SHARE, Slate
from tests.unit.newsroom.worlds import World, model, moment, on, press_time, repository

MODELS = ListKey(Source.HUGGINGFACE, Lists.MODELS)
ONE, TOOL = model("lab-a/one"), repository("lab-b/tool")


@pytest.fixture
def desk() -> Desk:
    world = World()
    world.read(Source.HUGGINGFACE, Lists.MODELS, moment(on(3)), [(ONE, {Metric.LIKES: 40})])
    world.read(Source.GITHUB, Lists.GITHUB_DAILY, moment(on(3)), [(TOOL, {Metric.STARS: 900})])
    return Desk.open(on(3), world.record(), (), Paper(), press_time(on(3)))


def cell(desk: Desk, *keys: ListKey) -> Claim:
    readings = [desk.record.mornings(key.source, key.list) for key in keys]
    cited = [desk.cite.mention(mornings.today.readings[0]) for mornings in readings if mornings]
    return Claim(desk.phrases.house("lead.again").runs, also=tuple(cited))


def rows(desk: Desk, count: int) -> Section:
    each = Story((ONE.key,), Layout.ROW, cells=(cell(desk, MODELS), cell(desk, MODELS)), columns=("a", "b"))
    return Section(SectionName.TRENDING, "Trending", (each,) * count)


def test_an_empty_issue_has_room_for_every_source(desk: Desk) -> None:
    assert all(Slate(desk, ()).room_for(source) for source in Source)


def test_a_source_has_room_up_to_its_share_of_the_issue(desk: Desk) -> None:
    slate = Slate(desk, ())
    slate.count(rows(desk, int(LARGEST_SHARE * FEWEST_UNITS) - 1))
    assert slate.room_for(Source.HUGGINGFACE)
    assert not slate.room_for(Source.HUGGINGFACE, units=2)
    assert slate.room_for(Source.GITHUB, units=20)


def test_a_row_counts_once_and_a_sentence_of_two_sources_for_both(desk: Desk) -> None:
    slate = Slate(desk, ())
    both = cell(desk, MODELS, ListKey(Source.GITHUB, Lists.GITHUB_DAILY))
    slate.count(Section(SectionName.NUMBERS, "Numbers", (Story((), paragraphs=((both,) * 36,)),)))
    assert not slate.room_for(Source.HUGGINGFACE)
    assert not slate.room_for(Source.GITHUB)
    assert slate.room_for(Source.ARXIV)


def test_house_sentences_count_for_nobody(desk: Desk) -> None:
    slate = Slate(desk, ())
    house = desk.phrases.house("lead.again")
    slate.count(Section(SectionName.SUBSCRIBE, "Subscribe", notes=(house,) * 90))
    assert slate.room_for(Source.HUGGINGFACE, units=36)
    assert not slate.room_for(Source.HUGGINGFACE, units=37)


def test_a_story_is_explained_by_the_fact_that_was_told_of_it(desk: Desk) -> None:
    best = Insight(Kind.GAIN, MODELS, (ONE.key,), surprise=0.9)
    told = Insight(Kind.CLIMB, MODELS, (ONE.key,), surprise=0.1)
    slate = Slate(desk, (best, told))
    plain = Story((ONE.key,), Layout.BULLET)
    slate.tell(told)
    worth = slate.explained(plain).worth
    assert worth is not None
    assert worth.kind == "climb"
    assert slate.explained(Story((TOOL.key,), Layout.BULLET)).worth is None
    assert slate.explained(Story((), Layout.ARTICLE)).worth is None


def test_a_row_of_a_table_is_there_by_its_place_and_explains_nothing(desk: Desk) -> None:
    slate = Slate(desk, (Insight(Kind.GAIN, MODELS, (ONE.key,)),))
    (row,) = rows(desk, 1).stories
    assert slate.explained(row).worth is None
