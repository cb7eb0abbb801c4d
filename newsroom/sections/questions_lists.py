"""Questions that are asked of any ranked list: what stays, what comes, what gains."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

from domain.items import Source
from domain.readings import Lists, Metric, Reading
from newsroom import rounding
from newsroom.desk import Desk
from newsroom.figures import digits
from newsroom.formulas.histories import A_DAY
from newsroom.insights.gains import gainers, growers
from newsroom.insights.insight import slots
from newsroom.insights.mixes import mix
from newsroom.list_figures import enumerated
from newsroom.lookback import ago, compared, farthest_ago, held, in_a_row
from newsroom.phrases.templates import Fragment
from newsroom.record import Comparison, Listing, ListKey, Mornings
from newsroom.sections.cuts import Cut, Inquiry, Lines, line
from newsroom.sections.lead_ins import between
from newsroom.sections.looking_back import joined, most_of, pair_slots, said_so

MODELS = ListKey(Source.HUGGINGFACE, Lists.MODELS)
SPACES = ListKey(Source.HUGGINGFACE, Lists.SPACES)
DAILY = ListKey(Source.GITHUB, Lists.GITHUB_DAILY)
WEEKLY = ListKey(Source.GITHUB, Lists.GITHUB_WEEKLY)

#: The total by which items of a list are set beside each other.
TOTALS: Mapping[ListKey, Metric] = {
    MODELS: Metric.LIKES,
    SPACES: Metric.LIKES,
    DAILY: Metric.STARS,
    WEEKLY: Metric.STARS,
}

#: The tag that tells what an item is made of or for.
TAGS: Mapping[ListKey, str] = {MODELS: "task", SPACES: "sdk", DAILY: "language", WEEKLY: "language"}

#: Fewer lists tell nothing of how long something stays; fewer newcomers are no subject.
FEWEST_LISTS = 14
FEWEST_NEW = 3

#: The largest gains, spoken of together; the first places of a list.
TOP = 3
FIRST_PLACES = 10


def who_stays(desk: Desk) -> Iterator[Inquiry]:
    """Of a list some days ago how many are left, who stays longest, how many pass."""
    for key in (MODELS, SPACES, DAILY):
        mornings = desk.mornings(key)
        before = farthest_ago(mornings, 14, 7) if mornings is not None else None
        if mornings is not None and before is not None and len(held(mornings)) >= FEWEST_LISTS:
            yield _stays(desk, key, mornings, before)


def _stays(desk: Desk, key: ListKey, mornings: Mornings, before: Listing) -> Inquiry:
    figures, today, things = desk.figures, mornings.today, desk.words(key).things
    left = said_so(figures.stayed(before, today, things))
    filled = {
        **slots(left=left, size=figures.size(before, things)),
        **between(desk, before, today),
        **slots(lists=figures.over("lists_held", held(mornings), "lists", rounding.count)),
    }
    return Inquiry(
        "dive_stay",
        key.list,
        key.source,
        filled,
        (
            Cut("Who is left", _left(desk, mornings, filled)),
            Cut("The longest stay", _longest(desk, mornings, filled)),
            Cut("Who passes through", _passed(desk, mornings, filled)),
            Cut("Since yesterday", _places(desk, mornings.against(1), filled)),
        ),
        surprise=0.5 if left is not None and left.value <= 0.2 * len(before) else 0.35,
    )


def _left(desk: Desk, mornings: Mornings, filled: Mapping[str, Fragment]) -> Lines:
    lines: Lines = ()
    for form, days in (("day", 1), ("week", 7), ("month", 28)):
        before = ago(mornings, days)
        left = desk.figures.stayed(before, mornings.today, desk.words(before.key).things) if before else None
        if before is not None and left is not None:
            then = slots(
                left=left,
                size=desk.figures.size(before, desk.words(before.key).things),
                since=desk.figures.date(before),
            )
            lines += line(f"dive_stay.{form}", {**filled, **then}, "left") if left.value else ()
    return lines


def _longest(desk: Desk, mornings: Mornings, filled: Mapping[str, Fragment]) -> Lines:
    lists = held(mornings)
    on: Counter[object] = Counter(reading.item for listing in lists for reading in listing)
    ours = desk.ours(mornings.today)
    longest = max(ours, key=lambda reading: (on[reading.item], -(reading.rank or 0)), default=None)
    if longest is None:
        return ()
    metric = TOTALS[mornings.today.key]
    own = slots(
        name=desk.cite.name(longest.item),
        times=desk.figures.of_item_over("longest_stay", longest, lists, "lists"),
        rank=desk.figures.rank(longest),
        total=desk.figures.value(longest, metric),
        metric=metric.value,
    )
    lines = line("dive_stay.longest", {**filled, **own}, "name", "times")
    median = slots(median=desk.figures.over("median_stay", lists, "lists", rounding.fraction))
    return lines + line("dive_stay.median", {**filled, **median}, "median")


def _passed(desk: Desk, mornings: Mornings, filled: Mapping[str, Fragment]) -> Lines:
    lists, things = held(mornings), desk.words(mornings.today.key).things
    found = slots(
        items=desk.figures.over("items_held", lists, things, rounding.whole),
        once=desk.figures.over("held_once", lists, things, rounding.count),
        first=desk.figures.date(lists[-1]),
    )
    return line("dive_stay.passed", {**filled, **found}, "items") + line("dive_stay.once", {**filled, **found}, "once")


def _places(desk: Desk, both: Comparison | None, filled: Mapping[str, Fragment]) -> Lines:
    if both is None or not both.before.complete:
        return ()
    things = desk.words(both.after.key).things
    found = slots(
        better=desk.figures.between("climbed_count", both.before, both.after, things, rounding.count),
        worse=desk.figures.between("fallen_count", both.before, both.after, things, rounding.count),
        same=desk.figures.unmoved(both.before, both.after, things),
        since=desk.figures.date(both.before),
    )
    return line("dive_stay.places", {**filled, **found}, "better", "worse", "same")


def who_comes(desk: Desk) -> Iterator[Inquiry]:
    """How many are new, how high they stand, whose and what they are."""
    for key in (MODELS, DAILY, WEEKLY, SPACES):
        mornings = desk.mornings(key)
        before = _before_newcomers(key, mornings) if mornings is not None else None
        if mornings is None or before is None:
            continue
        new = tuple(reading for reading in mornings.today if not before.holds(reading.item))
        if len(desk.ours(new)) >= FEWEST_NEW:
            yield _comes(desk, key, mornings, before, new)


def _before_newcomers(key: ListKey, mornings: Mornings) -> Listing | None:
    """What newcomers are counted against: GitHub's page of the day changes daily, the others within a week."""
    return ago(mornings, 1) if key == DAILY else farthest_ago(mornings, 7, 1)


