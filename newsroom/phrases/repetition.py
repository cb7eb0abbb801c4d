"""What it costs to say a sentence so: turns of phrase said before, and neighbours that begin alike."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from domain.claims import Claim
from domain.issue import Issue
from newsroom.phrases.patterns import Pattern, pattern, prose, turns

#: How many earlier issues a turn of phrase is remembered from, newest first, and what it costs by their age.
WEIGHTS = (8.0, 2.2, 2.0, 1.8, 1.6, 1.5, 1.4)
#: What each further issue adds that had the same turn.
FURTHER = 0.2

#: A turn said already in this issue, for each time it was.
WITHIN = 2.0

#: Neighbours that begin with the same word; with the same figure, name or quotation; with the same two tokens.
SAME_WORD = 6.0
SAME_KIND = 1.5
SAME_TWO = 4.0

#: Words beyond which a sentence grows heavy, and what each costs.
EASY = 20
HEAVY = 0.7

#: Headlines are held against those of so many issues, in shorter turns.
HEADLINES = 30
HEADLINE_TURN = 3
HEADLINE_WEIGHT = 4.0

_ANONYMOUS = frozenset('#@"')


class Memory:
    """The turns of phrase of the last issues, each with what it costs to say it again."""

    def __init__(self, past: Sequence[Issue]) -> None:
        self._turns = _weighed(past[: len(WEIGHTS)])
        self._headlines = _headlines(past[:HEADLINES])

    def cost(self, said: Pattern, *, headline: bool = False) -> float:
        """What a sentence costs against the past and by its length."""
        worn = self._turns
        cost = sum(worn.get(turn, 0.0) for turn in turns(said)) + HEAVY * max(len(said) - EASY, 0)
        if headline:
            cost += sum(self._headlines.get(turn, 0.0) for turn in turns(said, HEADLINE_TURN))
        return cost


def within(said: Mapping[Pattern, int], own: Iterable[Pattern]) -> float:
    """What turns cost that an issue has ``said`` so many times already."""
    return WITHIN * sum(said.get(turn, 0) for turn in own)


def alike(one: Pattern, other: Pattern) -> float:
    """What it costs that two neighbours begin alike."""
    if not one or not other or one[0] != other[0]:
        return 0.0
    first = SAME_KIND if one[0] in _ANONYMOUS else SAME_WORD
    return first + (SAME_TWO if one[:2] == other[:2] else 0.0)


def _weighed(past: Sequence[Issue]) -> Mapping[Pattern, float]:
    """The turns of the last issues by what they cost: the newest issue counts most, each further one a little."""
    worn: dict[Pattern, float] = {}
    for weight, issue in zip(WEIGHTS, past, strict=False):
        for turn in _turns_of(issue):
            worn[turn] = worn[turn] + FURTHER if turn in worn else weight
    return worn


def _turns_of(issue: Issue) -> set[Pattern]:
    claims = (claim for section in issue.sections for claim in prose(section))
    return {turn for claim in claims for turn in turns(pattern(claim.runs))}


def _headlines(past: Sequence[Issue]) -> Mapping[Pattern, float]:
    """The turns of earlier headlines, dearer the younger the issue is."""
    worn: dict[Pattern, float] = {}
    for age, issue in enumerate(past):
        for headline in _headlines_of(issue):
            for turn in turns(pattern(headline.runs), HEADLINE_TURN):
                worn.setdefault(turn, HEADLINE_WEIGHT * (1 - age / HEADLINES))
    return worn


def _headlines_of(issue: Issue) -> Iterable[Claim]:
    return (story.headline for section in issue.sections for story in section.stories if story.headline is not None)
