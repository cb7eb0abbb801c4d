"""The measures of an issue: what was found, against which goal, and whether the goal is met."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class Measure(StrEnum):
    """What is measured; ``docs/measures.md`` defines each exactly. A value that was stored once stays."""

    SUPPORTED = "supported"
    TRACEABLE = "traceable"
    LINKED = "linked"
    FOREIGN_LINKS = "foreign_links"
    FIGURES = "figures"
    BANNED_WORDS = "banned_words"
    THESIS = "thesis"
    LEAD_REPEATED = "lead_repeated"
    SEEN_YESTERDAY = "seen_yesterday"
    SEEN_THIS_WEEK = "seen_this_week"
    FRESH_ENTITIES = "fresh_entities"
    FRESH_REPOSITORIES = "fresh_repositories"
    MARKED_REPOSITORIES = "marked_repositories"
    MARKED_MODELS = "marked_models"
    SOURCES = "sources"
    SOURCES_OF_NUMBERS = "sources_of_numbers"
    LARGEST_SOURCE = "largest_source"
    WORDS = "words"
    FLESCH = "flesch"
    MEDIAN_SENTENCE = "median_sentence"
    LONGEST_SENTENCE = "longest_sentence"
    SECTIONS = "sections"


class Unit(StrEnum):
    """How a figure of a measure is written."""

    SHARE = "share"  # 0 to 1, written in per cent
    COUNT = "count"
    COSINE = "cosine"  # 0 to 1, two decimals
    SCORE = "score"  # one decimal


@dataclass(frozen=True, slots=True)
class Definition:
    """What a measure is called in a table, and how its figures are written."""

    title: str
    unit: Unit


DEFINITIONS: Mapping[Measure, Definition] = {
    Measure.SUPPORTED: Definition("Claims that storage supports", Unit.SHARE),
    Measure.TRACEABLE: Definition("Claims with evidence that can be looked up", Unit.SHARE),
    Measure.LINKED: Definition("Items that are linked", Unit.SHARE),
    Measure.FOREIGN_LINKS: Definition("Links that no source gave", Unit.COUNT),
    Measure.FIGURES: Definition("Figures per 100 words", Unit.SCORE),
    Measure.BANNED_WORDS: Definition("Words of hype, cause or forecast", Unit.COUNT),
    Measure.THESIS: Definition("Likeness of the lead to the nearest of the last 7", Unit.COSINE),
    Measure.LEAD_REPEATED: Definition("Lead entities of the last 7 days, not marked", Unit.COUNT),
    Measure.SEEN_YESTERDAY: Definition("Wording seen in the issue before", Unit.SHARE),
    Measure.SEEN_THIS_WEEK: Definition("Wording seen in the last 7 issues", Unit.SHARE),
    Measure.FRESH_ENTITIES: Definition("Entities not told in the last 7 issues", Unit.SHARE),
    Measure.FRESH_REPOSITORIES: Definition("GitHub rows not in the issue before", Unit.SHARE),
    Measure.MARKED_REPOSITORIES: Definition("Repeated GitHub rows with day and movement", Unit.SHARE),
    Measure.MARKED_MODELS: Definition("Hugging Face rows new, moved or marked =", Unit.SHARE),
    Measure.SOURCES: Definition("Kinds of source used", Unit.COUNT),
    Measure.SOURCES_OF_NUMBERS: Definition("Kinds of source in By the Numbers", Unit.COUNT),
    Measure.LARGEST_SOURCE: Definition("Largest source", Unit.SHARE),
    Measure.WORDS: Definition("Words", Unit.COUNT),
    Measure.FLESCH: Definition("Reading ease (Flesch)", Unit.SCORE),
    Measure.MEDIAN_SENTENCE: Definition("Words in the median sentence", Unit.SCORE),
    Measure.LONGEST_SENTENCE: Definition("Words in the longest sentence", Unit.COUNT),
    Measure.SECTIONS: Definition("Sections with substance", Unit.COUNT),
}


@dataclass(frozen=True, slots=True)
class Goal:
    """The bounds that a figure must keep, both included; with ``below`` it must stay under ``most``."""

    least: float | None = None
    most: float | None = None
    below: bool = False

    def met_by(self, found: float) -> bool:
        """Whether a figure keeps the bounds."""
        if self.least is not None and found < self.least:
            return False
        return self.most is None or found < self.most or (found == self.most and not self.below)


@dataclass(frozen=True, slots=True)
class Finding:
    """One measure of one issue. ``found`` is None where there was nothing to measure; ``note`` says what or where."""

    measure: Measure
    found: float | None
    goal: Goal
    note: str = ""

    @property
    def met(self) -> bool:
        """Whether the goal is met; what could not be measured misses nothing."""
        return self.found is None or self.goal.met_by(self.found)

    @property
    def title(self) -> str:
        """What the measure is called."""
        return DEFINITIONS[self.measure].title

    @property
    def found_text(self) -> str:
        """The figure as it is written: ``14 %``, ``1,181``, ``0.28``; a dash for none."""
        return "–" if self.found is None else written(self.measure, self.found)

    @property
    def goal_text(self) -> str:
        """The goal as it is written: ``< 5 %``, ``600–1,200``, ``0``."""
        return goal_written(self.measure, self.goal)


@dataclass(frozen=True, slots=True)
class Measures:
    """All measures of one issue, in the order of ``Measure``."""

    findings: tuple[Finding, ...]

    def of(self, measure: Measure) -> Finding | None:
        """One of them; None for a measure that an older issue was not held against."""
        return next((finding for finding in self.findings if finding.measure is measure), None)

    @property
    def missed(self) -> tuple[Finding, ...]:
        """Those whose goal is not met."""
        return tuple(finding for finding in self.findings if not finding.met)


def written(measure: Measure, figure: float) -> str:
    """A figure in the unit of its measure."""
    match DEFINITIONS[measure].unit:
        case Unit.SHARE:
            return _per_cent(figure)
        case Unit.COUNT:
            return f"{figure:,.0f}"
        case Unit.COSINE:
            return f"{figure:.2f}"
        case Unit.SCORE:
            return f"{figure:.1f}".removesuffix(".0")


def goal_written(measure: Measure, goal: Goal) -> str:
    """A goal in the unit of its measure."""
    least, most = (None if bound is None else written(measure, bound) for bound in (goal.least, goal.most))
    if least is not None and most is not None:
        return f"{least}–{most}"
    if least is not None:
        return least if DEFINITIONS[measure].unit is Unit.SHARE and goal.least == 1 else f"≥ {least}"
    if goal.most == 0:
        return "0"
    return f"{'<' if goal.below else '≤'} {most}"


def _per_cent(share: float) -> str:
    """In whole per cent, with one decimal below ten; never rounded up to the whole."""
    figure = share * 100
    text = f"{figure:.1f}".removesuffix(".0") if figure < 10 else f"{figure:.0f}"
    return "99.9 %" if text == "100" and share < 1 else f"{text} %"
