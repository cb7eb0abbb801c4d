"""The lead story: what happened, since when and against what, who, where else it is told, and what we cannot say."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from domain.claims import Claim, Role
from domain.issue import SECTION_TITLES, Layout, Section, SectionName, Story
from domain.items import Source
from newsroom.desk import Desk
from newsroom.insights.insight import SAME_TALE, Insight, Kind
from newsroom.sections import family_profile, profile
from newsroom.sections.cuts import named
from newsroom.sections.elsewhere import stem_of
from newsroom.sections.mentions import mentions
from newsroom.sections.slate import Slate
from newsroom.selection.memory import LEAD, LEAD_KIND
from newsroom.selection.score import breadth, newsworthiness

#: What makes a lead beyond its newsworthiness; what is not here cannot lead: a bare count of a page is no story.
#: A change at the top leads; a fall is background.
WEIGHTS = {
    Kind.FIRST_PLACE: 1.3,
    Kind.FAMILY: 1.2,
    Kind.NEW: 1.0,
    Kind.TALK: 1.0,
    Kind.ARGUMENT: 1.0,
    Kind.UPVOTES: 1.0,
    Kind.CLIMB: 0.7,
    Kind.MARK: 0.9,
    Kind.GAIN: 0.8,
    Kind.TODAY: 0.8,
    Kind.GROWTH: 0.35,
    Kind.BACK: 0.7,
    Kind.HELD_FIRST: 0.6,
    Kind.PUBLISHER: 0.6,
    Kind.FALL: 0.4,
}

#: Kinds that are news when nobody on the list has more, and less so otherwise.
OF_EXTREMES = frozenset({Kind.GAIN, Kind.TODAY, Kind.CLIMB, Kind.FALL, Kind.TALK, Kind.UPVOTES})
NOT_THE_MOST = 0.7

#: Kinds that are about a name or an owner, not about one item.
OF_MANY = frozenset({Kind.FAMILY, Kind.PUBLISHER})

#: What is told on more than one site leads before what is not; to be named there is less.
TOLD_ELSEWHERE = 1.5
NAMED_ELSEWHERE = 1.25

#: What is left of the weight of a lead whose sort led so many days ago.
VARIETY = {1: 0.4, 2: 0.55, 3: 0.7, 4: 0.85}

#: A lead with fewer sentences of its own is thin: another candidate is tried, of the best so many.
FEWEST_CLAIMS = 5
TRIED = 8


@dataclass(frozen=True, slots=True)
class Draft:
    """A story that could lead, and the insights that it tells."""

    insight: Insight
    told: tuple[Insight, ...]
    story: Story

    @property
    def claims(self) -> int:
        """How many of its sentences assert something."""
        return sum(claim.role is Role.CLAIM for claim in self.story.claims())


def write(desk: Desk, slate: Slate, without: Collection[str] = ()) -> Section | None:
    """The section, None when the day has nothing that could lead; ``without`` are insights that may not."""
    draft = _best(desk, slate, without)
    if draft is None:
        return None
    for insight in draft.told:
        slate.tell(insight)
    slate.remember(LEAD, draft.insight.about)
    slate.remember(LEAD_KIND, _sort(draft.insight))
    slate.led_by = draft.insight.key
    slate.show(draft.story.items[:1] if draft.insight.kind in OF_MANY else draft.story.items)
    return Section(SectionName.LEAD, SECTION_TITLES[SectionName.LEAD], (draft.story,))


def _best(desk: Desk, slate: Slate, without: Collection[str]) -> Draft | None:
    """The weightiest candidate that isn't thin; what led in the last seven days only when nothing else can lead."""
    candidates = [each for each in slate.untold() if _can_lead(desk, each) and each.key not in without]
    candidates.sort(key=lambda insight: (-_weight(desk, slate, insight), insight.key))
    fresh = [insight for insight in candidates if not _led(desk, insight)]
    thin: Draft | None = None
    for insight in fresh[:TRIED] or candidates[:TRIED]:
        begun = desk.phrases.checkpoint()
        draft = _draft(desk, slate, insight, again=not fresh)
        if draft is not None and draft.claims >= FEWEST_CLAIMS:
            return draft
        if draft is not None and (thin is None or draft.claims > thin.claims):
            thin = draft
        desk.phrases.restore(begun)
    return thin


def _can_lead(desk: Desk, insight: Insight) -> bool:
    """Whether it is of a kind that leads, about something, and can be said in both forms."""
    said = (desk.phrases.can_say(insight.phrase(form), insight.slots) for form in ("headline", "sentence"))
    return insight.kind in WEIGHTS and bool(insight.items) and all(said)


