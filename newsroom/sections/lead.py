"""The lead story: what happened, since when and against what, who, where else it is told, and what we cannot say."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import chain

from domain.claims import Claim, Role
from domain.edits import LeadOption
from domain.issue import SECTION_TITLES, Layout, Section, SectionName, Story
from domain.items import ItemKey
from domain.items import Kind as ItemKind
from newsroom.desk import Desk
from newsroom.insights.insight import Insight, Kind
from newsroom.sections import family_profile, profile, theme_profile
from newsroom.sections.cuts import named
from newsroom.sections.page import Page
from newsroom.sections.slate import Slate
from newsroom.selection.clusters import Bond, tale
from newsroom.selection.leads import Candidate, candidates, remembered
from newsroom.selection.thesis import Thesis

#: A lead with fewer sentences of its own is thin: another candidate is tried, of the best so many.
FEWEST_CLAIMS = 6
FEWEST_PARED = 5
TRIED = 12

#: Sentences of each paragraph at most: the news, its background, who it is, and where else it is told.
MOST_NEWS, MOST_BACKGROUND, MOST_WHO, MOST_ELSEWHERE = 4, 3, 3, 3

#: Kinds that print a total.
OF_TOTALS = frozenset({Kind.GAIN, Kind.GROWTH, Kind.MARK, Kind.SIZE})

#: So many figures of one unit are a row, "6, 9, 14".
FEWEST_OF_A_ROW = 3

#: Above a story on what led in the last seven days.
AGAIN = "In the lead again"


@dataclass(frozen=True, slots=True)
class Draft:
    """A story that could lead, and the insights that it tells."""

    candidate: Candidate
    told: tuple[Insight, ...]
    story: Story
    is_pared: bool = False

    @property
    def claims(self) -> int:
        """How many of its sentences assert something."""
        return sum(claim.role is Role.CLAIM for claim in self.story.claims())


def write(desk: Desk, slate: Slate, without: Collection[str] = ()) -> Section | None:
    """The section, None when the day has nothing that could lead; ``without`` are insights that may not.

    The story that an editor wants leads wherever it can be told.
    """
    wanted = desk.direction.lead
    draft = (_wanted(desk, slate, wanted) if wanted and wanted not in without else None) or _best(desk, slate, without)
    if draft is None:
        return None
    for insight in draft.told:
        slate.tell(insight)
    for sort, what in remembered(draft.candidate):
        slate.remember(sort, what)
    slate.led_by = draft.candidate.core.key
    slate.show(draft.story.items[:1] if draft.candidate.cluster.bond is not Bond.ENTITY else draft.story.items)
    return Section(SectionName.LEAD, SECTION_TITLES[SectionName.LEAD], (draft.story,))


def options(desk: Desk, slate: Slate, leading: Collection[tuple[ItemKey, ...]]) -> Iterator[LeadOption]:
    """The stories that could lead, in the order in which they would be tried; each reads like no lead of late.

    ``leading``: the subjects of stories that lead already, which are no option.
    """
    thesis = Thesis.of(desk.memory)
    for candidate in candidates(desk, slate.untold(), lambda insight: _sayable(desk, insight)):
        begun = desk.phrases.checkpoint()
        draft = _pared(_draft(desk, slate, candidate), thesis)
        desk.phrases.restore(begun)
        if draft is None or draft.story.items[:1] in leading or _fault(draft, thesis):
            continue
        if draft.story.headline is not None:
            worth = candidate.worth
            yield LeadOption(candidate.core.key, draft.story.headline.text, worth.score, worth.why)


def _wanted(desk: Desk, slate: Slate, key: str) -> Draft | None:
    """The story of one insight, told as a lead; None where it can't be."""
    possible = candidates(desk, slate.untold(), lambda insight: _sayable(desk, insight))
    chosen = next((candidate for candidate in possible if candidate.core.key == key), None)
    return _pared(_draft(desk, slate, chosen), Thesis.of(desk.memory)) if chosen is not None else None


