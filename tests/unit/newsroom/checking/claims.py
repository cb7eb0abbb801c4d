"""True claims about the made-up world, one of each kind that the paper prints."""

from __future__ import annotations

from dataclasses import dataclass

from domain.claims import Claim, Figure, Name, Run, Words
from domain.evidence import EvidenceId, NamedFormula
from domain.items import ItemKey
from domain.readings import Harvest, Metric
from newsroom import rounding
from newsroom.checking.sentences import Place
from newsroom.formulas import evaluate
from tests.unit.newsroom.checking.world import ALPHA, BETA, DELTA, GAMMA, KIT, LOOM, TALK, Morning, figure, morning


@dataclass(frozen=True)
class Case:
    """A true claim, the items of its story, and where it stands."""

    name: str
    claim: Claim
    items: tuple[ItemKey, ...]
    place: Place = Place.PARAGRAPH


def _claim(*runs: Run | str, also: tuple[EvidenceId, ...] = ()) -> Claim:
    return Claim(tuple(Words(run) if isinstance(run, str) else run for run in runs), also=also)


class Desk:
    """Makes figures of the world as a newsroom would."""

    def __init__(self, paper: Morning) -> None:
        self.paper = paper
        self.world = paper.world
        self.today, self.yesterday, self.week_ago = paper.models[-1], paper.models[-2], paper.models[-8]

    def rank(self, key: ItemKey, harvest: Harvest | None = None) -> Figure:
        cited = self.world.cite(harvest or self.today, key, "rank")
        value = self.world.on(harvest or self.today, key).rank or 0
        return figure(f"No. {value}", value, "rank", "a.rank", {"a": cited})

    def value(self, key: ItemKey, metric: Metric, harvest: Harvest | None = None, unit: str | None = None) -> Figure:
        at = harvest or self.today
        value = self.world.on(at, key).metrics[metric]
        return figure(rounding.whole(value), value, unit or metric.value, "a", {"a": self.world.cite(at, key, metric)})

    def gain(self, key: ItemKey, metric: Metric, before: Harvest, after: Harvest, period: str) -> Figure:
        ends = {"a": self.world.cite(before, key, metric), "b": self.world.cite(after, key, metric)}
        value = self.world.on(after, key).metrics[metric] - self.world.on(before, key).metrics[metric]
        return figure(rounding.whole(abs(value)), value, metric.value, "b - a", ends, period=period)

    def places(self, key: ItemKey, before: Harvest, after: Harvest, period: str) -> Figure:
        ends = {"a": self.world.cite(before, key, "rank"), "b": self.world.cite(after, key, "rank")}
        value = (self.world.on(before, key).rank or 0) - (self.world.on(after, key).rank or 0)
        return figure(rounding.count(abs(value)), value, "places", "a.rank - b.rank", ends, period=period)

    def date(self, harvest: Harvest) -> Figure:
        at = harvest.observed_at.date()
        formula = NamedFormula("date", 1, {"zone": "UTC"})
        return figure(rounding.day(at), rounding.day_value(at), "date", formula, {"at": self.world.cite_list(harvest)})

    def named(
        self, text: str, unit: str, formula: NamedFormula, period: str | None = None, **evidence: object
    ) -> Figure:
        """A named formula; lists and items are cited already. ``{}`` in the text is the value."""
        cited = {name: each for name, each in evidence.items() if isinstance(each, str | tuple)}
        operands = {
            name: tuple(self.world.evidence[EvidenceId(one)] for one in each)
            if isinstance(each, tuple)
            else self.world.evidence[EvidenceId(each)]
            for name, each in cited.items()
        }
        value = evaluate(formula, operands, self.world)
        return figure(text.format(int(value)), value, unit, formula, cited, period=period)  # type: ignore[arg-type]


def true_claims() -> tuple[Morning, list[Case]]:
    """The world and its true claims."""
    paper = morning()
    desk = Desk(paper)
    return paper, [
        *_of_places(desk),
        *_of_gains(desk),
        *_of_lists(desk),
        *_of_words(desk),
    ]


