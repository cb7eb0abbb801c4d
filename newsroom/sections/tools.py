"""Tools of the Week: four AI projects from GitHub, in their own words; we have not run them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from domain.claims import Claim, Figure, Words
from domain.issue import SECTION_TITLES, Layout, Section, SectionName, Story
from domain.items import Item, ItemKey, Source
from domain.readings import Lists, Metric, Reading
from newsroom import rounding
from newsroom.desk import Desk
from newsroom.insights.insight import slots
from newsroom.phrases.templates import Fragment
from newsroom.quoting import description, is_praise
from newsroom.record import Listing, ListKey, Mornings, Pair
from newsroom.sections.slate import Slate
from newsroom.selection.memory import LEAD_DAYS, TOOL_DAYS

SIZE = 4

#: Where tools are found, in this order: what GitHub shows this week, what is young, what it shows today.
SHELVES = (
    ListKey(Source.GITHUB, Lists.GITHUB_WEEKLY),
    ListKey(Source.GITHUB, Lists.GITHUB_YOUNG),
    ListKey(Source.GITHUB, Lists.GITHUB_WEEKLY_PYTHON),
    ListKey(Source.GITHUB, Lists.GITHUB_DAILY),
    ListKey(Source.GITHUB, Lists.GITHUB_DAILY_PYTHON),
)

#: Below this a project is too young to be called a tool.
FEWEST_STARS = 100

#: Below this it comes after all others: a search for young projects brings up many that nobody uses.
FEW_STARS = 500

#: So many earlier lists without it make a project new to our reading.
FEWEST_LISTS = 3

#: A project that a story of this week told of only fills up where others are there: to so many in all.
ENOUGH = 2

#: A gain of more than this share of all stars says the same as the stars.
MOST_OF_ALL = 0.9

#: What is read, not run: lists of links, books, courses, handbooks, prompts, papers.
_NO_TOOL = re.compile(
    r"\b(?:awesome|curated|cheat ?sheets?|interviews?|handbooks?|tutorials?|courses?|curriculum|lessons?|roadmaps?"
    r"|bootcamp|text ?books?|books?|collection of|list of|lists of|guides?|resources|papers?|lectures?|exercises?"
    r"|from scratch|for beginners|beginners?|zero to hero|system prompts?|leaks?|portfolios?|challenges?|directory"
    r"|playlists?|dotfiles|how[- ]?to|step by step|learn)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Tool:
    """A project with its reading, what it says of itself, and the same list's reading of a week or a day before."""

    item: Item
    words: str
    reading: Reading
    pair: Pair | None
    mornings: Mornings

    @property
    def listing(self) -> Listing:
        """The list that it was found on."""
        return self.mornings.today

    @property
    def name(self) -> str:
        """Its name without its owner."""
        return self.item.key.external_id.rpartition("/")[2]

    @property
    def is_run(self) -> bool:
        """Whether it is a thing to run, as far as its name and its words say."""
        told = f"{re.sub(r'[-_.]', ' ', self.name)} {self.item.summary}"
        return _NO_TOOL.search(told) is None

    @property
    def is_small(self) -> bool:
        """Whether few have starred it so far."""
        return self.reading.metrics[Metric.STARS] < FEW_STARS

    @property
    def worth(self) -> tuple[float, int]:
        """Its gain in relation to its size: a young project with a gain comes before an old one with a larger gain."""
        stars = self.reading.metrics[Metric.STARS]
        gain = self.reading.metrics.get(Metric.STARS_WEEK) or (self.pair.change(Metric.STARS) if self.pair else 0) or 0
        return gain / stars**0.5, stars


def write(desk: Desk, slate: Slate) -> Section | None:
    """The section, None without a project that says what it is; a note when all were shown in the last days."""
    found = _found(desk, slate)
    if not found:
        return None
    chosen = _of_different_owners([tool for tool in found if _may_be_shown(desk, slate, tool)])
    unheard = [tool for tool in chosen if not _carried_a_story(desk, tool)]
    heard = [tool for tool in chosen if tool not in unheard]
    chosen = [*unheard, *heard[: max(ENOUGH - len(unheard), 0) if unheard else SIZE]][:SIZE]
    slate.show(tool.item.key for tool in chosen)
    title = SECTION_TITLES[SectionName.TOOLS]
    if not chosen:
        return Section(SectionName.TOOLS, title, notes=(desk.phrases.house("tools.nothing"),))
    stories = tuple(_story(desk, tool) for tool in chosen)
    return Section(SectionName.TOOLS, title, stories, notes=(desk.phrases.house("tools.opening"),))


def _found(desk: Desk, slate: Slate) -> list[Tool]:
    """Every project of the shelves that says what it is, the most worth showing first."""
    found: dict[ItemKey, Tool] = {}
    for key in SHELVES:
        mornings = desk.mornings(key)
        for tool in _candidates(desk, mornings) if mornings else ():
            found.setdefault(tool.item.key, tool)
    ranked = sorted(found.values(), key=lambda tool: (tool.worth, tool.item.key), reverse=True)
    return sorted(
        ranked,
        key=lambda tool: (
            not tool.is_run or tool.is_small,
            _carried_a_story(desk, tool),
            _is_known(desk, slate, tool),
            is_praise(tool.words),
        ),
    )