def _comes(desk: Desk, key: ListKey, mornings: Mornings, before: Listing, new: Sequence[Reading]) -> Inquiry:
    figures, today, things = desk.figures, mornings.today, desk.words(key).things
    filled = {
        **slots(count=figures.new_since(today, before, things), size=figures.size(today, things)),
        **between(desk, before, today),
    }
    return Inquiry(
        "dive_new",
        key.list,
        key.source,
        filled,
        (
            Cut("How high they stand", _how_high(desk, mornings, before, new, filled)),
            Cut("Whose they are", _whose(desk, key, new)),
            Cut("What they are", _what_they_are(desk, key, new, filled)),
            Cut("Day by day", _day_by_day(desk, mornings, filled)),
        ),
        surprise=min(0.25 + len(new) / max(len(today), 1) / 2, 0.8),
    )


def _how_high(
    desk: Desk,
    mornings: Mornings,
    before: Listing,
    new: Sequence[Reading],
    filled: Mapping[str, Fragment],
) -> Lines:
    key = mornings.today.key
    first = next((reading for reading in desk.ours(new) if reading.rank is not None), None)
    if first is None:
        return ()
    top = [reading for reading in mornings.today if reading.rank is not None and reading.rank <= FIRST_PLACES]
    metric = TOTALS[key]
    own = slots(
        name=desk.cite.name(first.item),
        rank=desk.figures.rank(first),
        total=desk.figures.value(first, metric),
        metric=metric.value,
    )
    things = desk.words(key).things
    high = slots(
        among=desk.figures.new_among(top, mornings.today, before, things),
        places=desk.figures.counted(top, things),
    )
    lines = line("dive_new.first", own, "name", "rank") + line("dive_new.among", {**filled, **high}, "among", "places")
    shown = desk.cite.readings([reading for reading in new if metric in reading.metrics], metric)
    middle = slots(
        median=desk.figures.make("median(all)", {"all": shown}, metric.value, form=rounding.fraction)
        if shown
        else None,
        whole=desk.figures.listed(
            "median_listed", mornings.today, metric.value, rounding.fraction, metric=metric.value
        ),
        metric=metric.value,
        thing=desk.words(key).thing,
    )
    return lines + line("dive_new.median", middle, "median", "whole")


