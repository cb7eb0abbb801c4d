"""The audit of a stored issue: everything recomputed from storage, whatever the newsroom believed."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence

from domain.issue import SECTION_TITLES, Coverage, Issue, Story, Worth
from domain.readings import Harvest
from newsroom.checking.dossier import Dossier
from newsroom.checking.judging import judge
from newsroom.checking.rules_of_stories import address_fault, order_faults, promised_faults, story_faults
from newsroom.checking.sentences import sentences
from newsroom.checking.verdicts import AuditReport
from newsroom.checking.wording import Wording, standard_wording
from newsroom.coverage import coverage
from newsroom.facts import Facts
from newsroom.record import Record


def audit(
    issue: Issue, facts: Facts, wording: Wording | None = None, asked: Sequence[Harvest] | None = None
) -> AuditReport:
    """Every sentence of the issue with its verdict, and what is wrong with the issue as a whole.

    ``asked``: every harvest of the record that the issue was written from; with them its coverage is recomputed.
    """
    dossier = Dossier(issue.evidence, facts)
    law = wording or standard_wording()
    verdicts = tuple(
        judge(sentence, dossier, law) for section in issue.sections for sentence in sentences(section, issue.date)
    )
    problems = [*_problems(issue, dossier, law), *_of_checks(issue)]
    if asked is not None:
        problems += _of_coverage(issue.coverage, asked)
    return AuditReport(issue.date, issue.number, verdicts, tuple(problems))


def _problems(issue: Issue, dossier: Dossier, law: Wording) -> Iterator[str]:
    for section in issue.sections:
        if section.title != SECTION_TITLES[section.name] and not _is_of_the_house(section.title, law):
            yield f"{section.name}: the title {section.title!r} is not one of the paper's own"
        for story in section.stories:
            faults = (*story_faults(story), *promised_faults(story, dossier), address_fault(story, dossier))
            yield from (f"{section.name}: {fault}" for fault in faults if fault)
            yield from (f"{section.name}: {fault}" for fault in _worth_faults(story))
        yield from (f"{section.name}: {fault}" for fault in order_faults(section.stories))


def _is_of_the_house(title: str, law: Wording) -> bool:
    words = (word.strip("&,:").lower() for word in title.split())
    return all(not word or word in law.vocabulary for word in words)


def _worth_faults(story: Story) -> Iterator[str]:
    """What a story is said to be worth lies within its bounds (docs/newsworthiness.md)."""
    worth: Worth | None = story.worth
    if worth is None:
        return
    factors = (worth.surprise, worth.magnitude)
    if not all(math.isfinite(each) and 0 <= each <= 1 for each in factors) or not math.isfinite(worth.score):
        yield f"the worth of a story is out of its bounds: {worth}"


def _of_checks(issue: Issue) -> Iterator[str]:
    """What the issue says of itself: its counts, and the evidence that it carries."""
    printed = sum(1 for _ in issue.claims())
    if (issue.checks.claims, issue.checks.supported) != (printed, printed):
        yield f"the issue says {issue.checks.supported} of {issue.checks.claims} are supported, and prints {printed}"
    cited = {each for claim in issue.claims() for each in claim.evidence}
    if uncited := sorted(set(issue.evidence) - cited):
        yield f"the issue carries evidence that no sentence cites: {', '.join(uncited[:5])}"


def _of_coverage(stated: Coverage, asked: Sequence[Harvest]) -> Iterator[str]:
    """The statement on the sources, recomputed from every harvest up to its moment."""
    until = [harvest for harvest in asked if harvest.observed_at <= stated.as_of]
    found = coverage(Record.build(until, [], {}), stated.as_of)
    known = {each.source: each for each in found.sources}
    for each in stated.sources:
        if known.get(each.source) != each:
            yield f"the coverage of {each.source} is not what was stored: {known.get(each.source)}"
    if missing := sorted(set(known) - {each.source for each in stated.sources}):
        yield f"the coverage is silent on {', '.join(missing)}"
