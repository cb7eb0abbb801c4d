"""Tiny issues to measure: a few sentences on lists of made-up sources, each day its own."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime, time

from domain.claims import Claim, Figure, Name, Quote, Run, Words
from domain.evidence import Evidence, EvidenceId, Expression, HarvestEvidence, QuoteEvidence, ReadingEvidence
from domain.issue import SECTION_TITLES, Checks, Coverage, Issue, Layout, Section, SectionName, SourceCoverage, Story
from domain.items import NEWS, ItemKey, Kind, Source
from domain.measures import Finding, Measure
from domain.readings import HarvestStatus
from newsroom.measuring import measure

AT = datetime(2026, 7, 4, 5, 30, tzinfo=UTC)
DAY = date(2026, 7, 4)

KINDS: Mapping[Source, Kind] = {
    Source.GITHUB: Kind.REPOSITORY,
    Source.HUGGINGFACE: Kind.MODEL,
    Source.HACKERNEWS: Kind.STORY,
    Source.ARXIV: Kind.PAPER,
    Source.FEEDS: Kind.POST,
    Source.OSSINSIGHT: Kind.REPOSITORY,
}


def item(name: str, source: Source = Source.GITHUB) -> ItemKey:
    """Something on a list."""
    return ItemKey(source, KINDS[source], name)


def address(key: ItemKey) -> str:
    """Its stored address."""
    return f"https://{key.source}.example/{key.external_id}"


def named(key: ItemKey, *, linked: bool = True, url: str = "") -> Name:
    """Its name, cited as the evidence of ``issue`` has it."""
    return Name(key.external_id, key, EvidenceId(f"q-{key}"), url or (address(key) if linked else None))


def quoted(key: ItemKey, text: str) -> Quote:
    """Its own words."""
    return Quote(text, key, EvidenceId(f"q-{key}"))


def figure(text: str, source: Source = Source.GITHUB) -> Figure:
    """A printed figure, read from a list of a source."""
    return Figure(text, 1.0, "stars", Expression("count(a)"), {"a": on(source)})


def on(source: Source) -> EvidenceId:
    """The list of a source."""
    return EvidenceId(f"h-{source}")


def said(*runs: str | Run, source: Source = Source.GITHUB) -> Claim:
    """A sentence that rests on the list of a source; strings are our own words."""
    return Claim(tuple(Words(run) if isinstance(run, str) else run for run in runs), also=(on(source),))


def lead(headline: Claim, *claims: Claim, about: ItemKey, label: str = "") -> Section:
    """A lead story."""
    story = Story((about,), headline=headline, paragraphs=(claims,), url=address(about), label=label)
    return part(SectionName.LEAD, story)


def bullet(*claims: Claim, about: ItemKey) -> Story:
    """An entry of a list."""
    return Story((about,), Layout.BULLET, paragraphs=(claims,), url=address(about))


def row(key: ItemKey, change: str, *more: str) -> Story:
    """A row of a table with a place, a name and a change."""
    place = Figure("1", 1.0, "", Expression("a"), {"a": EvidenceId(f"r-{key}")})
    cells = (said(place, source=key.source), said(named(key), source=key.source))
    words = tuple(said(text, source=key.source) for text in (change, *more))
    columns = ("Place", "Name", "Change", *("More" for _ in more))
    return Story((key,), Layout.ROW, cells=(*cells, *words), columns=columns, group=key.source, url=address(key))


def part(name: SectionName, *stories: Story) -> Section:
    """A section under its usual title."""
    return Section(name, SECTION_TITLES[name], stories)


def issue(
    *sections: Section,
    day: date = DAY,
    answered: Iterable[Source] = NEWS,
    themes: tuple[str, ...] = (),
    hour: int = 5,
) -> Issue:
    """An issue of these sections, its lists read at an hour; ``answered`` are the sources that gave something."""
    claims = [claim for section in sections for claim in section.claims()]
    keys = {name.item for claim in claims for name in claim.names}
    keys |= {quote.item for claim in claims for quote in claim.quotes}
    keys |= {key for section in sections for story in section.stories for key in story.items}
    evidence: dict[EvidenceId, Evidence] = {
        on(source): HarvestEvidence(1, source, "a-list", 25, HarvestStatus.OK, AT) for source in Source
    }
    for key in keys:
        evidence[EvidenceId(f"q-{key}")] = QuoteEvidence(
            1, key.source, key, "title", 0, key.external_id, AT, address(key)
        )
        read = datetime.combine(day, time(hour), UTC)
        evidence[EvidenceId(f"r-{key}")] = ReadingEvidence(
            1, key.source, "a-list", key, "rank", 1, 1, read, address(key)
        )
    gave = set(answered)
    coverage = tuple(
        SourceCoverage(source, HarvestStatus.OK if source in gave else HarvestStatus.FAILED, 25 * (source in gave), AT)
        for source in NEWS
    )
    return Issue(
        date=day,
        number=1,
        title="The AI Morning Post",
        motto="",
        sections=sections,
        evidence=evidence,
        coverage=Coverage(AT, coverage),
        checks=Checks(len(claims), len(claims)),
        themes=themes,
    )


def found(measure_name: Measure, whole: Issue, *past: Issue) -> Finding:
    """One measure of an issue."""
    finding = measure(whole, past).of(measure_name)
    assert finding is not None
    return finding
