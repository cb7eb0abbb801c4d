"""Questions on accounts and kits: whose the places of a list are, and what Spaces are built with."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping

from domain.items import Item, Source
from domain.readings import Lists, Metric, Reading
from newsroom import rounding
from newsroom.desk import Desk
from newsroom.insights.insight import slots
from newsroom.insights.mixes import mix
from newsroom.insights.names import owners
from newsroom.lookback import compared, held, in_a_row
from newsroom.phrases.templates import Fragment
from newsroom.record import Listing, ListKey, Mornings
from newsroom.sections.cuts import Cut, Inquiry, Lines, line
from newsroom.sections.lead_ins import of_list
from newsroom.sections.looking_back import gain_lines, history_of, most_of, record_lines, several

LISTS = (
    ListKey(Source.HUGGINGFACE, Lists.MODELS),
    ListKey(Source.HUGGINGFACE, Lists.SPACES),
    ListKey(Source.GITHUB, Lists.GITHUB_WEEKLY),
)
SPACES = ListKey(Source.HUGGINGFACE, Lists.SPACES)

#: Fewer lists tell nothing of who is always there.
FEWEST_LISTS = 14


def whose_list(desk: Desk) -> Iterator[Inquiry]:
    """How many accounts today, who is always there, how many pass through."""
    for key in LISTS:
        mornings = desk.mornings(key)
        if mornings is not None and mornings.today.complete and len(held(mornings)) >= FEWEST_LISTS:
            yield _whose(desk, key, mornings)


def _whose(desk: Desk, key: ListKey, mornings: Mornings) -> Inquiry:
    figures, today = desk.figures, mornings.today
    filled = {
        **slots(
            publishers=figures.listed("distinct_publishers", today, "accounts", rounding.count),
            size=figures.size(today, desk.words(key).things),
            lists=figures.over("lists_held", held(mornings), "lists", rounding.count),
            date=figures.date(today),
            first=figures.date(held(mornings)[-1]),
        ),
        **of_list(desk, key),
    }
    return Inquiry(
        "dive_accounts",
        key.list,
        key.source,
        filled,
        (
            Cut("Today", _today(desk, mornings, filled)),
            Cut("Over all our lists", _always(desk, mornings, filled)),
            Cut("Who passes through", _passing(desk, mornings, filled)),
            Cut("Who gained", gain_lines(desk, "dive", compared(mornings), _metric(key))),
        ),
        surprise=0.35,
    )


def _metric(key: ListKey) -> Metric:
    return Metric.STARS if key.source is Source.GITHUB else Metric.LIKES


def _today(desk: Desk, mornings: Mornings, filled: Mapping[str, Fragment]) -> Lines:
    lines = line("dive_accounts.today", filled, "publishers", "size")
    owner, readings = next(iter(owners(mornings.today.readings).items()), ("", ()))
    ours = desk.ours(readings)
    item = desk.about(ours[0].item) if ours else None
    if item is not None and len(readings) > 1:
        own = desk.figures.of_item(
            "largest_publisher", ours[0], mornings.today, desk.words(mornings.today.key).things, rounding.count
        )
        lines += line("dive_family.owner", slots(owner=desk.cite.part_of_id(item, owner), own=own), "owner", "own")
    days = in_a_row(mornings)
    counts = [desk.figures.listed("distinct_publishers", each, "accounts", rounding.whole) for each in days]
    lines += line("dive_accounts.series", history_of(desk, days, counts), "series")
    return lines + record_lines(desk, "dive_accounts", mornings, "publishers")


def _always(desk: Desk, mornings: Mornings, filled: Mapping[str, Fragment]) -> Lines:
    """The owner that is on most lists, if it is one and on today's."""
    lists = held(mornings)
    on: Counter[str] = Counter()
    for listing in lists:
        on.update(sorted({_owner(each) for each in listing}))
    lines: Lines = ()
    steady = next((owner for owner, _ in on.most_common(1)), "")
    for form, owner in (("steady", steady), ("regular", _regular(desk, mornings, on, steady))):
        reading = next((each for each in desk.ours(mornings.today) if _owner(each) == owner), None)
        item = desk.about(reading.item) if reading is not None else None
        if reading is None or item is None:
            continue
        name = "steadiest_owner" if form == "steady" else "owner_lists"
        found = slots(
            owner=desk.cite.part_of_id(item, owner),
            times=desk.figures.of_item_over(name, reading, lists, "lists"),
            items=several(desk.figures.of_item_over("owner_items", reading, lists, desk.words(lists[0].key).things)),
        )
        lines += line(f"dive_accounts.{form}", {**filled, **found}, "owner", "times")
    return lines