def _weight(desk: Desk, slate: Slate, insight: Insight) -> float:
    """Newsworthiness, more for a subject of which more can be told."""
    facts = len(_same_subject(desk, slate, insight))
    value = newsworthiness(desk, insight) * WEIGHTS[insight.kind]
    if insight.kind in OF_EXTREMES and insight.variant != "most":
        value *= NOT_THE_MOST
    if insight.kind is Kind.FAMILY and insight.variant in {"same", "shrunk"}:
        value *= NOT_THE_MOST
    return value * (1 + 0.2 * min(facts, 4)) * _variety(desk, insight) * _heard_elsewhere(desk, insight)


def _variety(desk: Desk, insight: Insight) -> float:
    """Less where the lead was of the same sort a few days ago: readers tire of the tenth quarrel in a row."""
    age = desk.memory.told(LEAD_KIND, _sort(insight))
    return VARIETY.get(age, 1.0) if age is not None else 1.0


def _sort(insight: Insight) -> str:
    """The kind of a lead and where it comes from; all talk is of one kind."""
    return f"{min(_tale(insight.kind))}@{insight.source}"


def _heard_elsewhere(desk: Desk, insight: Insight) -> float:
    """More where another site has the subject, a little more where one says its name."""
    if breadth(desk, insight) > 1:
        return TOLD_ELSEWHERE
    named = insight.source is Source.HUGGINGFACE and mentions(desk, stem_of(desk, insight))
    return NAMED_ELSEWHERE if named else 1.0


def _led(desk: Desk, insight: Insight) -> bool:
    """Whether what it is about led one of the last seven issues."""
    if insight.kind in OF_MANY:
        led = sum(desk.memory.led(key) is not None for key in insight.items)
        return desk.memory.told(LEAD, insight.about) is not None or led > len(insight.items) / 2
    subject = insight.subject
    return subject is not None and any(desk.memory.led(key) is not None for key in desk.subject(subject).items)


def _same_subject(desk: Desk, slate: Slate, insight: Insight) -> list[Insight]:
    """What else can be told of the subject, best first."""
    if insight.subject is None or insight.kind in OF_MANY:
        return []
    about = set(desk.subject(insight.subject).items)
    others = (each for each in slate.untold() if each is not insight and each.kind not in OF_MANY)
    return [each for each in others if each.subject in about]


def _draft(desk: Desk, slate: Slate, insight: Insight, *, again: bool) -> Draft | None:
    others = _distinct(insight, _same_subject(desk, slate, insight))[:3]
    page = _page(desk, insight, others)
    if page is None:
        return None
    headline = desk.phrases.say(insight.phrase("headline"), insight.slots, insight.evidence)
    first = desk.phrases.say(insight.phrase("sentence"), insight.slots, insight.also)
    rest = [claim for each in others for claim in _followed(desk, each)]
    house = desk.phrases.house
    drafts: list[Sequence[Claim]] = [
        (*([house("lead.again")] if again else []), *rest[:2], *page.standing),
        (*rest[2:], *page.background),
        page.who,
        (*page.elsewhere, house("lead.unsaid")),
    ]
    paragraphs = tuple(_without_repeats([headline, first], drafts))
    items = named([headline, first, *(claim for paragraph in paragraphs for claim in paragraph)], *insight.items)
    item = desk.about(items[0])
    story = Story(
        items,
        Layout.ARTICLE,
        headline=headline,
        standfirst=first,
        paragraphs=paragraphs,
        url=item.url if item else None,
    )
    return Draft(insight, (insight, *others), story)


def _page(desk: Desk, insight: Insight, others: Sequence[Insight]) -> profile.Page | None:
    """What can be said beyond the insights that are told."""
    if insight.kind in OF_MANY:
        return family_profile.of_name(desk, insight)
    return profile.of_item(desk, insight.subject, (insight, *others)) if insight.subject else None


def _followed(desk: Desk, insight: Insight) -> tuple[Claim, ...]:
    """A further fact on the same subject: "It gained …" where the book has it so."""
    following = desk.phrases.maybe(insight.phrase("follow"), insight.slots, insight.also)
    return following or desk.phrases.maybe(insight.phrase("sentence"), insight.slots, insight.also)


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


def _without_repeats(before: Sequence[Claim], drafts: Iterable[Sequence[Claim]]) -> Iterable[tuple[Claim, ...]]:
    """The paragraphs without the sentences that print no figure, name or quotation that is not printed already."""
    printed = {each for claim in before for each in _printed(claim)}
    for draft in drafts:
        kept = []
        for claim in draft:
            new = _printed(claim) - printed
            if new or claim.role is not Role.CLAIM:
                kept.append(claim)
            printed |= new
        if kept:
            yield tuple(kept)


def _printed(claim: Claim) -> set[tuple[str, object]]:
    """The figures and the words of others that a claim prints; dates and distances are only their frame."""
    figures = {(run.unit, run.value) for run in claim.figures if run.unit not in {"date", "time", "days"}}
    return figures | {("quote", run.text) for run in claim.quotes} | {("name", run.item) for run in claim.names}
