"""What the rows of tables add to yesterday's: which are new, and whether the others say what moved."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from domain.issue import Issue, Story
from domain.items import Source
from domain.measures import Measure
from newsroom.measuring.found import Found, examples
from newsroom.measuring.prose import rows_of

#: A change of place as a row prints it, and the days that a row says it has stood there.
_MOVEMENT = re.compile(r"[▲▼]\s?\d+|=|new|back")
_DAYS = re.compile(r"(?:day|days)\s+\d+|\d+\s+days?|\d+(?:st|nd|rd|th) day", re.IGNORECASE)

#: The head of the column that says the day, where the cell is a bare number.
_DAY_HEAD = re.compile(r"\bdays?\b", re.IGNORECASE)


def measured(issue: Issue, past: Sequence[Issue]) -> Iterator[Found]:
    """GitHub's rows that are new, those of the rest that say day and movement, and Hugging Face's that say theirs."""
    if not past:
        for name in (Measure.FRESH_REPOSITORIES, Measure.MARKED_REPOSITORIES, Measure.MARKED_MODELS):
            yield Found(name, None, "no issue before")
        return
    again, models = repeated(issue, past[0], Source.GITHUB), in_order(issue, Source.HUGGINGFACE)
    yield Found(Measure.FRESH_REPOSITORIES, share_new(issue, past[0], Source.GITHUB), _names(again))
    yield _marked(Measure.MARKED_REPOSITORIES, again, list(with_days(with_movement(again))))
    yield _marked(Measure.MARKED_MODELS, models, list(with_movement(models)))


def _marked(measure: Measure, rows: Sequence[Story], marked: Sequence[Story]) -> Found:
    """How many of the rows are marked, and the first that are not."""
    share = len(marked) / len(rows) if rows else None
    return Found(measure, share, _names(row for row in rows if row not in marked))


def _names(rows: Iterable[Story]) -> str:
    return examples(row.items[0].external_id for row in rows)


def repeated(issue: Issue, before: Issue, source: Source) -> list[Story]:
    """The rows of a source whose item had a row in the issue before."""
    shown = {row.items[0] for row in rows_of(before, source)}
    return [row for row in rows_of(issue, source) if row.items[0] in shown]


def share_new(issue: Issue, before: Issue, source: Source) -> float | None:
    """The share of the rows of a source that the issue before did not have; None without rows."""
    rows = len(list(rows_of(issue, source)))
    return 1 - len(repeated(issue, before, source)) / rows if rows else None


def with_movement(rows: Iterable[Story]) -> Iterator[Story]:
    """The rows that say how their place changed: new, back, up, down or the same."""
    return (row for row in rows if any(_MOVEMENT.fullmatch(cell.text.strip()) for cell in row.cells))


def with_days(rows: Iterable[Story]) -> Iterator[Story]:
    """The rows that say for how many days, or readings of the list, they have stood there."""
    return (row for row in rows if _says_days(row))


def _says_days(row: Story) -> bool:
    if any(_DAYS.search(cell.text) for cell in row.cells):
        return True
    counted = (cell.text for head, cell in zip(row.columns, row.cells, strict=False) if _DAY_HEAD.fullmatch(head))
    return any(text.strip().isdigit() for text in counted)


def in_order(issue: Issue, source: Source) -> list[Story]:
    """The rows of a source's tables that have places."""
    return [row for row in rows_of(issue, source) if "Place" in row.columns]
