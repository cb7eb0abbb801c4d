"""A whole issue about the made-up world, in which everything is true."""

from __future__ import annotations

from datetime import date

from domain.claims import Claim, Words, house, view
from domain.evidence import EvidenceId
from domain.issue import (
    SECTION_TITLES,
    Checks,
    Coverage,
    Issue,
    Layout,
    Section,
    SectionName,
    SourceCoverage,
    Story,
)
from domain.items import Source
from domain.readings import HarvestStatus
from tests.unit.newsroom.checking.claims import Case, true_claims
from tests.unit.newsroom.checking.world import ALPHA, KIT, TODAY, Morning

DAY = date(2026, 8, 22)


def true_issue() -> tuple[Morning, Issue]:
    """The world and an issue with a lead, two lists, tools, a table and furniture."""
    paper, cases = true_claims()
    by_name = {case.name: case for case in cases}
    sections = (
        _section(SectionName.LEAD, _lead(paper, by_name)),
        _section(SectionName.NUMBERS, *(_bullet(by_name[name]) for name in ("the largest gain", "a loss", "a mark"))),
        _section(SectionName.OPINION, _opinion(by_name)),
        _section(SectionName.TOOLS, _tool(paper, by_name)),
        _section(SectionName.TRENDING, *_rows(paper, by_name)),
        Section(
            SectionName.SUBSCRIBE,
            SECTION_TITLES[SectionName.SUBSCRIBE],
            opening=(house("Send /subscribe to receive it, or write to @ann_post."),),
        ),
    )
    coverage = Coverage(TODAY, (SourceCoverage(Source.HUGGINGFACE, HarvestStatus.OK, 24, TODAY, 1),))
    return paper, Issue(
        DAY, 12, "The AI Morning Post", "A motto", sections, dict(paper.world.evidence), coverage, Checks(0, 0)
    )


def _section(name: SectionName, *stories: Story) -> Section:
    return Section(name, SECTION_TITLES[name], stories)


def _lead(paper: Morning, cases: dict[str, Case]) -> Story:
    return Story(
        (ALPHA,),
        headline=cases["a headline of a climb"].claim,
        standfirst=cases["a climb"].claim,
        paragraphs=(
            (cases["a gain"].claim, _leaning(paper)),
            (cases["a streak"].claim, house("Our readings give no reason for a like.")),
        ),
        url=paper.world.words_of(ALPHA).url,
    )


def _leaning(paper: Morning) -> Claim:
    """A sentence that leans on the one before it."""
    from tests.unit.newsroom.checking.claims import Desk

    desk = Desk(paper)
    return Claim((Words("It stands at "), desk.rank(ALPHA), Words(" now.")))


def _bullet(case: Case) -> Story:
    return Story(case.items, Layout.BULLET, paragraphs=((case.claim,),))


def _opinion(cases: dict[str, Case]) -> Story:
    return Story(
        cases["a record"].items,
        headline=view("A list is a mirror"),
        paragraphs=((cases["a record"].claim,), (view("Read it for what has moved, and ask what is in use."),)),
        label="Analysis",
    )


def _tool(paper: Morning, cases: dict[str, Case]) -> Story:
    claims = (cases["more than before"].claim, cases["a quotation"].claim)
    return Story((KIT,), Layout.BULLET, paragraphs=(claims,), url=paper.world.words_of(KIT).url)


def _rows(paper: Morning, cases: dict[str, Case]) -> tuple[Story, ...]:
    alpha = Claim((paper.world.name(ALPHA),))
    delta = cases["a cell of a newcomer"]
    other = Claim((paper.world.name(delta.items[0]),))
    columns = ("Name", "Change")
    still = Claim((Words("="),), also=tuple(_reading_of(alpha, paper)))
    return (
        Story((ALPHA,), Layout.ROW, cells=(alpha, still), columns=columns, group="huggingface"),
        Story(delta.items, Layout.ROW, cells=(other, delta.claim), columns=columns, group="huggingface"),
    )


def _reading_of(claim: Claim, paper: Morning) -> list[EvidenceId]:
    return [paper.world.cite(paper.models[-1], name.item, "rank") for name in claim.names]
