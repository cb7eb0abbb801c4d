"""How long each chapter of the conversation takes to answer: ``python -m benchmarks.answers [--quick] [--strict]``.

The whole paper in one process beside a Telegram of its own (``sandbox``), with 1,000 issues in its archive, 10,000
subscribers, and three mornings of readings. One reader and one editor act, one act at a time. An answer takes from the
moment at which a message or a press is with Telegram until its answer, or the edited message, is there: polling, the
bot's own time, the database and both ways included, but for the distance to a real Telegram. Its limits are off.
"""

from __future__ import annotations

import asyncio
import logging
import os
import tempfile
import time
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Final

os.environ.setdefault("PTB_TIMEDELTA", "1")

import structlog

from benchmarks import search
from benchmarks.reports import Figure as Measure
from benchmarks.reports import Report, Table, at_most, run
from benchmarks.towns import settle_readers
from domain.readers import ChatId, Subscriber
from sandbox.telegram import Message, Reader
from tests.integration.drafted import DRAFTED, Clock, house_in, live_through
from tests.integration.house import Morning, morning_at_work

ISSUES, QUICK_ISSUES = 1000, 20
SUBSCRIBERS, QUICK_SUBSCRIBERS = 10_000, 1000
TIMES, QUICK_TIMES = 20, 2

#: The longest that an answer may take, milliseconds.
GOAL: Final = 1000.0

_READER, _DAY = 2_000_000_001, f"{DRAFTED:%Y%m%d}"
_TOPICS = frozenset({"agents", "code"})
_ITEM = "stagehand-sample/stagehand"
_QUIET = 0.01


@dataclass(frozen=True, slots=True)
class Said:
    """A command or free text, which so many messages answer."""

    chapter: str
    text: str
    answers: int = 1
    by_editor: bool = False


@dataclass(frozen=True, slots=True)
class Pressed:
    """Buttons pressed in turn on the answer to a command, after some others were: each edits it.

    They are named by their data; an empty name is the button of the first row in that place.
    """

    chapter: str
    what: str
    opening: str
    path: tuple[str, ...]
    turns: tuple[str, ...]


#: Each chapter's main acts.
SAID: Final = (
    Said("Reading", "/today"),
    Said("Reading", "/lead"),
    Said("Reading", "/foryou"),
    Said("Reading", "/lead 2025-12-24"),
    Said("Archive", "/archive"),
    Said("Search", "/search terminal agents"),
    Said("Evidence", "/sources"),
    Said("Items", f"/item {_ITEM}"),
    Said("Joining", "/start"),
    Said("Settings", "/settings"),
    Said("Topics", "/topics"),
    Said("Leaving", "/unsubscribe"),
    Said("Privacy", "/privacy"),
    Said("Privacy", "/export"),
    Said("Inviting", "/invite"),
    Said("Guide", "/help"),
    Said("free text", "what is this?"),
    Said("Feedback", "/feedback", by_editor=True),
    Said("Editing", "/why", by_editor=True),
    Said("Editing", "/measures", by_editor=True),
    Said("Drafts", "/preview", answers=2, by_editor=True),
    Said("Correcting", "/correct", by_editor=True),
    Said("Composing", "/broadcast", by_editor=True),
    Said("Polling", "/poll", by_editor=True),
    Said("Health", "/stats", by_editor=True),
    Said("Health", "/health", by_editor=True),
)
PRESSED: Final = (
    Pressed("Reading", "a section", "/today", (), (f"p:{_DAY}:numbers", f"p:{_DAY}:tools")),
    Pressed("Archive", "a day, and back", "/archive", (), ("a:20260816", "a:202608")),
    Pressed("Search", "a page of findings", "/search model", (), ("q:1::model", "q:0::model")),
    Pressed(
        "Evidence", "what a sentence rests on", "/tools", (f"c:{_DAY}:tools",), (f"c:{_DAY}:tools:0", f"c:{_DAY}:tools")
    ),
    Pressed("Settings", "a page of settings", "/settings", (), ("s:hour", "s:home")),
    Pressed("Topics", "a topic", "/topics", (), ("t:speech:1", "t:speech:0")),
    Pressed("Feedback", "the stories of a page", "/tools", (), (f"f:{_DAY}:tools:list", f"p:{_DAY}:tools")),
    Pressed("Feedback", "a vote", "/tools", (f"f:{_DAY}:tools:list",), ("", "")),
)


async def answered(morning: Morning, person: Reader, act: Said) -> float:
    """Say something, and wait for its last answer: seconds."""
    before = len(person.received)
    began = time.perf_counter()
    person.say(act.text)
    await morning.telegram.until(lambda: len(person.received) >= before + act.answers)
    return time.perf_counter() - began


