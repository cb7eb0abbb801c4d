"""Trending: the first places of Hugging Face's lists and of GitHub's daily page, with the change since yesterday.

A list that was not read again since yesterday's issue is not shown again; GitHub's weekly page then stands in.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from domain.claims import Claim, Figure, Words
from domain.issue import SECTION_TITLES, Layout, Section, SectionName, Story
from domain.items import Source
from domain.readings import Lists, Metric, Reading
from newsroom import rounding
from newsroom.citations import RANK
from newsroom.desk import Desk
from newsroom.insights.insight import slots
from newsroom.record import DAY, Comparison, ListKey, Mornings
from newsroom.sections.slate import Slate


@dataclass(frozen=True, slots=True)
class Table:
    """One table of the section: which list, how many rows, which figure in the last column.

    ``instead`` is shown when the list was not read today.
    """

    key: ListKey
    group: str
    label: str
    metric: Metric
    column: str
    rows: int
    instead: Table | None = None


_WEEKLY = Table(
    ListKey(Source.GITHUB, Lists.GITHUB_WEEKLY), "github", "Repositories", Metric.STARS_WEEK, "Stars this week", 6
)
TABLES = (
    Table(ListKey(Source.HUGGINGFACE, Lists.MODELS), "huggingface", "Models", Metric.LIKES, "Likes", 5),
    Table(ListKey(Source.HUGGINGFACE, Lists.DATASETS), "huggingface", "Datasets", Metric.LIKES, "Likes", 4),
    Table(ListKey(Source.HUGGINGFACE, Lists.SPACES), "huggingface", "Spaces", Metric.LIKES, "Likes", 3),
    Table(
        ListKey(Source.GITHUB, Lists.GITHUB_DAILY),
        "github",
        "Repositories",
        Metric.STARS_TODAY,
        "Stars that day",
        6,
        _WEEKLY,
    ),
)


def write(desk: Desk, slate: Slate) -> Section | None:
    """The section, None when no list was read."""
    drawn = [_drawn(desk, table) for table in TABLES]
    opening = tuple(claim for claims, _ in drawn for claim in claims)
    rows = tuple(row for _, rows in drawn for row in rows)
    if not rows:
        return None
    slate.remember("section", "trending")
    return Section(SectionName.TRENDING, SECTION_TITLES[SectionName.TRENDING], rows, opening=opening)


def _drawn(desk: Desk, table: Table) -> tuple[tuple[Claim, ...], tuple[Story, ...]]:
    """The opening sentence and the rows of a table, or of the one instead of it; nothing where neither was read."""
    mornings = desk.mornings(table.key)
    rows = tuple(_rows(desk, table, mornings)) if mornings and desk.as_of - mornings.today.at < DAY else ()
    if mornings is not None and rows:
        return (_opening(desk, table, mornings),), rows
    return _drawn(desk, table.instead) if table.instead else ((), ())


def _opening(desk: Desk, table: Table, mornings: Mornings) -> Claim:
    """When the list was read, how much of it is about AI, and since when the change is counted."""
    words, figures, today = desk.words(table.key), desk.figures, mornings.today
    before, ours = mornings.before(1), desk.ours(today)
    filled = slots(
        list=desk.list_name(table.key),
        things=words.things,
        now=figures.date(today),
        since=figures.date(before) if before else None,
        size=figures.size(today, words.things),
        ours=figures.counted(ours, words.things) if len(ours) < len(today) else None,
    )
    form = "ours" if "ours" in filled else "all"
    if before is not None and form == "ours":
        filled |= slots(new=figures.new_among(ours, today, before, words.things))
    elif before is not None:
        filled |= slots(stayed=figures.stayed(before, today, words.things))
    since = desk.phrases.maybe(f"trending.{form}_since", filled)
    return since[0] if since else desk.phrases.say(f"trending.{form}", filled)


def _rows(desk: Desk, table: Table, mornings: Mornings) -> Iterator[Story]:
    """The first of a ranking with their places; of a list without an order those with most of the metric."""
    both = mornings.against(1)
    shown = [reading for reading in desk.ours(mornings.today) if table.metric in reading.metrics]
    if not mornings.today.harvest.ranked:
        shown.sort(key=lambda reading: (-reading.metrics[table.metric], reading.item))
    for reading in shown[: table.rows]:
        cells = {"Name": _name(desk, reading), table.column: _figure(desk.figures.value(reading, table.metric))}
        if mornings.today.harvest.ranked:
            place = desk.figures.rank(reading, rounding.whole)
            change = {"Change": _change(desk, reading, both, mornings)} if both is not None else {}
            last = cells.pop(table.column)
            cells = {"Place": _figure(place), **cells, **change, table.column: last}
        item = desk.about(reading.item)
        yield Story(
            (reading.item,),
            Layout.ROW,
            cells=tuple(cells.values()),
            columns=tuple(cells),
            label=table.label,
            group=table.group,
            url=item.url if item else None,
        )


def _figure(figure: Figure | None) -> Claim:
    if figure is None:
        raise AssertionError("a row is written for a reading that shows the figure")
    return Claim((figure,))


def _name(desk: Desk, reading: Reading) -> Claim:
    name = desk.cite.name(reading.item)
    if name is None:
        raise AssertionError("a row is written for an item with a name")
    return Claim((name,))


def _change(desk: Desk, reading: Reading, both: Comparison, mornings: Mornings) -> Claim:
    """``▲4``, ``▼2``, ``=``, ``new``, ``back``, or a dash where yesterday's list can't say."""
    pair, before = both.pair(reading.item), both.before
    moved = desk.figures.moved(pair) if pair else None
    if moved is not None:
        return Claim((moved,))
    if pair is not None:
        return Claim((Words("–"),), also=(desk.cite.mention(pair.before), desk.cite.mention(pair.after)))
    known = (desk.cite.reading(reading, RANK), desk.cite.list(mornings.today))
    if not before.can_miss(mornings.today):
        return Claim((Words("–"),), also=known)
    held = next((listing for listing in mornings.read[1:] if listing.holds(reading.item)), None)
    if held is None:
        return Claim((Words("new"),), also=(*known, desk.cite.list(before)))
    return Claim((Words("back"),), also=(*known, desk.cite.list(before), desk.cite.list(held)))
