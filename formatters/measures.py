"""The measures of an issue for its admins: a table for a terminal, lines for a chat; plain text, not yet escaped."""

from __future__ import annotations

from domain.measures import Finding, Measures
from domain.text import plain_line

OK, MISSED = "ok", "missed"

#: In a chat, all measures together stay well below Telegram's 4,096 characters.
LONGEST_NOTE = 60


def summary(measures: Measures) -> str:
    """How many goals are met: ``20 of 22 goals met``."""
    met = len(measures.findings) - len(measures.missed)
    return f"{met} of {len(measures.findings)} goals met"


def measure_table(measures: Measures) -> list[str]:
    """Each measure with what was found, its goal and whether it is met, in columns; what is missed says where."""
    rows = [(each.title, each.found_text, each.goal_text, _verdict(each)) for each in measures.findings]
    widths = [max((len(row[column]) for row in rows), default=0) for column in range(3)]
    return [
        f"{title:<{widths[0]}}  {found:>{widths[1]}}  goal {goal:<{widths[2]}}  {verdict}".rstrip()
        for title, found, goal, verdict in rows
    ]


def measure_lines(measures: Measures) -> list[str]:
    """Each measure in a line for a chat: ``✓ Words: 1,049 (goal 600–1,200)``; what is missed says where."""
    return [_line(each) for each in measures.findings]


def _line(finding: Finding) -> str:
    line = f"{'✓' if finding.met else '✗'} {finding.title}: {finding.found_text} (goal {finding.goal_text})"
    return line if finding.met or not finding.note else f"{line}: {plain_line(finding.note, LONGEST_NOTE)}"


def _verdict(finding: Finding) -> str:
    if finding.met:
        return OK
    return f"{MISSED}: {finding.note}" if finding.note else MISSED
