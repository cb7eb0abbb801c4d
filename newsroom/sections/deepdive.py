"""Deep Dive: of the questions that today's readings can answer the best, its cuts, and what they leave open."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date
from zlib import crc32

from domain.issue import SECTION_TITLES, Layout, Section, SectionName, Story
from domain.items import ItemKey, Source
from newsroom.desk import Desk
from newsroom.insights.insight import Kind
from newsroom.sections import (
    questions_accounts,
    questions_github,
    questions_lists,
    questions_models,
    questions_names,
    questions_papers,
    questions_talk,
)
from newsroom.sections.cuts import WHAT_WE_CANNOT_SAY, Cut, Inquiry, Line, named, sayable
from newsroom.sections.page import printed_a_row
from newsroom.sections.slate import Slate
from newsroom.selection.memory import QUESTION, TOLD

#: A question with fewer cuts, or fewer sentences in them, is not asked; no more cuts are printed. One sentence less may
#: be left where others would name again what the last issues told of.
FEWEST_CUTS = 3
FEWEST_LINES = 6
FEWEST_SPARED = 5
CUTS = 4

#: Of sentences fixed for the question so many say what it leaves open.
LIMITS = 2

#: A question is not asked again within so many days; where none is left, that asked longest ago, after a week.
REST = 14
SHORTEST_REST = 8

#: On a morning of few lists one that was asked so many days ago is better than none.
LEAST_REST = 3

#: Items of the last issues are not fresh.
UNUSED = 7

#: Where an item that a sentence links was told of.
TELLING = (SectionName.LEAD, SectionName.TOOLS, SectionName.DEEPDIVE)

#: What the site of the lead has less of: an issue speaks of several.
SAME_SITE = 0.15

#: What the score is made of: how surprising the answer, how fresh its items, and a different order each day.
_SURPRISE, _FRESHNESS, _TURN = 1.0, 0.8, 0.2

#: What is taken off where all that it links was told of in the last issues.
_AGAIN = 0.8

#: Up to this share of it a question is as good as one of others.
FEW = 0.4

Ask = Callable[[Desk], Iterator[Inquiry]]

QUESTIONS: tuple[Ask, ...] = (
    questions_models.who_shares_a_name,
    questions_models.what_order,
    questions_models.who_has_downloads,
    questions_names.which_words,
    questions_names.which_sizes,
    questions_accounts.whose_list,
    questions_accounts.which_kit,
    questions_lists.who_stays,
    questions_lists.who_comes,
    questions_lists.who_gains,
    questions_github.made_of,
    questions_github.whose_stars,
    questions_github.how_fresh,
    questions_github.what_for,
    questions_talk.argued,
    questions_talk.how_much_of_it,
    questions_papers.voted,
    questions_papers.rhythm,
)


def write(desk: Desk, slate: Slate) -> Section | None:
    """The section, None when no question can be answered today."""
    inquiry = chosen(desk, slate)
    if inquiry is None:
        return None
    slate.remember(QUESTION, inquiry.name)
    slate.remember(QUESTION, f"{inquiry.name}:{inquiry.about}")
    title = SECTION_TITLES[SectionName.DEEPDIVE]
    return Section(SectionName.DEEPDIVE, title, tuple(_stories(desk, slate, inquiry)))


def chosen(desk: Desk, slate: Slate) -> Inquiry | None:
    """The best of the questions that have rested and can be answered."""
    asked = askable(desk)
    answerable = [each for each in asked if _age(desk, each) > SHORTEST_REST]
    answerable = answerable or [each for each in asked if _age(desk, each) > LEAST_REST]
    used, told, site = _used(desk), _told(desk), _site_of_lead(slate)

    def score(inquiry: Inquiry) -> float:
        same = SAME_SITE if inquiry.source is site else 0.0
        fresh = _FRESHNESS * _freshness(slate, inquiry, used)
        again = _AGAIN * _share_in(inquiry, told)
        return _SURPRISE * inquiry.surprise + fresh + _TURN * _turn(desk, inquiry) - same - again

    unheard = [each for each in answerable if _share_in(each, told) <= FEW]
    offered = unheard or answerable
    rested = [each for each in offered if _age(desk, each) > REST]
    if rested:
        return max(rested, key=lambda each: (score(each), each.name, each.about))
    return max(offered, key=lambda each: (_age(desk, each), score(each), each.about), default=None)


def askable(desk: Desk) -> tuple[Inquiry, ...]:
    """Every question that today's readings answer with enough cuts."""
    told = _told(desk)
    found = (each for ask in QUESTIONS for each in ask(desk))
    return tuple(_spared(desk, each, told) for each in found if _is_answered(desk, each, FEWEST_LINES))


