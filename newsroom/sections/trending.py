"""Trending: what moved on Hugging Face's lists and on GitHub's daily page since yesterday, and what did not.

A list that was not read again since yesterday's issue is not shown again; GitHub's weekly page then stands in.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from domain.claims import Claim, Figure, Run, Words
from domain.evidence import EvidenceId
from domain.issue import SECTION_TITLES, Layout, Section, SectionName, Story
from domain.items import Source
from domain.readings import Reading
from newsroom import rounding
from newsroom.citations import RANK
from newsroom.desk import Desk
from newsroom.insights.insight import slots
from newsroom.phrases.templates import Fragment
from newsroom.record import DAY, DAY_TOLERANCE, Comparison, Listing
from newsroom.sections.slate import Slate
from newsroom.sections.tables import DAILY, DATASETS, MODELS, PAPERS, SPACES, WEEKLY, Shown, Table, shown

#: Datasets and papers take the place of the Spaces where so much more of them moved.
FAR_MORE = 0.3

#: So many units of a source the sections after this one may need.
STILL_TO_COME = 5

#: A list read longer ago than this was in yesterday's issue: issues are a day apart, give or take a few hours.
SINCE_THEN = DAY - DAY_TOLERANCE

#: A table with fewer rows is none.
FEWEST_ROWS = 3

#: What stands in a cell where our readings can't say.
_UNKNOWN = Words("–")


def write(desk: Desk, slate: Slate) -> Section | None:
    """The section, None when no list was read."""
    found = (_fresh(desk, MODELS), _second(desk), _github(desk))
    tables = _within_shares(slate, [each for each in found if each is not None])
    if not tables:
        return None
    rows = [row for each in tables for row in _rows(desk, each)]
    opening = tuple(_note(desk, each) for each in tables)
    slate.remember("section", "trending")
    return Section(SectionName.TRENDING, SECTION_TITLES[SectionName.TRENDING], tuple(rows), opening=opening)


def _within_shares(slate: Slate, tables: Sequence[Shown]) -> list[Shown]:
    """The tables with fewer rows where a source has said much in this issue already."""
    units: Counter[Source] = Counter()
    kept = []
    for each in tables:
        source = each.table.key.source
        rows = len(each.rows)
        while rows > FEWEST_ROWS and not slate.room_for(source, units[source] + rows + 1 + STILL_TO_COME):
            rows -= 1
        if units[source] and not slate.room_for(source, units[source] + rows + 1 + STILL_TO_COME):
            continue  # one table of a source stands on any day, a second one only where there is room
        kept.append(each.with_rows(rows))
        units[source] += rows + 1
    return kept


def _fresh(desk: Desk, table: Table) -> Shown | None:
    """The table, if its list was read since yesterday's issue."""
    found = shown(desk, table)
    return found if found is not None and desk.as_of - found.mornings.today.at < SINCE_THEN else None


def _second(desk: Desk) -> Shown | None:
    """The second table of Hugging Face: the Spaces, unless the datasets or the papers moved far more."""
    spaces, *others = (_fresh(desk, table) for table in (SPACES, DATASETS, PAPERS))
    moved = max((each for each in others if each is not None), key=lambda each: each.movement, default=None)
    if spaces is None or (moved is not None and moved.movement > spaces.movement + FAR_MORE):
        return moved
    return spaces


def _github(desk: Desk) -> Shown | None:
    return _fresh(desk, DAILY) or _fresh(desk, WEEKLY)


# --- what is said below a table --------------------------------------------------------------------------------------


def _note(desk: Desk, each: Shown) -> Claim:
    """Who stands where they stood; where nobody does, how much of the list is new or was there before."""
    if each.unmoved and each.both:
        return _unmoved(desk, each, each.both)
    filled = _counted(desk, each)
    form = "read" if "since" not in filled else "compared"
    if "ours" in filled and (form == "read" or "new" in filled):
        form = f"{form}_ours"
    return desk.phrases.say(f"trending.{form}", filled)


def _counted(desk: Desk, each: Shown) -> dict[str, Fragment]:
    """What a note may count: the list, what of it is about AI, and what of either was there before."""
    figures, today, before = desk.figures, each.mornings.today, each.both.before if each.both else None
    things, ours = desk.words(each.table.key).things, desk.ours(today)
    is_part = len(ours) < len(today)
    new = figures.new_among(ours, today, before, things) if before is not None and before.can_miss(today) else None
    return slots(
        list=desk.list_name(each.table.key),
        things=things,
        now=figures.date(today),
        since=figures.date(before) if before is not None else None,
        size=figures.size(today, things),
        stayed=figures.stayed(before, today, things) if before is not None else None,
        ours=desk.about_ai(ours, things) if is_part else None,
        new=new if is_part and new is not None and new.value > 0 else None,
    )


