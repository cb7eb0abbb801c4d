"""Tools of the Week: four AI projects from GitHub, in their own words; we have not run them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from domain.claims import Claim, Words
from domain.issue import SECTION_TITLES, Layout, Section, SectionName, Story
from domain.items import Item, ItemKey, Source
from domain.readings import Lists, Metric, Reading
from newsroom.desk import Desk
from newsroom.insights.insight import slots
from newsroom.quoting import quotable
from newsroom.record import Listing, ListKey, Mornings, Pair
from newsroom.sections.slate import Slate
from newsroom.selection.memory import TOOL_DAYS

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


@dataclass(frozen=True, slots=True)
class Tool:
    """A project with its reading, and the same list's reading of a week or a day before where there is one."""

    item: Item
    reading: Reading
    pair: Pair | None
    listing: Listing

    @property
    def worth(self) -> tuple[float, int]:
        """Its gain in relation to its size: a young project with a gain comes before an old one with a larger gain."""
        stars = self.reading.metrics[Metric.STARS]
        gain = self.reading.metrics.get(Metric.STARS_WEEK) or (self.pair.change(Metric.STARS) if self.pair else 0) or 0
        return gain / stars**0.5, stars


def write(desk: Desk, slate: Slate) -> Section | None:
    """The section, None without a project that says what it is; a note when all were shown in the last days."""
    found = _found(desk)
    if not found:
        return None
    chosen = _of_different_owners([tool for tool in found if _is_fresh(desk, slate, tool)])[:SIZE]
    slate.show(tool.item.key for tool in chosen)
    title = SECTION_TITLES[SectionName.TOOLS]
    if not chosen:
        return Section(SectionName.TOOLS, title, notes=(desk.phrases.house("tools.nothing"),))
    stories = tuple(_story(desk, tool) for tool in chosen)
    return Section(SectionName.TOOLS, title, stories, notes=(desk.phrases.house("tools.opening"),))


def _found(desk: Desk) -> list[Tool]:
    """Every project of the shelves that says what it is, the most worth showing first."""
    found: dict[ItemKey, Tool] = {}
    for key in SHELVES:
        mornings = desk.mornings(key)
        for tool in _candidates(desk, mornings) if mornings else ():
            found.setdefault(tool.item.key, tool)
    return sorted(found.values(), key=lambda tool: (tool.worth, tool.item.key), reverse=True)


def _is_fresh(desk: Desk, slate: Slate, tool: Tool) -> bool:
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
    weekly = {pair.after.item: pair for both in compared for pair in both.pairs()}
    for reading in desk.ours(mornings.today):
        item = desk.about(reading.item)
        if item is None or reading.metrics.get(Metric.STARS, 0) < FEWEST_STARS or quotable(item.summary) is None:
            continue
        yield Tool(item, reading, weekly.get(reading.item), mornings.today)


def _story(desk: Desk, tool: Tool) -> Story:
    claims = [_facts(desk, tool)]
    words = quotable(tool.item.summary)
    quote = desk.cite.quote(tool.item, "summary", words) if words else None
    if quote is not None:
        short = desk.short(tool.item.key)
        claims.append(desk.phrases.say("tools.quote", slots(short=short, quote=quote)))
    return Story((tool.item.key,), Layout.BULLET, paragraphs=(tuple(claims),), url=tool.item.url)


def _facts(desk: Desk, tool: Tool) -> Claim:
    figures, cite = desk.figures, desk.cite
    gain = figures.gain(tool.pair, Metric.STARS) if tool.pair else None
    licence = cite.tag(tool.item, "license")
    filled = slots(
        name=cite.name(tool.item.key),
        stars=figures.value(tool.reading, Metric.STARS),
        week=figures.value(tool.reading, Metric.STARS_WEEK),
        today=figures.value(tool.reading, Metric.STARS_TODAY),
        gain=gain if gain is not None and gain.value > 0 else None,
        since=figures.date(tool.pair.before) if tool.pair else None,
        language=cite.tag(tool.item, "language"),
        licence=licence,
        and_licence=(Words(", licence "), licence) if licence else "",
    )
    form = next((form for form in ("week", "gain", "today") if form in filled), "plain")
    return desk.phrases.say(f"tools.{form}" if "language" in filled else f"tools.{form}_bare", filled)
