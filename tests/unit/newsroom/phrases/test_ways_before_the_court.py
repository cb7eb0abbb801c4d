"""What could have been said instead, on made-up mornings, is as true as what is said."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest

from domain.issue import Section
from newsroom.checking.dossier import Dossier
from newsroom.checking.judging import judge
from newsroom.checking.sentences import Sentence, sentences
from newsroom.checking.wording import standard_wording
from newsroom.desk import Desk
from newsroom.insights.gather import gather
from newsroom.sections import deepdive, lead, movers, numbers, opinion, reading, tools, trending
from newsroom.sections.slate import Slate
from newsroom.selection.choice import ranked
from tests.unit.newsroom.sections.building import desk_of
from tests.unit.newsroom.worlds import World, add_morning

MORNINGS = 24

#: So many other ways of each sentence come before the court: the first of an order that differs from day to day.
WAYS = 8


@pytest.fixture(scope="module")
def world() -> World:
    found = World()
    for number in range(MORNINGS):
        add_morning(found, number)
    return found


def written(desk: Desk) -> Iterator[Section]:
    slate = Slate(desk, ranked(desk, gather(desk)))
    for section in (
        lead.write(desk, slate),
        numbers.write(desk, slate),
        deepdive.write(desk, slate),
        opinion.write(desk, slate),
        tools.write(desk, slate),
        trending.write(desk, slate),
        movers.write(desk, slate),
        reading.write(desk, slate),
    ):
        if section is not None:
            yield section


def said(desk: Desk) -> Iterator[Sentence]:
    for section in written(desk):
        yield from sentences(section, desk.day)


@pytest.mark.parametrize("day", [9, 15, 22])
def test_every_way_of_saying_a_true_thing_passes_the_checks(world: World, day: int) -> None:
    desk = desk_of(world, day)
    told = list(said(desk))
    dossier = Dossier(desk.cite.evidence, desk.record)
    refused = []
    for sentence in told:
        for way in desk.phrases.offered(sentence.claim)[:WAYS]:
            verdict = judge(
                replace(sentence, claim=replace(sentence.claim, runs=way.runs)), dossier, standard_wording()
            )
            if not verdict.supported:
                refused.append((way.line, verdict.reason))
    assert len(told) > 50
    assert refused == []