def _of_places(desk: Desk) -> list[Case]:
    world = desk.world
    climbed = desk.places(ALPHA, desk.week_ago, desk.today, "P7D")
    fell = desk.places(GAMMA, desk.yesterday, desk.today, "P1D")
    was, now = desk.rank(GAMMA, desk.yesterday), desk.rank(GAMMA)
    lists = tuple(world.cite_list(harvest) for harvest in desk.paper.models)
    streak = desk.named("{}", "lists", NamedFormula("streak", 1, {"place": 1}), item=_rank_id(desk, ALPHA), lists=lists)
    return [
        Case(
            "a climb",
            _claim(
                world.name(ALPHA),
                " climbed ",
                climbed,
                " places since ",
                desk.date(desk.week_ago),
                ", to ",
                desk.rank(ALPHA),
                ".",
            ),
            (ALPHA,),
        ),
        Case(
            "a fall",
            _claim(world.name(GAMMA), " fell ", fell, " places in a day, from ", was, " to ", now, "."),
            (GAMMA,),
        ),
        Case(
            "two movers",
            _claim(
                world.name(ALPHA),
                " climbed ",
                climbed,
                " places, to ",
                desk.rank(ALPHA),
                "; ",
                world.name(GAMMA),
                " fell ",
                desk.places(GAMMA, desk.week_ago, desk.today, "P7D"),
                ", to ",
                now,
                ".",
            ),
            (ALPHA, GAMMA),
        ),
        Case(
            "a streak",
            _claim(world.name(ALPHA), " has stood first on the list for ", streak, " lists in a row."),
            (ALPHA,),
        ),
        Case(
            "a cell of a place",
            Claim((figure("1", 1, "rank", "a.rank", {"a": _rank_id(desk, ALPHA)}),)),
            (ALPHA,),
            Place.CELL,
        ),
        Case(
            "a cell of a movement",
            Claim((figure("▼9", fell.value, "places", "a.rank - b.rank", fell.evidence, period="P1D"),)),
            (GAMMA,),
            Place.CELL,
        ),
        Case(
            "a headline of a climb",
            _claim(world.name(ALPHA, short=True, linked=False), " climbs ", climbed, " places, to ", desk.rank(ALPHA)),
            (ALPHA,),
            Place.HEADLINE,
        ),
    ]


def _rank_id(desk: Desk, key: ItemKey) -> EvidenceId:
    return desk.world.cite(desk.today, key, "rank")


def _of_gains(desk: Desk) -> list[Case]:
    world = desk.world
    before, after = desk.value(ALPHA, Metric.LIKES, desk.week_ago), desk.value(ALPHA, Metric.LIKES)
    gained = desk.gain(ALPHA, Metric.LIKES, desk.week_ago, desk.today, "P7D")
    ends = {"a": world.cite(desk.yesterday, ALPHA, Metric.LIKES), "b": world.cite(desk.today, ALPHA, Metric.LIKES)}
    lists = {"before": world.cite_list(desk.yesterday), "after": world.cite_list(desk.today)}
    largest = desk.named("{}", "likes", NamedFormula("largest_gain", 1), "P1D", **ends, **lists)
    stars = [world.cite(page, LOOM, Metric.STARS) for page in desk.paper.pages]
    page = desk.paper.pages[-1]
    today = figure("151", 151, "stars", "a", {"a": world.cite(page, KIT, Metric.STARS_TODAY)}, period="P1D")
    grown = figure(
        "8.1%",
        100 * 164 / 2035,
        "%",
        NamedFormula("growth_percent", 1, {"floor": 500}),
        {"a": world.cite(desk.paper.pages[0], KIT, Metric.STARS), "b": world.cite(page, KIT, Metric.STARS)},
        period="P1D",
    )
    passed = figure(
        "10,000",
        10_000,
        "stars",
        NamedFormula("passed", 1, {"mark": 10_000}),
        {"a": stars[0], "b": stars[1]},
        period="P1D",
    )
    return [
        Case(
            "a gain",
            _claim(world.name(ALPHA), " gained ", gained, " likes in a week, from ", before, " to ", after, "."),
            (ALPHA,),
        ),
        Case(
            "two gains",
            _claim(
                world.name(ALPHA),
                " gained ",
                gained,
                " likes since ",
                desk.date(desk.week_ago),
                ", ",
                world.name(BETA),
                " ",
                desk.gain(BETA, Metric.LIKES, desk.week_ago, desk.today, "P7D"),
                ".",
            ),
            (ALPHA, BETA),
        ),
        Case(
            "the largest gain",
            _claim(largest, " likes gained in a day by ", world.name(ALPHA), ", the largest gain on the list."),
            (ALPHA,),
            Place.BULLET,
        ),
        Case(
            "more than before",
            _claim(
                world.name(KIT),
                " has ",
                desk.value(KIT, Metric.STARS, page),
                " stars, ",
                desk.gain(KIT, Metric.STARS, desk.paper.pages[0], page, "P1D"),
                " more than on ",
                desk.date(desk.paper.pages[0]),
                ".",
            ),
            (KIT,),
        ),
        Case(
            "a site's own count",
            _claim("By GitHub's own count, ", world.name(KIT), " drew ", today, " stars that day."),
            (KIT,),
        ),
        Case("growth", _claim("The stars of ", world.name(KIT), " grew by ", grown, " since yesterday."), (KIT,)),
        Case("a mark", _claim(world.name(LOOM), " passed ", passed, " stars."), (LOOM,)),
        Case(
            "comments and points",
            _claim(
                world.name(TALK),
                " has ",
                desk.value(TALK, Metric.POINTS, desk.paper.stories),
                " points and ",
                desk.value(TALK, Metric.COMMENTS, desk.paper.stories),
                " comments on Hacker News.",
            ),
            (TALK,),
        ),
        Case(
            "a loss",
            _claim(
                world.name(GAMMA),
                " lost ",
                desk.gain(GAMMA, Metric.LIKES, desk.week_ago, desk.today, "P7D"),
                " likes in a week.",
            ),
            (GAMMA,),
        ),
        Case(
            "a rounded figure",
            _claim(
                world.name(ALPHA),
                " has ",
                figure("about 17,000", after.value, "likes", "a", after.evidence),
                " likes.",
            ),
            (ALPHA,),
        ),
        Case(
            "a shortened figure",
            _claim(world.name(ALPHA), " has ", figure("17.1k", after.value, "likes", "a", after.evidence), " likes."),
            (ALPHA,),
        ),
    ]


