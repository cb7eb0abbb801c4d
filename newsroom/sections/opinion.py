"""Opinion & Analysis: two pieces, each an analysis (figures with evidence) and a view (opinion, no assertion)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import islice

from domain.claims import Claim, view
from domain.issue import SECTION_TITLES, Layout, Section, SectionName, Story
from newsroom.desk import Desk
from newsroom.insights.insight import SAME_TALE, Insight
from newsroom.phrases.views import View, standard_views
from newsroom.quoting import is_in_our_letters
from newsroom.record import ListKey
from newsroom.sections.cuts import named
from newsroom.sections.slate import Slate
from newsroom.selection.memory import VIEW, VIEW_DAYS

PIECES = 2

#: While no more views than this are free, the second piece goes without: one a day must last until the first return.
SPARED = VIEW_DAYS - 5

#: Sentences of an analysis; with fewer there is none.
FACTS = 3
FEWEST_FACTS = 2

#: How many facts of a view's first kind are tried as the one that the piece begins with.
TRIED = 4


def write(desk: Desk, slate: Slate) -> Section | None:
    """The section, None when there is nothing left to comment on."""
    stories: list[Story] = []
    seen: set[ListKey] = set()
    for _ in range(PIECES):
        stories += _piece(desk, slate, seen)
    if not stories:
        return None
    return Section(SectionName.OPINION, SECTION_TITLES[SectionName.OPINION], tuple(stories))


def _piece(desk: Desk, slate: Slate, seen: set[ListKey]) -> list[Story]:
    """An analysis with its view; without a fitting view, or while the shelf is to be spared, an analysis alone."""
    sayable = [each for each in slate.untold() if _may_stand(desk, slate, each)]
    elsewhere = [each for each in sayable if each.origin not in seen]
    shelf = _shelf(desk, slate)
    spared = bool(seen) and len(shelf) <= SPARED
    for at_hand in () if spared else (elsewhere, sayable):
        for opinion in shelf:
            facts = _facts(at_hand, opinion.kinds)
            if facts:
                seen.update(each.origin for each in facts)
                slate.remember(VIEW, opinion.name)
                return [_analysis(desk, slate, facts, view(opinion.title)), _view(opinion)]
    facts = _without_view(desk, elsewhere) or _without_view(desk, sayable)
    seen.update(each.origin for each in facts)
    return [_analysis(desk, slate, facts, _headline(desk, facts[0]))] if facts else []


def _may_stand(desk: Desk, slate: Slate, insight: Insight) -> bool:
    """Whether it can be said in letters that our readers read, and is not about what another section is about."""
    shown = insight.subject is not None and slate.shown(insight.subject)
    sayable = desk.phrases.can_say(insight.phrase("sentence"), insight.slots)
    return sayable and not shown and all(map(is_in_our_letters, insight.printed))


def _without_view(desk: Desk, insights: Sequence[Insight]) -> list[Insight]:
    """The best fact that makes a headline, with what the same list says beside it: an analysis that stands alone."""
    for first in insights:
        if desk.phrases.can_say(first.phrase("headline"), first.slots):
            chosen = _beside(first, insights)
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
    turn = desk.turn(SectionName.OPINION) % max(len(free), 1)
    return free[turn:] + free[:turn]


def _facts(insights: Sequence[Insight], kinds: Sequence[str]) -> list[Insight]:
    """A fact of the view's first kind, with others of its kinds, of the same list before those of another."""
    of_kinds = [each for each in insights if any(_is_of(each, kind) for kind in kinds)]
    firsts = islice((each for each in of_kinds if _is_of(each, kinds[0])), TRIED)
    drafts = [chosen for first in firsts if len(chosen := _beside(first, of_kinds)) >= FEWEST_FACTS]
    return min(drafts, key=lambda chosen: len({each.origin for each in chosen}), default=[])


def _beside(first: Insight, insights: Iterable[Insight]) -> list[Insight]:
    """The fact, and those that may stand beside it: of another subject or another tale, of the same list first."""
    chosen = [first]
    for each in sorted(insights, key=lambda each: (each.origin != first.origin, each.source is not first.source)):
        if len(chosen) == FACTS or (each.source is not first.source and len(chosen) >= FEWEST_FACTS):
            break
        if all(_differ(each, other) for other in chosen):
            chosen.append(each)
    return chosen


def _differ(one: Insight, other: Insight) -> bool:
    """Whether two facts tell something different: of other things, or of another kind of change."""
    same_tale = one.kind is other.kind or any({one.kind, other.kind} <= tale for tale in SAME_TALE)
    return one.key != other.key and (one.about != other.about or not same_tale)


def _is_of(insight: Insight, kind: str) -> bool:
    return kind in {insight.kind, f"{insight.kind}_{insight.variant}", f"{insight.kind}@{insight.source}"}


def _headline(desk: Desk, insight: Insight) -> Claim:
    return desk.phrases.say(insight.phrase("headline"), insight.slots, insight.evidence)


def _analysis(desk: Desk, slate: Slate, facts: Sequence[Insight], headline: Claim) -> Story:
    claims = tuple(_said(desk, each, facts[0] if index == 1 else None) for index, each in enumerate(facts))
    for each in facts:
        slate.tell(each)
    items = named(claims, *facts[0].items[:1])
    return Story(items, Layout.ARTICLE, headline=headline, paragraphs=(claims,), label="Analysis")


def _said(desk: Desk, insight: Insight, before: Insight | None) -> Claim:
    """The fact as a sentence: "It …" after a sentence on the same subject, where the book has it so."""
    if before is not None and before.subject is not None and before.subject == insight.subject:
        following = desk.phrases.maybe(insight.phrase("follow"), insight.slots, insight.also)
        if following:
            return following[0]
    return desk.phrases.say(insight.phrase("sentence"), insight.slots, insight.also)


def _view(opinion: View) -> Story:
    text = tuple(view(sentence) for sentence in opinion.text)
    return Story((), Layout.ARTICLE, paragraphs=(text,), label="View")
