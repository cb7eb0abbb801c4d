"""Which sources the issue rests on, and how much of it on the largest; which sections have substance."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from enum import StrEnum
from itertools import chain

from domain.claims import Claim, Role
from domain.evidence import Evidence
from domain.issue import Issue, Section, SectionName, SourceCoverage
from domain.items import NEWS, Source
from domain.measures import Measure
from domain.readings import HarvestStatus, Lists
from newsroom.measuring.found import Found
from newsroom.measuring.prose import sources_of, units


class SourceKind(StrEnum):
    """A kind of source, by what it lists; Hugging Face's page of papers is of the kind of arXiv, not of its models."""

    HUB = "models, datasets and Spaces"
    CODE = "repositories"
    PAPERS = "papers"
    TALK = "stories"
    PRESS = "posts"


_KINDS = {
    Source.HUGGINGFACE: SourceKind.HUB,
    Source.GITHUB: SourceKind.CODE,
    Source.OSSINSIGHT: SourceKind.CODE,
    Source.ARXIV: SourceKind.PAPERS,
    Source.HACKERNEWS: SourceKind.TALK,
    Source.FEEDS: SourceKind.PRESS,
}

#: Sections that are no news of their own.
_FURNITURE = frozenset({SectionName.SUBSCRIBE})


def measured(issue: Issue) -> Iterator[Found]:
    """The kinds of source cited, in all and in By the Numbers; the weight of the largest source; full sections."""
    yield _cited(Measure.SOURCES, issue, issue.claims())
    numbers = issue.section(SectionName.NUMBERS)
    if numbers is not None and has_substance(numbers):
        yield _cited(Measure.SOURCES_OF_NUMBERS, issue, numbers.claims())
    else:
        yield Found(Measure.SOURCES_OF_NUMBERS, None, "there is no such section")
    most = largest(issue)
    yield Found(Measure.LARGEST_SOURCE, *((most[1], most[0].value) if most else (None, "no source cited")))
    full = [section.name for section in issue.sections if has_substance(section)]
    yield Found(Measure.SECTIONS, len(full), ", ".join(full))


def _cited(measure: Measure, issue: Issue, claims: Iterable[Claim]) -> Found:
    found = kinds_cited(issue, claims)
    return Found(measure, len(found), "; ".join(kind for kind in SourceKind if kind in found))


def kinds_cited(issue: Issue, claims: Iterable[Claim]) -> frozenset[SourceKind]:
    """The kinds of source whose readings, words or lists some claims cite."""
    cited = chain.from_iterable(claim.evidence for claim in claims)
    evidence = (issue.evidence[each] for each in cited if each in issue.evidence)
    return frozenset(_kind(each) for each in evidence if each.source in NEWS)


def _kind(evidence: Evidence) -> SourceKind:
    is_paper = getattr(evidence, "list", "") == Lists.DAILY_PAPERS
    return SourceKind.PAPERS if is_paper else _KINDS[evidence.source]


def kinds_that_answered(issue: Issue) -> frozenset[SourceKind]:
    """The kinds of source that gave anything this morning."""
    return frozenset(chain.from_iterable(_answered(each) for each in issue.coverage.sources))


def _answered(source: SourceCoverage) -> Iterator[SourceKind]:
    if source.status is HarvestStatus.FAILED or not source.items:
        return
    yield _KINDS[source.source]
    if source.source is Source.HUGGINGFACE and Lists.DAILY_PAPERS not in source.failed_lists:
        yield SourceKind.PAPERS


def is_thin(issue: Issue) -> bool:
    """Whether most lists of the sites could not be read this morning; feeds are many, and not counted."""
    sites = [each for each in issue.coverage.sources if each.source is not Source.FEEDS]
    return 2 * sum(len(each.failed_lists) for each in sites) > sum(each.lists for each in sites)


def has_substance(section: Section) -> bool:
    """Whether a section tells anything: a story, or a sentence with evidence; Subscribe tells nothing of the day."""
    if section.name in _FURNITURE:
        return False
    return bool(section.stories) or any(claim.role is Role.CLAIM for claim in section.claims())


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
