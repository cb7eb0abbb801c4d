"""From a record of readings to the issue of a day: insights, selection, sections, evidence, and the checks."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime

from domain.evidence import Evidence, EvidenceId
from domain.issue import Checks, Issue, Paper, Section, SectionName
from newsroom.checking import check
from newsroom.coverage import coverage
from newsroom.desk import Desk
from newsroom.insights.gather import gather
from newsroom.measuring import hold_to_goals
from newsroom.record import Record
from newsroom.sections import deepdive, lead, movers, numbers, opinion, reading, subscribe, tools, trending, week
from newsroom.sections.slate import Slate
from newsroom.selection.choice import ranked

#: How many leads are tried before an issue goes without.
MOST_LEADS = 3


def assemble(  # noqa: PLR0917 - the contract of the room: everything that an issue depends on
    day: date, record: Record, past: Sequence[Issue], paper: Paper, number: int, as_of: datetime
) -> Issue:
    """The issue of ``day`` from what was observed up to ``as_of`` (aware UTC), checked and measured.

    ``past`` are the earlier issues, newest first. The same arguments give the same issue. A lead that the checks
    take out is passed over and the next one tried: an issue is not held for one sentence.
    """
    passed_over: list[str] = []
    while True:
        desk = Desk.open(day, record, past, paper, as_of)
        issue, led_by = _attempt(desk, number, passed_over)
        lead_story = issue.section(SectionName.LEAD)
        stands = lead_story is None or bool(lead_story.stories)
        if stands or led_by is None or len(passed_over) == MOST_LEADS - 1:
            return hold_to_goals(issue, past)
        passed_over.append(led_by)


def _attempt(desk: Desk, number: int, passed_over: Sequence[str]) -> tuple[Issue, str | None]:
    """One issue, with the key of the insight that leads it; ``passed_over`` may not."""
    slate = Slate(desk, ranked(desk, gather(desk)))
    sections = desk.phrases.revise(_sections(desk, slate, passed_over))
    issue = Issue(
        date=desk.day,
        number=number,
        title=desk.paper.title,
        motto=desk.paper.motto,
        sections=sections,
        evidence=_cited(sections, desk.cite.evidence),
        coverage=coverage(desk.record, desk.as_of),
        checks=Checks(claims=0, supported=0),
        sample=desk.paper.sample,
        themes=slate.marks,
        days=desk.days,
    )
    return check(issue, desk.record), slate.led_by


def _sections(desk: Desk, slate: Slate, passed_over: Sequence[str]) -> tuple[Section, ...]:
    """The sections in the order of the paper; each knows from the slate what those before it have told."""
    written: list[Section] = []
    writers: Sequence[Callable[[], Section | None]] = (
        lambda: lead.write(desk, slate, passed_over),
        lambda: numbers.write(desk, slate),
        lambda: week.write(desk, slate) or deepdive.write(desk, slate),
        lambda: opinion.write(desk, slate),
        lambda: tools.write(desk, slate),
        lambda: trending.write(desk, slate),
        lambda: movers.write(desk, slate),
        lambda: reading.write(desk, slate),
        lambda: subscribe.write(desk),
    )
    for write in writers:
        section = write()
        if section is not None:
            slate.count(section)
            written.append(replace(section, stories=tuple(map(slate.explained, section.stories))))
    return tuple(written)


def _cited(sections: Sequence[Section], evidence: Mapping[EvidenceId, Evidence]) -> Mapping[EvidenceId, Evidence]:
    """The evidence of what is printed, in the order in which it is cited."""
    cited = dict.fromkeys(each for section in sections for claim in section.claims() for each in claim.evidence)
    return {each: evidence[each] for each in cited}
