"""The audit of a stored issue: everything recomputed from storage, whatever the newsroom believed."""

from __future__ import annotations

from collections.abc import Iterator

from domain.issue import Issue
from newsroom.checking.dossier import Dossier
from newsroom.checking.judging import judge
from newsroom.checking.rules_of_stories import address_fault, story_faults
from newsroom.checking.sentences import sentences
from newsroom.checking.verdicts import AuditReport
from newsroom.checking.wording import Wording, standard_wording
from newsroom.facts import Facts


def audit(issue: Issue, facts: Facts, wording: Wording | None = None) -> AuditReport:
    """Every sentence of the issue with its verdict, and what is wrong with the issue as a whole."""
    dossier = Dossier(issue.evidence, facts)
    law = wording or standard_wording()
    verdicts = tuple(
        judge(sentence, dossier, law) for section in issue.sections for sentence in sentences(section, issue.date)
    )
    return AuditReport(issue.date, issue.number, verdicts, tuple(_problems(issue, dossier)))


def _problems(issue: Issue, dossier: Dossier) -> Iterator[str]:
    for section in issue.sections:
        for story in section.stories:
            faults = (*story_faults(story), address_fault(story, dossier))
            yield from (f"{section.name}: {fault}" for fault in faults if fault)
    printed = sum(1 for _ in issue.claims())
    if (issue.checks.claims, issue.checks.supported) != (printed, printed):
        yield f"the issue says {issue.checks.supported} of {issue.checks.claims} are supported, and prints {printed}"
