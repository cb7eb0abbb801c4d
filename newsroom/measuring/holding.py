"""Holds an issue to its goals: the measures go into its checks, and what is missed holds it, in plain words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from domain.issue import Issue
from domain.measures import Finding
from newsroom.measuring.goals import ENFORCED, OF_A_SAMPLE
from newsroom.measuring.measuring import measure


def hold_to_goals(issue: Issue, past: Sequence[Issue]) -> Issue:
    """The checked issue with its measures; held when it misses a goal that is enforced.

    A sample's world is too small to be always new: it is held only for what it rests on.
    """
    measures = measure(issue, past)
    enforced = ENFORCED & OF_A_SAMPLE if issue.sample else ENFORCED
    missed = [_reason(finding) for finding in measures.missed if finding.measure in enforced]
    held = "; ".join([*([issue.checks.held] if issue.checks.held else []), *missed]) or None
    return replace(issue, checks=replace(issue.checks, measures=measures, held=held))


def _reason(finding: Finding) -> str:
    """One missed goal in a line: what was found, what is asked, and the first examples."""
    found = f"{finding.title}: {finding.found_text} (goal {finding.goal_text})"
    return f"{found}, for instance {finding.note}" if finding.note else found