def _is_known(desk: Desk, slate: Slate, tool: Tool) -> bool:
    """Whether this issue has named it, or those of the last week showed it anywhere."""
    ages = (desk.memory.shown(section, tool.item.key, LEAD_DAYS) for section in SectionName)
    return slate.printed(tool.item.key) or any(age is not None for age in ages)


def _carried_a_story(desk: Desk, tool: Tool) -> bool:
    """Whether a lead or a deep dive of the last week was about it."""
    return any(
        desk.memory.shown(section, tool.item.key, LEAD_DAYS) is not None
        for section in (SectionName.LEAD, SectionName.DEEPDIVE)
    )


def _may_be_shown(desk: Desk, slate: Slate, tool: Tool) -> bool:
    """Whether it was not shown in the last fourteen days, nor elsewhere in this issue."""
    shown = desk.memory.shown(SectionName.TOOLS, tool.item.key, TOOL_DAYS)
    return shown is None and not slate.shown(tool.item.key)


def _of_different_owners(tools: list[Tool]) -> list[Tool]:
    owners: set[str] = set()
    kept = []
    for tool in tools:
        owner = tool.item.key.external_id.partition("/")[0].casefold()
        if owner not in owners:
            owners.add(owner)
            kept.append(tool)
    return kept


def _candidates(desk: Desk, mornings: Mornings) -> Iterator[Tool]:
    compared = [both for days in (1, 7) if (both := mornings.against(days)) is not None]
    pairs = {pair.after.item: pair for both in compared for pair in both.pairs()}
    for reading in desk.ours(mornings.today):
        item = desk.about(reading.item)
        if item is None or reading.metrics.get(Metric.STARS, 0) < FEWEST_STARS:
            continue
        words = description(item.summary, item.key.external_id.rpartition("/")[2])
        if words is not None:
            yield Tool(item, words, reading, pairs.get(reading.item), mornings)


def _story(desk: Desk, tool: Tool) -> Story:
    claims = (_own_words(desk, tool), _facts(desk, tool))
    return Story((tool.item.key,), Layout.BULLET, paragraphs=(claims,), url=tool.item.url)


def _own_words(desk: Desk, tool: Tool) -> Claim:
    quote = desk.cite.quote(tool.item, "summary", tool.words)
    return desk.phrases.say("tools.quote", slots(name=desk.cite.name(tool.item.key), quote=quote))


def _facts(desk: Desk, tool: Tool) -> Claim:
    """Stars, the gain where it says more than they do, language, licence, and how long our lists have held it."""
    figures = desk.figures
    gain = figures.gain(tool.pair, Metric.STARS) if tool.pair else None
    filled = slots(
        stars=figures.value(tool.reading, Metric.STARS),
        week=_if_telling(tool, figures.value(tool.reading, Metric.STARS_WEEK)),
        today=_if_telling(tool, figures.value(tool.reading, Metric.STARS_TODAY)),
        gain=_if_telling(tool, gain),
        since=figures.date(tool.pair.before) if tool.pair else None,
        tail=_tail(desk, tool),
    )
    form = next((form for form in ("week", "gain", "today") if form in filled), "plain")
    return desk.phrases.say(f"tools.{form}" if "tail" in filled else f"tools.{form}_bare", filled)


def _if_telling(tool: Tool, gain: Figure | None) -> Figure | None:
    """A gain that is neither nothing nor nearly all: of a project of this week the stars say it already."""
    stars = tool.reading.metrics[Metric.STARS]
    return gain if gain is not None and 0 < gain.value <= MOST_OF_ALL * stars else None


def _tail(desk: Desk, tool: Tool) -> Fragment | None:
    """Language, licence, and how long our lists have held it; as much of it as is known."""
    made = slots(language=desk.cite.tag(tool.item, "language"), licence=desk.cite.tag(tool.item, "license"))
    earlier = [listing for listing in tool.mornings.read[1:] if listing.complete]
    holding = [listing for listing in (tool.listing, *earlier) if listing.holds(tool.item.key)]
    if len(holding) == 1 and len(earlier) < FEWEST_LISTS:
        held = {}
    elif len(holding) == 1:
        held = slots(lists=desk.figures.first_listed(tool.reading, tool.listing, earlier))
    else:
        held = slots(days=desk.figures.days_listed(tool.reading, holding, rounding.whole))
    parts = [
        desk.phrases.say(key, filled).runs
        for key, filled in (("tools.made_licensed" if "licence" in made else "tools.made", made), ("tools.held", held))
        if desk.phrases.can_say(key, filled)
    ]
    return tuple(run for part in parts for run in (Words("; "), *_inside(part)))[1:] or None


def _inside(part: Fragment) -> Fragment:
    """The words of a piece as they stand inside a sentence: without a capital."""
    first = part[0]
    return (Words(first.text[:1].lower() + first.text[1:]), *part[1:]) if isinstance(first, Words) else part