def _regular(desk: Desk, mornings: Mornings, on: Counter[str], steady: str) -> str:
    """Of today's owners the one on most lists after the steadiest."""
    today = {_owner(each) for each in desk.ours(mornings.today)} - {steady}
    return max(today, key=lambda owner: (on[owner], owner), default="")


def _owner(reading: Reading) -> str:
    return reading.item.external_id.partition("/")[0]


def _passing(desk: Desk, mornings: Mornings, filled: Mapping[str, Fragment]) -> Lines:
    lists, things = held(mornings), desk.words(mornings.today.key).things
    found = slots(
        items=desk.figures.over("items_held", lists, things, rounding.whole),
        owners=desk.figures.over("owners_held", lists, "accounts", rounding.whole),
        once=desk.figures.over("held_once", lists, things, rounding.count),
    )
    both = {**filled, **found}
    return line("dive_accounts.all", both, "items", "owners") + line("dive_accounts.once", both, "once")


def which_kit(desk: Desk) -> Iterator[Inquiry]:
    """What Spaces are built with, whose they are, which gains."""
    mornings = desk.mornings(SPACES)
    if mornings is None or not mornings.today.complete:
        return
    figures, today = desk.figures, mornings.today
    kits = mix(desk, today, "sdk", "Spaces")
    filled = {
        **kits,
        **slots(size=figures.size(today, "Spaces"), date=figures.date(today), list=desk.list_name(SPACES)),
    }
    both = compared(mornings)
    yield Inquiry(
        "dive_kits",
        SPACES.list,
        SPACES.source,
        filled,
        (
            Cut("Built with", _kits(desk, filled, both.before if both else None)),
            Cut("The first of each", _first_of_each(desk, mornings)),
            Cut("Who stays", _space_stays(desk, mornings)),
            Cut("Who gained", gain_lines(desk, "dive", both, Metric.LIKES)),
        ),
        surprise=0.3,
    )


def _kits(desk: Desk, filled: Mapping[str, Fragment], before: Listing | None) -> Lines:
    lines = line("dive_kits.mix", filled, "count", "other_count")
    if before is not None:
        then = mix(desk, before, "sdk", "Spaces")
        lines += line(
            "dive_kits.earlier",
            {**then, **slots(since=desk.figures.date(before), size=desk.figures.size(before, "Spaces"))},
            "count",
            "other_count",
        )
    return lines


def _first_of_each(desk: Desk, mornings: Mornings) -> Lines:
    by_kit: defaultdict[str, list[tuple[Reading, Item]]] = defaultdict(list)
    for reading in desk.ours(mornings.today):
        item = desk.about(reading.item)
        if item is not None and item.tagged("sdk"):
            by_kit[item.tagged("sdk")[0]].append((reading, item))
    lines: Lines = ()
    for _, found in sorted(by_kit.items(), key=lambda pair: -len(pair[1])):
        reading, item = found[0]
        filled = slots(
            name=desk.cite.name(item.key),
            kit=desk.cite.tag(item, "sdk"),
            rank=desk.figures.rank(reading),
            likes=desk.figures.value(reading, Metric.LIKES),
        )
        lines += line("dive_kits.first", filled, "name", "kit", "rank", "likes")
    most = most_of(desk.ours(mornings.today), Metric.LIKES)
    return lines[:3] if most else ()


def _space_stays(desk: Desk, mornings: Mornings) -> Lines:
    lists = held(mornings)
    if len(lists) < FEWEST_LISTS:
        return ()
    filled = slots(
        median=desk.figures.over("median_stay", lists, "lists", rounding.fraction),
        lists=desk.figures.over("lists_held", lists, "lists", rounding.count),
        items=desk.figures.over("items_held", lists, "Spaces", rounding.whole),
        thing="Space",
        things="Spaces",
    )
    return line("dive_stay.median", filled, "median") + line("dive_stay.passed", filled, "items")
