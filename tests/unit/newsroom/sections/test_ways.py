"""Every way that the book offers for a sentence of the columns passes the checks, not only the one chosen today."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from domain.issue import Section
from newsroom.checking.dossier import Dossier
from newsroom.checking.judging import judge
from newsroom.checking.sentences import sentences
from newsroom.checking.wording import standard_wording
from newsroom.desk import Desk
from newsroom.insights.gather import gather
from newsroom.sections import movers, numbers, reading, tools, trending
from newsroom.sections.slate import Slate
from newsroom.selection.choice import ranked
from tests.unit.newsroom.sections.building import desk_of
from tests.unit.newsroom.worlds import full_world

COLUMNS: tuple[Callable[[Desk, Slate], Section | None], ...] = (
    numbers.write,
    tools.write,
    trending.write,
    movers.write,
    reading.write,
)


@pytest.fixture(scope="module", params=[1, 5, 9])
def desk(request: pytest.FixtureRequest) -> Desk:
    day: int = request.param
    return desk_of(full_world(day + 1), day)


@pytest.mark.parametrize("write", COLUMNS, ids=lambda write: write.__module__.rpartition(".")[2])
def test_every_way_of_a_column_passes_the_checks(desk: Desk, write: Callable[[Desk, Slate], Section | None]) -> None:
    section = write(desk, Slate(desk, ranked(desk, gather(desk))))
    assert section is not None
    dossier, wording = Dossier(desk.cite.evidence, desk.record), standard_wording()
    for sentence in sentences(section, desk.day):
        for way in desk.phrases._offered(sentence.claim):
            verdict = judge(replace(sentence, claim=replace(sentence.claim, runs=way.runs)), dossier, wording)
            assert verdict.supported, f"{verdict.text} | {verdict.reason}"
