"""Biggest Movers This Week: what rose and fell between two of our own readings, seven days apart where history allows."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from domain.claims import Claim
from domain.issue import SECTION_TITLES, Layout, Section, SectionName, Story
from domain.items import ItemKey, Source
from domain.readings import Lists, Metric
from newsroom.desk import Desk
from newsroom.figures import UNITS
from newsroom.insights.gains import paired
from newsroom.insights.insight import slots
from newsroom.record import ListKey, Mornings, Pair
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

#: Smaller gains are no movement either.
LEAST_GAINS = {Metric.STARS: 20, Metric.LIKES: 10, Metric.UPVOTES: 3, Metric.COMMENTS: 20, Metric.DOWNLOADS: 100}

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
    mornings = desk.mornings(race.key)
    if mornings is None:
        return
    for days in (7, 1):
        pairs = [pair for pair in _runners(desk, race, mornings, days) if pair.after.item not in told]
        if not pairs:
            continue
        told.update(pair.after.item for pair in pairs[: race.size])
        for index, pair in enumerate(pairs[: race.size]):
            claims = [_claim(desk, race, pair, mornings, dated=index == 0)]
            item = desk.about(pair.after.item)
            yield Story(
                (pair.after.item,),
                Layout.BULLET,
                paragraphs=(tuple(claims),),
                label=race.label,
                group=race.label,
                url=item.url if item else None,
            )
        return


def _runners(desk: Desk, race: Race, mornings: Mornings, days: int) -> Sequence[Pair]:
    """The pairs of the race, the one that moved most first."""
    if race.metric is None:
        sign = 1 if race.up else -1
        moved = [pair for pair in mornings.pairs(days) if desk.about(pair.after.item)]
        moved = [pair for pair in moved if sign * (pair.climbed or 0) >= FEWEST_PLACES]
        return sorted(moved, key=lambda pair: (-sign * (pair.climbed or 0), pair.after.rank or 0))
    metric = race.metric
    pairs = paired(desk, mornings, metric, days)
    grown = [pair for pair in pairs if (pair.change(metric) or 0) >= LEAST_GAINS.get(metric, 1)]
    if not race.percent:
        return grown
    enough = [pair for pair in grown if desk.figures.growth(pair, metric) is not None]
    return sorted(enough, key=lambda pair: -((pair.change(metric) or 0) / pair.before.metrics[metric]))


def _claim(desk: Desk, race: Race, pair: Pair, mornings: Mornings, *, dated: bool) -> Claim:
    figures = desk.figures
    before = mornings.before(pair.days)
    if before is None:
        raise AssertionError("a pair is of two lists that were read")
    filled = slots(
        name=desk.cite.name(pair.after.item),
        since=figures.date(before),
        until=figures.date(mornings.today),
    )
    suffix = "_dated" if dated else ""
    if race.metric is None:
        filled |= slots(
            places=figures.climbed(pair) if race.up else figures.fell(pair),
            rank=figures.rank(pair.after),
            was=figures.rank(pair.before),
        )
        return desk.phrases.say(f"movers.{'up' if race.up else 'down'}{suffix}", filled)
    filled |= slots(
        gain=figures.gain(pair, race.metric),
        before=figures.value(pair.before, race.metric),
        after=figures.value(pair.after, race.metric),
        growth=figures.growth(pair, race.metric) if race.percent else None,
        unit=UNITS[race.metric],
    )
    return desk.phrases.say(f"movers.{'growth' if race.percent else 'gain'}{suffix}", filled)
