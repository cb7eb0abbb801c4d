"""A whole morning written by hand: every section, every layout, notes, a dropped sentence, a silent source.

The projects are invented, and so are their figures; the issue is marked as a sample for that reason.
"""

from __future__ import annotations

from datetime import UTC, date, datetime

from domain.issue import Checks, Coverage, Drop, Issue, Paper, SectionName, SourceCoverage
from domain.items import Source
from domain.readings import HarvestStatus
from tests.golden import sample_lists, sample_stories
from tests.golden.desk import Desk

AS_OF = datetime(2026, 7, 4, 5, 31, 10, tzinfo=UTC)
PAPER = Paper(channel="@ai_morning_post", bot="ai_morning_post_bot", sample=True)


def sample_issue() -> Issue:
    """The issue of Saturday 4 July 2026."""
    desk = Desk()
    sections = (
        sample_stories.lead(desk),
        sample_lists.numbers(desk),
        sample_stories.deep_dive(desk),
        sample_stories.opinion(desk),
        sample_lists.tools(desk),
        sample_lists.trending(desk),
        sample_lists.movers(desk),
        sample_lists.reading(desk),
        sample_lists.subscribe(),
    )
    claims = sum(1 for section in sections for _ in section.claims())
    drop = Drop(SectionName.MOVERS, "harrow/plough doubled its stars.", "2,204 is not twice 1,190")
    return Issue(
        date=date(2026, 7, 4),
        number=20,
        title=PAPER.title,
        motto=PAPER.motto,
        sections=sections,
        evidence=desk.evidence,
        coverage=Coverage(AS_OF, _sources()),
        checks=Checks(claims, claims, (drop,)),
        sample=True,
        themes=("kestrel",),
    )


def _sources() -> tuple[SourceCoverage, ...]:
    return (
        SourceCoverage(Source.HUGGINGFACE, HarvestStatus.OK, 110, AS_OF, lists=4),
        SourceCoverage(Source.GITHUB, HarvestStatus.OK, 84, AS_OF, lists=5),
        SourceCoverage(
            Source.OSSINSIGHT, HarvestStatus.FAILED, 0, None, 1, ("trends/past_24_hours",), "answered 503 three times"
        ),
        SourceCoverage(Source.ARXIV, HarvestStatus.EMPTY, 0, AS_OF, lists=1),
        SourceCoverage(Source.HACKERNEWS, HarvestStatus.OK, 50, AS_OF, lists=2),
        SourceCoverage(
            Source.FEEDS, HarvestStatus.PARTIAL, 61, AS_OF, 24, ("Lantern Labs",), "Lantern Labs answered 403"
        ),
    )
