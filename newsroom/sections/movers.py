"""Biggest Movers This Week: what rose and fell between two readings of ours, seven days apart where history allows."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from domain.claims import Claim
from domain.issue import SECTION_TITLES, Layout, Section, SectionName, Story
from domain.items import ItemKey, Source
from domain.readings import Lists, Metric
from newsroom.desk import Desk
from newsroom.figures import UNITS
from newsroom.insights.gains import LEAST_GAINS, gainers, growers
from newsroom.insights.insight import slots
from newsroom.record import Comparison, ListKey, Pair
from newsroom.sections.slate import Slate


@dataclass(frozen=True, slots=True)
class Race:
    """One group of movers: on which list, by which figure (None: by place), in which direction."""

    key: ListKey
    label: str
    metric: Metric | None = None
    up: bool = True
    percent: bool = False
    size: int = 2


MODELS = ListKey(Source.HUGGINGFACE, Lists.MODELS)
RACES = (
    Race(MODELS, "Up on Hugging Face"),
    Race(MODELS, "Down on Hugging Face", up=False),
    Race(MODELS, "Likes", Metric.LIKES),
    Race(MODELS, "Downloads", Metric.DOWNLOADS, percent=True),
    Race(ListKey(Source.HUGGINGFACE, Lists.DATASETS), "Datasets", Metric.LIKES),
    Race(ListKey(Source.HUGGINGFACE, Lists.SPACES), "Spaces", Metric.LIKES, size=1),
    Race(ListKey(Source.GITHUB, Lists.GITHUB_WEEKLY), "Stars", Metric.STARS, size=3),
    Race(ListKey(Source.GITHUB, Lists.GITHUB_YOUNG), "Young projects", Metric.STARS, size=1),
    Race(ListKey(Source.HUGGINGFACE, Lists.DAILY_PAPERS), "Papers", Metric.UPVOTES),
    Race(ListKey(Source.HACKERNEWS, Lists.HN_FRONT_PAGE), "Discussions", Metric.COMMENTS, size=1),
)

#: Fewer places are no movement worth a line.
FEWEST_PLACES = 2


def write(desk: Desk, slate: Slate) -> Section:
    """The section; without two readings to compare it says so in the paper's own words."""
    stories: list[Story] = []
    told: set[ItemKey] = set()
    for race in RACES:
        stories += _race(desk, race, told)
    title = SECTION_TITLES[SectionName.MOVERS]
    if not stories:
        return Section(SectionName.MOVERS, title, notes=(desk.phrases.house("movers.nothing"),))
    slate.remember("section", "movers")
    week = any(_week(desk, race) for race in RACES)
    note = desk.phrases.house("movers.readings" if week else "movers.young")
    return Section(SectionName.MOVERS, title, tuple(stories), notes=(note,))


def _week(desk: Desk, race: Race) -> bool:
    mornings = desk.mornings(race.key)
    return mornings is not None and mornings.before(7) is not None


def _race(desk: Desk, race: Race, told: set[ItemKey]) -> Iterator[Story]:
    """The first of a race over a week, else over a day; one who ran in a race before is left out."""
    mornings = desk.mornings(race.key)
    for days in (7, 1):
        both = mornings.against(days) if mornings else None
        pairs = [pair for pair in _runners(desk, race, both) if pair.after.item not in told] if both else []
        if both is None or not pairs:
            continue
        for index, pair in enumerate(pairs[: race.size]):
            told.add(pair.after.item)
            yield _story(desk, race, pair, _claim(desk, race, pair, both, dated=index == 0))
        return


def _story(desk: Desk, race: Race, pair: Pair, claim: Claim) -> Story:
    item = desk.about(pair.after.item)
    return Story(
        (pair.after.item,),
        Layout.BULLET,
        paragraphs=((claim,),),
        label=race.label,
        group=race.label,
        url=item.url if item else None,
    )


def _runners(desk: Desk, race: Race, both: Comparison) -> Sequence[Pair]:
    """The pairs of the race, the one that moved most first."""
    metric = race.metric
    if metric is None:
        return _climbers(desk, both, 1 if race.up else -1)
    if race.percent:
        return growers(desk, both, metric)
    return [pair for pair in gainers(desk, both, metric) if (pair.change(metric) or 0) >= LEAST_GAINS.get(metric, 1)]


def _climbers(desk: Desk, both: Comparison, sign: int) -> Sequence[Pair]:
    """Those who climbed (``sign`` 1) or fell (-1), the farthest first."""
    moved = [pair for pair in both.pairs() if sign * (pair.climbed or 0) >= FEWEST_PLACES]
    ours = [pair for pair in moved if desk.about(pair.after.item)]
    return sorted(ours, key=lambda pair: (-sign * (pair.climbed or 0), pair.after.rank or 0))


def _claim(desk: Desk, race: Race, pair: Pair, both: Comparison, *, dated: bool) -> Claim:
    figures, metric = desk.figures, race.metric
    filled = slots(
        name=desk.cite.name(pair.after.item), since=figures.date(both.before), until=figures.date(both.after)
    )
    if metric is None:
        filled |= slots(
            places=figures.climbed(pair) if race.up else figures.fell(pair),
            rank=figures.rank(pair.after),
            was=figures.rank(pair.before),
        )
        form = "up" if race.up else "down"
    else:
        filled |= slots(
            gain=figures.gain(pair, metric),
            before=figures.value(pair.before, metric),
            after=figures.value(pair.after, metric),
            growth=figures.growth(pair, metric) if race.percent else None,
            unit=UNITS[metric],
        )
        form = "growth" if race.percent else "gain"
    return desk.phrases.say(f"movers.{form}_dated" if dated else f"movers.{form}", filled)
