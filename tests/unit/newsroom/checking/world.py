"""A small stored world: lists over many mornings with made-up projects, and the means to cite it."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from domain.claims import Figure, Name, Quote
from domain.evidence import (
    Evidence,
    EvidenceId,
    Expression,
    Formula,
    HarvestEvidence,
    Operand,
    QuoteEvidence,
    ReadingEvidence,
)
from domain.items import Item, ItemKey, Kind, Source
from domain.readings import Harvest, HarvestStatus, Lists, Metric, Reading

#: The morning of the issue, a Saturday.
TODAY = datetime(2026, 8, 22, 6, 0, tzinfo=UTC)
DAY = timedelta(days=1)

Row = tuple[ItemKey, Mapping[Metric, int]]


def model(external_id: str) -> ItemKey:
    return ItemKey(Source.HUGGINGFACE, Kind.MODEL, external_id)


def repository(external_id: str) -> ItemKey:
    return ItemKey(Source.GITHUB, Kind.REPOSITORY, external_id)


def hn_story(external_id: str) -> ItemKey:
    return ItemKey(Source.HACKERNEWS, Kind.STORY, external_id)


@dataclass
class World:
    """Facts in memory, and the evidence of an issue as it is cited."""

    harvests: dict[int, Harvest] = field(default_factory=dict)
    readings: dict[int, Reading] = field(default_factory=dict)
    items: dict[int, Item] = field(default_factory=dict)
    evidence: dict[EvidenceId, Evidence] = field(default_factory=dict)

    # -- Facts ---------------------------------------------------------------------------------------------------------

    def reading(self, reading_id: int) -> Reading | None:
        return self.readings.get(reading_id)

    def item(self, version: int) -> Item | None:
        return self.items.get(version)

    def harvest(self, harvest_id: int) -> Harvest | None:
        return self.harvests.get(harvest_id)

    def listed(self, harvest_id: int) -> Sequence[Reading]:
        return [reading for reading in self.readings.values() if reading.harvest_id == harvest_id]

    def words(self, items: Collection[ItemKey], at: datetime) -> Mapping[ItemKey, Item]:
        return {item.key: item for item in self.items.values() if item.key in items and item.seen_at <= at}

    # -- storing -------------------------------------------------------------------------------------------------------

    def store(
        self,
        source: Source,
        name: str,
        at: datetime,
        rows: Sequence[Row],
        *,
        status: HarvestStatus = HarvestStatus.OK,
        ranked: bool = True,
    ) -> Harvest:
        harvest = Harvest(source, name, at, status, items=len(rows), ranked=ranked, id=len(self.harvests) + 1)
        self.harvests[harvest.id] = harvest
        for place, (item, metrics) in enumerate(rows, start=1):
            number = len(self.readings) + 1
            self.readings[number] = Reading(number, harvest.id, item, at, place if ranked else None, dict(metrics))
        return harvest

    def describe(
        self,
        key: ItemKey,
        url: str,
        *,
        title: str = "",
        summary: str = "",
        publisher: str = "",
        tags: tuple[str, ...] = (),
    ) -> Item:
        version = len(self.items) + 1
        item = Item(key, url, title or key.external_id, TODAY, publisher, summary, tags, version=version)
        self.items[version] = item
        return item

    def on(self, harvest: Harvest, item: ItemKey) -> Reading:
        return next(reading for reading in self.listed(harvest.id) if reading.item == item)

    def words_of(self, key: ItemKey) -> Item:
        return next(item for item in self.items.values() if item.key == key)

    # -- citing --------------------------------------------------------------------------------------------------------

    def cite(self, harvest: Harvest, item: ItemKey, metric: Metric | str) -> EvidenceId:
        reading = self.on(harvest, item)
        value = reading.rank if metric == "rank" else reading.metrics[Metric(metric)]
        cited = EvidenceId(f"r{reading.id}-{metric}")
        assert value is not None
        self.evidence[cited] = ReadingEvidence(
            reading.id,
            harvest.source,
            harvest.list,
            item,
            str(metric),
            value,
            reading.rank,
            reading.observed_at,
            self.words_of(item).url,
        )
        return cited

    def cite_list(self, harvest: Harvest) -> EvidenceId:
        cited = EvidenceId(f"h{harvest.id}")
        self.evidence[cited] = HarvestEvidence(
            harvest.id, harvest.source, harvest.list, harvest.items, harvest.status, harvest.observed_at
        )
        return cited

    def cite_words(self, key: ItemKey, of: str, text: str) -> EvidenceId:
        item = self.words_of(key)
        held = key.external_id if of == "external_id" else str(getattr(item, of))
        start = 0 if of == "tags" else held.index(text)
        quote = QuoteEvidence(item.version, key.source, key, of, start, text, item.seen_at, item.url)
        for cited, known in self.evidence.items():
            if known == quote:
                return cited
        cited = EvidenceId(f"q{sum(isinstance(each, QuoteEvidence) for each in self.evidence.values()) + 1}")
        self.evidence[cited] = quote
        return cited

    # -- runs ----------------------------------------------------------------------------------------------------------

    def name(self, key: ItemKey, *, short: bool = False, linked: bool = True) -> Name:
        of = "title" if key.kind in {Kind.STORY, Kind.POST, Kind.PAPER} else "external_id"
        text = self.words_of(key).title if of == "title" else key.external_id
        cited = self.cite_words(key, of, text)
        url = self.words_of(key).url if linked else None
        return Name(text.rpartition("/")[2] if short else text, key, cited, url)

    def quote(self, key: ItemKey, of: str, text: str) -> Quote:
        return Quote(text, key, self.cite_words(key, of, text))


def figure(
    text: str,
    value: float,
    unit: str,
    formula: str | Formula,
    evidence: Mapping[str, Operand],
    *,
    period: str | None = None,
) -> Figure:
    """A printed figure; a text is an expression."""
    written = Expression(formula) if isinstance(formula, str) else formula
    return Figure(text, value, unit, written, dict(evidence), period)


@dataclass
class Morning:
    """The lists of the made-up world by name."""

    world: World
    models: list[Harvest]  # oldest first, the last is today's
    pages: list[Harvest]
    stories: Harvest


ALPHA = model("acme/Alpha-27B")
BETA = model("acme/Beta-7B")
GAMMA = model("borealis/Gamma-2")
DELTA = model("delta-lab/Delta-9B-GGUF")
OTHERS = [model(f"maker-{chr(97 + n)}/Model-{chr(65 + n)}") for n in range(20)]
KIT = repository("acme/agent-kit")
LOOM = repository("weavers/loom")
TALK = hn_story("48000001")

WINDOW = 35


def morning() -> Morning:
    """Thirty-five mornings of a list of 24 models, two of GitHub's page, one of a list of stories."""
    world = World()
    for key, summary in (
        (ALPHA, "A model for long texts."),
        (BETA, "A small model that runs anywhere."),
        (GAMMA, "Weights of Gamma, second edition."),
        (DELTA, "Delta in a compact file format."),
    ):
        world.describe(key, f"https://huggingface.co/{key.external_id}", summary=summary, tags=("license:apache-2.0",))
    for key in OTHERS:
        world.describe(key, f"https://huggingface.co/{key.external_id}")
    world.describe(
        KIT,
        "https://github.com/acme/agent-kit",
        summary="Build agents from one file. Tested on three machines.",
        tags=("language:Python", "license:mit"),
    )
    world.describe(LOOM, "https://github.com/weavers/loom", summary="Weave prompts into programs.")
    world.describe(
        TALK, "https://alpha.example/blog", title="We trained Alpha 27B on old books", publisher="alpha.example"
    )
    models = [_models(world, day) for day in range(WINDOW)]
    pages = [_page(world, TODAY - DAY, 0), _page(world, TODAY, 1)]
    stories = world.store(
        Source.HACKERNEWS, Lists.HN_FRONT_PAGE, TODAY, [(TALK, {Metric.POINTS: 412, Metric.COMMENTS: 530})]
    )
    return Morning(world, models, pages, stories)


