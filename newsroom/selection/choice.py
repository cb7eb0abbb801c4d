"""The choice among the insights of a day: best first, under caps for kinds, subjects and sources."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from domain.items import Source
from newsroom.desk import Desk
from newsroom.insights.insight import Insight
from newsroom.selection.score import newsworthiness


@dataclass(frozen=True, slots=True)
class Caps:
    """How many insights may share a kind, a subject, a source."""

    of_kind: int = 2
    of_subject: int = 1
    of_source: int = 2


def ranked(desk: Desk, insights: Iterable[Insight]) -> tuple[Insight, ...]:
    """The insights, most newsworthy first; equals in the order of their keys."""
    scored = [(newsworthiness(desk, insight), insight) for insight in insights]
    scored.sort(key=lambda pair: (-pair[0], pair[1].key))
    return tuple(insight for _, insight in scored)


def choose(desk: Desk, insights: Sequence[Insight], size: int, caps: Caps) -> tuple[Insight, ...]:
    """At most ``size`` of the ranked insights under the caps; that on sources is lifted where places stay empty."""
    chosen: list[Insight] = []
    for of_source in (caps.of_source, size):
        for insight in insights:
            if len(chosen) == size:
                break
            if insight not in chosen and _fits(desk, insight, chosen, caps, of_source):
                chosen.append(insight)
    return tuple(chosen)


def _fits(desk: Desk, insight: Insight, chosen: Sequence[Insight], caps: Caps, of_source: int) -> bool:
    kinds = Counter(each.kind for each in chosen)
    sources: Counter[Source] = Counter(each.source for each in chosen)
    subjects = Counter(_subjects(desk, chosen))
    return (
        kinds[insight.kind] < caps.of_kind
        and sources[insight.source] < of_source
        and all(subjects[subject] < caps.of_subject for subject in _subjects(desk, [insight]))
    )


def _subjects(desk: Desk, insights: Iterable[Insight]) -> list[object]:
    """What the insights are about: their subject's head, and their theme."""
    found: list[object] = []
    for insight in insights:
        if insight.subject is not None:
            found.append(desk.subject(insight.subject).head)
        elif insight.theme:
            found.append((insight.kind, insight.theme))
    return found
