"""The tables of the Trending section: which list each shows, and which of its items make the rows of a day.

A table shows what changed since yesterday, on Sunday since the Sunday before: newcomers first, then what moved, then
what fills it up, all in the order of the list. What stands where it stood is named in one line below instead.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from domain.issue import SectionName
from domain.items import ItemKey, Source
from domain.readings import Lists, Metric, Reading
from newsroom.desk import Desk
from newsroom.record import Comparison, ListKey, Mornings

#: The share of a table's rows that yesterday's issue did not show, at least.
FRESH_SHARE = 0.4


@dataclass(frozen=True, slots=True)
class Table:
    """One table: which list, its caption, the metric of its last figure, how many rows from how many places.

    ``gained`` names the column for the metric's gain since the list before; ``fresh``: rows of yesterday's issue are
    limited.
    """

    key: ListKey
    group: str
    label: str
    metric: Metric
    column: str
    rows: int
    places: int
    gained: str = ""
    fresh: bool = False


MODELS = Table(
    ListKey(Source.HUGGINGFACE, Lists.MODELS), "huggingface", "Models", Metric.LIKES, "Likes", 5, 12, "Gained"
)
SPACES = Table(
    ListKey(Source.HUGGINGFACE, Lists.SPACES), "huggingface", "Spaces", Metric.LIKES, "Likes", 3, 10, "Gained"
)
DATASETS = Table(
    ListKey(Source.HUGGINGFACE, Lists.DATASETS), "huggingface", "Datasets", Metric.LIKES, "Likes", 3, 10, "Gained"
)
PAPERS = Table(
    ListKey(Source.HUGGINGFACE, Lists.DAILY_PAPERS), "huggingface", "Papers", Metric.UPVOTES, "Upvotes", 3, 10, "Gained"
)
DAILY = Table(
    ListKey(Source.GITHUB, Lists.GITHUB_DAILY),
    "github",
    "AI repositories",
    Metric.STARS_TODAY,
    "Stars that day",
    6,
    25,
    fresh=True,
)
WEEKLY = Table(
    ListKey(Source.GITHUB, Lists.GITHUB_WEEKLY),
    "github",
    "AI repositories of the week",
    Metric.STARS_WEEK,
    "Stars this week",
    6,
    25,
    fresh=True,
)


@dataclass(frozen=True)
class Shown:
    """What a table shows today: its rows in the order of the list, and the first places that nobody left.

    ``both`` is the list against yesterday's, in a digest against that of a week ago; None when neither was read.
    ``wanted`` are the same rows, the one that a table would part with last first.
    """

    table: Table
    mornings: Mornings
    both: Comparison | None
    rows: tuple[Reading, ...]
    wanted: tuple[Reading, ...]
    unmoved: tuple[Reading, ...]

    @property
    def movement(self) -> float:
        """The share of its rows that are new or moved."""
        changed = [each for each in self.rows if is_changed(self.both, each)]
        return len(changed) / self.table.rows

    def with_rows(self, rows: int) -> Shown:
        """The same table with at most so many rows: those that were wanted most."""
        kept = self.wanted[:rows]
        return replace(self, rows=tuple(reading for reading in self.rows if reading in kept))


def shown(desk: Desk, table: Table) -> Shown | None:
    """The rows of a table, None when its list was not read this morning or holds nothing of ours."""
    mornings = desk.mornings(table.key)
    if mornings is None:
        return None
    ours = [each for each in desk.ours(mornings.today) if table.metric in each.metrics and desk.about(each.item)]
    if not mornings.today.harvest.ranked:
        ours.sort(key=lambda reading: (-reading.metrics[table.metric], reading.item))
    both = mornings.told_of(desk.days)
    places = both if mornings.today.harvest.ranked else None
    wanted = _wanted(desk, table, places, ours[: table.places])
    rows = tuple(reading for reading in ours if reading in wanted)
    unmoved = tuple(each for each in ours[: table.rows] if each not in rows and _is_unmoved(places, each))
    return Shown(table, mornings, both, rows, wanted, unmoved) if rows else None


def is_changed(both: Comparison | None, reading: Reading) -> bool:
    """Whether an item is new, back, or at another place than before; False where the earlier list can't say."""
    if both is None:
        return False
    pair = both.pair(reading.item)
    return both.before.can_miss(both.after) if pair is None else bool(pair.climbed)


def _is_unmoved(both: Comparison | None, reading: Reading) -> bool:
    """Whether an item stands where it stood before, as both lists say."""
    pair = both.pair(reading.item) if both else None
    return pair is not None and pair.climbed == 0


def _wanted(desk: Desk, table: Table, both: Comparison | None, ours: Sequence[Reading]) -> tuple[Reading, ...]:
    """What makes the rows: what changed before what stayed, and enough that readers have not seen."""
    wanted = sorted(ours, key=lambda reading: _claim_to_a_row(desk, both, reading))
    return tuple(_with_enough_unseen(desk, wanted, table.rows) if table.fresh else wanted[: table.rows])


def _claim_to_a_row(desk: Desk, both: Comparison | None, reading: Reading) -> tuple[bool, bool, float]:
    """The less, the sooner it gets a row: changed before unchanged, unseen before seen, near the top first."""
    pair = both.pair(reading.item) if both else None
    reach = abs(pair.climbed or 0) if pair else 0
    return not is_changed(both, reading), seen_yesterday(desk, reading.item), (reading.rank or 0) - reach


def _with_enough_unseen(desk: Desk, wanted: Sequence[Reading], rows: int) -> list[Reading]:
    """So many rows of what is wanted that yesterday's issue did not show at least two in five of them."""
    unseen = [each for each in wanted if not seen_yesterday(desk, each.item)]
    seen = [each for each in wanted if each not in unseen]
    most_seen = int(len(unseen[:rows]) * (1 - FRESH_SHARE) / FRESH_SHARE)
    kept = max(rows - len(unseen), min(rows // 2, len(seen)))
    taken = seen[: min(kept, most_seen)] if unseen else seen[:rows]
    return [*unseen[: rows - len(taken)], *taken]


def seen_yesterday(desk: Desk, item: ItemKey) -> bool:
    """Whether any section of yesterday's issue showed the item."""
    return any(desk.memory.shown(section, item, 1) is not None for section in SectionName)