def _models(world: World, day: int) -> Harvest:
    """Alpha climbs to the top and leads for the last five mornings; Delta is new today; Gamma falls."""
    last = WINDOW - 1
    order = [GAMMA, BETA, *OTHERS[:18], ALPHA, *OTHERS[18:]]
    if day > last - 7:
        order = [BETA, GAMMA, *OTHERS[:4], ALPHA, *OTHERS[4:]]
    if day > last - 5:
        order = [ALPHA, BETA, *OTHERS[:6], GAMMA, *OTHERS[6:]]
    if day == last:
        order = [ALPHA, *OTHERS[:2], BETA, DELTA, *OTHERS[2:14], GAMMA, *OTHERS[14:]]
    rows = [(key, _figures(key, day)) for key in order]
    return world.store(Source.HUGGINGFACE, Lists.MODELS, TODAY - (last - day) * DAY, rows)


def _figures(key: ItemKey, day: int) -> Mapping[Metric, int]:
    pace = {ALPHA: 204, BETA: 91, GAMMA: -3, DELTA: 12}.get(key)
    if pace is None:
        pace = 5 + OTHERS.index(key)
    start = {ALPHA: 10_180, BETA: 2_600, GAMMA: 4_900, DELTA: 300}.get(key, 500)
    return {Metric.LIKES: start + pace * day, Metric.DOWNLOADS: 1_000 * (start % 97) + 7 * pace * day}


def _page(world: World, at: datetime, day: int) -> Harvest:
    rows: list[Row] = [
        (KIT, {Metric.STARS: 2_035 + 164 * day, Metric.STARS_TODAY: 150 + day, Metric.FORKS: 88}),
        (LOOM, {Metric.STARS: 9_970 + 45 * day, Metric.STARS_TODAY: 60, Metric.FORKS: 410}),
    ]
    return world.store(Source.GITHUB, Lists.GITHUB_DAILY, at, rows)
