"""The sections of the sample issue that are lists and tables."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from domain.claims import Claim, Figure, Name, Quote, house
from domain.evidence import EvidenceId, Expression, NamedFormula
from domain.issue import Layout, Section, SectionName, Story
from domain.items import ItemKey, Kind, Source
from domain.readings import Lists
from tests.golden.desk import Desk, claim, dataset, model, repository, section, url
from tests.golden.sample_stories import KESTREL, THREAD

NEW_SINCE = NamedFormula("new_since", 1, {})
RANK = Expression("a.rank")
STEP = Expression("b.rank - a.rank")

MODELS = (
    (model("northwind/Kestrel-8B"), "=", 9874),
    (model("lumen/Prism-Image-2"), "▲3", 4410),
    (model("tarn/Kestrel-8B-GGUF"), "=", 2601),
    (model("northwind/Kestrel-8B-Instruct"), "▼2", 1944),
    (model("ostrava/Whisper-CZ"), "new", 873),
)
DATASETS = (
    (dataset("openatlas/atlas-captions"), "▲1", 1310),
    (dataset("commonlore/folk-tales-40"), "▼1", 904),
    (dataset("tarn/agent-traces-1M"), "new", 377),
)
REPOSITORIES = (
    (repository("fieldnotes/rover"), "▲3", 16444),
    (repository("harrow/plough"), "=", 2204),
    (repository("loam/ledger"), "▲5", 4060),
    (repository("smallwonder/needle"), "▼1", 8544),
    (repository("cairn-ai/switchyard"), "new", 2199),
)


def numbers(desk: Desk) -> Section:
    """Five figures, each from a list of its own."""
    today = desk.harvest(Source.HUGGINGFACE, Lists.MODELS, 30)
    week_ago = desk.harvest(Source.HUGGINGFACE, Lists.MODELS, 30, days_ago=7)
    rover, atlas = repository("fieldnotes/rover"), dataset("openatlas/atlas-captions")
    paper = ItemKey(Source.ARXIV, Kind.PAPER, "2607.01234")
    first = desk.reading(rover, "stars", 11020, listed=Lists.GITHUB_DAILY, rank=4, days_ago=7)
    last = desk.reading(rover, "stars", 16444, listed=Lists.GITHUB_DAILY, rank=1)
    upvotes = desk.reading(paper, "upvotes", 97, listed=Lists.DAILY_PAPERS, rank=1)
    likes = desk.reading(atlas, "likes", 1310, listed=Lists.DATASETS, rank=1)

    def bullet(item: ItemKey, *runs: str | Figure | Name | Quote) -> Story:
        return Story((item,), Layout.BULLET, paragraphs=((claim(*runs),),), url=url(item))

    return section(
        SectionName.NUMBERS,
        bullet(
            KESTREL,
            desk.matching("9 of 30", 9, "models", "Kestrel-8B", today),
            " trending models share the name ",
            desk.name(KESTREL, "Kestrel-8B", linked=False),
            ".",
        ),
        bullet(
            rover,
            desk.gain("5,424", first, last, "stars", "P7D"),
            " stars in seven days went to ",
            desk.name(rover),
            ", the most of any repository on our lists.",
        ),
        bullet(
            KESTREL,
            Figure("16", 16, "models", NEW_SINCE, {"lists": (week_ago, today)}, "P7D"),
            " of the thirty models were not on the list a week ago.",
        ),
        bullet(
            paper,
            desk.value("97", upvotes, "upvotes"),
            " upvotes stand under ",
            desk.name(paper, "Reading Slowly: Long Context without Long Attention"),
            ", more than under any other paper of the day.",
        ),
        bullet(atlas, desk.value("1,310", likes, "likes"), " likes: ", desk.name(atlas), " leads the datasets."),
    )


def tools(desk: Desk) -> Section:
    """Four projects in their own words, some of which Telegram would link."""

    def tool(item: ItemKey, language: str, stars: tuple[int, str], gained: tuple[int, str], words: str) -> Story:
        now = desk.reading(item, "stars", stars[0], listed=Lists.GITHUB_WEEKLY)
        then = desk.reading(item, "stars", stars[0] - gained[0], listed=Lists.GITHUB_WEEKLY, days_ago=7)
        return Story(
            items=(item,),
            layout=Layout.BULLET,
            headline=claim(desk.name(item, item.external_id.partition("/")[2])),
            paragraphs=(
                (
                    claim(
                        Name(language, item, desk.words(item, language, "tags")),
                        ", ",
                        desk.value(stars[1], now, "stars"),
                        " stars, ",
                        desk.gain(gained[1], then, now, "stars", "P7D"),
                        " of them in seven days.",
                    ),
                    claim("In its own words: ", desk.quote(item, words)),
                ),
            ),
            url=url(item),
        )

    return section(
        SectionName.TOOLS,
        tool(
            repository("fieldnotes/rover"),
            "Rust",
            (16444, "16,444"),
            (5424, "5,424"),
            "A terminal agent that asks before it writes.",
        ),
        tool(
            repository("loam/ledger"),
            "Python",
            (4060, "4,060"),
            (2404, "2,404"),
            "Long-term memory for coding agents: one README.md, one SQLite file, no server.",
        ),
        tool(
            repository("cairn-ai/switchyard"),
            "Go",
            (2199, "2,199"),
            (164, "164"),
            "Route traffic across models & providers with <100 lines of config.",
        ),
        tool(
            repository("smallwonder/needle"),
            "Python",
            (8544, "8,544"),
            (2985, "2,985"),
            "A 14 MB model for phones, watches and robots. Try it at needle.dev or ask @needlebot.",
        ),
        opening=(house("Four projects from GitHub's weekly pages, in their own words; we have not run them."),),
    )


@dataclass(frozen=True)
class _Ranking:
    """A table of the Trending section: what it lists, and what it counts."""

    label: str
    group: str
    listed: str
    counted: str
    rows: tuple[tuple[ItemKey, str, int], ...]

    def opening(self, desk: Desk, size: int) -> Claim:
        """How long the list is, of which the first places are shown."""
        source = self.rows[0][0].source
        held = desk.harvest(source, self.listed, size)
        return claim(f"The list of {self.label.lower()} holds ", desk.size(str(size), held, self.label.lower()), ".")

    def stories(self, desk: Desk) -> Iterator[Story]:
        """A row for each item."""
        for place, (item, moved, value) in enumerate(self.rows, start=1):
            today = desk.reading(item, self.counted.lower(), value, listed=self.listed, rank=place)
            cells = (
                claim(Figure(str(place), place, "", RANK, {"a": today})),
                claim(desk.name(item)),
                self._movement(desk, place, moved, today),
                claim(desk.value(f"{value:,}", today, self.counted.lower())),
            )
            columns = ("Place", "Name", "Change", self.counted)
            yield Story((item,), Layout.ROW, None, None, (), cells, columns, self.label, self.group, url(item))

    def _movement(self, desk: Desk, place: int, moved: str, today: EvidenceId) -> Claim:
        if not moved[1:].isdecimal():
            return claim(moved, also=(today,))
        step = int(moved[1:]) if moved[0] == "▲" else -int(moved[1:])
        item = self.rows[place - 1][0]
        before = desk.reading(item, "rank", place + step, listed=self.listed, rank=place + step, days_ago=1)
        return claim(moved[0], Figure(moved[1:], abs(step), "places", STEP, {"a": today, "b": before}, "P1D"))


def trending(desk: Desk) -> Section:
    """Three tables: models, datasets, repositories."""
    tables = (
        _Ranking("Models", "huggingface", Lists.MODELS, "Likes", MODELS),
        _Ranking("Datasets", "huggingface", Lists.DATASETS, "Likes", DATASETS),
        _Ranking("Repositories", "github", Lists.GITHUB_DAILY, "Stars", REPOSITORIES),
    )
    opening = tuple(table.opening(desk, size) for table, size in zip(tables, (30, 30, 18), strict=True))
    return section(SectionName.TRENDING, *(story for table in tables for story in table.stories(desk)), opening=opening)


def movers(desk: Desk) -> Section:
    """Two lines of climbers and fallers, and a table of stars gained."""

    def line(label: str, item: ItemKey, before: int, after: int, verb: str) -> Story:
        first = desk.reading(item, "rank", before, listed=Lists.MODELS, rank=before, days_ago=7)
        last = desk.reading(item, "rank", after, listed=Lists.MODELS, rank=after)
        step = Figure(str(abs(before - after)), abs(before - after), "places", STEP, {"a": last, "b": first}, "P7D")
        place = Figure(str(after), after, "", RANK, {"a": last})
        text = claim(desk.name(item), f" {verb} ", step, " places in seven days, to No. ", place, ".")
        return Story((item,), Layout.BULLET, paragraphs=((text,),), label=label, url=url(item))

    def gained(item: ItemKey, before: int, after: int) -> Story:
        first = desk.reading(item, "stars", before, listed=Lists.GITHUB_WEEKLY, days_ago=7)
        last = desk.reading(item, "stars", after, listed=Lists.GITHUB_WEEKLY)
        cells = (
            claim(desk.name(item)),
            claim(desk.gain(f"+{after - before:,}", first, last, "stars", "P7D")),
            claim(desk.value(f"{after:,}", last, "stars")),
        )
        return Story(
            (item,),
            Layout.ROW,
            cells=cells,
            columns=("Repository", "In seven days", "Stars"),
            label="Stars gained, by our own readings",
            group="github",
            url=url(item),
        )

    return section(
        SectionName.MOVERS,
        line("Up on Hugging Face", model("lumen/Prism-Image-2"), 14, 2, "climbed"),
        line("Up on Hugging Face", model("northwind/Kestrel-8B"), 6, 1, "climbed"),
        line("Down on Hugging Face", model("harbour/Ferry-70B"), 8, 27, "fell"),
        gained(repository("fieldnotes/rover"), 11020, 16444),
        gained(repository("smallwonder/needle"), 5559, 8544),
        gained(repository("loam/ledger"), 1656, 4060),
    )


def reading(desk: Desk) -> Section:
    """Three pieces worth an hour, each with why it stands here."""
    paper = ItemKey(Source.ARXIV, Kind.PAPER, "2607.01234")
    post = ItemKey(Source.FEEDS, Kind.POST, "notes/measuring-a-promise")
    upvotes = desk.reading(paper, "upvotes", 97, listed=Lists.DAILY_PAPERS, rank=1)
    points = desk.reading(THREAD, "points", 412, listed=Lists.HN_FRONT_PAGE, rank=2)

    def piece(item: ItemKey, title: str, *runs: str | Figure | Name | Quote) -> Story:
        return Story(
            (item,), Layout.BULLET, claim(desk.name(item, title)), paragraphs=((claim(*runs),),), url=url(item)
        )

    return section(
        SectionName.READING,
        piece(
            paper,
            "Reading Slowly: Long Context without Long Attention",
            "Its abstract begins: ",
            desk.quote(paper, "We show that a model can read a long text in the order in which a person would"),
            "; it has ",
            desk.value("97", upvotes, "upvotes"),
            " upvotes.",
        ),
        piece(
            THREAD,
            "Kestrel-8B reads our whole codebase on a laptop",
            "A story with ",
            desk.value("412", points, "points"),
            " points on Hacker News.",
        ),
        piece(
            post,
            "Measuring a promise",
            "From a lab's own pages: ",
            desk.quote(post, "what a model card says, and what we found when we asked"),
            ".",
        ),
    )


def subscribe() -> Section:
    """Fixed words about the paper itself."""
    return section(
        SectionName.SUBSCRIBE,
        opening=(
            house("Every morning, with the evidence behind every sentence."),
            house("Send /subscribe to receive it, /today to read it now, /help for everything else."),
        ),
    )
