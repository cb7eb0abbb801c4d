"""``python -m benchmarks.simulation``: shares of the rate, distance, kills, and days of up to ten million readers."""

from __future__ import annotations

from collections.abc import Callable

from benchmarks.receiver.echo import echo
from benchmarks.reports import Figure, Report, Table, at_most, run
from benchmarks.sample import FRONT_PAGE
from benchmarks.simulation.days import AUDIENCES, Day, Setting, live
from benchmarks.simulation.windows import HOLD, Scene, Seen, simulate
from delivery.letters import write_letter
from domain.editions import Message, Style
from domain.readers import ChatId

FREE, PAID = 30, 1000
#: Round trips, median and one in a hundred, seconds: next door, one continent, across an ocean, the other side.
DISTANCES = ((0.01, 0.05), (0.05, 0.25), (0.12, 0.4), (0.3, 0.9))
CROWDS = (100_000, 1_000_000, 10_000_000)
#: What HTTP adds to a message and to its answer, bytes, about.
_HEADS = 350


def measure(quick: bool) -> Report:
    """Everything; ``quick`` simulates shorter times."""
    seconds = 20.0 if quick else 60.0
    scenes = [Scene(rate, workers, seconds=seconds) for rate in (FREE, PAID) for workers in (1, 2, 4, 8)]
    seen = [simulate(scene) for scene in scenes]
    distant = [Scene(rate, 1, median, slow, seconds) for rate in (FREE, PAID) for median, slow in DISTANCES]
    far = [simulate(scene) for scene in distant]
    killed = simulate(Scene(PAID, 2, seconds=20.0, killed_at=8.0))
    excess = max(each.most_in_one_second - scene.rate for scene, each in zip(scenes + distant, seen + far, strict=True))
    figures = [
        Figure("most in any second above the limit, over all scenes", excess, at_most(0)),
        Figure(f"two workers at {PAID:,}/s, one dies: rate in the {HOLD:.0f} s after", killed.rate_between(9.0, 13.0)),
        Figure("  rate from then on", killed.rate_between(15.0, 20.0)),
        Figure("  most in any second", killed.most_in_one_second, at_most(PAID)),
    ]
    share = {scene.rate: each.rate / scene.rate for scene, each in zip(scenes, seen, strict=True) if scene.workers == 1}
    return Report("The window, simulated", figures, [_shares(scenes, seen), _distances(distant, far), *_days(share)])


def _shares(scenes: list[Scene], seen: list[Seen]) -> Table:
    heads = ("limit", "workers", "messages/s", "of the limit", "most in one second")
    rows = tuple(
        (
            f"{scene.rate:,}/s",
            str(scene.workers),
            f"{each.rate:,.1f}",
            f"{each.rate / scene.rate:.1%}",
            f"{each.most_in_one_second:,}",
        )
        for scene, each in zip(scenes, seen, strict=True)
    )
    return Table("Shares of one token's rate among workers (50 ms median round trip)", heads, rows)


def _distances(scenes: list[Scene], seen: list[Seen]) -> Table:
    heads = ("limit", "round trip, median", "of the limit", "in flight at most", "Mbit/s out and in")
    letter = len(write_letter(Message(Style.CLASSIC, FRONT_PAGE)).to(ChatId(100_000_000))) + _HEADS
    answer = len(echo(FRONT_PAGE)) + _HEADS
    rows = tuple(
        (
            f"{scene.rate:,}/s",
            f"{scene.median * 1000:.0f} ms",
            f"{each.rate / scene.rate:.1%}",
            f"{each.in_flight:,}",
            f"{each.rate * letter * 8 / 1e6:.1f} + {each.rate * answer * 8 / 1e6:.1f}",
        )
        for scene, each in zip(scenes, seen, strict=True)
    )
    return Table("Distance to Telegram, one worker", heads, rows)


def _days(share: dict[int, float]) -> list[Table]:
    free, paid = FREE * share[FREE], PAID * share[PAID]
    settings = (
        Setting("1 bot, free", 1, free),
        Setting("10 bots, free", 10, free),
        Setting("100 bots, free", 100, free),
        Setting("1 bot, paid", 1, paid),
        Setting("10 bots, paid", 10, paid),
    )
    limits = tuple(_most(name, setting) for name in AUDIENCES for setting in (settings[0], settings[3]))
    few = Table("How many readers one bot can have", _FEW, limits)
    heads = (
        "readers",
        "sent by",
        "hours",
        "late: median",
        "late: 1 in 100",
        "over 6 h late: left out",
        "Stars an issue",
    )
    days = [
        Table(
            f"A day of readers in {name}",
            heads,
            tuple(
                _row(readers, setting, live(readers, audience, setting)) for readers in CROWDS for setting in settings
            ),
        )
        for name, audience in AUDIENCES.items()
    ]
    return [few, *days]


_FEW = (
    "readers in",
    "sent by",
    "1 in 100 later than 10 min",
    "1 in 100 later than an hour",
    "the first is left out",
    "messages a day",
)


def _most(name: str, setting: Setting) -> tuple[str, ...]:
    """From how many readers on, about, a morning is no longer what it should be."""

    def late(seconds: float) -> int:
        return _first(lambda readers: live(readers, AUDIENCES[name], setting).slow > seconds)

    left_out = _first(lambda readers: live(readers, AUDIENCES[name], setting).skipped > 0)
    a_day = setting.rate * 86400
    return (name, setting.name, *(f"{_rounded(most):,}" for most in (late(600), late(3600), left_out, a_day)))


def _first(breaks: Callable[[int], bool]) -> int:
    """The smallest number of readers, to a hundredth, that breaks it."""
    holds, fails = 1000, 200_000_000
    while fails - holds > fails // 200:
        middle = (holds + fails) // 2
        holds, fails = (holds, middle) if breaks(middle) else (middle, fails)
    return fails


def _rounded(number: float) -> int:
    """Two leading digits, the others zero."""
    scale: int = 10 ** max(len(str(int(number))) - 2, 0)
    return round(number / scale) * scale


def _row(readers: int, setting: Setting, day: Day) -> tuple[str, ...]:
    return (
        f"{readers:,}",
        setting.name,
        f"{day.hours:.1f}",
        _span(day.median),
        _span(day.slow),
        f"{day.skipped:.0%}",
        f"{day.stars:,.0f}" if setting.paid else "–",
    )


def _span(seconds: float) -> str:
    if seconds >= 5400:
        return f"{seconds / 3600:.1f} h"
    return f"{seconds / 60:.0f} min" if seconds >= 90 else f"{seconds:.0f} s"


if __name__ == "__main__":
    run(measure)
