"""What was observed, indexed in memory: lists in the order of time, items, and the same list a day or a week before."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property

from domain.items import NEWS, Item, ItemKey, Source
from domain.readings import Harvest, HarvestStatus, Metric, Reading

DAY = timedelta(days=1)

#: How far from exactly one day (or seven) two readings of a list may lie and still be called a day (a week) apart.
DAY_TOLERANCE = timedelta(hours=3)
WEEK_TOLERANCE = timedelta(hours=12)

#: A list whose newest readable harvest is older than this is not "this morning's" list.
FRESH = timedelta(hours=30)

#: Yesterday's list must hold at least this share of today's places before an absence from it says anything.
COMPARABLE_SIZE = 0.9


#: A harvest that brought something. From a partial one nothing may be said of what is not on it.
READABLE = frozenset({HarvestStatus.OK, HarvestStatus.PARTIAL})


@dataclass(frozen=True, slots=True, order=True)
class ListKey:
    """Which list of which source."""

    source: Source
    list: str


@dataclass(frozen=True)
class Listing:
    """One harvest of a list and what stood on it: in the order of its places, or as read where it has none."""

    harvest: Harvest
    readings: tuple[Reading, ...]

    @property
    def key(self) -> ListKey:
        """The list that was read."""
        return ListKey(self.harvest.source, self.harvest.list)

    @property
    def at(self) -> datetime:
        """When it was read (aware UTC)."""
        return self.harvest.observed_at

    @property
    def complete(self) -> bool:
        """Whether an absence from it, or its size, says anything."""
        return self.harvest.status is HarvestStatus.OK

    @cached_property
    def by_item(self) -> Mapping[ItemKey, Reading]:
        """The reading of each item; of an item listed twice the first."""
        found: dict[ItemKey, Reading] = {}
        for reading in self.readings:
            found.setdefault(reading.item, reading)
        return found

    def __len__(self) -> int:
        return len(self.readings)

    def __iter__(self) -> Iterator[Reading]:
        return iter(self.readings)

    def holds(self, item: ItemKey) -> bool:
        """Whether the item stood on it."""
        return item in self.by_item

    def can_miss(self, other: Listing) -> bool:
        """Whether an item of ``other`` that is not here was really absent: this list is whole and as long."""
        return self.complete and len(self) >= COMPARABLE_SIZE * len(other)


@dataclass(frozen=True, slots=True)
class Pair:
    """Two readings of one item on one list, ``days`` (1 or 7) apart within the tolerance."""

    before: Reading
    after: Reading
    days: int

    def change(self, metric: Metric) -> int | None:
        """How much a figure grew (negative: fell); None when either reading lacks it."""
        if metric not in self.before.metrics or metric not in self.after.metrics:
            return None
        return self.after.metrics[metric] - self.before.metrics[metric]

    @property
    def climbed(self) -> int | None:
        """Places won (negative: lost); None without ranks."""
        if self.before.rank is None or self.after.rank is None:
            return None
        return self.before.rank - self.after.rank


@dataclass(frozen=True, slots=True)
class Comparison:
    """A list now and ``days`` (1 or 7) before, read within the tolerance."""

    before: Listing
    after: Listing
    days: int

    def pairs(self) -> tuple[Pair, ...]:
        """Every item that stands on both, in the newer list's order."""
        return tuple(
            Pair(self.before.by_item[reading.item], reading, self.days)
            for reading in self.after.by_item.values()
            if reading.item in self.before.by_item
        )

    def pair(self, item: ItemKey) -> Pair | None:
        """The two readings of one item; None when it isn't on both lists."""
        before, after = self.before.by_item.get(item), self.after.by_item.get(item)
        return Pair(before, after, self.days) if before is not None and after is not None else None


