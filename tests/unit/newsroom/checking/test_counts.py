"""Counts, sizes and medians that are right each and false when they change places."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest

from domain.claims import Claim, Figure, Name, Run, Words
from domain.evidence import NamedFormula
from domain.issue import Layout, Section, SectionName, Story
from domain.readings import Harvest, Metric
from newsroom.checking.dossier import Dossier
from newsroom.checking.judging import judge
from newsroom.checking.sentences import Place, Sentence, sentences
from newsroom.checking.wording import standard_wording
from tests.unit.newsroom.checking.claims import Desk
from tests.unit.newsroom.checking.world import ALPHA, BETA, GAMMA, KIT, TALK, figure, morning

DESK = Desk(morning())
WORLD = DESK.world
DAY = date(2026, 8, 22)

Build = Callable[[], Claim]


def say(*runs: Run | str) -> Claim:
    return Claim(tuple(Words(run) if isinstance(run, str) else run for run in runs))


def faults(claim: Claim) -> str:
    story = Story((ALPHA, BETA, GAMMA, KIT, TALK))
    sentence = Sentence(claim, SectionName.LEAD, Place.PARAGRAPH, DAY, story)
    return judge(sentence, Dossier(WORLD.evidence, WORLD), standard_wording()).reason


def size(harvest: Harvest) -> Figure:
    held = len(WORLD.listed(harvest.id))
    return figure(str(held), held, "models", "a", {"a": WORLD.cite_list(harvest)})


def newcomers() -> Figure:
    before, after = WORLD.cite_list(DESK.week_ago), WORLD.cite_list(DESK.today)
    return DESK.named("{}", "models", NamedFormula("new_since", 1), period="P7D", list=after, lists=(before,))


def stayed() -> Figure:
    before, after = WORLD.cite_list(DESK.week_ago), WORLD.cite_list(DESK.today)
    return DESK.named("{}", "models", NamedFormula("stayed", 1), period="P7D", before=before, after=after)


def of_the_list() -> Figure:
    made = DESK.named("{}", "likes", NamedFormula("median_listed", 1, {"metric": "likes"}), list=cited(DESK.today))
    return replace(made, text=f"{made.value:,.10g}")


def of_those() -> Figure:
    readings = tuple(WORLD.cite(DESK.today, key, Metric.LIKES) for key in (ALPHA, BETA, GAMMA))
    middle = sorted(WORLD.on(DESK.today, key).metrics[Metric.LIKES] for key in (ALPHA, BETA, GAMMA))[1]
    return figure(f"{middle:,}", middle, "likes", "median(all)", {"all": readings})


def most() -> Figure:
    return DESK.value(ALPHA, Metric.LIKES)


def size_of_page() -> Figure:
    page = DESK.paper.pages[-1]
    held = len(WORLD.listed(page.id))
    return figure(str(held), held, "repositories", "a", {"a": WORLD.cite_list(page)})


def about_ai() -> Figure:
    page = DESK.paper.pages[-1]
    formula = NamedFormula("about_ai", 1, {"edition": 1, "at": page.observed_at.isoformat()})
    return figure("2", 2, "repositories", formula, {"list": WORLD.cite_list(page)})


def cited(harvest: Harvest) -> str:
    return WORLD.cite_list(harvest)


TRUE: dict[str, Build] = {
    "newcomers": lambda: say(newcomers(), " models on Hugging Face's list were not there on ", week_ago(), "."),
    "those that stood there": lambda: say(
        "On ", week_ago(), " ", stayed(), " of the ", size(DESK.today), " stood there."
    ),
    "two medians": lambda: say(
        "Over those that came the median is ", of_those(), " likes, over the list ", of_the_list(), "."
    ),
}

FALSE: dict[str, tuple[Build, str]] = {
    "newcomers that were there": (
        lambda: say(newcomers(), " models on Hugging Face's list were there on ", week_ago(), "."),
        "counts newcomers",
    ),
    "a part of another list": (
        lambda: say("On the list, ", newcomers(), " of ", size(DESK.yesterday), " models are new."),
        "on another list",
    ),
    "the size as what is about AI": (
        lambda: say("Of ", about_ai(), " repositories, ", size_of_page(), " are about AI by our rule."),
        "no count of what is about AI",
    ),
    "the place on the list as that by gain": (
        lambda: say("By gain ", WORLD.name(ALPHA), " has ", DESK.rank(ALPHA), "."),
        "told as that by gain",
    ),
    "a range from the more to the fewer": (
        lambda: say("The likes lie between ", most(), " and ", of_those(), " likes."),
        "is a range",
    ),
    "another day on which it stood there": (
        lambda: say("On ", DESK.date(DESK.today), " ", stayed(), " of the ", size(DESK.today), " stood there."),
        "not that of the readings",
    ),
    "two medians crossed": (
        lambda: say("Over those that came the median is ", of_the_list(), " likes, over the list ", of_those(), "."),
        "told as that of some",
    ),
}


def week_ago() -> Figure:
    return DESK.date(DESK.week_ago)


@pytest.mark.parametrize("build", TRUE.values(), ids=list(TRUE))
def test_counts_that_stand_in_their_places_are_told(build: Build) -> None:
    assert faults(build()) == ""


@pytest.mark.parametrize(("build", "why"), FALSE.values(), ids=list(FALSE))
def test_counts_that_change_places_are_caught(build: Build, why: str) -> None:
    assert why in faults(build())


@pytest.mark.parametrize(("day", "stands"), [("week_ago", True), ("yesterday", False), ("today", False)])
def test_a_date_alone_is_the_first_day_of_what_its_story_tells(day: str, stands: bool) -> None:
    gain = DESK.gain(ALPHA, Metric.LIKES, DESK.week_ago, DESK.today, "P7D")
    told = say(WORLD.name(ALPHA), " gained ", gain, " likes.")
    alone = say("Counted from ", DESK.date(getattr(DESK, day)), ".")
    story = Story((ALPHA,), Layout.BULLET, paragraphs=((told, alone),))
    *_, last = sentences(Section(SectionName.MOVERS, "Movers", (story,)), DAY)
    reason = judge(last, Dossier(WORLD.evidence, WORLD), standard_wording()).reason
    assert (reason == "") is stands, reason


def test_a_count_of_licences_licenses_the_word() -> None:
    words = WORLD.cite_words(KIT, "tags", "mit")
    licensed = figure("one", 1, "repositories", NamedFormula("distinct_items", 1), {"of": (words,)})
    other = replace(licensed, evidence={"of": (WORLD.cite_words(KIT, "title", KIT.external_id),)})
    assert "licence" not in faults(say("On GitHub ", licensed, " repository names a licence."))
    assert "'licence' is licensed by no figure" in faults(say("On GitHub ", other, " repository names a licence."))


def test_a_publisher_is_not_what_titles_name() -> None:
    site = Name("alpha.example", TALK, WORLD.cite_words(TALK, "publisher", "alpha.example"))
    assert "stands beside another name" in faults(say(site, " has ", DESK.value(ALPHA, Metric.LIKES), " likes."))
