"""Biggest Movers This Week: what rose and fell between two readings of ours, seven days apart where history allows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from domain.claims import Claim
from domain.issue import SECTION_TITLES, Layout, Section, SectionName, Story
from domain.items import ItemKey, Source
from domain.readings import Lists, Metric
from newsroom.desk import Desk
from newsroom.figures import UNITS
from newsroom.insights.gains import LEAST_GAINS, gainers, growers
from newsroom.insights.insight import slots
from newsroom.phrases.templates import Fragment
from newsroom.quoting import is_in_our_letters
from newsroom.record import Comparison, ListKey, Pair
from newsroom.sections.slate import Slate


@dataclass(frozen=True, slots=True)
class Race:
    """One group of movers: on which list, by which figure (None: by place), in which direction, how many are named."""

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
    Race(MODELS, "Downloads of thirty days", Metric.DOWNLOADS, percent=True),
    Race(ListKey(Source.GITHUB, Lists.GITHUB_WEEKLY), "Stars", Metric.STARS, size=3),
    Race(ListKey(Source.HUGGINGFACE, Lists.DAILY_PAPERS), "Papers", Metric.UPVOTES),
    Race(ListKey(Source.HACKERNEWS, Lists.HN_FRONT_PAGE), "Discussions", Metric.COMMENTS),
)

#: Read instead of a list that was not: the page of a day has stars too, the search has comments.
INSTEAD = {
    ListKey(Source.GITHUB, Lists.GITHUB_WEEKLY): ListKey(Source.GITHUB, Lists.GITHUB_DAILY),
    ListKey(Source.HACKERNEWS, Lists.HN_FRONT_PAGE): ListKey(Source.HACKERNEWS, Lists.HN_AI),
}

#: Fewer places are no movement worth a line.
FEWEST_PLACES = 2

#: The names of the slots for the first, the second and the third of a group.
_LETTERS = ("a", "b", "c")
_NUMBERED = {1: "one", 2: "two", 3: "three"}


@dataclass(frozen=True, slots=True)
class Heat:
    """A race as it was run: the two readings of its list, and those who moved most, at least one."""

    race: Race
    both: Comparison
    pairs: tuple[Pair, ...]


def write(desk: Desk, slate: Slate) -> Section:
    """The section; without two readings to compare it says so in the paper's own words."""
    heats = _heats(desk, slate)
    title = SECTION_TITLES[SectionName.MOVERS]
    if not heats:
        return Section(SectionName.MOVERS, title, notes=(desk.phrases.house("movers.nothing"),))
    slate.remember("section", "movers")
    whole = heats[0].both
    stories = tuple(_story(desk, heat, whole) for heat in heats)
    opening = desk.phrases.say("movers.span" if whole.days == 7 else "movers.young", _span(desk, heats[0]))
    return Section(SectionName.MOVERS, title, stories, opening=(opening,))


def _heats(desk: Desk, slate: Slate) -> list[Heat]:
    """The races that can be run, no name in two of them; of each source as many as it has room for, at least one."""
    told: set[ItemKey] = set()
    units: Counter[Source] = Counter()
    heats = []
    for race in RACES:
        source = race.key.source
        is_full = units[source] > 0 and not slate.room_for(source, units[source] + 1)
        heat = None if is_full else _heat(desk, race, told)
        if heat is not None:
            heats.append(heat)
            units[source] += 1
            for pair in heat.pairs:
                told.update(desk.subject(pair.after.item).items)
    return heats


def _heat(desk: Desk, race: Race, told: set[ItemKey]) -> Heat | None:
    """The race over a week, else over a day."""
    mornings = desk.mornings(race.key) or (desk.mornings(INSTEAD[race.key]) if race.key in INSTEAD else None)
    for days in (7, 1):
        both = mornings.against(days) if mornings else None
        if both is None:
            continue
        pairs = [pair for pair in _runners(desk, race, both) if _may_run(desk, pair, told)]
        if pairs:
            return Heat(race, both, tuple(pairs[: race.size]))
    return None


def _may_run(desk: Desk, pair: Pair, told: set[ItemKey]) -> bool:
    name = desk.cite.name(pair.after.item)
    return name is not None and is_in_our_letters(name.text) and pair.after.item not in told


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


def _story(desk: Desk, heat: Heat, whole: Comparison) -> Story:
    """One line for a group; with its own two days where these are not those of the section."""
    claims = [_claim(desk, heat)]
    if {heat.both.before.at.date(), heat.both.after.at.date()} != {whole.before.at.date(), whole.after.at.date()}:
        claims.append(desk.phrases.say("movers.other_span", _span(desk, heat)))
    items = tuple(pair.after.item for pair in heat.pairs)
    first = desk.about(items[0])
    return Story(
        items,
        Layout.BULLET,
        paragraphs=(tuple(claims),),
        label=heat.race.label,
        group=heat.race.label,
        url=first.url if first else None,
    )


def _span(desk: Desk, heat: Heat) -> Mapping[str, Fragment]:
    """The days and the minutes of the two readings, and how many days lie between them."""
    figures, both = desk.figures, heat.both
    return slots(
        days=figures.days(heat.pairs[0]),
        since=figures.date(both.before),
        until=figures.date(both.after),
        since_clock=figures.clock(both.before),
        until_clock=figures.clock(both.after),
    )


def _claim(desk: Desk, heat: Heat) -> Claim:
    """All that moved in one sentence, each with figures of its own."""
    race = heat.race
    filled: dict[str, Fragment] = {"unit": slots(unit=UNITS[race.metric])["unit"]} if race.metric else {}
    for letter, pair in zip(_LETTERS, heat.pairs, strict=False):
        filled |= {f"{slot}_{letter}": fragment for slot, fragment in _of(desk, race, pair).items()}
    form = "gain" if race.metric else "up"
    form = "growth" if race.percent else form if race.up else "down"
    alike = race.metric is None and len(heat.pairs) == 2 and len({pair.climbed for pair in heat.pairs}) == 1
    return desk.phrases.say(f"movers.{form}_{'alike' if alike else _NUMBERED[len(heat.pairs)]}", filled)


def _of(desk: Desk, race: Race, pair: Pair) -> Mapping[str, Fragment]:
    """What can be said of one mover."""
    figures, metric = desk.figures, race.metric
    name = desk.cite.name(pair.after.item)
    if metric is None:
        places = figures.climbed(pair) if race.up else figures.fell(pair)
        return slots(name=name, places=places, rank=figures.rank(pair.after), was=figures.rank(pair.before))
    return slots(
        name=name,
        gain=figures.gain(pair, metric),
        before=figures.value(pair.before, metric),
        after=figures.value(pair.after, metric),
        growth=figures.growth(pair, metric) if race.percent else None,
    )
