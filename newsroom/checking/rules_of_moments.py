"""Rules for tense and "now": what is told as of today was read today, what is told as past was not."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import timedelta

from domain.claims import Figure
from domain.evidence import ReadingEvidence
from newsroom.checking.changes import bare_reading, change_of
from newsroom.checking.dossier import Dossier
from newsroom.checking.sentences import Sentence
from newsroom.periods import parse_period

#: A reading is of today if it was made on the day of the issue or the one before, whatever the zone; lists are read
#: again every few hours, and a list that failed is told of as of its last reading within the same bounds.
FRESH = timedelta(days=1)

#: Words right before a figure, or governing it, that make it one of an earlier moment.
_PAST = frozenset(
    {"from", "after", "had", "stood", "was", "were", "counted", "held", "showed", "since", "against", "until"}
)
_WAS = frozenset({"had", "stood", "was", "counted", "showed"})
#: Words right after a figure that make it one of an earlier moment: "Where 2,628 stood", "No. 13, now No. 6".
_THEN = frozenset({"stood", "now", "before", "then", "earlier", "was", "were"})
_NOW = frozenset({"now", "today", "currently"})

#: A change told of "today" spans no more than this.
_A_DAY = timedelta(days=1, hours=12)


def moments(sentence: Sentence, dossier: Dossier) -> Iterator[str]:
    """Every old figure that is told as of today, every fresh one told as past, and every long change told of a day."""
    dated = any(figure.unit == "date" for figure in sentence.claim.figures)
    for position in sentence.runs(Figure):
        figure = sentence.tokens[position].run
        if not isinstance(figure, Figure) or figure.unit in {"date", "time"}:
            continue
        reading = _bare(figure, dossier)
        if reading is not None:
            yield from _tense(figure, reading, position, sentence, dated)
        else:
            yield from _span(figure, position, sentence, dossier)


def _bare(figure: Figure, dossier: Dossier) -> ReadingEvidence | None:
    found = bare_reading(figure, dossier.operands(figure))
    return found[0] if found is not None else None


def _tense(figure: Figure, reading: ReadingEvidence, position: int, sentence: Sentence, dated: bool) -> Iterator[str]:
    before = _clause_before(position, sentence)
    fresh = sentence.day - reading.observed_at.date() <= FRESH
    earlier = _PAST & set(before) or _is_then(position, sentence)
    if not fresh and not dated and not earlier:
        yield f"{figure.text!r} was read on {reading.observed_at:%Y-%m-%d}, and is told as of today"
    if not fresh and not _PAST & set(before[-1:]) and _NOW & set(before[-3:]):
        yield f"{figure.text!r} was read on {reading.observed_at:%Y-%m-%d}, and that is not now"
    past = _WAS & set(before[-1:]) or (_WAS & set(before[-2:-1]) and set(before[-1:]) <= {"at", "with", "on"})
    if fresh and not dated and past and reading.observed_at.date() == sentence.day:
        yield f"{figure.text!r} was read today, and is told as past"


def _is_then(position: int, sentence: Sentence) -> bool:
    """Whether the words right after make the figure one of an earlier moment, a "now" by leading on to another one."""
    for at, token in enumerate(sentence.tokens[position + 1 : position + 4], start=position + 2):
        if token.word and token.text in _THEN:
            return token.text != "now" or (at < len(sentence.tokens) and not sentence.tokens[at].mark)
    return False


def _clause_before(position: int, sentence: Sentence) -> Sequence[str]:
    """The words of the clause before the figure, with nothing in the place of its runs."""
    clause = sentence.clauses[position]
    numbered = zip(sentence.tokens[:position], sentence.clauses, strict=False)
    return [token.text for token, number in numbered if number == clause and token.word]


def _span(figure: Figure, position: int, sentence: Sentence, dossier: Dossier) -> Iterator[str]:
    """A change over a week is not one of "today", nor one "on" a day."""
    period = parse_period(figure.period) if figure.period else None
    if period is None or period <= _A_DAY or change_of(figure, dossier.operands(figure)) is None:
        return
    clause = sentence.clauses[position]
    words = [
        token.text
        for token, number in zip(sentence.tokens, sentence.clauses, strict=True)
        if number == clause and token.word
    ]
    if "today" in words:
        yield f"{figure.text!r} is a change over {figure.period}, and not of today"
    following = sentence.tokens[position + 1 : position + 4]
    texts = [token.text for token in following]
    if (
        len(texts) == 3
        and texts[1] == "on"
        and isinstance(following[2].run, Figure)
        and following[2].run.unit == "date"
    ):
        yield f"{figure.text!r} is a change over {figure.period}, and not of {texts[2]}"
