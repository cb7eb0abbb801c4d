"""The goals of the measures, and which of them an issue is held below."""

from __future__ import annotations

from collections.abc import Mapping

from domain.issue import Issue
from domain.measures import Goal, Measure
from newsroom.measuring.balance import is_thin, kinds_that_answered
from newsroom.selection.memory import LEAD_KIND, mark

ALL = Goal(least=1)
NONE = Goal(most=0)

#: WRITING §4.4, for a morning on which everything answers.
GOALS: Mapping[Measure, Goal] = {
    Measure.SUPPORTED: ALL,
    Measure.TRACEABLE: ALL,
    Measure.LINKED: ALL,
    Measure.FOREIGN_LINKS: NONE,
    Measure.FIGURES: Goal(least=4),
    Measure.BANNED_WORDS: NONE,
    Measure.THESIS: Goal(most=0.28, below=True),
    Measure.LEAD_REPEATED: NONE,
    Measure.SEEN_YESTERDAY: Goal(most=0.05, below=True),
    Measure.SEEN_THIS_WEEK: Goal(most=0.5, below=True),
    Measure.FRESH_ENTITIES: Goal(least=0.6),
    Measure.FRESH_REPOSITORIES: Goal(least=0.4),
    Measure.MARKED_REPOSITORIES: ALL,
    Measure.MARKED_MODELS: ALL,
    Measure.SOURCES: Goal(least=4),
    Measure.SOURCES_OF_NUMBERS: Goal(least=3),
    Measure.LARGEST_SOURCE: Goal(most=0.6),
    Measure.WORDS: Goal(least=600, most=1200),
    Measure.FLESCH: Goal(least=50),
    Measure.MEDIAN_SENTENCE: Goal(most=17),
    Measure.LONGEST_SENTENCE: Goal(most=35),
    Measure.SECTIONS: Goal(least=7),
}

#: What holds a sample, too.
OF_A_SAMPLE = frozenset({Measure.SUPPORTED, Measure.TRACEABLE, Measure.FOREIGN_LINKS, Measure.BANNED_WORDS})

#: An issue that misses one of these is held.
ENFORCED = frozenset(Measure)

#: A quiet day may be short, and has fewer sections; so may a morning on which most lists could not be read.
QUIET_WORDS = Goal(least=250, most=1200)
QUIET_SECTIONS = Goal(least=4)

#: How many kinds of source must have answered before one can be held against the others.
KINDS_TO_BALANCE = 3

#: How the newsroom marks a day on which nothing that could lead has happened.
QUIET_MARK = mark(LEAD_KIND, "quiet")


def goals_for(issue: Issue, *, first: bool) -> Mapping[Measure, Goal]:
    """The goals as far as this morning allowed: only what answered counts, and a quiet or thin day may be short.

    On the ``first`` morning nothing can be counted against the day before, so that fewer sources have a figure; nor can
    sources be balanced on a thin one, of which most lists could not be read.
    """
    kinds, thin = len(kinds_that_answered(issue)), is_thin(issue)
    possible: dict[Measure, Goal] = {
        Measure.SOURCES: Goal(least=min(3 if thin else 4, kinds)),
        Measure.SOURCES_OF_NUMBERS: Goal(least=min(2 if first or thin else 3, kinds)),
    }
    if thin or kinds < KINDS_TO_BALANCE:
        possible[Measure.LARGEST_SOURCE] = Goal(most=1)
    if thin or QUIET_MARK in issue.themes:
        possible |= {Measure.WORDS: QUIET_WORDS, Measure.SECTIONS: QUIET_SECTIONS}
    return {**GOALS, **possible}