@dataclass(frozen=True)
class Mornings:
    """A list once a day: ``days[n]`` is the readable harvest nearest to ``n`` times 24 hours before the newest one.

    Lists are read several times a day; comparing each morning with the same hour of the days before keeps
    "since yesterday" a day long. A day without one within twelve hours of that moment is None.
    """

    days: tuple[Listing | None, ...]

    @property
    def today(self) -> Listing:
        """The newest readable harvest."""
        newest = self.days[0]
        if newest is None:
            raise AssertionError("mornings are counted from a harvest that exists")
        return newest

    def before(self, days: int) -> Listing | None:
        """The list ``days`` (1 or 7) before, None when it wasn't read within the tolerance."""
        if days >= len(self.days):
            return None
        listing = self.days[days]
        if listing is None:
            return None
        tolerance = DAY_TOLERANCE if days == 1 else WEEK_TOLERANCE
        return listing if abs(self.today.at - listing.at - days * DAY) <= tolerance else None

    def against(self, days: int) -> Comparison | None:
        """Today's list set against the one ``days`` (1 or 7) before."""
        before = self.before(days)
        return Comparison(before, self.today, days) if before is not None else None

    def told_of(self, days: int) -> Comparison | None:
        """Today's list against that of so many days before, else of yesterday; a list read in part is passed over."""
        both = self.against(days)
        return both if both is not None and both.before.can_miss(both.after) else self.against(1)

    def farthest(self) -> Comparison | None:
        """Today's list against that of a week ago, else of yesterday."""
        return self.against(7) or self.against(1)

    @cached_property
    def read(self) -> tuple[Listing, ...]:
        """The mornings that were read, newest first."""
        return tuple(listing for listing in self.days if listing is not None)

    def running(self) -> tuple[Listing, ...]:
        """The mornings read without a gap, newest first: what a streak may be counted over."""
        unbroken: list[Listing] = []
        for listing in self.days:
            if listing is None:
                break
            unbroken.append(listing)
        return tuple(unbroken)


