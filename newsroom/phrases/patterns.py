"""What a sentence sounds like whatever fills it: its words with figures, names and quotations made anonymous."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from domain.claims import Claim, Figure, Name, Quote, Run, Words
from domain.issue import Section

#: A sentence as words and marks of ours, ``#`` for a figure, ``@`` for a name, ``"`` for a quotation.
Pattern = tuple[str, ...]

#: So many tokens in a row make a turn of phrase that a reader knows again.
TURN = 5

_ANONYMOUS: dict[type[Run], str] = {Figure: "#", Name: "@", Quote: '"'}
_TOKEN = re.compile(r"[\w'’]+|[^\w\s]")


def pattern(runs: Iterable[Run]) -> Pattern:
    """The pattern of a sentence."""
    tokens: list[str] = []
    for run in runs:
        if isinstance(run, Words):
            tokens += _TOKEN.findall(run.text.lower())
        else:
            tokens.append(_ANONYMOUS[type(run)])
    return tuple(tokens)


def turns(sentence: Pattern, length: int = TURN) -> list[Pattern]:
    """Every run of so many tokens; the sentence itself where it is shorter."""
    return [sentence[start : start + length] for start in range(max(len(sentence) - length, 0) + 1)]


def prose(section: Section) -> Iterator[Claim]:
    """The sentences of a section from top to bottom: the cells of tables are none."""
    cells = {id(cell) for story in section.stories for cell in story.cells}
    return (claim for claim in section.claims() if id(claim) not in cells)