async def edited(morning: Morning, person: Reader, message: Message, button: str) -> float:
    """Press a button, and wait until its message is another one: seconds."""
    before = len(message.edits)
    began = time.perf_counter()
    person.press(message, button)
    await morning.telegram.until(lambda: len(message.edits) > before)
    return time.perf_counter() - began


async def offered(morning: Morning, person: Reader) -> float:
    """Type in inline mode, and wait for what is offered: seconds."""
    began = time.perf_counter()
    asking = morning.telegram.inline(person, "terminal agents")
    await asyncio.to_thread(asking.answer)
    return time.perf_counter() - began


async def repeated(times: int, act: Callable[[int], Awaitable[float]]) -> list[float]:
    """The milliseconds of an act done again and again, with a moment of quiet between, after once for practice.

    The act gets the number of its turn, from 0.
    """
    taken = []
    for turn in range(times + 1):
        taken.append(1000 * await act(turn))
        await asyncio.sleep(_QUIET)
    return sorted(taken[1:])


@dataclass(frozen=True, slots=True)
class Taken:
    """How long an act of a chapter took, each time that it was done; sorted."""

    chapter: str
    what: str
    milliseconds: list[float]


async def measured(folder: Path, times: int) -> list[Taken]:
    """The times of every act."""
    async with morning_at_work(folder, sample=True) as morning:
        reader, editor = morning.reader(_READER), morning.admin()
        editor.start()
        morning.house.subscribers.join(Subscriber(ChatId(_READER), morning.house.clock(), topics=_TOPICS))
        await answered(morning, reader, Said("", "/help"))
        found = [await commanded(morning, editor if said.by_editor else reader, said, times) for said in SAID]
        found += [await pressed(morning, reader, press, times) for press in PRESSED]
        inline = await repeated(times, lambda _: offered(morning, reader))
        return [*found, Taken("Inline", "words in any chat", inline)]


async def commanded(morning: Morning, person: Reader, act: Said, times: int) -> Taken:
    """The times of a command."""
    return Taken(act.chapter, act.text, await repeated(times, lambda _: answered(morning, person, act)))


async def pressed(morning: Morning, reader: Reader, act: Pressed, times: int) -> Taken:
    """The times of presses on one message."""
    await answered(morning, reader, Said("", act.opening))
    message = reader.received[-1]
    for button in act.path:
        await edited(morning, reader, message, button)

    def turn(number: int) -> Awaitable[float]:
        place = number % len(act.turns)
        button = act.turns[place] or message.buttons[0][place].data or ""
        return edited(morning, reader, message, button)

    return Taken(act.chapter, act.what, await repeated(times, turn))


def prepare(folder: Path, issues: int, subscribers: int) -> None:
    """An archive, its readers, and three mornings that were lived through; the third is published, too."""
    clock = Clock()
    house = house_in(folder, clock)
    house.database.migrate()
    search.fill(house.database, issues)
    settle_readers(house.database, subscribers)
    house.library.keep_indexed()
    house.database.close()
    live_through(folder)
    clock.now += timedelta(days=3)
    house = house_in(folder, clock)
    house.issues.approve(DRAFTED, "benchmark", clock.now)
    house.issues.publish(DRAFTED, "benchmark", clock.now)
    house.library.keep_indexed()
    house.database.close()


def percentile(taken: Sequence[float], share: float) -> float:
    """Of sorted values the one that so large a share does not pass."""
    return taken[min(len(taken) - 1, int(share * len(taken)))]


def reported(found: Sequence[Taken], title: str) -> Report:
    """Every act with its times, and the slowest beside the goal."""
    worst = max(found, key=lambda each: percentile(each.milliseconds, 0.99))
    slowest = Measure(
        f"the slowest act, {worst.chapter}: {worst.what}, p99",
        percentile(worst.milliseconds, 0.99),
        at_most(GOAL),
        "ms",
    )
    rows = tuple(
        (each.chapter, each.what, *(f"{percentile(each.milliseconds, share):.0f} ms" for share in (0.5, 0.99)))
        for each in found
    )
    heads = ("chapter", "act", "p50", f"p99 of {len(worst.milliseconds)}")
    return Report(title, [slowest], (Table("Each act", heads, rows),))


def measure(quick: bool) -> Report:
    """Every act."""
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.CRITICAL))
    issues, subscribers = (QUICK_ISSUES, QUICK_SUBSCRIBERS) if quick else (ISSUES, SUBSCRIBERS)
    with tempfile.TemporaryDirectory() as folder:
        prepare(Path(folder), issues, subscribers)
        found = asyncio.run(measured(Path(folder), QUICK_TIMES if quick else TIMES))
    return reported(found, f"Answers of the bot, with {issues:,} issues and {subscribers:,} subscribers")


if __name__ == "__main__":
    run(measure)