def _whose(desk: Desk, key: ListKey, new: Sequence[Reading]) -> Lines:
    """From how many owners they come, and whose are several."""
    owners: Counter[str] = Counter(reading.item.external_id.partition("/")[0] for reading in new)
    items = [item for reading in new if (item := desk.record.about(reading.item)) is not None]
    filled = slots(owners=desk.figures.owners_of(new), count=desk.figures.counted(new, desk.words(key).things))
    lines = line("dive_new.owners", filled, "owners", "count")
    owner, most = owners.most_common(1)[0]
    item = next((each for each in items if each.key.external_id.startswith(f"{owner}/") and desk.about(each.key)), None)
    if item is not None and most > 1:
        own = [desk.cite.words(each, "external_id", owner) for each in items if _is_of(each.key.external_id, owner)]
        several = slots(
            owner=desk.cite.part_of_id(item, owner),
            own=desk.figures.quoted([each for each in own if each], owner, desk.words(key).things),
        )
        lines += line("dive_new.owner", several, "owner", "own")
    return lines


def _is_of(external_id: str, owner: str) -> bool:
    return external_id.partition("/")[0] == owner


def _what_they_are(desk: Desk, key: ListKey, new: Sequence[Reading], filled: Mapping[str, Fragment]) -> Lines:
    mixed = mix(desk, new, TAGS[key], desk.words(key).things)
    form = f"dive_new.{TAGS[key]}"
    lines = line(f"{form}s" if "other_count" in mixed else form, {**filled, **mixed}, "count", "tag") if mixed else ()
    last = desk.ours(new)[-1:]
    metric = TOTALS[key]
    largest = most_of(desk.ours(new), metric)[:1]
    for form, found in (("largest", largest), ("last", last)):
        if found and (form == "largest" or found[0] not in largest):
            own = slots(
                name=desk.cite.name(found[0].item),
                rank=desk.figures.rank(found[0]),
                total=desk.figures.value(found[0], metric),
                metric=metric.value,
            )
            lines += line(f"dive_new.{form}", own, "name", "rank", "total")
    return lines


def _day_by_day(desk: Desk, mornings: Mornings, filled: Mapping[str, Fragment]) -> Lines:
    """How many were new on each of the last days, against the day before."""
    days = in_a_row(mornings, 8)
    things = desk.words(mornings.today.key).things
    pairs = list(pairwise(days))
    if not all(A_DAY[0] <= after.at - before.at <= A_DAY[1] for after, before in pairs):
        return ()
    counts = [desk.figures.new_since(after, before, things) for after, before in pairs]
    series = enumerated([digits(each) if each is not None else None for each in reversed(counts)])
    if series is None:
        return ()
    found = slots(series=series, since=desk.figures.date(pairs[-1][0]))
    return line("dive_new.series", {**filled, **found}, "series")


