"""The overset of a day: a line for each item of today's lists that the issue does not tell of, for readers' own issues.

The same checks judge it as judge the issue. It is set once for all readers; ``newsroom.personal`` picks from it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from domain.claims import Claim
from domain.edits import UNDIRECTED, Direction
from domain.issue import SECTION_TITLES, Checks, Issue, Layout, Paper, Section, SectionName, Story
from domain.items import Item, ItemKey, Source
from domain.overset import Overset, Said
from domain.readings import Lists, Metric, Reading
from newsroom.checking import check
from newsroom.citations import Citations
from newsroom.desk import Desk
from newsroom.figures import UNITS, Figures
from newsroom.insights.counts import recent_posts
from newsroom.insights.insight import slots
from newsroom.phrases.templates import Fragment
from newsroom.quoting import is_in_our_letters
from newsroom.record import ListKey, Mornings, Record
from newsroom.sections.reading import spoken
from newsroom.topics import said_by

#: Stories that are set; a reader's section takes a handful of them.
MOST = 240
#: Of one list so many at most, so that a long one leaves room for the others.
MOST_OF_A_LIST = 60

#: How old a post may be to be today's, in days.
POST_DAYS = 2

#: The figure by which each list tells of an item; the lists that come first tell of an item that stands on several.
FIGURES: Mapping[ListKey, Metric | None] = {
    ListKey(Source.HUGGINGFACE, Lists.MODELS): Metric.LIKES,
    ListKey(Source.HUGGINGFACE, Lists.DATASETS): Metric.LIKES,
    ListKey(Source.HUGGINGFACE, Lists.SPACES): Metric.LIKES,
    ListKey(Source.HUGGINGFACE, Lists.DAILY_PAPERS): Metric.UPVOTES,
    ListKey(Source.GITHUB, Lists.GITHUB_DAILY): Metric.STARS,
    ListKey(Source.HACKERNEWS, Lists.HN_FRONT_PAGE): Metric.POINTS,
    ListKey(Source.HACKERNEWS, Lists.HN_AI): Metric.POINTS,
    ListKey(Source.GITHUB, Lists.GITHUB_WEEKLY): Metric.STARS,
    ListKey(Source.OSSINSIGHT, Lists.OSSINSIGHT_DAY): Metric.STARS,
    ListKey(Source.GITHUB, Lists.GITHUB_YOUNG): Metric.STARS,
    ListKey(Source.ARXIV, Lists.ARXIV_RECENT): None,
    ListKey(Source.ARXIV, Lists.ARXIV_LISTING): None,
}

#: A smaller figure is not worth its words.
LEAST_TOTAL = 2


@dataclass(frozen=True, slots=True)
class Candidate:
    """An item that could be told of: where it stands on its list, counted from 0, and its first sentence."""

    item: Item
    place: int
    list: ListKey
    claim: Claim


def set_overset(  # noqa: PLR0917 - the arguments of ``assemble``
    issue: Issue,
    record: Record,
    past: Sequence[Issue],
    paper: Paper,
    as_of: datetime,
    dead: frozenset[str] = frozenset(),
    direction: Direction = UNDIRECTED,
) -> Overset:
    """What could be told beside an issue, from what was observed up to ``as_of`` (aware UTC), checked.

    ``past``, ``dead`` and ``direction`` are those that the issue was assembled with. The same arguments give the same.
    """
    desk = Desk.open(issue.date, record, past, paper, as_of, dead, direction)
    cite = Citations(desk.record, dead, direction.skipped, quotes="o")
    desk = replace(desk, cite=cite, figures=Figures(desk.record, cite))
    stories = tuple(_story(desk, candidate) for candidate in _candidates(desk, _told(desk, issue)))
    checked = _checked(issue, desk, stories)
    section = checked.section(SectionName.FOR_YOU)
    kept = section.stories if section is not None else ()
    return Overset(kept, checked.evidence, _said(desk, (*kept, *_stories(issue))))


def _checked(issue: Issue, desk: Desk, stories: tuple[Story, ...]) -> Issue:
    """The stories as the one section of an issue, after the checks of the issue."""
    section = Section(SectionName.FOR_YOU, SECTION_TITLES[SectionName.FOR_YOU], stories)
    draft = replace(issue, sections=(section,), evidence=desk.cite.evidence, checks=Checks(0, 0))
    return check(draft, desk.record)


def _stories(issue: Issue) -> Iterator[Story]:
    return (story for section in issue.sections for story in section.stories)


def _told(desk: Desk, issue: Issue) -> set[ItemKey]:
    """Every item that the issue is about or names, under whatever name."""
    about = (key for story in _stories(issue) for key in story.items)
    named = (name.item for claim in issue.claims() for name in claim.names)
    return {each for key in (*about, *named) for each in (key, *desk.subject(key).items)}


def _said(desk: Desk, stories: Iterable[Story]) -> Mapping[ItemKey, Said]:
    keys = dict.fromkeys(key for story in stories for key in story.items)
    return {key: said_by(item) for key in keys if (item := desk.record.about(key)) is not None}


def _candidates(desk: Desk, told: set[ItemKey]) -> list[Candidate]:
    """Each subject once, by the first list that has it; those near the top of their lists first."""
    found: list[Candidate] = []
    counts: Counter[ListKey] = Counter()
    for candidate in (*_listed(desk, told), *_posted(desk, told)):
        subject = desk.subject(candidate.item.key).items
        if not told.isdisjoint({candidate.item.key, *subject}) or counts[candidate.list] == MOST_OF_A_LIST:
            continue
        told.update((candidate.item.key, *subject))
        counts[candidate.list] += 1
        found.append(candidate)
    return sorted(found, key=lambda each: each.place)[:MOST]


def _listed(desk: Desk, told: set[ItemKey]) -> Iterator[Candidate]:
    """What is new on its list since the last time, or stands higher; of a list read for the first time all of it."""
    for key, metric in FIGURES.items():
        mornings = desk.mornings(key)
        for place, reading in enumerate(desk.ours(mornings.today) if mornings else ()):
            item = desk.about(reading.item)
            if item is None or mornings is None or reading.item in told or not _has_news(mornings, reading):
                continue
            if is_in_our_letters(item.title):
                for claim in _placed(desk, key, reading, metric):
                    yield Candidate(item, place, key, claim)


def _has_news(mornings: Mornings, reading: Reading) -> bool:
    """Whether it was not on the list before, or below: what stands still was told when it came."""
    both = mornings.against(1)
    pair = both.pair(reading.item) if both is not None else None
    return pair is None or (pair.climbed or 0) > 0


def _placed(desk: Desk, key: ListKey, reading: Reading, metric: Metric | None) -> tuple[Claim, ...]:
    """Where it stands, with its figure; none where it can't be named."""
    filled: dict[str, Fragment] = slots(
        name=desk.cite.name(reading.item),
        rank=desk.figures.rank(reading),
        list=desk.list_name(key),
    )
    if metric is not None and reading.metrics.get(metric, 0) >= LEAST_TOTAL:
        filled |= slots(total=desk.figures.value(reading, metric), unit=UNITS[metric])
    if "name" not in filled:
        return ()
    form = {(True, True): "placed", (True, False): "ranked", (False, True): "counted"}.get(
        ("rank" in filled, "total" in filled)
    )
    if form is not None:
        return desk.phrases.maybe(f"foryou.{form}", filled)
    is_paper = key.source is Source.ARXIV
    return desk.phrases.maybe("reading.listed", slots(name=desk.cite.name(reading.item))) if is_paper else ()