def _best(desk: Desk, slate: Slate, without: Collection[str]) -> Draft | None:
    """The first candidate that is neither thin nor what a lead of the last seven issues said.

    Where there is none, the fullest of those that say something else, at worst the fullest of all.
    """
    thesis = Thesis.of(desk.memory)
    passed_over: list[str] = []
    second: tuple[tuple[bool, int], Draft] | None = None
    possible = candidates(desk, slate.untold(), lambda insight: _sayable(desk, insight))
    for candidate in [each for each in possible if each.core.key not in without][:TRIED]:
        begun = desk.phrases.checkpoint()
        draft = _pared(_draft(desk, slate, candidate), thesis)
        fault = _fault(draft, thesis)
        if draft is not None and not fault:
            return _explained(draft, passed_over)
        if draft is not None:
            rank = not thesis.is_too_like(thesis.likeness(draft.story)), draft.claims
            second = max(second or (rank, draft), (rank, draft), key=lambda pair: pair[0])
        passed_over.append(f"{candidate.cluster.name} ({fault})")
        desk.phrases.restore(begun)
    return _explained(second[1], []) if second is not None else None


def _pared(draft: Draft | None, thesis: Thesis) -> Draft | None:
    """The draft without the sentences that make it most like an earlier lead, as long as it is not thin.

    Two stories of one site share what is said of every thing there; what is left tells them apart.
    """
    while draft is not None and draft.claims > FEWEST_PARED and thesis.is_too_like(thesis.likeness(draft.story)):
        shorter = min(_one_shorter(draft.story), key=thesis.likeness, default=None)
        if shorter is None:
            break
        draft = replace(draft, story=shorter, is_pared=True)
    return draft


def _one_shorter(story: Story) -> Iterator[Story]:
    """The story without one of its sentences, each in turn; the first of a paragraph stays: the others lean on it."""
    for claim in (claim for paragraph in story.paragraphs for claim in paragraph[1:]):
        if claim.role is Role.CLAIM:
            shorter = (tuple(each for each in paragraph if each is not claim) for paragraph in story.paragraphs)
            yield replace(story, paragraphs=tuple(shorter))


def _fault(draft: Draft | None, thesis: Thesis) -> str:
    """Why a draft is passed over; empty where it may lead."""
    if draft is None:
        return "nothing can be said of it"
    if draft.claims < FEWEST_PARED or (draft.claims < FEWEST_CLAIMS and not draft.is_pared):
        return f"only {draft.claims} sentences"
    likeness = thesis.likeness(draft.story)
    return f"{likeness:.2f} like a lead of the last days" if thesis.is_too_like(likeness) else ""


def _explained(draft: Draft, passed_over: Sequence[str]) -> Draft:
    """With what was passed over for it, for the editors."""
    worth = draft.candidate.worth
    if passed_over:
        worth = replace(worth, why=f"{worth.why}; before it were passed over: {', '.join(passed_over)}")
    return replace(draft, story=replace(draft.story, worth=worth))


def _sayable(desk: Desk, insight: Insight) -> bool:
    """Whether the book can say it in both forms."""
    return all(desk.phrases.can_say(insight.phrase(form), insight.slots) for form in ("headline", "sentence"))


# --- the draft --------------------------------------------------------------------------------------------------------


def _draft(desk: Desk, slate: Slate, candidate: Candidate) -> Draft | None:
    core = candidate.core
    others = _distinct(core, candidate, slate)[:3]
    page = _page(desk, candidate, others)
    if page is None:
        return None
    headline = _headline(desk, candidate)
    first = desk.phrases.say(core.phrase("sentence"), core.slots, core.also)
    under = _under(headline, first, page)
    rest = [claim for each in others for claim in _followed(desk, each)]
    news = [] if under is first else [first]
    again = [desk.phrases.house("lead.again")] if candidate.led is not None else []
    limits = desk.phrases.house(f"unsaid.{page.limits}")
    parts: list[tuple[Sequence[Claim], int]] = [
        ((*again, *news, *rest[:2], *page.standing), MOST_NEWS),
        ((*rest[2:], *page.background), MOST_BACKGROUND),
        (page.who, MOST_WHO),
        ((*page.elsewhere, limits), MOST_ELSEWHERE + 1),
    ]
    paragraphs = _joined(tuple(_without_repeats([headline, under], parts)))
    subject = () if candidate.cluster.bond is Bond.THEME else (_told_of(core),)
    items = named([headline, under, *chain.from_iterable(paragraphs)], *subject)
    item = desk.about(items[0])
    story = Story(
        items,
        Layout.ARTICLE,
        headline=headline,
        standfirst=under,
        paragraphs=paragraphs,
        label=AGAIN if again else "",
        url=item.url if item else None,
        worth=candidate.worth,
    )
    return Draft(candidate, (core, *others), story)


def _headline(desk: Desk, candidate: Candidate) -> Claim:
    """The news in a line; of a name in many places the loudest thread of it, where that has a short title."""
    core = candidate.core
    loud = theme_profile.headline(desk, core) if candidate.cluster.bond is Bond.THEME else ()
    if loud:
        return loud[0]
    return desk.phrases.say(core.phrase("headline"), core.slots, core.evidence)


