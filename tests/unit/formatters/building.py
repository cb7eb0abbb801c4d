"""Small issues for single tests: one section, a story or two, every claim resting on one list."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

from domain.claims import Claim, Name, Run, Words, house
from domain.evidence import EvidenceId, HarvestEvidence
from domain.issue import SECTION_TITLES, Checks, Coverage, Issue, Layout, Section, SectionName, SourceCoverage, Story
from domain.items import ItemKey, Kind, Source
from domain.readings import HarvestStatus

AS_OF = datetime(2026, 7, 4, 5, 31, 10, tzinfo=UTC)
LIST = EvidenceId("h1")
ITEM = ItemKey(Source.GITHUB, Kind.REPOSITORY, "owner/name")


def claim(*runs: str | Run) -> Claim:
    """A sentence that rests on the list; strings are our own words."""
    return Claim(tuple(Words(run) if isinstance(run, str) else run for run in runs), also=(LIST,))


def name(text: str, url: str | None = None) -> Name:
    """A name with the list for evidence."""
    return Name(text, ITEM, LIST, url)


def article(headline: str, *paragraphs: str) -> Story:
    """A headline and paragraphs of one sentence each."""
    return Story((ITEM,), headline=claim(headline), paragraphs=tuple((claim(text),) for text in paragraphs))


def bullet(*runs: str | Run, label: str = "") -> Story:
    """An entry of a list, one sentence long."""
    return Story((ITEM,), Layout.BULLET, paragraphs=((claim(*runs),),), label=label)


def row(*cells: str | Run, columns: tuple[str, ...] = (), group: str = "", label: str = "") -> Story:
    """A row of a table."""
    return Story((ITEM,), Layout.ROW, cells=tuple(map(claim, cells)), columns=columns, group=group, label=label)


def section(part: SectionName, *stories: Story) -> Section:
    """A section under its usual title."""
    return Section(part, SECTION_TITLES[part], stories)


def house_section() -> Section:
    """A section of fixed words alone: an opening and a note."""
    return Section(
        SectionName.SUBSCRIBE, "Subscribe", opening=(house("We say hello."),), notes=(house("We say goodbye."),)
    )


def issue(*sections: Section) -> Issue:
    """An issue of these sections, read from GitHub alone."""
    claims = sum(1 for part in sections for _ in part.claims())
    return Issue(
        date=date(2026, 7, 4),
        number=20,
        title="The AI Morning Post",
        motto="Artificial Intelligence • Machine Learning • Future Tech",
        sections=sections,
        evidence={LIST: HarvestEvidence(1, Source.GITHUB, "trending/daily", 25, HarvestStatus.OK, AS_OF)},
        coverage=Coverage(AS_OF, (SourceCoverage(Source.GITHUB, HarvestStatus.OK, 25, AS_OF, lists=1),)),
        checks=Checks(claims, claims),
    )


def numbered(whole: Issue) -> Issue:
    """The issue with every sentence between marks of its own, so that a sentence cut short is seen."""
    count = iter(range(10**6))

    def marked(one: Claim) -> Claim:
        number = next(count)
        return replace(one, runs=(Words(f"begin{number} "), *one.runs, Words(f" end{number}")))

    def story(one: Story) -> Story:
        return replace(
            one,
            headline=one.headline and marked(one.headline),
            standfirst=one.standfirst and marked(one.standfirst),
            cells=tuple(map(marked, one.cells)),
            paragraphs=tuple(tuple(map(marked, paragraph)) for paragraph in one.paragraphs),
        )

    sections = tuple(
        replace(
            part,
            opening=tuple(map(marked, part.opening)),
            stories=tuple(map(story, part.stories)),
            notes=tuple(map(marked, part.notes)),
        )
        for part in whole.sections
    )
    return replace(whole, sections=sections)
