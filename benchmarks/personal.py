"""How long a thousand readers' own issues of one day take, no two of them the same combination.

    python -m benchmarks.personal [--quick] [--strict]

Assembles one issue of ten lists of 500 items, sets its overset, and renders the front page of each combination, with
buttons in one of nine languages, in both styles of chats.
"""

from __future__ import annotations

import random
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from itertools import islice
from pathlib import Path

from benchmarks.assembly import DAYS, LAST, LISTS, haul
from benchmarks.reports import Figure, Report, at_most, run
from bot.languages.lookup import LANGUAGES, words_of
from bot.texts import sections as labels
from domain.combinations import PLAIN, READER_SECTIONS, Combination
from domain.editions import FRONT, Style
from domain.issue import Issue, Paper
from domain.overset import Overset
from formatters.own import OwnIssues
from newsroom.assembly import assemble
from newsroom.overset import set_overset
from newsroom.personal import Personal
from newsroom.record import Record
from newsroom.topics import standard_topics
from storage.archive import Archive
from storage.database import Database

COMBINATIONS, QUICK_COMBINATIONS = 1000, 100
#: Seconds for a thousand combinations in one style.
GOAL = 2.0

#: Days of readings; a week and a day let everything be compared.
_LOOKED_BACK = 9


@dataclass(frozen=True, slots=True)
class Result:
    """Seconds for all of them in each style; ``left_over``: stories to pick from; ``distinct``: pages that differ."""

    combinations: int
    overset_seconds: float
    left_over: int
    classic_seconds: float
    rich_seconds: float
    distinct: int


def measured(combinations: int = 1000) -> Result:
    """The rendering of so many different combinations of one issue."""
    paper = Paper(channel="@sample", bot="sample_bot")
    record = _record()
    as_of = LAST + timedelta(minutes=1)
    issue = assemble(LAST.date(), record, (), paper, 1, as_of)
    began = time.perf_counter()
    overset = set_overset(issue, record, (), paper, as_of)
    took = time.perf_counter() - began
    wanted = list(islice(different(overset), combinations))
    classic, pages = _rendered(issue, overset, paper, wanted, Style.CLASSIC)
    rich, _ = _rendered(issue, overset, paper, wanted, Style.RICH)
    return Result(len(wanted), took, len(overset.stories), classic, rich, len(pages))


def different(overset: Overset, seed: int = 7) -> Iterator[Combination]:
    """Combinations such as readers have, no two the same."""
    chance = random.Random(seed)
    topics = [topic.name for topic in standard_topics()]
    words = sorted({word for said in overset.said.values() for word in said.words.split() if len(word) > 3})
    seen = {PLAIN}
    while True:
        order = chance.sample(READER_SECTIONS, len(READER_SECTIONS)) if chance.random() < 0.3 else READER_SECTIONS
        sections = tuple(name for name in order if chance.random() < 0.8)
        followed = tuple(sorted(chance.sample(topics, chance.randint(0, 4))))
        keywords = tuple(sorted(set(chance.choices(words, k=chance.randint(0, 5)))))
        combination = Combination(sections, followed, keywords, chance.choice(("", *LANGUAGES[1:])))
        if combination.key not in seen:
            seen.add(combination.key)
            yield combination


def _rendered(
    issue: Issue, overset: Overset, paper: Paper, wanted: list[Combination], style: Style
) -> tuple[float, set[str]]:
    began = time.perf_counter()
    own = OwnIssues(Personal(issue, overset).of, issue, paper)
    pages = [(each, page) for each in wanted if (page := own.page(each, style, FRONT)) is not None]
    spoken = [labels.spoken(words_of(each.language), page, paper) for each, page in pages]
    return time.perf_counter() - began, {page.body for page in spoken}


def _record() -> Record:
    chance = random.Random(1)
    with tempfile.TemporaryDirectory() as folder:
        database = Database.open(f"sqlite:///{Path(folder) / 'personal.db'}")
        database.migrate()
        archive = Archive(database)
        for day in range(DAYS - _LOOKED_BACK, DAYS):
            for listed in LISTS:
                archive.store(haul(chance, day, 0, listed))
        harvests = archive.harvests(LAST - timedelta(days=_LOOKED_BACK), LAST)
        readings = archive.listed([harvest.id for harvest in harvests])
        items = archive.items(LAST, {reading.item for reading in readings})
        database.close()
    return Record.build(harvests, readings, items)


def measure(quick: bool) -> Report:
    """A thousand readers, each with an issue of his own."""
    found = measured(QUICK_COMBINATIONS if quick else COMBINATIONS)
    goal = at_most(GOAL * found.combinations / COMBINATIONS)
    return Report(
        f"{found.combinations:,} readers' own issues of one day, each another combination",
        [
            Figure("classic, all of them", found.classic_seconds, goal, "s"),
            Figure("rich, all of them", found.rich_seconds, goal, "s"),
            Figure("  pages that differ", found.distinct),
            Figure("setting what is left over for them", found.overset_seconds, unit="s"),
            Figure("  stories to pick from", found.left_over),
        ],
    )


if __name__ == "__main__":
    run(measure)
