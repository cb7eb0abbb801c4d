"""Opinion & Analysis: two pieces, each an analysis (figures with evidence) and a view (opinion, no assertion)."""

from __future__ import annotations

from collections.abc import Sequence

from domain.claims import Claim, view
from domain.issue import SECTION_TITLES, Layout, Section, SectionName, Story
from domain.items import Source
from newsroom.desk import Desk
from newsroom.insights.insight import Insight
from newsroom.phrases.views import View, standard_views
from newsroom.sections.cuts import named
from newsroom.sections.slate import Slate
from newsroom.selection.memory import VIEW, VIEW_DAYS

PIECES = 2

#: Once no more than this share of the shelf is free, the second piece goes without a view, so that the shelf lasts.
SPARED_SHARE = 0.5

#: Sentences of an analysis; an analysis without a view has at least two.
FACTS = 3
FEWEST_FACTS = 2


def write(desk: Desk, slate: Slate) -> Section | None:
    """The section, None when there is nothing left to comment on."""
    stories: list[Story] = []
    sources: set[Source] = set()
    for _ in range(PIECES):
        stories += _piece(desk, slate, sources)
    if not stories:
        return None
    return Section(SectionName.OPINION, SECTION_TITLES[SectionName.OPINION], tuple(stories))


def _piece(desk: Desk, slate: Slate, sources: set[Source]) -> list[Story]:
    """An analysis with its view; without a fitting view, or while the shelf is to be spared, an analysis alone."""
    sayable = [each for each in slate.untold() if desk.phrases.can_say(each.phrase("sentence"), each.slots)]
    elsewhere = [each for each in sayable if each.source not in sources]
    shelf = _shelf(desk, slate)
    spared = bool(sources) and len(shelf) <= SPARED_SHARE * len(standard_views())
    for at_hand in () if spared else (elsewhere, sayable):
        for opinion in shelf:
            facts = _facts(at_hand, opinion)
            if facts:
                sources.update(each.source for each in facts)
                slate.remember(VIEW, opinion.name)
                return [_analysis(desk, slate, facts, view(opinion.title)), _view(opinion)]
    facts = _without_view(elsewhere) or _without_view(sayable)
    sources.update(each.source for each in facts)
    return [_analysis(desk, slate, facts, desk.phrases.house("analysis.headline"))] if facts else []


def _without_view(insights: Sequence[Insight]) -> list[Insight]:
    """The best facts of one source, of different subjects: where no view is free, the analysis stands alone."""
    by_source: dict[Source, list[Insight]] = {}
    for each in insights:
        by_source.setdefault(each.source, []).append(each)
    for found in by_source.values():
        chosen: list[Insight] = []
        for each in found:
            if len(chosen) < FACTS and all(each.about != other.about for other in chosen):
                chosen.append(each)
        if len(chosen) >= FEWEST_FACTS:
            return chosen
    return []


def _shelf(desk: Desk, slate: Slate) -> list[View]:
    """The views that may be printed: not in this issue, not in the last weeks; in an order that turns day by day."""
    free = [
        each
        for each in standard_views()
        if not slate.remembers(VIEW, each.name) and desk.memory.told(VIEW, each.name, VIEW_DAYS) is None
    ]
    turn = desk.day.toordinal() % max(len(free), 1)
    return free[turn:] + free[:turn]


def _facts(insights: Sequence[Insight], opinion: View) -> list[Insight]:
    """The best fact of the view's first kind, one of each other kind, then more of the first."""
    by_kind = [[each for each in insights if _is_of(each, kind)] for kind in opinion.kinds]
    if not by_kind[0]:
        return []
    chosen = [found[0] for found in by_kind if found]
    for each in by_kind[0][1:]:
        if len(chosen) < FACTS and each not in chosen and all(each.subject != other.subject for other in chosen):
            chosen.append(each)
    return chosen[:FACTS] if len(chosen) >= FEWEST_FACTS else []


def _is_of(insight: Insight, kind: str) -> bool:
    return kind in {insight.kind, f"{insight.kind}_{insight.variant}", f"{insight.kind}@{insight.source}"}


def _analysis(desk: Desk, slate: Slate, facts: Sequence[Insight], headline: Claim) -> Story:
    claims = tuple(desk.phrases.say(each.phrase("sentence"), each.slots, each.also) for each in facts)
    for each in facts:
        slate.tell(each)
    return Story(named(claims), Layout.ARTICLE, headline=headline, paragraphs=(claims,), label="Analysis")


def _view(opinion: View) -> Story:
    text = tuple(view(sentence) for sentence in opinion.text)
    return Story((), Layout.ARTICLE, paragraphs=(text,), label="View")