def who_gains(desk: Desk) -> Iterator[Inquiry]:
    """Who gained, how the gains are shared out, and how they fit the order."""
    for key in (MODELS, WEEKLY, SPACES):
        mornings = desk.mornings(key)
        both = compared(mornings) if mornings is not None else None
        pairs = gainers(desk, both, TOTALS[key]) if both is not None else []
        if both is not None and len(pairs) > TOP and (pairs[TOP].change(TOTALS[key]) or 0) > 0:
            yield _gains(desk, key, both)


def _gains(desk: Desk, key: ListKey, both: Comparison) -> Inquiry:
    figures, metric, things = desk.figures, TOTALS[key], desk.words(key).things
    pairs = gainers(desk, both, metric)
    asked = {"metric": metric.value}
    shared = figures.between("share_of_gains", both.before, both.after, "%", rounding.percent, {**asked, "top": TOP})
    filled = {
        **slots(
            top=figures.counted([pair.after for pair in pairs[:TOP]], things),
            share=shared,
            sum=figures.between("gained_sum", both.before, both.after, metric.value, rounding.whole, asked),
            both=figures.stayed(both.before, both.after, things),
            metric=metric.value,
        ),
        **between(desk, both.before, both.after),
    }
    return Inquiry(
        "dive_gains",
        key.list,
        key.source,
        filled,
        (
            Cut("Who gained", _who_gained(desk, both, metric, filled)),
            Cut("How it is shared out", _shared_out(desk, both, metric, filled)),
            Cut("Beside the order", _beside_order(desk, both, metric, filled)),
        ),
        surprise=0.45,
    )


def _who_gained(desk: Desk, both: Comparison, metric: Metric, filled: Mapping[str, Fragment]) -> Lines:
    first, second = gainers(desk, both, metric)[:2]
    lines = line("dive.gain", pair_slots(desk, both, first, metric), "gain")
    lines += line("dive_gains.second", pair_slots(desk, both, second, metric), "gain")
    grown = growers(desk, both, metric)
    if grown and grown[0] not in (first, second):
        growth = slots(growth=desk.figures.growth(grown[0], metric))
        lines += line("dive_gains.growth", {**pair_slots(desk, both, grown[0], metric), **growth}, "growth")
    return lines


def _shared_out(desk: Desk, both: Comparison, metric: Metric, filled: Mapping[str, Fragment]) -> Lines:
    names = [desk.cite.name(pair.after.item) for pair in gainers(desk, both, metric)[:TOP]]
    asked = {"metric": metric.value}
    things = desk.words(both.after.key).things
    found = slots(
        names=joined([name for name in names if name is not None]),
        gained=desk.figures.between("gained_count", both.before, both.after, things, rounding.count, asked),
        median=desk.figures.median_gain(metric, both),
    )
    whole = {**filled, **found}
    return (
        line("dive_gains.share", whole, "top", "share", "sum")
        + line("dive_gains.count", whole, "gained", "both")
        + line("dive.median_gain", whole, "median")
    )


def _beside_order(desk: Desk, both: Comparison, metric: Metric, filled: Mapping[str, Fragment]) -> Lines:
    """Where those stand that gained most, and what the first of the list gained."""
    pairs = gainers(desk, both, metric)
    leader = next((pair for pair in pairs if pair.after.rank == 1), None)
    lines: Lines = ()
    if leader is not None and leader not in pairs[:2] and (leader.change(metric) or 0) > 0:
        found = slots(place=desk.figures.gain_place(leader, metric, both))
        lines += line("dive_gains.leader", {**pair_slots(desk, both, leader, metric), **found}, "gain", "place")
    low = next((pair for pair in pairs if (pair.after.rank or 0) > FIRST_PLACES), None)
    if low is not None and (low.change(metric) or 0) > 0:
        found = slots(place=desk.figures.gain_place(low, metric, both))
        lines += line("dive_gains.low", {**pair_slots(desk, both, low, metric), **found}, "gain", "rank", "place")
    third = pairs[TOP - 1]
    return lines + line("dive_gains.third", pair_slots(desk, both, third, metric), "gain", "rank")
