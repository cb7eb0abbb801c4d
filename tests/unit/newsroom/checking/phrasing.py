"""Claims from a line of text with slots: correct runs of the made-up world, in whatever words a test wants."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache

from domain.claims import Claim, Name, Run, Words
from domain.evidence import NamedFormula
from domain.readings import Metric
from tests.unit.newsroom.checking.claims import Desk
from tests.unit.newsroom.checking.world import ALPHA, BETA, DELTA, GAMMA, KIT, LOOM, TALK, figure, morning

_SLOT = re.compile(r"\{(\w+)\}")


@cache
def desk() -> Desk:
    """The desk of the made-up morning, one for all tests."""
    return Desk(morning())


@cache
def slots() -> Mapping[str, Run]:
    """Every slot with its correct run."""
    made = desk()
    world, page = made.world, made.paper.pages[-1]
    before_page = made.paper.pages[0]
    lists = tuple(world.cite_list(harvest) for harvest in made.paper.models)
    today = world.cite_list(made.today)
    return {
        "alpha": world.name(ALPHA),
        "beta": world.name(BETA),
        "gamma": world.name(GAMMA),
        "delta": world.name(DELTA),
        "kit": world.name(KIT),
        "loom": world.name(LOOM),
        "talk": world.name(TALK),
        "rank": made.rank(ALPHA),
        "rank_beta": made.rank(BETA),
        "rank_gamma": made.rank(GAMMA),
        "rank_delta": made.rank(DELTA),
        "rank_before": made.rank(ALPHA, made.week_ago),
        "likes": made.value(ALPHA, Metric.LIKES),
        "likes_before": made.value(ALPHA, Metric.LIKES, made.week_ago),
        "likes_beta": made.value(BETA, Metric.LIKES),
        "downloads": made.value(ALPHA, Metric.DOWNLOADS),
        "gain": made.gain(ALPHA, Metric.LIKES, made.week_ago, made.today, "P7D"),
        "loss": made.gain(GAMMA, Metric.LIKES, made.week_ago, made.today, "P7D"),
        "climb": made.places(ALPHA, made.week_ago, made.today, "P7D"),
        "fall": made.places(GAMMA, made.yesterday, made.today, "P1D"),
        "stars": made.value(KIT, Metric.STARS, page),
        "stars_loom": made.value(LOOM, Metric.STARS, page),
        "stars_day": figure("151", 151, "stars", "a", {"a": world.cite(page, KIT, Metric.STARS_TODAY)}, period="P1D"),
        "star_gain": made.gain(KIT, Metric.STARS, before_page, page, "P1D"),
        "points": made.value(TALK, Metric.POINTS, made.paper.stories),
        "comments": made.value(TALK, Metric.COMMENTS, made.paper.stories),
        "today": made.date(made.today),
        "week_ago": made.date(made.week_ago),
        "size": figure("24", 24, "models", "a", {"a": today}),
        "streak": made.named(
            "{}",
            "lists",
            NamedFormula("streak", 1, {"place": 1}),
            item=world.cite(made.today, ALPHA, "rank"),
            lists=lists,
        ),
        "earlier": made.named(
            "{}",
            "lists",
            NamedFormula("first_listed", 1),
            item=world.cite(made.today, DELTA, "rank"),
            list=today,
            lists=lists[:-1],
        ),
        "listed_days": made.named(
            "{}", "days", NamedFormula("days_listed", 1), item=world.cite(made.today, BETA, "rank"), lists=lists
        ),
        "python": Name("Python", KIT, world.cite_words(KIT, "tags", "Python")),
        "mit": Name("mit", KIT, world.cite_words(KIT, "tags", "mit")),
        "site": Name("alpha.example", TALK, world.cite_words(TALK, "publisher", "alpha.example")),
        "quote": world.quote(KIT, "summary", "Build agents from one file."),
        "later_quote": world.quote(KIT, "summary", "Tested on three machines."),
    }


def phrased(text: str) -> Claim:
    """The claim of a text with slots: "{alpha} has {likes} likes."."""
    pieces = _SLOT.split(text)
    runs: list[Run] = []
    for number, piece in enumerate(pieces):
        if number % 2:
            runs.append(slots()[piece])
        elif piece:
            runs.append(Words(piece))
    return Claim(tuple(runs))
