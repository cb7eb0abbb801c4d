"""By the Numbers: six figures of different kinds, from at least three sources where there are as many."""

from __future__ import annotations

from domain.claims import Figure
from domain.issue import SECTION_TITLES, Layout, Section, SectionName, Story
from newsroom.desk import Desk
from newsroom.figures import digits
from newsroom.insights.insight import Insight
from newsroom.phrases.templates import Fragment
from newsroom.sections.cuts import named
from newsroom.sections.slate import Slate
from newsroom.selection.choice import Caps, choose

SIZE = 6


def write(desk: Desk, slate: Slate) -> Section | None:
    """The section, None when nothing can be counted."""
    countable = [each for each in slate.untold() if desk.phrases.can_say(each.phrase("number"), each.slots)]
    elsewhere = [each for each in countable if each.subject is None or not slate.shown(each.subject)]
    caps = Caps(of_kind=1, of_subject=1, of_source=2)
    chosen = choose(desk, elsewhere, SIZE, caps)
    if len(chosen) < SIZE:  # what leads may be counted too, before a place stays empty
        chosen = choose(desk, countable, SIZE, caps)
    if not chosen:
        return None
    for insight in chosen:
        slate.tell(insight)
    return Section(
        SectionName.NUMBERS,
        SECTION_TITLES[SectionName.NUMBERS],
        tuple(_bullet(desk, insight) for insight in chosen),
    )


def _bullet(desk: Desk, insight: Insight) -> Story:
    filled = {name: _in_digits(fragment) for name, fragment in insight.slots.items()}
    claim = desk.phrases.say(insight.phrase("number"), filled, insight.also)
    item = desk.about(insight.subject) if insight.subject else None
    return Story(named([claim], *insight.items), Layout.BULLET, paragraphs=((claim,),), url=item.url if item else None)


def _in_digits(fragment: Fragment) -> Fragment:
    return tuple(digits(run) if isinstance(run, Figure) else run for run in fragment)
