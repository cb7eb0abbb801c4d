"""An issue as plain text with the evidence of every sentence below it, to be read and checked by hand."""

from __future__ import annotations

from collections.abc import Iterator

from benchmarks.gazette.living import Lived
from domain.claims import Claim, Role
from domain.evidence import Evidence, HarvestEvidence, QuoteEvidence, ReadingEvidence
from domain.issue import Issue


def written(lived: Lived) -> str:
    """The plain edition, then each claim with what it cites, the measures, and what the checks took out."""
    parts = [lived.plain, "EVIDENCE", *_claims(lived.issue), "", "MEASURES", *_measures(lived.issue)]
    drops = [f"  {drop.section}: {drop.text} | {drop.reason}" for drop in lived.issue.checks.drops]
    failed = [f"  {verdict}" for verdict in lived.audit.failed]
    return "\n".join([*parts, "", "TAKEN OUT", *drops, "", "NOT RECOMPUTED", *failed, ""])


def _claims(issue: Issue) -> Iterator[str]:
    for section in issue.sections:
        yield f"\n{section.title}"
        for claim in section.claims():
            if claim.role is Role.CLAIM:
                yield f"  {claim.text}"
                yield from (f"      {each}" for each in _cited(issue, claim))


def _cited(issue: Issue, claim: Claim) -> Iterator[str]:
    yield from (f"{figure.text} = {figure.formula}" for figure in claim.figures)
    yield ", ".join(f"{each}: {_line(issue.evidence[each])}" for each in claim.evidence[:8])
    if len(claim.evidence) > 8:
        yield f"… and {len(claim.evidence) - 8} more"


def _line(evidence: Evidence) -> str:
    match evidence:
        case ReadingEvidence():
            read = f"{evidence.list} {evidence.observed_at:%d %b}"
            return f"{evidence.item.external_id} {evidence.metric} {evidence.value:,} ({read})"
        case QuoteEvidence():
            return f"{evidence.field} “{evidence.text[:60]}”"
        case HarvestEvidence():
            return f"{evidence.source} {evidence.list}, {evidence.items} items ({evidence.observed_at:%d %b})"


def _measures(issue: Issue) -> Iterator[str]:
    measures = issue.checks.measures
    for finding in measures.findings if measures else ():
        mark = "  " if finding.met else "! "
        yield f"{mark}{finding.title:52} {finding.goal_text:>10} {finding.found_text:>8}  {finding.note[:100]}"