def _unmoved(desk: Desk, each: Shown, both: Comparison) -> Claim:
    """The first places that did not change hands, with the names that hold them."""
    pairs = [pair for reading in each.unmoved if (pair := both.pair(reading.item)) is not None]
    also = tuple(desk.cite.reading(pair.before, RANK) for pair in pairs)
    places = tuple(desk.cite.reading(pair.after, RANK) for pair in pairs)
    named = [(_name(desk, pair.after).runs, desk.figures.rank(pair.after)) for pair in pairs]
    # a long row of names and places sounds like yesterday's, whatever stands around it: so they take turns
    if desk.turn(SectionName.TRENDING) % 2:
        row = {"these": _enumerated([(*name, Words(" at "), place) for name, place in named if place is not None])}
    else:
        bracketed = [(*name, Words(" ("), place, Words(")")) for name, place in named if place is not None]
        row = {"placed": _enumerated(bracketed)}
    filled = slots(since=desk.figures.date(both.before), **row)
    return desk.phrases.say("trending.unmoved", filled, (*also, *places))


def _enumerated(parts: Sequence[Fragment]) -> Fragment:
    """``a at No. 1, b at No. 3 and c at No. 4``."""
    runs: list[Run] = []
    for left, part in zip(range(len(parts) - 1, -1, -1), parts, strict=True):
        runs += part
        if left:
            runs.append(Words(" and " if left == 1 else ", "))
    return tuple(runs)


# --- rows ------------------------------------------------------------------------------------------------------------


def _rows(desk: Desk, each: Shown) -> Iterator[Story]:
    """The rows; a list without an order has no places, one without an earlier one has no changes."""
    table = each.table
    for reading in each.rows:
        cells: dict[str, Claim] = {}
        if each.mornings.today.harvest.ranked:
            cells["Place"] = _figure(desk.figures.rank(reading, rounding.whole))
        cells["Name"] = _name(desk, reading)
        if each.both is not None:
            if each.mornings.today.harvest.ranked:
                cells["Change"] = _change(desk, each, reading)
            if table.gained:
                cells[table.gained] = _gained(desk, each, reading)
        cells[table.column] = _figure(desk.figures.value(reading, table.metric))
        if each.mornings.today.harvest.ranked and each.mornings.today.complete:
            cells["On the list"] = _day(desk.figures.days_listed(reading, _holding(each, reading), rounding.whole))
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


def _holding(each: Shown, reading: Reading) -> list[Listing]:
    return [listing for listing in each.mornings.read if listing.complete and listing.holds(reading.item)]


def _figure(figure: Figure | None) -> Claim:
    if figure is None:
        raise AssertionError("a row is written for a reading that shows the figure")
    return Claim((figure,))


def _day(days: Figure | None) -> Claim:
    """``day 5``: on so many days our readings of the list held the item."""
    return Claim((Words("day "), *_figure(days).runs))


def _name(desk: Desk, reading: Reading) -> Claim:
    name = desk.cite.name(reading.item)
    if name is None:
        raise AssertionError("a row is written for an item with a name")
    return Claim((name,))


def _gained(desk: Desk, each: Shown, reading: Reading) -> Claim:
    """What the metric gained since the list before; a dash for a newcomer."""
    pair = each.both.pair(reading.item) if each.both else None
    gain = desk.figures.gain(pair, each.table.metric, rounding.signed) if pair else None
    return Claim((gain,)) if gain else Claim((_UNKNOWN,), also=_place_of(desk, each, reading))


def _change(desk: Desk, each: Shown, reading: Reading) -> Claim:
    """``▲4``, ``▼2``, ``=``, ``new``, ``back``, or a dash where the list before can't say.

    In a digest, new is what came in its week, and back what had been there before that week began.
    """
    both = each.both
    if both is None:
        raise AssertionError("a change is printed against an earlier list")
    pair = both.pair(reading.item)
    moved = desk.figures.moved(pair) if pair else None
    if moved is not None:
        return Claim((moved,))
    known = _place_of(desk, each, reading)
    if pair is not None or not both.before.can_miss(both.after):
        return Claim((_UNKNOWN,), also=known)
    absent = (*known, desk.cite.list(both.before))
    earlier = (listing for listing in each.mornings.read if listing.at <= both.before.at)
    held = next((listing for listing in earlier if listing.holds(reading.item)), None)
    if held is None:
        return Claim((Words("new"),), also=absent)
    return Claim((Words("back"),), also=(*absent, desk.cite.list(held)))


def _place_of(desk: Desk, each: Shown, reading: Reading) -> tuple[EvidenceId, ...]:
    return (desk.cite.mention(reading), desk.cite.list(each.mornings.today))
