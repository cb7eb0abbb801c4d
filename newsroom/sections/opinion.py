"""Opinion & Analysis: two pieces, each an analysis (figures with evidence) and a view (opinion, which asserts nothing)."""

from __future__ import annotations

from collections.abc import Sequence

from domain.claims import Claim, view
from domain.issue import SECTION_TITLES, Layout, Section, SectionName, Story
from domain.items import ItemKey
from newsroom.desk import Desk
from newsroom.insights.insight import Insight
from newsroom.phrases.views import View, standard_views
from newsroom.sections.slate import Slate
from newsroom.selection.memory import VIEW, VIEW_DAYS

PIECES = 2

#: Sentences of an analysis.
FACTS = 2


def write(desk: Desk, slate: Slate) -> Section | None:
    """The section, None when there is nothing left to comment on."""
    stories: list[Story] = []
    used: set[str] = set()
    for _ in range(PIECES):
        piece = _piece(desk, slate, used)
        if piece is None:
            break
        stories += piece
    if not stories:
        return None
    return Section(SectionName.OPINION, SECTION_TITLES[SectionName.OPINION], tuple(stories))


def _piece(desk: Desk, slate: Slate, used: set[str]) -> list[Story] | None:
    """One analysis of facts that a view fits, with that view; without a fitting view the analysis alone."""
    sayable = [each for each in slate.untold() if desk.phrases.knows(each.phrase("sentence"))]
    for opinion in _shelf(desk, used):
        facts = _facts(sayable, opinion)
        if facts:
            used.add(opinion.name)
            slate.remember(VIEW, opinion.name)
            return _stories(desk, slate, facts, opinion)
    return None


def _shelf(desk: Desk, used: set[str]) -> list[View]:
    """The views that may be printed: not in this issue, not in the last weeks; in an order that turns day by day."""
    free = [
        each
        for each in standard_views()
        if each.name not in used and desk.memory.told(VIEW, each.name, VIEW_DAYS) is None
    ]
    turn = desk.day.toordinal() % max(len(free), 1)
    return free[turn:] + free[:turn]


def _facts(insights: Sequence[Insight], opinion: View) -> list[Insight]:
    """The best facts of the view's kinds, one of a kind first, then of others on the same list."""
    fitting = [each for each in insights if each.kind in opinion.kinds]
    kinds: dict[str, Insight] = {}
    for each in fitting:
        kinds.setdefault(each.kind, each)
    chosen = list(kinds.values())[:FACTS]
    return chosen if len(chosen) == FACTS else [*chosen, *(each for each in fitting if each not in chosen)][:FACTS]


def _stories(desk: Desk, slate: Slate, facts: Sequence[Insight], opinion: View) -> list[Story]:
    claims = tuple(desk.phrases.say(each.phrase("sentence"), each.slots, each.also) for each in facts)
    for each in facts:
        slate.tell(each)
    headline = view(opinion.title)
    analysis = Story(_items(claims), Layout.ARTICLE, headline=headline, paragraphs=(claims,), label="Analysis")
    comment = Story(
        (), Layout.ARTICLE, paragraphs=(tuple(view(sentence) for sentence in opinion.text),), label="View"
    )
    return [analysis, comment]


def _items(claims: Sequence[Claim]) -> tuple[ItemKey, ...]:
    found: dict[ItemKey, None] = {}
    for claim in claims:
        found.update(dict.fromkeys(name.item for name in claim.names))
    return tuple(found)
