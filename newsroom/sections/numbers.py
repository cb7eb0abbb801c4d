"""By the Numbers: six figures of six kinds from at least three sources; nothing of the lead, nothing of yesterday's."""

from __future__ import annotations

from collections.abc import Sequence

from domain.claims import Figure
from domain.issue import SECTION_TITLES, Layout, Section, SectionName, Story
from domain.items import Source
from domain.readings import Lists
from newsroom.desk import Desk
from newsroom.figures import digits
from newsroom.insights import beginnings
from newsroom.insights.insight import Insight
from newsroom.phrases.templates import Fragment
from newsroom.quoting import is_in_our_letters
from newsroom.sections.cuts import named
from newsroom.sections.slate import Slate
from newsroom.selection.choice import Caps, choose
from newsroom.selection.memory import TOLD

SIZE = 6
CAPS = Caps(of_kind=1, of_subject=1, of_source=2)


def write(desk: Desk, slate: Slate) -> Section | None:
    """The section; fewer figures on a quiet day, None when nothing can be counted."""
    countable = [each for each in slate.untold() if _can_be_counted(desk, each)]
    elsewhere = [each for each in countable if not any(slate.shown(item) for item in each.items)]
    unnamed = [each for each in elsewhere if not any(slate.printed(item) for item in each.items)]
    new = [each for each in unnamed if not _told_yesterday(desk, each)]
    again = [each for each in (*unnamed, *elsewhere) if not _counted_yesterday(desk, each)]
    others = [each for each in elsewhere if desk.memory.told(TOLD, each.key, 1) is None]
    offered = [*new, *(each for each in (*again, *others) if each not in new)]
    chosen = choose(desk, _each_source_first(offered), SIZE, CAPS)
    if not chosen:
        return None
    for insight in chosen:
        slate.tell(insight)
    return Section(
        SectionName.NUMBERS,
        SECTION_TITLES[SectionName.NUMBERS],
        tuple(_bullet(desk, insight) for insight in chosen),
        notes=beginnings.told(desk),
    )


def _each_source_first(insights: Sequence[Insight]) -> list[Insight]:
    """The best of each source before all others; the page of papers is a source of its own."""
    best: dict[tuple[Source, bool], Insight] = {}
    for insight in insights:
        best.setdefault((insight.source, insight.origin.list == Lists.DAILY_PAPERS), insight)
    first = list(best.values())
    return [*first, *(insight for insight in insights if insight not in first)]


def _can_be_counted(desk: Desk, insight: Insight) -> bool:
    """Whether the book has a way to begin with its figure, and our readers can read what it names."""
    sayable = desk.phrases.can_say(insight.phrase("number"), insight.slots)
    return sayable and all(map(is_in_our_letters, insight.printed))


def _told_yesterday(desk: Desk, insight: Insight) -> bool:
    """Whether any section told this fact in yesterday's issue, or its numbers were about one of its items."""
    return desk.memory.told(TOLD, insight.key, 1) is not None or _counted_yesterday(desk, insight)


def _counted_yesterday(desk: Desk, insight: Insight) -> bool:
    return any(desk.memory.shown(SectionName.NUMBERS, item, 1) is not None for item in insight.items)


def _bullet(desk: Desk, insight: Insight) -> Story:
    filled = {name: _in_digits(fragment) for name, fragment in insight.slots.items()}
    claim = desk.phrases.say(insight.phrase("number"), filled, insight.also)
    item = desk.about(insight.subject) if insight.subject else None
    return Story(named([claim], *insight.items), Layout.BULLET, paragraphs=((claim,),), url=item.url if item else None)


def _in_digits(fragment: Fragment) -> Fragment:
    return tuple(digits(run) if isinstance(run, Figure) else run for run in fragment)
