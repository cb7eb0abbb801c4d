"""The lead story: what happened, since when and against what, who, where else it is told, and what we cannot say."""

from __future__ import annotations

from collections.abc import Sequence

from domain.claims import Claim, Role
from domain.issue import SECTION_TITLES, Layout, Section, SectionName, Story
from newsroom.desk import Desk
from newsroom.insights.insight import SAME_TALE, Insight, Kind
from newsroom.sections import profile
from newsroom.sections.cuts import named
from newsroom.sections.slate import Slate
from newsroom.selection.memory import LEAD
from newsroom.selection.score import breadth, newsworthiness

#: What can lead a paper: a thing or a name that moved, not a bare count of a page.
LEADING = frozenset(
    {
        Kind.FIRST_PLACE,
        Kind.HELD_FIRST,
        Kind.NEW,
        Kind.BACK,
        Kind.CLIMB,
        Kind.FALL,
        Kind.GAIN,
        Kind.GROWTH,
        Kind.MARK,
        Kind.TODAY,
        Kind.FAMILY,
        Kind.PUBLISHER,
        Kind.ARGUMENT,
        Kind.TALK,
        Kind.UPVOTES,
    }
)

#: A fall from a list is background; it leads only when nothing else does.
_WEAK = {Kind.FALL: 0.4, Kind.HELD_FIRST: 0.6, Kind.PUBLISHER: 0.6, Kind.BACK: 0.7}


def write(desk: Desk, slate: Slate) -> Section | None:
    """The section, None when the day has nothing that could lead."""
    candidates = [insight for insight in slate.untold() if insight.kind in LEADING and insight.items]
    candidates = [insight for insight in candidates if desk.phrases.knows(insight.phrase("headline"))]
    fresh = [insight for insight in candidates if not _led(desk, insight)]
    for insight in _by_weight(desk, slate, fresh) + _by_weight(desk, slate, candidates):
        again = insight not in fresh
        story = _story(desk, slate, insight, again=again)
        if story is not None:
            slate.remember(LEAD, insight.theme or insight.subject)
            return Section(SectionName.LEAD, SECTION_TITLES[SectionName.LEAD], (story,))
    return None


def _by_weight(desk: Desk, slate: Slate, insights: Sequence[Insight]) -> list[Insight]:
    return sorted(insights, key=lambda insight: (-_weight(desk, slate, insight), insight.key))


def _weight(desk: Desk, slate: Slate, insight: Insight) -> float:
    """Newsworthiness, more for a subject of which more can be told."""
    facts = len(_same_subject(desk, slate, insight))
    value = newsworthiness(desk, insight) * _WEAK.get(insight.kind, 1.0)
    return value * (1 + 0.2 * min(facts, 4)) * (1.2 if breadth(desk, insight) > 1 else 1)


def _led(desk: Desk, insight: Insight) -> bool:
    """Whether what it is about led one of the last seven issues."""
    if insight.kind in {Kind.FAMILY, Kind.PUBLISHER}:
        return desk.memory.told(LEAD, insight.theme) is not None
    subject = insight.subject
    return subject is not None and any(desk.memory.led(key) is not None for key in desk.subject(subject).items)


def _same_subject(desk: Desk, slate: Slate, insight: Insight) -> list[Insight]:
    """What else can be told of the subject, best first."""
    if insight.subject is None or insight.kind in {Kind.FAMILY, Kind.PUBLISHER}:
        return []
    about = set(desk.subject(insight.subject).items)
    return [
        each
        for each in slate.untold()
        if each is not insight and each.subject in about and each.kind not in {Kind.FAMILY, Kind.PUBLISHER}
    ]


def _story(desk: Desk, slate: Slate, insight: Insight, *, again: bool) -> Story | None:
    headline = desk.phrases.say(insight.phrase("headline"), insight.slots, insight.evidence)
    others = _distinct(insight, _same_subject(desk, slate, insight))
    told = [insight, *others[:3]]
    what = [desk.phrases.say(insight.phrase("sentence"), insight.slots, insight.also)]
    what += [_followed(desk, each) for each in others[:3]]
    if insight.kind in {Kind.FAMILY, Kind.PUBLISHER}:
        page = profile.of_name(desk, insight)
    else:
        page = profile.of_item(desk, insight.subject, insight) if insight.subject else None
    if page is None:
        return None
    first, *rest = what
    drafts = [
        (*_again(desk, again=again), *rest[:2], *page.standing),
        (*rest[2:], *page.background),
        page.who,
        (*page.elsewhere, desk.phrases.house("lead.unsaid")),
    ]
    paragraphs = _without_repeats(first, drafts)
    for each in told:
        slate.tell(each)
    items = named([headline, first, *(claim for part in paragraphs for claim in part)], *insight.items)
    slate.show(items[:1] if insight.kind in {Kind.FAMILY, Kind.PUBLISHER} else items)
    item = desk.about(items[0])
    return Story(
        items,
        Layout.ARTICLE,
        headline=headline,
        standfirst=first,
        paragraphs=tuple(paragraph for paragraph in paragraphs if paragraph),
        url=item.url if item else None,
    )


def _without_repeats(first: Claim, drafts: Sequence[tuple[Claim, ...]]) -> list[tuple[Claim, ...]]:
    """The paragraphs without the sentences that print no figure, name or quotation that is not printed already."""
    printed = _printed(first)
    paragraphs = []
    for draft in drafts:
        kept = []
        for claim in draft:
            if claim.role is Role.CLAIM and _printed(claim) <= printed:
                continue
            printed |= _printed(claim)
            kept.append(claim)
        paragraphs.append(tuple(kept))
    return paragraphs


def _printed(claim: Claim) -> set[tuple[str, object]]:
    """The figures and the words of others that a claim prints; dates and names are only their frame."""
    figures = {(run.unit, run.value) for run in claim.figures if run.unit not in {"date", "time", "days"}}
    return figures | {("quote", run.text) for run in claim.quotes} | {("name", run.item) for run in claim.names}


def _again(desk: Desk, *, again: bool) -> tuple[Claim, ...]:
    return (desk.phrases.house("lead.again"),) if again else ()


def _followed(desk: Desk, insight: Insight) -> Claim:
    """A further fact on the same subject: "It gained …" where the book has it so."""
    form = "follow" if desk.phrases.knows(insight.phrase("follow")) else "sentence"
    return desk.phrases.say(insight.phrase(form), insight.slots, insight.also)


def _distinct(first: Insight, others: Sequence[Insight]) -> list[Insight]:
    """Those that tell something else than the first and than each other."""
    kinds = set(_tale(first.kind))
    kept = []
    for insight in others:
        if insight.kind not in kinds:
            kinds |= _tale(insight.kind)
            kept.append(insight)
    return kept


def _tale(kind: Kind) -> frozenset[Kind]:
    return next((kinds for kinds in SAME_TALE if kind in kinds), frozenset({kind}))