def _spared(desk: Desk, inquiry: Inquiry, told: frozenset[ItemKey]) -> Inquiry:
    """The question without sentences that link what the last issues told of, as long as enough others answer it.

    A sentence stays where it links what is named in passing elsewhere, in the headline for instance.
    """
    for each in tuple(inquiry.lines()):
        if each in inquiry.lines() and told & each.items() and not each.items() & inquiry.in_passing():
            spared = inquiry.without(each)
            inquiry = spared if _is_answered(desk, spared, FEWEST_SPARED) else inquiry
    return inquiry


def _is_answered(desk: Desk, inquiry: Inquiry, fewest: int) -> bool:
    cuts = sayable(desk, inquiry)
    enough = len(cuts) >= FEWEST_CUTS and sum(len(cut.lines) for cut in cuts) >= fewest
    return enough and all(desk.phrases.can_say(f"{inquiry.name}.{form}", inquiry.slots) for form in _HEAD)


_HEAD = ("headline", "standfirst")


def _age(desk: Desk, inquiry: Inquiry) -> int:
    """How many days ago it was last asked; a great many when that is not remembered."""
    age = desk.memory.told(QUESTION, inquiry.name, within=REST)
    return REST + 1 if age is None else age


def _turn(desk: Desk, inquiry: Inquiry) -> float:
    """An order of the questions that differs from day to day and is the same for a day, unless asked for anew."""
    day = date.fromordinal(desk.turn(SectionName.DEEPDIVE))
    return crc32(f"{day.isoformat()} {inquiry.name} {inquiry.about}".encode()) % 1_000 / 1_000


def _site_of_lead(slate: Slate) -> Source | None:
    return next((each.source for each in slate.insights if each.key == slate.led_by), None)


def _freshness(slate: Slate, inquiry: Inquiry, used: frozenset[ItemKey]) -> float:
    """The share of its items that neither this issue nor the last ones are about; a half where it names none."""
    items = inquiry.items()
    if not items:
        return 0.5
    return sum(item not in used and not slate.shown(item) for item in items) / len(items)


def _share_in(inquiry: Inquiry, told: frozenset[ItemKey]) -> float:
    """The share of what it links that was told of."""
    items = inquiry.items()
    return len(items & told) / len(items) if items else 0.0


def _used(desk: Desk) -> frozenset[ItemKey]:
    issues = desk.memory.within(UNUSED)
    return frozenset(
        key for issue in issues for section in issue.sections for story in section.stories for key in story.items
    )


def _told(desk: Desk) -> frozenset[ItemKey]:
    """What the last issues linked where a reader looks for somebody new."""
    sections = (issue.section(name) for issue in desk.memory.within(UNUSED) for name in TELLING)
    claims = (claim for section in sections if section is not None for claim in section.claims())
    return frozenset(name.item for claim in claims for name in claim.names if name.url is not None)


def _stories(desk: Desk, slate: Slate, inquiry: Inquiry) -> Iterator[Story]:
    slots = inquiry.slots
    cuts = _best(without_rows(desk, sayable(desk, inquiry)))
    headline, standfirst = (desk.phrases.say(f"{inquiry.name}.{form}", slots) for form in _HEAD)
    items = named((headline, standfirst))
    yield Story(items, Layout.ARTICLE, headline=headline, standfirst=standfirst)
    for cut in cuts:
        claims = tuple(desk.phrases.say(each.key, each.slots) for each in cut.lines)
        yield Story(named(claims), Layout.ARTICLE, paragraphs=(claims,), label=cut.label)
    yield _limits(desk, inquiry)


def without_rows(desk: Desk, cuts: Sequence[Cut]) -> tuple[Cut, ...]:
    """The cuts without their rows of daily counts where the last issue printed one: a row sounds like any other."""
    if not any(_is_row(each) for cut in cuts for each in cut.lines):
        return tuple(cuts)
    if not printed_a_row(desk) and not desk.memory.uses(TOLD, f"{Kind.SERIES}:", within=1):
        return tuple(cuts)
    spared = (Cut(cut.label, tuple(each for each in cut.lines if not _is_row(each))) for cut in cuts)
    return tuple(cut for cut in spared if cut.lines)


def _is_row(line: Line) -> bool:
    return line.key.endswith(".series")


def _best(cuts: Sequence[Cut]) -> tuple[Cut, ...]:
    """The first cuts, in their order; where there are more than are printed, those of a single sentence go first."""
    kept = sorted(range(len(cuts)), key=lambda at: (len(cuts[at].lines) == 1, at))[:CUTS]
    return tuple(cuts[at] for at in sorted(kept))


def _limits(desk: Desk, inquiry: Inquiry) -> Story:
    computed = tuple(claim for each in inquiry.limits for claim in desk.phrases.maybe(each.key, each.slots))
    fixed = tuple(desk.phrases.house(f"{inquiry.name}.limits") for _ in range(LIMITS))
    claims = (*computed, *dict.fromkeys(fixed))
    return Story(named(claims), Layout.ARTICLE, paragraphs=(claims,), label=WHAT_WE_CANNOT_SAY)
