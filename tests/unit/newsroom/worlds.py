"""Small worlds to test the desk with: items, lists and mornings, made up by us."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta

from domain.items import Item, ItemKey, Kind, Source
from domain.readings import Harvest, HarvestStatus, Lists, Metric, Reading
from newsroom.record import Record

#: The hour at which the lists of these worlds are read; an issue is assembled half an hour later.
HOUR = 5
FIRST_DAY = date(2026, 6, 1)

Metrics = Mapping[Metric, int]
Row = tuple[Item, Metrics]


def moment(day: date, hour: float = HOUR) -> datetime:
    """A moment of a day, in UTC."""
    return datetime(day.year, day.month, day.day, tzinfo=UTC) + timedelta(hours=hour)


def press_time(day: date) -> datetime:
    """When the issue of a day is assembled."""
    return moment(day, HOUR + 0.5)


def on(number: int) -> date:
    """The day of that number, counted from 0."""
    return FIRST_DAY + timedelta(days=number)


def model(name: str, *tags: str, kind: Kind = Kind.MODEL, summary: str = "") -> Item:
    """A model, dataset or Space of Hugging Face."""
    path = {Kind.MODEL: "", Kind.DATASET: "datasets/", Kind.SPACE: "spaces/"}[kind]
    key = ItemKey(Source.HUGGINGFACE, kind, name)
    return Item(
        key, f"https://huggingface.co/{path}{name}", name, moment(FIRST_DAY), name.partition("/")[0], summary, tags
    )


def repository(name: str, summary: str = "An AI agent for your terminal.", *tags: str) -> Item:
    """A repository of GitHub."""
    key = ItemKey(Source.GITHUB, Kind.REPOSITORY, name)
    return Item(key, f"https://github.com/{name}", name, moment(FIRST_DAY), name.partition("/")[0], summary, tags)


def story(number: int, title: str, url: str | None = None, day: date = FIRST_DAY) -> Item:
    """A story of Hacker News."""
    key = ItemKey(Source.HACKERNEWS, Kind.STORY, str(number))
    link = url or f"https://example.org/{number}"
    return Item(key, link, title, moment(FIRST_DAY), "example.org", created_at=moment(day, 1))


def paper(number: str, title: str, summary: str = "", *tags: str, source: Source = Source.HUGGINGFACE) -> Item:
    """A paper on Hugging Face's page or on arXiv."""
    key = ItemKey(source, Kind.PAPER, number)
    site = "huggingface.co/papers" if source is Source.HUGGINGFACE else "arxiv.org/abs"
    return Item(key, f"https://{site}/{number}", title, moment(FIRST_DAY), "", summary, (f"arxiv:{number}", *tags))


def post(feed: str, slug: str, title: str, day: date, summary: str = "") -> Item:
    """A post of a lab's feed."""
    key = ItemKey(Source.FEEDS, Kind.POST, f"{feed}/{slug}")
    link = f"https://{feed}.example.com/{slug}"
    return Item(key, link, title, moment(FIRST_DAY), feed.title(), summary, ("kind:lab",), moment(day, 2))


@dataclass
class World:
    """What was read, as storage would hold it; versions count the words of items."""

    harvests: list[Harvest] = field(default_factory=list)
    readings: list[Reading] = field(default_factory=list)
    items: dict[ItemKey, Item] = field(default_factory=dict)

    def read(
        self,
        source: Source,
        name: str,
        at: datetime,
        rows: Sequence[Row],
        *,
        ranked: bool = True,
        status: HarvestStatus | None = None,
    ) -> Harvest:
        """A list as it was read; without rows it was empty."""
        found = status or (HarvestStatus.OK if rows else HarvestStatus.EMPTY)
        error = "the source answered 503" if found is HarvestStatus.FAILED else ""
        harvest = Harvest(source, name, at, found, len(rows), ranked, error=error, id=len(self.harvests) + 1)
        self.harvests.append(harvest)
        for place, (item, metrics) in enumerate(rows, start=1):
            version = self.items[item.key].version if item.key in self.items else len(self.items) + 1
            self.items[item.key] = replace(item, version=version)
            rank = place if ranked else None
            self.readings.append(Reading(len(self.readings) + 1, harvest.id, item.key, at, rank, metrics))
        return harvest

    def record(self) -> Record:
        """The record of all that was read."""
        return Record.build(self.harvests, self.readings, self.items)


NAMES = ("Aster", "Birch", "Cedar", "Dahlia", "Elder", "Fir", "Ginkgo", "Hazel", "Iris", "Juniper", "Kelp", "Larch")


def full_world(days: int, start: int = 0) -> World:
    """Mornings on which every source answers; the figures move by a fixed arithmetic."""
    world = World()
    for number in range(start, start + days):
        add_morning(world, number)
    return world


def add_morning(world: World, number: int) -> None:
    """Everything that is read on one morning."""
    at = moment(on(number))
    _huggingface(world, number, at)
    _github(world, number, at)
    _talk(world, number, at)
    _feeds(world, number, at)