class Record:
    """Everything observed up to a moment, indexed; answers from memory and changes nothing.

    It is the ``Facts`` of the checks: ``reading``, ``item``, ``harvest``, ``listed`` and ``words`` answer by id.
    """

    def __init__(
        self,
        harvests: Sequence[Harvest],
        listings: Mapping[int, tuple[Reading, ...]],
        items: Mapping[ItemKey, Item],
    ) -> None:
        self._harvests = tuple(harvests)
        self._listings = listings
        self._items = items
        self._mornings: dict[ListKey, Mornings | None] = {}

    @classmethod
    def build(cls, harvests: Iterable[Harvest], readings: Iterable[Reading], items: Mapping[ItemKey, Item]) -> Record:
        """Index harvests and readings (any order) and the items' words as last seen."""
        grouped: defaultdict[int, list[Reading]] = defaultdict(list)
        for reading in readings:
            grouped[reading.harvest_id].append(reading)
        ordered = {harvest_id: tuple(sorted(group, key=_place)) for harvest_id, group in grouped.items()}
        return cls(sorted(harvests, key=_moment), ordered, dict(items))

    def until(self, as_of: datetime) -> Record:
        """The record as it stood at ``as_of``: what was observed later is not in it."""
        if not self._harvests or self._harvests[-1].observed_at <= as_of:
            return self
        kept = [harvest for harvest in self._harvests if harvest.observed_at <= as_of]
        return Record(kept, {h.id: self._listings[h.id] for h in kept if h.id in self._listings}, self._items)

    # -- by id: what the checks ask ---------------------------------------------------------------------------------

    def reading(self, reading_id: int) -> Reading | None:
        """The reading of that id."""
        return self._by_reading.get(reading_id)

    def item(self, version: int) -> Item | None:
        """The item whose stored words have that version."""
        return self._by_version.get(version)

    def harvest(self, harvest_id: int) -> Harvest | None:
        """The harvest of that id."""
        return self._by_harvest.get(harvest_id)

    def words(self, items: Collection[ItemKey], at: datetime) -> Mapping[ItemKey, Item]:
        """The items in the words that the record holds, which are those of the one moment that it is asked for."""
        return {key: self._items[key] for key in items if key in self._items}

    def listed(self, harvest_id: int) -> Sequence[Reading]:
        """What stood on that list, in its order."""
        return self._listings.get(harvest_id, ()) if harvest_id in self._by_harvest else ()

    # -- by what it is: what the desk asks --------------------------------------------------------------------------

    @property
    def harvests(self) -> tuple[Harvest, ...]:
        """Every harvest, failed ones too, in the order of time."""
        return self._harvests

    def about(self, key: ItemKey) -> Item | None:
        """The item's own words as last seen."""
        return self._items.get(key)

    def lists(self, source: Source | None = None) -> tuple[ListKey, ...]:
        """The lists that were ever asked, of one source or of all sources of news, sorted."""
        of = NEWS if source is None else (source,)
        return tuple(sorted(key for key in self._by_list if key.source in of))

    def newest_harvest(self, key: ListKey) -> Harvest | None:
        """The last time the list was asked, however it ended."""
        asked = self._by_list.get(key)
        return asked[-1] if asked else None

    def mornings(self, source: Source, name: str) -> Mornings | None:
        """The list once a day, newest first; None when it was never read well."""
        key = ListKey(source, name)
        if key not in self._mornings:
            self._mornings[key] = self._count_mornings(key)
        return self._mornings[key]

    def fresh(self, source: Source, name: str, as_of: datetime) -> Mornings | None:
        """As ``mornings``, and None when its newest readable harvest is too old to be this morning's."""
        mornings = self.mornings(source, name)
        return mornings if mornings is not None and as_of - mornings.today.at <= FRESH else None

    def _count_mornings(self, key: ListKey) -> Mornings | None:
        good = [harvest for harvest in self._by_list.get(key, ()) if self._is_readable(harvest)]
        if not good:
            return None
        newest, oldest = good[-1].observed_at, good[0].observed_at
        times = [harvest.observed_at for harvest in good]
        days: list[Listing | None] = []
        for days_ago in range(round((newest - oldest) / DAY) + 1):
            nearest = nearest_to(times, newest - days_ago * DAY)
            days.append(self._listing(good[nearest]) if nearest is not None else None)
        return Mornings(tuple(days))

    def _is_readable(self, harvest: Harvest) -> bool:
        return harvest.status in READABLE and harvest.id in self._listings

    def _listing(self, harvest: Harvest) -> Listing:
        return Listing(harvest, self._listings.get(harvest.id, ()))

    @cached_property
    def _by_reading(self) -> Mapping[int, Reading]:
        return {reading.id: reading for harvest in self._harvests for reading in self._listings.get(harvest.id, ())}

    @cached_property
    def _by_version(self) -> Mapping[int, Item]:
        return {item.version: item for item in self._items.values()}

    @cached_property
    def _by_harvest(self) -> Mapping[int, Harvest]:
        return {harvest.id: harvest for harvest in self._harvests}

    @cached_property
    def _by_list(self) -> Mapping[ListKey, Sequence[Harvest]]:
        asked: defaultdict[ListKey, list[Harvest]] = defaultdict(list)
        for harvest in self._harvests:
            asked[ListKey(harvest.source, harvest.list)].append(harvest)
        return asked


def _moment(harvest: Harvest) -> tuple[datetime, int]:
    return harvest.observed_at, harvest.id


def _place(reading: Reading) -> tuple[bool, int, int]:
    return reading.rank is None, reading.rank or 0, reading.id


def nearest_to(times: Sequence[datetime], moment: datetime) -> int | None:
    """The index of the time nearest to the moment, None when none lies within twelve hours."""
    after = bisect_right(times, moment)
    candidates = [index for index in (after - 1, after) if 0 <= index < len(times)]
    best = min(candidates, key=lambda index: abs(times[index] - moment))
    return best if abs(times[best] - moment) < DAY / 2 else None
