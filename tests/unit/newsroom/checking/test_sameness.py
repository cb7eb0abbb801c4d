"""That two items tell of the same is proved by their stored words, or the sentence falls."""

from __future__ import annotations

import pytest

from domain.claims import Claim, Run, Words
from domain.evidence import EvidenceId
from domain.issue import SectionName, Story
from domain.items import ItemKey, Kind, Source
from newsroom.checking.dossier import Dossier
from newsroom.checking.rules_of_sameness import sameness
from newsroom.checking.sentences import Place, Sentence
from tests.unit.newsroom.checking.world import TODAY, World, hn_story, repository

TOOL, OTHER = repository("a-lab/rows"), repository("b-lab/columns")
LINKED, FOREIGN, OF_PAPER = hn_story("1"), hn_story("2"), hn_story("3")
STUDY = ItemKey(Source.HUGGINGFACE, Kind.PAPER, "2606.01111")


@pytest.fixture
def world() -> World:
    made = World()
    made.describe(TOOL, "https://github.com/a-lab/rows", summary="Rows for models.")
    made.describe(OTHER, "https://github.com/b-lab/columns", summary="Columns for models.")
    made.describe(LINKED, "https://github.com/A-Lab/rows", title="Show HN: Rows")
    made.describe(FOREIGN, "https://elsewhere.example/b", title="Something about columns of ours")
    made.describe(OF_PAPER, "https://arxiv.org/abs/2606.01111", title="Rows, proved")
    made.describe(STUDY, "https://huggingface.co/papers/2606.01111", title="Rows", tags=("github:a-lab/rows",))
    return made


def faults(world: World, *runs: Run | str, items: tuple[ItemKey, ...], also: tuple[EvidenceId, ...] = ()) -> list[str]:
    claim = Claim(tuple(Words(run) if isinstance(run, str) else run for run in runs), also=also)
    headline = Claim((world.name(items[0]),))
    told = Story(headline=headline, items=items, paragraphs=((claim,),))
    sentence = Sentence(claim, SectionName.LEAD, Place.PARAGRAPH, TODAY.date(), told)
    return list(sameness(sentence, Dossier(world.evidence, world)))


@pytest.mark.parametrize(
    "before",
    ["On Hacker News it is told as ", "Hacker News has it as ", "On Hacker News it is ", "A post tells of it: "],
)
def test_a_story_that_links_the_subject_is_told_as_it_and_another_is_not(world: World, before: str) -> None:
    assert faults(world, before, world.name(LINKED), ".", items=(TOOL, LINKED)) == []
    (fault,) = faults(world, before, world.name(FOREIGN), ".", items=(TOOL, FOREIGN))
    assert "nothing stored proves it" in fault


def test_that_the_story_is_about_both_items_proves_nothing(world: World) -> None:
    runs = (world.name(LINKED), " tells of ", world.name(OTHER), ".")
    assert faults(world, *runs, items=(TOOL, LINKED, OTHER)) != []


def test_what_joins_two_items_through_a_third_has_to_be_cited(world: World) -> None:
    runs = (world.name(OF_PAPER), " tells of ", world.name(TOOL), ".")
    assert faults(world, *runs, items=(TOOL, OF_PAPER)) != []
    through = world.cite_words(STUDY, "title", "Rows")
    assert faults(world, *runs, items=(TOOL, OF_PAPER), also=(through,)) == []


def test_a_sentence_that_calls_nothing_the_same_needs_no_proof(world: World) -> None:
    runs = (world.name(TOOL), " stands beside ", world.name(FOREIGN), ".")
    assert faults(world, *runs, items=(TOOL, FOREIGN)) == []
