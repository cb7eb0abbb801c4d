"""The written sections of the sample issue: lead, deep dive, opinion."""

from __future__ import annotations

from domain.claims import Figure, house, view
from domain.evidence import Expression, NamedFormula
from domain.issue import Section, SectionName, Story
from domain.items import ItemKey, Kind, Source
from domain.readings import Lists
from tests.golden.desk import Desk, claim, model, section, url

KESTREL = model("northwind/Kestrel-8B")
KESTREL_GGUF = model("tarn/Kestrel-8B-GGUF")
THREAD = ItemKey(Source.HACKERNEWS, Kind.STORY, "49100200")

OWNERS = NamedFormula("owners", 1, {"pattern": "Kestrel-8B"})
CORRELATION = NamedFormula("rank_correlation", 1, {"of": "downloads"})
RANK = Expression("a.rank")
RATIO = Expression("b / a")


def lead(desk: Desk) -> Section:
    """One name fills the list."""
    today = desk.harvest(Source.HUGGINGFACE, Lists.MODELS, 30)
    week_ago = desk.harvest(Source.HUGGINGFACE, Lists.MODELS, 30, days_ago=7)
    before = desk.reading(KESTREL, "likes", 3120, listed=Lists.MODELS, rank=6, days_ago=7)
    after = desk.reading(KESTREL, "likes", 9874, listed=Lists.MODELS, rank=1)
    fetched = desk.reading(KESTREL_GGUF, "downloads", 1204511, listed=Lists.MODELS, rank=3)
    points = desk.reading(THREAD, "points", 412, listed=Lists.HN_FRONT_PAGE, rank=2)
    comments = desk.reading(THREAD, "comments", 188, listed=Lists.HN_FRONT_PAGE, rank=2)
    nine = desk.matching("nine", 9, "models", "Kestrel-8B", today)
    story = Story(
        items=(KESTREL, KESTREL_GGUF, THREAD),
        headline=claim("One small model fills ", nine, " of ", desk.size("thirty", today, "models"), " places"),
        standfirst=claim(
            "A week ago ",
            desk.matching("two", 2, "models", "Kestrel-8B", week_ago),
            " entries of the Hugging Face trending list bore the name ",
            desk.name(KESTREL, "Kestrel-8B", linked=False),
            "; this morning it is ",
            nine,
            ".",
        ),
        paragraphs=(
            (
                claim(
                    "The original, ",
                    desk.name(KESTREL),
                    ", stands at No. ",
                    desk.value("1", desk.reading(KESTREL, "rank", 1, listed=Lists.MODELS, rank=1), ""),
                    " this morning.",
                ),
                claim(
                    "In seven days it went from ",
                    desk.value("3,120", before, "likes"),
                    " likes to ",
                    desk.value("9,874", after, "likes"),
                    ".",
                ),
                claim("Its card calls it ", desk.quote(KESTREL, "a small model for long documents"), "."),
            ),
            (
                claim(
                    "The entry with the most downloads is another one: ",
                    desk.name(KESTREL_GGUF),
                    " shows ",
                    desk.value("1,204,511", fetched, "downloads"),
                    " in thirty days, by Hugging Face's count.",
                ),
                claim(
                    "On Hacker News the story ",
                    desk.quote(THREAD, "Kestrel-8B reads our whole codebase on a laptop", "title"),
                    " has ",
                    desk.value("412", points, "points"),
                    " points and ",
                    desk.value("188", comments, "comments"),
                    " comments.",
                ),
            ),
        ),
        url=url(KESTREL),
    )
    return section(SectionName.LEAD, story)


def deep_dive(desk: Desk) -> Section:
    """What stands behind the name."""
    today = desk.harvest(Source.HUGGINGFACE, Lists.MODELS, 30)
    smallest = model("quarry/Kestrel-8B-mlx-4bit")
    parameters = desk.reading(smallest, "parameters", 1263907840, listed=Lists.MODELS, rank=22)
    story = Story(
        items=(KESTREL, smallest),
        headline=claim(desk.matching("Nine", 9, "models", "Kestrel-8B", today), " names, three trades"),
        paragraphs=(
            (
                claim(
                    "The ",
                    desk.matching("nine", 9, "models", "Kestrel-8B", today),
                    " entries come from ",
                    Figure("seven", 7, "accounts", OWNERS, {"lists": today}),
                    " accounts.",
                ),
                claim(
                    "One is the publisher's own; ",
                    desk.matching("five", 5, "models", "GGUF|mlx|AWQ", today),
                    " say in their names that they are smaller editions, and ",
                    desk.matching("three", 3, "models", "instruct|chat|code", today),
                    " that they were tuned for a task.",
                ),
            ),
            (
                claim(
                    "Downloads do not follow the order of the list: across the ",
                    desk.size("30", today, "models"),
                    " models, place and downloads have a rank correlation of ",
                    Figure("0.11", 0.11, "", CORRELATION, {"lists": today}),
                    ".",
                ),
            ),
            (
                claim(
                    "Sizes need care: Hugging Face's API gives ",
                    desk.value("1,263,907,840", parameters, "parameters"),
                    " parameters for ",
                    desk.name(smallest),
                    ", whose name says eight billion.",
                ),
            ),
        ),
        url=url(KESTREL),
    )
    notes = (
        house("The lists give no reason for a like."),
        house("Names are the publishers' own words; we have opened none of the files."),
    )
    return section(SectionName.DEEPDIVE, story, notes=notes)


def opinion(desk: Desk) -> Section:
    """Two pieces of analysis, each with a view."""
    today = desk.harvest(Source.HUGGINGFACE, Lists.MODELS, 30)
    fetched = desk.reading(KESTREL_GGUF, "downloads", 1204511, listed=Lists.MODELS, rank=3)
    original = desk.reading(KESTREL, "downloads", 486200, listed=Lists.MODELS, rank=1)
    seismograph = Story(
        items=(KESTREL_GGUF, KESTREL),
        label="Analysis",
        headline=claim("A trending list is a seismograph", also=(today,)),
        paragraphs=(
            (
                claim(
                    desk.name(KESTREL_GGUF, "Kestrel-8B-GGUF"),
                    ", at No. ",
                    Figure("3", 3, "", RANK, {"a": fetched}),
                    ", shows ",
                    Figure("2.5", 2.477, "", RATIO, {"a": original, "b": fetched}),
                    " times the downloads of the model at No. ",
                    Figure("1", 1, "", RANK, {"a": original}),
                    ".",
                ),
            ),
            (
                view("Read such a list for what has just moved, and look elsewhere for what is in use."),
                view("A paper that prints only the order prints half of the table, so we print both."),
            ),
        ),
        url=url(KESTREL_GGUF),
    )
    name = Story(
        items=(KESTREL,),
        label="Analysis",
        headline=claim("A name is not a test", also=(today,)),
        paragraphs=(
            (
                claim(
                    desk.matching("Three", 3, "models", "instruct|chat|code", today),
                    " of the nine say in their names what they were tuned for.",
                ),
            ),
            (
                view("A name is a promise about behaviour, and a promise can be measured."),
                view("We would like every card to say what was changed, how, and what it did to the scores."),
                view("Until then this paper lists the name and recommends nothing."),
            ),
        ),
        url=url(KESTREL),
    )
    return section(SectionName.OPINION, seismograph, name)