def _huggingface(world: World, number: int, at: datetime) -> None:
    models = [
        (
            model(f"{name.lower()}-lab/{name}-{size}B", "task:text-generation", "license:mit"),
            {
                Metric.LIKES: 200 + 40 * place + number * (5 + (7 * place) % 31),
                Metric.DOWNLOADS: 5_000 + 900 * place + number * 700 * (place % 5),
                Metric.SCORE: 900 - 20 * place,
            },
        )
        for place, (name, size) in enumerate((name, size) for size in (7, 70) for name in NAMES)
    ]
    turn = number % len(models)
    world.read(Source.HUGGINGFACE, Lists.MODELS, at, models[turn:] + models[:turn])
    for kind, name in ((Kind.DATASET, Lists.DATASETS), (Kind.SPACE, Lists.SPACES)):
        rows = [
            (model(f"open-{plant.lower()}/{kind}-{plant}", kind=kind), {Metric.LIKES: 50 + 9 * place + 3 * number})
            for place, plant in enumerate(NAMES[number % 3 : 8 + number % 3])
        ]
        world.read(Source.HUGGINGFACE, name, at, rows)
    papers = [
        (
            paper(f"2606.{1000 + number * 10 + place}", f"On the {plant} Method for Language Models, Part {number}"),
            {Metric.UPVOTES: 40 - 6 * place + number, Metric.COMMENTS: place},
        )
        for place, plant in enumerate(NAMES[:6])
    ]
    weekend = at.weekday() >= 5
    world.read(Source.HUGGINGFACE, Lists.DAILY_PAPERS, at, [] if weekend else papers, ranked=False)
    listed: list[Row] = [
        (paper(f"2606.{5000 + number * 10 + place}", f"A Study of {plant} Networks", source=Source.ARXIV), {})
        for place, plant in enumerate(NAMES[:5])
    ]
    world.read(Source.ARXIV, Lists.ARXIV_RECENT, at, [] if weekend else listed, ranked=False)


def _github(world: World, number: int, at: datetime) -> None:
    def row(plant: str, place: int, **metrics: int) -> Row:
        words = f"{plant} is an AI agent that reads your code and writes tests."
        item = repository(f"{plant.lower()}-org/{plant.lower()}-agent", words, "language:Python", "license:mit")
        gained = number * (30 + 11 * place)
        return item, {
            Metric.STARS: 4_000 + 700 * place + gained,
            **{Metric(key): value for key, value in metrics.items()},
        }

    garden = (repository("soil/garden", "A planner for vegetable gardens."), {Metric.STARS: 900, Metric.STARS_TODAY: 4})
    shift = number % 4
    daily = [
        row(plant, place, stars_today=90 + 35 * place + number) for place, plant in enumerate(NAMES[shift : shift + 8])
    ]
    world.read(Source.GITHUB, Lists.GITHUB_DAILY, at, [*daily, garden])
    weekly = [row(plant, place, stars_week=400 + 55 * place) for place, plant in enumerate(NAMES)]
    world.read(Source.GITHUB, Lists.GITHUB_WEEKLY, at, weekly)
    young = [
        (
            repository(f"seed-{place}/sprout-{place}", f"Sprout {place} is an LLM tool for small teams.", *tags),
            {Metric.STARS: 120 + 10 * place + number * place},
        )
        for place in range(60)
        for tags in [("language:Rust", "license:mit") if place % 2 else ("language:Rust",)]
    ]
    world.read(Source.GITHUB, Lists.GITHUB_YOUNG, at, young, ranked=False)


def _talk(world: World, number: int, at: datetime) -> None:
    doing = DOINGS[number % len(DOINGS)]
    stories = [
        (
            story(1_000 + number * 10 + place, f"An LLM {doing} the {plant} people of day {number}", day=on(number)),
            {Metric.POINTS: 400 - 60 * place + number, Metric.COMMENTS: 90 + 50 * place},
        )
        for place, plant in enumerate(NAMES[:6])
    ]
    bread = (story(900, "How to bake bread on a boat"), {Metric.POINTS: 500, Metric.COMMENTS: 60})
    world.read(Source.HACKERNEWS, Lists.HN_FRONT_PAGE, at, [*stories, bread], ranked=False)


#: What the stories of a day have in common, so that no two days of a week say the same.
DOINGS = (
    "paints old boats for",
    "keeps bees beside",
    "answers letters from",
    "translates recipes among",
    "counts birds above",
    "repairs clocks with",
    "reads maps behind",
    "sings opera to",
    "grows tomatoes near",
    "writes tax forms under",
    "tunes pianos before",
)


def _feeds(world: World, number: int, at: datetime) -> None:
    posts: list[Row] = [
        (
            post(
                "meadow",
                f"note-{day}",
                f"Meadow trains a language model on day {day}",
                on(day),
                f"The model of day {day} reads long texts. It was trained on open data.",
            ),
            {},
        )
        for day in range(max(number - 4, 0), number + 1)
    ]
    world.read(Source.FEEDS, "meadow", at, posts, ranked=False)
