"""What a measure found before it is held against its goal."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import islice
from typing import NamedTuple

from domain.measures import Measure

#: How many of the last issues are looked back on.
ISSUES = 7

_EXAMPLES = 3


class Found(NamedTuple):
    """The figure of a measure, None where there was nothing to measure; ``note`` says what, where or why not."""

    measure: Measure
    figure: float | None
    note: str = ""


def examples(texts: Iterable[object]) -> str:
    """The first few, for an editor to look at."""
    return "; ".join(str(text) for text in islice(texts, _EXAMPLES))
