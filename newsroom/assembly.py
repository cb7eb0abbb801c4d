"""From a record of readings to the issue of a day: insights, selection, sections, evidence, and the checks."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from itertools import islice

from domain.edits import UNDIRECTED, Direction, LeadOption
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
from newsroom.selection.approval import NO_VOTES, Approval
from newsroom.selection.choice import ranked

#: How many leads are tried before an issue goes without.
MOST_LEADS = 3

#: How often sentences that the checks took out are said in other words.
REPHRASED = 2


def assemble(  # noqa: PLR0917 - the contract of the room: everything that an issue depends on
    day: date,
    record: Record,
    past: Sequence[Issue],
    paper: Paper,
    number: int,
    as_of: datetime,
    dead: frozenset[str] = frozenset(),
    direction: Direction = UNDIRECTED,
    approval: Approval = NO_VOTES,
) -> Issue:
    """The issue of ``day`` from what was observed up to ``as_of`` (aware UTC), checked and measured.

    ``past`` are the earlier issues, newest first; ``dead`` are addresses that no sentence may lead to. The same
    arguments give the same issue. A lead that the checks take out, or with which the issue would be held, is passed
    over and the next one tried: an issue is not held for one sentence. When no lead mends it, it is the first that had
    one. The editor's ``direction`` goes before: his lead is tried first, what he skipped is not named, and a section
    that he wants anew is said in other words. ``approval``: what readers think of kinds of stories.
    """
    passed_over: list[str] = []
    held: list[Issue] = []
    while True:
        desk = Desk.open(day, record, past, paper, as_of, dead, direction, approval)
        issue, led_by = _attempt(desk, number, passed_over)
        issue = hold_to_goals(issue, past)
        if issue.checks.held is None:
            return issue
        held.append(issue)
        if led_by is None or len(held) == MOST_LEADS:
            return next((each for each in held if _leads(each)), issue)
        passed_over.append(led_by)


def _leads(issue: Issue) -> bool:
    """Whether the issue has a lead story that stands."""
    lead_section = issue.section(SectionName.LEAD)
    return lead_section is not None and bool(lead_section.stories)


def lead_options(desk: Desk, standing: Issue, most: int) -> tuple[LeadOption, ...]:
    """The stories that could lead in place of the one that leads the ``standing`` issue, best first."""
    slate = Slate(desk, ranked(desk, gather(desk)))
    section = standing.section(SectionName.LEAD)
    leading = {story.items[:1] for story in section.stories} if section is not None else set()
    return tuple(islice(lead.options(desk, slate, leading), most))


def _attempt(desk: Desk, number: int, passed_over: Sequence[str]) -> tuple[Issue, str | None]:
    """One issue, with the key of the insight that leads it; ``passed_over`` may not."""
    slate = Slate(desk, ranked(desk, gather(desk)))
    sections = _said_anew(desk, desk.phrases.revise(_sections(desk, slate, passed_over)))
    issue = _checked(desk, slate, number, sections)
    for _ in range(REPHRASED):
        said_otherwise = desk.phrases.rephrase(sections, {drop.text for drop in issue.checks.drops})
        if said_otherwise == sections:
            break
        sections = said_otherwise
        issue = _checked(desk, slate, number, sections)
    return issue, slate.led_by


def _said_anew(desk: Desk, sections: tuple[Section, ...]) -> tuple[Section, ...]:
    """The sections, those that the editor wants anew said by other lines of the book, so often as he asked."""
    for name, times in desk.direction.redone.items():
        for _ in range(times):
            said = {claim.text for section in sections if section.name is name for claim in section.claims()}
            sections = desk.phrases.rephrase(sections, said)
    return sections


def _checked(desk: Desk, slate: Slate, number: int, sections: tuple[Section, ...]) -> Issue:
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
    return check(issue, desk.record)


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