def _under(headline: Claim, first: Claim, page: Page) -> Claim:
    """What stands under the headline: a sentence with figures that the headline does not print, naming nothing anew."""
    shown = _printed(headline)
    for claim in (*page.under, first, *page.standing, *page.background[:1]):
        if {each for each in _printed(claim) - shown if each[0] != "name"}:
            return claim
    return first


def _page(desk: Desk, candidate: Candidate, others: Sequence[Insight]) -> Page | None:
    """What can be said beyond the insights that are told."""
    core = candidate.core
    if candidate.cluster.bond in {Bond.FAMILY, Bond.OWNER}:
        return family_profile.of_name(desk, core)
    if candidate.cluster.bond is Bond.THEME:
        return theme_profile.of_theme(desk, core)
    return profile.of_item(desk, _told_of(core), (core, *others))


def _told_of(core: Insight) -> ItemKey:
    """The item whose page is told: of a post that is talked about the talk, which has the figures."""
    talk = next((key for key in core.items if key.kind is ItemKind.STORY), None)
    return talk if talk is not None and core.items[0].kind is ItemKind.POST else core.items[0]


def _followed(desk: Desk, insight: Insight) -> tuple[Claim, ...]:
    """A further fact on the same subject: "It gained …" where the book has it so."""
    following = desk.phrases.maybe(insight.phrase("follow"), insight.slots, insight.also)
    return following or desk.phrases.maybe(insight.phrase("sentence"), insight.slots, insight.also)


def _distinct(core: Insight, candidate: Candidate, slate: Slate) -> list[Insight]:
    """Of an entity, the facts that tell something else than the first and than each other; of others the first."""
    if candidate.cluster.bond is not Bond.ENTITY:
        return []
    kinds = set(tale(core.kind))
    kept = []
    untold = {each.key for each in slate.untold()}
    for insight in candidate.cluster.facts:
        if insight is core or insight.kind in kinds or insight.key not in untold or _counts_otherwise(core, insight):
            continue
        kinds |= tale(insight.kind)
        kept.append(insight)
    return kept


def _counts_otherwise(core: Insight, other: Insight) -> bool:
    """Whether it tells of a total as another list of the same site shows it, read at another time."""
    return other.kind in OF_TOTALS and other.source is core.source and other.origin != core.origin


def _without_repeats(
    before: Sequence[Claim], parts: Iterable[tuple[Sequence[Claim], int]]
) -> Iterator[tuple[Claim, ...]]:
    """The paragraphs, each at its length, without sentences that print nothing that is not printed already."""
    printed = {each for claim in before for each in _printed(claim)}
    for claims, most in parts:
        kept: list[Claim] = []
        for claim in claims:
            new = _printed(claim) - printed
            is_claim = claim.role is Role.CLAIM
            if (is_claim and not new) or (is_claim and sum(each.role is Role.CLAIM for each in kept) == most):
                continue
            kept.append(claim)
            printed |= new
        if kept:
            yield tuple(kept)


def _joined(paragraphs: Sequence[tuple[Claim, ...]]) -> tuple[tuple[Claim, ...], ...]:
    """The paragraphs, a single sentence joined to what follows; what we cannot say to what stands before it."""
    joined: list[tuple[Claim, ...]] = []
    for paragraph in paragraphs:
        alone = bool(joined) and len(joined[-1]) == 1
        limits = bool(joined) and all(claim.role is Role.HOUSE for claim in paragraph)
        if alone or limits:
            joined[-1] += paragraph
        else:
            joined.append(paragraph)
    return tuple(joined)


def _printed(claim: Claim) -> set[tuple[str, object]]:
    """The figures and the words of others that a claim prints; dates and distances are only their frame.

    Figures in a row are something new where each of them was printed before.
    """
    figures = {(run.unit, run.value) for run in claim.figures if run.unit not in {"date", "time", "days"}}
    return (
        figures
        | _row(claim)
        | {("quote", run.text) for run in claim.quotes}
        | {("name", run.text) for run in claim.names}
    )


def _row(claim: Claim) -> set[tuple[str, object]]:
    """The figures of one unit that stand in a row."""
    units = Counter(run.unit for run in claim.figures)
    rows = {unit for unit, count in units.items() if count >= FEWEST_OF_A_ROW}
    return {("row", tuple(run.value for run in claim.figures if run.unit in rows))} if rows else set()
