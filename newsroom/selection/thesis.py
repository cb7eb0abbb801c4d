"""Whether a story says what a lead of the last issues said (docs/newsworthiness.md)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Self

from domain.issue import Issue, SectionName, Story
from newsroom.measuring.thesis import Vector, cosine, vector
from newsroom.selection.memory import LEAD_DAYS, Memory

#: Leads as alike as 0.28 say the same in other words: other news reaches 0.23, the same thesis 0.34. A little less is
#: asked of a draft: its wording may still change.
TOO_LIKE = 0.27


@dataclass(frozen=True, slots=True)
class Thesis:
    """What the leads of the last days said, each as a vector of its words."""

    past: tuple[Vector, ...]

    @classmethod
    def of(cls, memory: Memory) -> Self:
        """The leads of the last seven days."""
        return cls(tuple(vector(_text(story)) for issue in memory.within(LEAD_DAYS) for story in _leads(issue)))

    def likeness(self, story: Story) -> float:
        """How like the likest of them a story is, between 0 and 1."""
        own = vector(_text(story))
        return max((cosine(own, other) for other in self.past), default=0.0)

    def is_too_like(self, likeness: float) -> bool:
        """Whether a likeness is that of the same thesis."""
        return likeness >= TOO_LIKE


def _leads(issue: Issue) -> tuple[Story, ...]:
    section = issue.section(SectionName.LEAD)
    return section.stories if section else ()


def _text(story: Story) -> str:
    return " ".join(claim.text for claim in story.claims())
