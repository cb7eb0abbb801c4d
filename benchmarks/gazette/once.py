"""What is not measured each morning: alterations of some issues; time and memory of one from 60 days of readings."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from benchmarks import assembly
from benchmarks.alterations import GOAL, Tally, alter
from benchmarks.gazette.living import Lived
from benchmarks.gazette.table import Row

#: Of how many mornings, spread evenly, every sentence is altered: some 4,000 alterations each.
ALTERED_MORNINGS = 6

#: Fewer alterations than this prove too little.
FEWEST_ALTERATIONS = 15_000

#: Goals for one issue from 60 days of readings.
MOST_SECONDS = 3.0
MOST_MEGABYTES = 250


@dataclass
class Alterations:
    """Alters the sentences of some of so many mornings, while what is stored can be asked."""

    mornings: int
    tally: Tally = field(default_factory=Tally)
    _seen: int = 0

    def take(self, lived: Lived) -> None:
        """Alter this morning's issue, if it is its turn."""
        turn = max(self.mornings // ALTERED_MORNINGS, 1)
        self._seen += 1
        if self._seen % turn == 0:
            alter(lived.issue, lived.facts, self.tally)

    def rows(self) -> Iterator[Row]:
        """How many were caught, and how many true sentences were rejected."""
        tally = self.tally
        few = tally.total < FEWEST_ALTERATIONS
        missed = tally.caught < GOAL or few
        title = f"Altered sentences caught, of {tally.total:,}{' (too few)' if few else ''}"
        yield Row(title, "≥ 99.9 %", f"{tally.caught:.2%}".replace("%", " %"), failed=missed)
        yield Row(
            f"True sentences rejected, of {tally.true:,}", "0", str(len(tally.rejected)), failed=bool(tally.rejected)
        )

    def passed(self) -> Iterator[str]:
        """The alterations that were not caught and the true sentences that were rejected, for a person to judge."""
        yield "ALTERATIONS THAT PASSED"
        yield from (f"  {kind}: {text}" for kind, texts in self.tally.shown.items() for text in texts)
        yield from (f"  REJECTED {text} | {why}" for text, why in self.tally.rejected)


def cost_rows(mornings: Sequence[Lived]) -> Iterator[Row]:
    """The time and the memory."""
    slowest = max(lived.seconds for lived in mornings)
    yield _seconds("Processor seconds for the slowest issue", slowest)
    cost = assembly.cost()
    yield _seconds("Seconds for an issue from 60 days", cost.seconds)
    yield Row("Megabytes for it, at most", "< 250", f"{cost.megabytes:.0f}", failed=cost.megabytes >= MOST_MEGABYTES)


def _seconds(title: str, seconds: float) -> Row:
    return Row(title, "< 3", f"{seconds:.2f}", failed=seconds >= MOST_SECONDS)
