"""What the rows of tables add to yesterday's: which are new, and whether the others say what moved."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import timedelta

from domain.evidence import ReadingEvidence
from domain.issue import Issue, Story
from domain.items import Source
from domain.measures import Measure
from newsroom.citations import RANK
from newsroom.measuring.found import Found, examples
from newsroom.measuring.prose import rows_of

#: How far apart two readings of a list are that make "since yesterday".
A_DAY = (timedelta(hours=20), timedelta(hours=28))

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
    before = past[0]
    again = repeated(issue, before, Source.GITHUB)
    said = [row for row in again if says_days(row) and (says_movement(row) or not comparable(row, issue, before))]
    models = [row for row in rows_of(issue, Source.HUGGINGFACE) if comparable(row, issue, before)]
    yield Found(Measure.FRESH_REPOSITORIES, share_new(issue, before, Source.GITHUB), _names(again))
    yield _marked(Measure.MARKED_REPOSITORIES, again, said)
    yield _marked(Measure.MARKED_MODELS, models, [row for row in models if says_movement(row)])


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


def says_movement(row: Story) -> bool:
    """Whether a row says how its place changed: new, back, up, down or the same."""
    return any(_MOVEMENT.fullmatch(cell.text.strip()) for cell in row.cells)


def says_days(row: Story) -> bool:
    """Whether a row says for how many days, or readings of the list, it has stood there."""
    if any(_DAYS.search(cell.text) for cell in row.cells):
        return True
    counted = (cell.text for head, cell in zip(row.columns, row.cells, strict=False) if _DAY_HEAD.fullmatch(head))
    return any(text.strip().isdigit() for text in counted)


def comparable(row: Story, issue: Issue, before: Issue) -> bool:
    """Whether a row could say how it moved: its list has places, and was read for the issue before, a day earlier."""
    today = _place(row, issue)
    if today is None:
        return False
    places = (_place(other, before) for other in rows_of(before, today.source))
    read = (each.observed_at for each in places if each is not None and each.list == today.list)
    return any(A_DAY[0] <= today.observed_at - earlier <= A_DAY[1] for earlier in read)


def _place(row: Story, issue: Issue) -> ReadingEvidence | None:
    """The reading that the row has its place from; None in a table without places."""
    cited = (issue.evidence.get(each) for cell in row.cells for figure in cell.figures for each in figure.cited())
    return next((each for each in cited if isinstance(each, ReadingEvidence) and each.metric == RANK), None)
