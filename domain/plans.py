"""What a writer of prose is given and what it gives back: typed facts with slots, and sentences around the slots.

Nothing of a source's own words is in a plan: names and quotations are slots, and only their meaning is told.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from domain.issue import SectionName


class SlotKind(StrEnum):
    """What our code puts into a slot once the sentence stands."""

    NAME = "name"  # an outside name
    FIGURE = "figure"
    QUOTE = "quote"  # a source's own words, between quotation marks
    WORDS = "words"  # fixed words of the paper: the name of a list, a unit


@dataclass(frozen=True, slots=True)
class PlannedSlot:
    """A slot that a sentence may hold: ``{a.name}``, ``{f2.since}``.

    ``meaning`` says in our words what stands there. ``shown`` is what will be printed where that is ours to tell (a
    figure, our own words), and empty for what a source wrote. ``unit`` and ``period`` are those of the figure.
    """

    id: str
    kind: SlotKind
    meaning: str
    shown: str = ""
    unit: str = ""
    period: str | None = None


@dataclass(frozen=True, slots=True)
class PlannedFact:
    """One fact to tell: what kind it is, whose it is, its slots, and ways to say it that the phrase book licenses."""

    id: str
    kind: str
    subject: str
    slots: tuple[PlannedSlot, ...]
    ways: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SectionPlan:
    """A section to write: its job, its subjects, its facts in the data writer's order, and what to keep away from.

    ``subjects`` are the slots that name what the facts are about. ``most`` bounds the sentences; ``openings`` are how
    sentences of the last seven issues began.
    """

    section: SectionName
    job: str
    subjects: tuple[PlannedSlot, ...]
    facts: tuple[PlannedFact, ...]
    most: int
    openings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class OfferedSentence:
    """A sentence with slots, and the ids of the facts that it tells."""

    text: str
    facts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Refusal:
    """A sentence that was not taken, and why; ``sentence`` is empty for a fact that nobody told."""

    sentence: str
    reason: str
    facts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Usage:
    """What an answer used; ``cost`` is in the operator's currency, None where nobody knows it."""

    prompt_tokens: int = 0
    completion_tokens: int = 0
    cost: float | None = None

    def __add__(self, other: Usage) -> Usage:
        """Both together; the cost of what nobody knows is left out."""
        known = [each.cost for each in (self, other) if each.cost is not None]
        return Usage(
            self.prompt_tokens + other.prompt_tokens,
            self.completion_tokens + other.completion_tokens,
            sum(known) if known else None,
        )


@dataclass(frozen=True, slots=True)
class Answer:
    """What a model offered for a plan. ``model`` is as the endpoint names it."""

    sentences: tuple[OfferedSentence, ...]
    model: str
    usage: Usage = field(default_factory=Usage)


class NoAnswer(Exception):
    """The model gave nothing usable; the message says why, without any secret.

    ``lasting``: asking again this morning is of no use (a wrong key, an unknown model, the budget is spent).
    """

    def __init__(self, reason: str, *, lasting: bool = False, usage: Usage | None = None) -> None:
        super().__init__(reason)
        self.reason = reason
        self.lasting = lasting
        self.usage = usage or Usage()
