"""Trending: the first places of Hugging Face's lists and of GitHub's daily page, with the change since yesterday."""

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
from newsroom.record import Comparison, ListKey, Mornings
from newsroom.sections.slate import Slate


@dataclass(frozen=True, slots=True)
class Table:
    """One table of the section: which list, how many rows, which figure in the last column."""

    key: ListKey
    group: str
    label: str
    metric: Metric
    column: str
    rows: int


TABLES = (
    Table(ListKey(Source.HUGGINGFACE, Lists.MODELS), "huggingface", "Models", Metric.LIKES, "Likes", 5),
    Table(ListKey(Source.HUGGINGFACE, Lists.DATASETS), "huggingface", "Datasets", Metric.LIKES, "Likes", 4),
    Table(ListKey(Source.HUGGINGFACE, Lists.SPACES), "huggingface", "Spaces", Metric.LIKES, "Likes", 3),
    Table(
        ListKey(Source.GITHUB, Lists.GITHUB_DAILY), "github", "Repositories", Metric.STARS_TODAY, "Stars that day", 6
    ),
)


def write(desk: Desk, slate: Slate) -> Section | None:
    """The section, None when no list was read."""
    opening: list[Claim] = []
    stories: list[Story] = []
    for table in TABLES:
        mornings = desk.mornings(table.key)
        if mornings is None:
            continue
        rows = tuple(_rows(desk, table, mornings))
        if not rows:
            continue
        opening.append(_opening(desk, table, mornings))
        stories += rows
    if not stories:
        return None
    slate.remember("section", "trending")
    return Section(SectionName.TRENDING, SECTION_TITLES[SectionName.TRENDING], tuple(stories), opening=tuple(opening))


def _opening(desk: Desk, table: Table, mornings: Mornings) -> Claim:
    """When the list was read, how much of it is about AI, and since when the change is counted."""
    words, figures, today = desk.words(table.key), desk.figures, mornings.today
    before, ours = mornings.before(1), desk.ours(today)
    filled = slots(
        list=words.full,
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
    both = mornings.against(1)
    shown = [
        reading for reading in desk.ours(mornings.today) if reading.rank is not None and table.metric in reading.metrics
    ]
    for reading in shown[: table.rows]:
        cells = [_place(desk, reading), _name(desk, reading)]
        columns = ["Place", "Name"]
        if both is not None:
            cells.append(_change(desk, reading, both, mornings))
            columns.append("Change")
        cells.append(_figure(desk.figures.value(reading, table.metric)))
        columns.append(table.column)
        item = desk.about(reading.item)
        yield Story(
            (reading.item,),
            Layout.ROW,
            cells=tuple(cells),
            columns=tuple(columns),
            label=table.label,
            group=table.group,
            url=item.url if item else None,
        )


def _figure(figure: Figure | None) -> Claim:
    if figure is None:
        raise AssertionError("a row is written for a reading that shows the figure")
    return Claim((figure,))


def _place(desk: Desk, reading: Reading) -> Claim:
    return _figure(desk.figures.rank(reading, rounding.whole))


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
