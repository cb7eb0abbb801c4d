"""Which sources the issue rests on, and how much of it on the largest."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from itertools import chain

from domain.claims import Role
from domain.issue import Issue, Section, SectionName
from domain.items import Source
from domain.measures import Measure
from domain.readings import HarvestStatus
from newsroom.measuring.found import Found
from newsroom.measuring.prose import sources_of, units

#: Sections that are no news of their own.
_FURNITURE = frozenset({SectionName.SUBSCRIBE})


def measured(issue: Issue) -> Iterator[Found]:
    """The sources cited, in all and in By the Numbers; the weight of the largest; the sections that have substance."""
    numbers = issue.section(SectionName.NUMBERS)
    counted = used(issue, numbers) if numbers else frozenset()
    most = largest(issue)
    yield Found(Measure.SOURCES, len(used(issue)), ", ".join(sorted(used(issue))))
    yield Found(Measure.SOURCES_OF_NUMBERS, len(counted), ", ".join(sorted(counted)))
    yield Found(Measure.LARGEST_SOURCE, *((most[1], most[0].value) if most else (None, "no source cited")))
    full = [section.name for section in issue.sections if has_substance(section)]
    yield Found(Measure.SECTIONS, len(full), ", ".join(full))


def has_substance(section: Section) -> bool:
    """Whether a section tells anything: a story, or a sentence with evidence; Subscribe tells nothing of the day."""
    if section.name in _FURNITURE:
        return False
    return bool(section.stories) or any(claim.role is Role.CLAIM for claim in section.claims())


def answered(issue: Issue) -> frozenset[Source]:
    """The sources that gave anything this morning."""
    return frozenset(
        each.source for each in issue.coverage.sources if each.status is not HarvestStatus.FAILED and each.items
    )


def used(issue: Issue, section: Section | None = None) -> frozenset[Source]:
    """The sources that the issue, or one section of it, cites."""
    claims = section.claims() if section is not None else issue.claims()
    return sources_of(tuple(claims), issue)


def largest(issue: Issue) -> tuple[Source, float] | None:
    """The source that most units cite, with its share of the units that cite any; None when none does.

    A unit is a sentence or a row; one that cites two sources counts for both.
    """
    cited = [sources_of(unit, issue) for section in issue.sections for unit in units(section)]
    cited = [sources for sources in cited if sources]
    counted = Counter(chain.from_iterable(cited))
    if not counted:
        return None
    source, count = max(counted.items(), key=lambda pair: (pair[1], pair[0]))
    return source, count / len(cited)