def _of_lists(desk: Desk) -> list[Case]:
    world = desk.world
    today, yesterday = world.cite_list(desk.today), world.cite_list(desk.yesterday)
    earlier = tuple(world.cite_list(harvest) for harvest in desk.paper.models[:-1])
    size = figure("24", 24, "models", "a", {"a": today})
    family = desk.named(
        "two", "models", NamedFormula("pattern_count", 1, {"pattern": "acme", "field": "owner"}), list=today
    )
    newcomers = desk.named("one", "models", NamedFormula("new_since", 1), "P1D", list=today, lists=(yesterday,))
    first = desk.named(
        "{}", "lists", NamedFormula("first_listed", 1), item=_rank_id(desk, DELTA), list=today, lists=earlier
    )
    order = desk.named("x", "", NamedFormula("spearman", 1, {"metric": "likes"}), list=today)
    coefficient = figure(rounding.coefficient(order.value), order.value, "", order.formula, order.evidence)
    strength = "hardly" if abs(order.value) < 0.2 else "loosely" if abs(order.value) <= 0.7 else "closely"
    record = desk.named(
        "x",
        "likes",
        NamedFormula("record_max", 1),
        item=world.cite(desk.today, ALPHA, Metric.LIKES),
        lists=(*earlier, today),
    )
    most = figure(rounding.whole(record.value), record.value, "likes", record.formula, record.evidence)
    return [
        Case(
            "a share of a list",
            _claim(
                family, " of the ", size, " models on the list of ", desk.date(desk.today), " belong to one account."
            ),
            (),
            Place.OPENING,
        ),
        Case("newcomers", _claim(newcomers, " of the ", size, " models is new since yesterday."), (), Place.OPENING),
        Case(
            "a newcomer",
            _claim(
                world.name(DELTA),
                " is new at ",
                desk.rank(DELTA),
                "; none of the ",
                first,
                " earlier lists that we hold has it.",
            ),
            (DELTA,),
        ),
        Case(
            "a cell of a newcomer", _claim("new", also=(_rank_id(desk, DELTA), today, yesterday)), (DELTA,), Place.CELL
        ),
        Case(
            "a headline of a newcomer",
            _claim(
                "A newcomer at ",
                desk.rank(DELTA),
                ": ",
                world.name(DELTA, short=True, linked=False),
                also=(today, yesterday),
            ),
            (DELTA,),
            Place.HEADLINE,
        ),
        Case(
            "a correlation",
            _claim(f"Place and likes agree {strength}: the Spearman coefficient is ", coefficient, ".")
            if strength != "hardly"
            else _claim("Place and likes hardly agree: the Spearman coefficient is ", coefficient, "."),
            (),
            Place.OPENING,
        ),
        Case(
            "a record",
            _claim(
                world.name(ALPHA), " has ", most, " likes, the most that any model shows on the lists that we hold."
            ),
            (ALPHA,),
        ),
    ]


def _of_words(desk: Desk) -> list[Case]:
    world = desk.world
    return [
        Case(
            "a quotation",
            _claim(world.name(KIT), " says of itself: ", world.quote(KIT, "summary", "Build agents from one file.")),
            (KIT,),
        ),
        Case(
            "a tag",
            _claim("The licence of ", world.name(KIT), " is ", _tag(desk, KIT, "mit"), "."),
            (KIT,),
        ),
        Case("a title", _claim(world.name(TALK), ", on ", _publisher(desk, TALK), "."), (TALK,), Place.BULLET),
    ]


def _tag(desk: Desk, key: ItemKey, value: str) -> Run:
    return Name(value, key, desk.world.cite_words(key, "tags", value))


def _publisher(desk: Desk, key: ItemKey) -> Run:
    text = desk.world.words_of(key).publisher
    return Name(text, key, desk.world.cite_words(key, "publisher", text))