def _posted(desk: Desk, told: set[ItemKey]) -> Iterator[Candidate]:
    """The newest posts of each feed."""
    for name, items in recent_posts(desk, POST_DAYS).items():
        for place, item in enumerate(items):
            publisher = desk.cite.publisher(item)
            if item.key in told or publisher is None or not is_in_our_letters(item.title):
                continue
            filled = slots(name=desk.cite.name(item.key), publisher=publisher)
            for claim in desk.phrases.maybe("reading.posted", filled):
                yield Candidate(item, place, ListKey(Source.FEEDS, name), claim)


def _story(desk: Desk, candidate: Candidate) -> Story:
    """Its place, and a line of its own where it has one."""
    item = candidate.item
    quote = spoken(desk, item)
    if quote is None:
        return Story((item.key,), Layout.BULLET, paragraphs=((candidate.claim,),), url=item.url)
    line = desk.phrases.say("reading.quote_paper", slots(quote=quote)) if _is_paper(quote.item) else None
    line = line or desk.phrases.say("reading.quote_post", slots(quote=quote))
    items = tuple(dict.fromkeys((item.key, quote.item)))
    return Story(items, Layout.BULLET, paragraphs=((candidate.claim, line),), url=item.url)


def _is_paper(key: ItemKey) -> bool:
    return key.kind.value == "paper"
