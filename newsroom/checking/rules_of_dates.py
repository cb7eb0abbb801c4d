"""Rules for dates: a printed day is that of the readings it stands beside."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from zoneinfo import ZoneInfo

from domain.claims import Figure
from domain.evidence import Evidence, NamedFormula, QuoteEvidence
from newsroom.checking.dossier import Dossier
from newsroom.checking.sentences import Sentence
from newsroom.rounding import day_value


def dates(sentence: Sentence, dossier: Dossier) -> Iterator[str]:
    """Every date that is not the one of the readings beside it."""
    for position in sentence.runs(Figure):
        figure = sentence.tokens[position].run
        if isinstance(figure, Figure) and figure.unit == "date":
            yield from _date(figure, position, sentence, dossier)


def _date(figure: Figure, position: int, sentence: Sentence, dossier: Dossier) -> Iterator[str]:
    if any(isinstance(each, QuoteEvidence) for each in dossier.known(figure.cited())):
        yield f"the date {figure.text!r} rests on words, and only readings have a date"
    if figure.text.istitle() and figure.text.isalpha() and not _within_a_week(figure, sentence.day):
        yield f"{figure.text!r} alone names a day of the last seven only"
    days = _days_meant(figure, position, sentence, dossier)
    if days and figure.value not in days:
        yield f"the date {figure.text!r} is not that of the readings beside it"


def _within_a_week(figure: Figure, today: date) -> bool:
    return any(figure.value == day_value(today - timedelta(days=back)) for back in range(7))


def _days_meant(figure: Figure, position: int, sentence: Sentence, dossier: Dossier) -> frozenset[float]:
    """The days that a date may name: those of the nearest figure, after "since" its first, else of anything cited.

    A streak over many lists may have begun on any of them.
    """
    neighbour = _nearest(position, sentence)
    evidence = dossier.known(neighbour.cited()) if neighbour is not None else _others(figure, sentence, dossier)
    zone = ZoneInfo(_zone(figure))
    days = sorted(day_value(each.observed_at.astimezone(zone).date()) for each in evidence)
    since = tuple(sentence.before(position)[-1:]) == ("since",)
    two_ends = neighbour is not None and isinstance(neighbour.evidence.get("lists", ""), str)
    return frozenset(days[:1] if since and two_ends else days)


def _zone(figure: Figure) -> str:
    return str(figure.formula.args.get("zone", "UTC")) if isinstance(figure.formula, NamedFormula) else "UTC"


def _nearest(position: int, sentence: Sentence) -> Figure | None:
    """The last figure before a date that is no date or time itself, else the first after it."""
    found = [
        (at, token.run)
        for at, token in enumerate(sentence.tokens)
        if isinstance(token.run, Figure) and token.run.unit not in {"date", "time"}
    ]
    before = [figure for at, figure in found if at < position]
    after = [figure for at, figure in found if at > position]
    return before[-1] if before else after[0] if after else None


def _others(figure: Figure, sentence: Sentence, dossier: Dossier) -> list[Evidence]:
    own = set(figure.cited())
    return [each for each in dossier.known(set(sentence.claim.evidence) - own) if not isinstance(each, QuoteEvidence)]
