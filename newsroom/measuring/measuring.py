"""The measures of one issue, from what it prints and what the issues before it printed; nothing else is asked."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from domain.issue import Issue
from domain.measures import Finding, Measure, Measures
from domain.text import plain_line
from newsroom.measuring import balance, grounding, novelty, readability, rows, thesis, wording
from newsroom.measuring.found import Found
from newsroom.measuring.goals import goals_for

#: A note is an example, not a list (characters).
LONGEST_NOTE = 200


def measure(issue: Issue, past: Sequence[Issue]) -> Measures:
    """Measure a checked issue against the issues before it, whatever their order."""
    earlier = sorted((each for each in past if each.date < issue.date), key=lambda each: each.date, reverse=True)
    goals = goals_for(issue, first=not earlier)
    found = {each.measure: each for each in _found(issue, earlier)}
    return Measures(
        tuple(
            Finding(name, found[name].figure, goals[name], plain_line(found[name].note, LONGEST_NOTE))
            for name in Measure
        )
    )


def _found(issue: Issue, past: Sequence[Issue]) -> Iterator[Found]:
    """Every family; ``past`` newest first."""
    yield from grounding.measured(issue)
    yield from thesis.measured(issue, past)
    yield from wording.measured(issue, past)
    yield from novelty.measured(issue, past)
    yield from rows.measured(issue, past)
    yield from balance.measured(issue)
    yield from readability.measured(issue)
