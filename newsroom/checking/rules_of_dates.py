"""Rules for dates: a printed day is that of the readings it stands beside."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from domain.claims import Figure
from domain.evidence import Evidence, HarvestEvidence, NamedFormula, QuoteEvidence, ReadingEvidence
from newsroom.checking.dossier import Dossier
from newsroom.checking.sentences import Sentence
from newsroom.rounding import day_value


def dates(sentence: Sentence, dossier: Dossier) -> Iterator[str]:
    """Every date that is not the one of the readings beside it, and every time that is of another reading."""
    dated: list[Figure] = []
    timed: Figure | None = None
    for position in sentence.runs(Figure):
        figure = sentence.tokens[position].run
        if isinstance(figure, Figure) and figure.unit == "date":
            yield from _date(figure, position, sentence, dossier)
            yield from _order(dated[-1:], figure, position, sentence)
            if timed is not None and set(sentence.before(position)) <= {"utc", "on"}:
                yield from _one_reading(timed, figure, dossier)
            dated.append(figure)
        is_time = isinstance(figure, Figure) and figure.unit == "time"
        if isinstance(figure, Figure) and is_time and dated and set(sentence.before(position)) <= {",", "at"}:
            yield from _one_reading(figure, dated[-1], dossier)
        timed = figure if isinstance(figure, Figure) and is_time else None


def _order(before: Sequence[Figure], figure: Figure, position: int, sentence: Sentence) -> Iterator[str]:
    """From a day, with its time, to a later one; a day against an earlier one."""
    word = sentence.before(position)[-1:]
    if word == ("to",) and any(other.value > figure.value for other in before):
        yield f"the days stand the wrong way round: {before[0].text} to {figure.text}"
    if word == ("against",) and any(other.value < figure.value for other in before):
        yield f"the days stand the wrong way round: {before[0].text} against {figure.text}"


def _one_reading(time: Figure, day: Figure, dossier: Dossier) -> Iterator[str]:
    """A time beside a day is that of the reading that the day is of."""
    moments = [{each.observed_at for each in dossier.known(run.cited())} for run in (time, day)]
    if not moments[0] & moments[1]:
        yield f"the time {time.text!r} is not of the reading of {day.text}"


def _date(figure: Figure, position: int, sentence: Sentence, dossier: Dossier) -> Iterator[str]:
    if any(isinstance(each, QuoteEvidence) for each in dossier.known(figure.cited())):
        yield f"the date {figure.text!r} rests on words, and only readings have a date"
    if figure.text.istitle() and figure.text.isalpha() and not _within_a_week(figure, sentence.day):
        yield f"{figure.text!r} alone names a day of the last seven only"
    days = _days_meant(figure, position, sentence, dossier)
    if figure.value not in days:
        yield f"the date {figure.text!r} is not that of the readings beside it"


def _within_a_week(figure: Figure, today: date) -> bool:
    return any(figure.value == day_value(today - timedelta(days=back)) for back in range(7))


#: Before the first of the two days of a figure.
_SINCE = frozenset({("since",), ("after",), ("against",), ("from",)})


def _days_meant(figure: Figure, position: int, sentence: Sentence, dossier: Dossier) -> frozenset[float]:
    """The days that a date may name: those of the nearest figure, after "since" its first, else of anything cited.

    A streak over many lists may have begun on any of them. A day set beside a single reading ("unmoved since",
    "against") may be that of another reading of the same list.
    """
    neighbour = _nearest(position, sentence)
    evidence = dossier.known(neighbour.cited()) if neighbour is not None else _others(figure, sentence, dossier)
    zone = ZoneInfo(_zone(figure))
    days = sorted(
        day_value(each.observed_at.astimezone(zone).date()) for each in evidence if not isinstance(each, QuoteEvidence)
    )
    if neighbour is None and sentence.story is not None and sentence.beside:
        return _first_of_the_story(sentence, dossier, zone)
    onwards = [token.text for token in sentence.tokens[position + 1 : position + 2]] == ["on"]
    if onwards and neighbour is not None and tuple(sentence.before(position)[-3:]) == ("the", "days", "from"):
        return frozenset(days[-1:])
    onwards = onwards and tuple(sentence.before(position)[-1:]) == ("from",)
    since = not onwards and tuple(sentence.before(position)[-1:]) in _SINCE
    lists = neighbour.evidence.get("lists", "") if neighbour is not None else ()
    two_ends = neighbour is not None and (isinstance(lists, str) or len(lists) == 1)
    earlier = _of_the_older(neighbour, position, sentence) or {"than", "were", "was", "had", "stood", "not"} & set(
        sentence.before(position)[-6:]
    )
    if neighbour is None:
        below = [each for each in dossier.known(sentence.beside) if isinstance(each, ReadingEvidence)]
        of_the_section = below or dossier.known(figure.cited())
        days += [day_value(each.observed_at.astimezone(zone).date()) for each in of_the_section]
    elif _is_single(evidence, sentence, dossier) and _compares(position, sentence):
        return _same_list(figure, evidence, dossier, zone) - frozenset(days)
    return frozenset(days[:1] if (since or earlier) and two_ends else days)


def _first_of_the_story(sentence: Sentence, dossier: Dossier, zone: ZoneInfo) -> frozenset[float]:
    """The first day of the changes that the story of a sentence tells, which prints nothing but a date."""
    read = [each for each in dossier.known(sentence.beside) if not isinstance(each, QuoteEvidence)]
    days = sorted(day_value(each.observed_at.astimezone(zone).date()) for each in read)
    return frozenset(days[:1])


def _of_the_older(figure: Figure | None, position: int, sentence: Sentence) -> bool:
    """Whether the one day that is named is that of the older list: what stayed stood there, "since" it was there."""
    if tuple(sentence.before(position)[-3:]) == ("been", "there", "since"):
        return True
    dated = [each for each in sentence.claim.figures if each.unit == "date"]
    named = figure is not None and isinstance(figure.formula, NamedFormula) and figure.formula.name
    return len(dated) == 1 and named in {"stayed", "kept_top"}


def _is_single(evidence: Sequence[Evidence], sentence: Sentence, dossier: Dossier) -> bool:
    """Whether a figure rests on one moment, and no other reading of it stands in the sentence."""
    if len({each.observed_at for each in evidence}) != 1:
        return False
    series = {(each.item, each.metric) for each in evidence if isinstance(each, ReadingEvidence)}
    if any(metric != "rank" for _, metric in series):
        return False
    printed = dossier.known(each for figure in sentence.claim.figures for each in figure.cited())
    moments = {
        each.observed_at for each in printed if isinstance(each, ReadingEvidence) and (each.item, each.metric) in series
    }
    return len(moments | _readings_of_lists(evidence, sentence, dossier)) <= 1


def _readings_of_lists(evidence: Sequence[Evidence], sentence: Sentence, dossier: Dossier) -> set[datetime]:
    """When the lists that a figure rests on were read, over all figures of the sentence but dates."""
    several = len({each.item for each in evidence if not isinstance(each, HarvestEvidence)}) > 1
    lists = {
        (each.source, each.list)
        for each in evidence
        if isinstance(each, HarvestEvidence) or (several and isinstance(each, ReadingEvidence))
    }
    counted = (figure for figure in sentence.claim.figures if figure.unit not in {"date", "time"})
    printed = dossier.known(each for figure in counted for each in figure.cited())
    read = (each for each in printed if not isinstance(each, QuoteEvidence))
    return {each.observed_at for each in read if (each.source, each.list) in lists}


#: Before a day that is set beside another one.
_COMPARING = frozenset({"since", "against", "from", "between", "after", "with", "beside", "and", "than"})


def _compares(position: int, sentence: Sentence) -> bool:
    return bool(_COMPARING & set(sentence.before(position)[-1:]))


def _same_list(figure: Figure, beside: Sequence[Evidence], dossier: Dossier, zone: ZoneInfo) -> frozenset[float]:
    """The day of the date's own reading, if it is of the list of the figure beside it and says nothing false of it.

    A place told "since" a day must have been the same on that day.
    """
    families = {(each.source, each.list) for each in beside if not isinstance(each, QuoteEvidence)}
    own = [each for each in dossier.known(figure.cited()) if not isinstance(each, QuoteEvidence)]
    places = {each.item: each.rank for each in beside if isinstance(each, ReadingEvidence) and each.metric == "rank"}
    for each in own:
        if (each.source, each.list) not in families:
            continue
        then = dossier.facts.listed(_harvest(each, dossier)) if places else ()
        if all(any((reading.item, reading.rank) == held for reading in then) for held in places.items()):
            return frozenset({day_value(each.observed_at.astimezone(zone).date())})
    return frozenset()


def _harvest(evidence: ReadingEvidence | HarvestEvidence, dossier: Dossier) -> int:
    if isinstance(evidence, HarvestEvidence):
        return evidence.harvest_id
    stored = dossier.facts.reading(evidence.reading_id)
    return stored.harvest_id if stored is not None else 0


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
