"""What a section states, one thing after the other, so that the evidence of each can be shown."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from domain.claims import Claim, Figure, Role
from domain.evidence import EvidenceId
from domain.issue import Layout, Section, Story


@dataclass(frozen=True, slots=True)
class Statement:
    """A sentence, or the cells of one row of a table; every claim in it has evidence."""

    claims: tuple[Claim, ...]

    @property
    def text(self) -> str:
        """The words as a reader sees them; cells are set apart from each other."""
        return " · ".join(claim.text.strip() for claim in self.claims)

    @property
    def figures(self) -> tuple[Figure, ...]:
        """The figures printed, in order."""
        return tuple(figure for claim in self.claims for figure in claim.figures)

    @property
    def evidence(self) -> tuple[EvidenceId, ...]:
        """Every piece of evidence, once, in the order of the words."""
        return tuple(dict.fromkeys(cited for claim in self.claims for cited in claim.evidence))


def statements(section: Section) -> tuple[Statement, ...]:
    """What a section states, in its order; what it says in its own name, and its views, rest on nothing."""
    told = [Statement((claim,)) for claim in section.opening if _is_proved(claim)]
    for story in section.stories:
        told += _of_story(story)
    return (*told, *(Statement((claim,)) for claim in section.notes if _is_proved(claim)))


def _of_story(story: Story) -> Iterator[Statement]:
    cells = tuple(claim for claim in story.cells if _is_proved(claim))
    is_row = story.layout is Layout.ROW and bool(cells)
    if is_row:
        yield Statement(cells)
    for claim in story.claims():
        if _is_proved(claim) and not (is_row and claim in cells):
            yield Statement((claim,))


def _is_proved(claim: Claim) -> bool:
    return claim.role is Role.CLAIM
