"""A small plan to ask with."""

from __future__ import annotations

from domain.issue import SectionName
from domain.plans import PlannedFact, PlannedSlot, SectionPlan, SlotKind

GOOD = ("{a.name} climbed {f1.places} places.", ["f1"])


def plan() -> SectionPlan:
    """One fact about one model."""
    places = PlannedSlot("f1.places", SlotKind.FIGURE, "places climbed", "eight", "places", "P1D")
    return SectionPlan(
        SectionName.LEAD,
        "Tell what happened.",
        (PlannedSlot("a.name", SlotKind.NAME, "a model on Hugging Face, in full and linked"),),
        (PlannedFact("f1", "climb.sentence", "a", (places,), ("{a.short} climbed {f1.places} places.",)),),
        most=1,
        openings=("{name} climbed",),
    )
