"""Rules for the part that a figure plays: a total is not told as a gain, nor a gain as a total, nor old as new."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from collections.abc import Set as AbstractSet
from itertools import pairwise

from domain.claims import Figure
from domain.evidence import NamedFormula, ReadingEvidence
from domain.readings import Metric
from newsroom.checking.changes import bare_reading, change_of
from newsroom.checking.dossier import Dossier
from newsroom.checking.rules_of_figures import SITE_PERIODS
from newsroom.checking.sentences import Sentence
from newsroom.checking.units import METRIC_NOUNS, NOUNS

#: Words right before a figure that make it what was gained, and those that make it what there is in all.
_GAINED = frozenset({"gained", "gains", "gain", "added", "adds", "won", "by", "another", "took", "lost", "shed", "up"})
_TOTAL = frozenset(
    {"counts", "has", "at", "shows", "reached", "had", "counted", "stood", "makes", "holds", "have", "to"}
)

#: Words right before a figure that make it the earlier one of two, and the later one.
_EARLIER = frozenset({"from", "after", "had", "was", "counted", "showed"})
_LATER = frozenset({"now", "has", "counts", "shows"})

#: Times that a site counts itself; a total beside such words is told as what came in that time.
_OF_A_TIME = (("that", "day"), ("this", "week"), ("in", "a", "day"), ("in", "a", "week"), ("today",))

#: A denial, in a sentence that counts the lists which do not have an item.
_DENIALS = frozenset({"not", "no", "none", "without", "new", "missing", "absent", "newcomer", "nowhere"})


def roles(sentence: Sentence, dossier: Dossier) -> Iterator[str]:
    """Every figure that the words beside it take for another one."""
    totals = _totals(sentence, dossier)
    for position in sentence.runs(Figure):
        figure = sentence.tokens[position].run
        if not isinstance(figure, Figure):
            continue
        if position in totals:
            yield from _total(figure, position, sentence, totals)
        elif figure.unit in METRIC_NOUNS and change_of(figure, dossier.operands(figure)) is not None:
            yield from _gain(figure, position, sentence)
        yield from _absence(figure, sentence)
        if figure.text.lower() in {"none", "no"} and _word_before(position, sentence) == "the":
            yield f"“the {figure.text}” takes a count of nought for the whole"
    yield from _parts(sentence)
    yield from _series_in_order(sentence, totals)
    yield from _counts_in_order(sentence, dossier)
    yield from _movers(sentence)
    yield from _metrics_named(sentence, dossier)
    yield from _wholes_first(sentence)


def _series_in_order(sentence: Sentence, totals: Mapping[int, ReadingEvidence]) -> Iterator[str]:
    """Readings of one figure that only commas part stand in the order of time."""
    for before, position in pairwise(totals):
        one, other = totals[before], totals[position]
        between = {token.text for token in sentence.tokens[before + 1 : position]}
        if between <= {",", "and", "then"} and _series(one) == _series(other) and one.observed_at > other.observed_at:
            yield "the readings of one figure stand in another order than they were made"


#: What a count of movers is told with, after it: those of one kind may not stand with the count of another.
_MOVED = {
    "climbed_count": frozenset({"better", "up", "higher", "climbed", "rose", "gained"}),
    "fallen_count": frozenset({"worse", "down", "lower", "fell", "slipped", "lost"}),
    "unmoved": frozenset({"as", "unmoved", "stayed", "exactly", "same", "where"}),
}


def _movers(sentence: Sentence) -> Iterator[str]:
    """Each count of movers with the word of its own formula: three stand better, 15 worse and six as before."""
    for position in sentence.runs(Figure):
        figure = sentence.tokens[position].run
        if not isinstance(figure, Figure) or not isinstance(figure.formula, NamedFormula):
            continue
        own = _MOVED.get(figure.formula.name)
        if own is None:
            continue
        words = set(_words_after(position, sentence, set()))
        others = frozenset().union(*_MOVED.values()) - own
        if words & others and not words & own:
            yield f"{figure.text!r} is told with the word of another count"


def _counts_in_order(sentence: Sentence, dossier: Dossier) -> Iterator[str]:
    """Counts by one formula that only commas part stand in the order of time."""
    for before, position in pairwise(sentence.runs(Figure)):
        one, other = sentence.tokens[before].run, sentence.tokens[position].run
        if not isinstance(one, Figure) or not isinstance(other, Figure) or one.formula != other.formula:
            continue
        between = {token.text for token in sentence.tokens[before + 1 : position]}
        moments = [max((each.observed_at for each in dossier.known(run.cited())), default=None) for run in (one, other)]
        if between <= {",", "and", "then"} and moments[0] and moments[1] and moments[0] > moments[1]:
            yield "the counts stand in another order than they were made"


def _metrics_named(sentence: Sentence, dossier: Dossier) -> Iterator[str]:
    """A place or a share is of the metric that is named after it: "No. 28 by points", "29% of the page's points"."""
    for position in sentence.runs(Figure):
        figure = sentence.tokens[position].run
        if not isinstance(figure, Figure) or figure.unit not in {"rank", "%"}:
            continue
        read = {each.metric for each in dossier.known(figure.cited()) if isinstance(each, ReadingEvidence)} - {"rank"}
        if isinstance(figure.formula, NamedFormula) and "metric" in figure.formula.args:
            read = {str(figure.formula.args["metric"])}
        noun = _metric_noun(position, sentence)
        if read and noun and not {str(metric) for metric, nouns in NOUNS.items() if noun in nouns} & read:
            yield f"{figure.text!r} is of {', '.join(sorted(read))}, and not of {noun}"


def _metric_noun(position: int, sentence: Sentence) -> str:
    """The first noun of a metric after a figure, before the next figure or mark."""
    for token in sentence.tokens[position + 1 :]:
        if isinstance(token.run, Figure) or token.mark:
            return ""
        if token.word and token.text in METRIC_NOUNS:
            return token.text
    return ""


def _wholes_first(sentence: Sentence) -> Iterator[str]:
    """A sentence that begins "Of 17 repositories" counts no more of them afterwards."""
    found = list(sentence.runs(Figure))[:1]
    whole = sentence.tokens[found[0]].run if found else None
    if not isinstance(whole, Figure) or found[0] > 2 or sentence.tokens[0].text != "of" or whole.unit in METRIC_NOUNS:
        return
    for figure in sentence.claim.figures[1:]:
        if figure.unit == whole.unit and _exceeds(figure, whole):
            yield f"{figure.text!r} is more than the {whole.text} that it is called a part of"


def _totals(sentence: Sentence, dossier: Dossier) -> dict[int, ReadingEvidence]:
    """The readings that figures print as they are, by position: totals, but for what a site counts of a time."""
    found: dict[int, ReadingEvidence] = {}
    for position in sentence.runs(Figure):
        figure = sentence.tokens[position].run
        bare = bare_reading(figure, dossier.operands(figure)) if isinstance(figure, Figure) else None
        if bare is not None and (bare[1] not in SITE_PERIODS or bare[1] == Metric.DOWNLOADS):
            found[position] = bare[0]
    return found


def _total(figure: Figure, position: int, sentence: Sentence, totals: Mapping[int, ReadingEvidence]) -> Iterator[str]:
    before, after = _word_before(position, sentence), _words_after(position, sentence, {figure.unit})
    if figure.unit in METRIC_NOUNS:
        if before in _GAINED:
            yield f"{figure.text!r} is a total, and {before!r} makes it a gain"
        if after[:1] == ["more"] or any(tuple(after[: len(time)]) == time for time in _OF_A_TIME):
            yield f"{figure.text!r} is a total, and is told as what came"
        if before not in {"to", "from"} and _leads_to_a_span(position, sentence):
            yield f"{figure.text!r} is a total, and is told of a time"
    own = totals[position]
    others = [
        each for each in totals.values() if (each.item, each.metric, each.list) == (own.item, own.metric, own.list)
    ]
    if before in _LATER - {"to"} and any(each.observed_at > own.observed_at for each in others):
        yield f"{figure.text!r} is the earlier of two readings, and is told as the later one"
    if before in _EARLIER and any(each.observed_at < own.observed_at for each in others):
        yield f"{figure.text!r} is the later of two readings, and is told as the earlier one"
    if (after[:1] == ["then"] or "stood" in after[:1]) and any(each.observed_at < own.observed_at for each in others):
        yield f"{figure.text!r} is the later of two readings, and is told as the earlier one"
    if _ends_with_now(position, sentence, figure.unit) and any(each.observed_at > own.observed_at for each in others):
        yield f"{figure.text!r} is the earlier of two readings, and is told as the later one"


def _ends_with_now(position: int, sentence: Sentence, unit: str) -> bool:
    """Whether "now" follows the figure, but for its unit, and leads to no other figure: "253 now", not "13 now 6"."""
    following = [token for token in sentence.tokens[position + 1 : position + 4] if token.text != unit]
    return bool(following) and following[0].text == "now" and (len(following) == 1 or following[1].mark)


def _series(reading: ReadingEvidence) -> tuple[object, ...]:
    return reading.item, reading.metric, reading.list


def _gain(figure: Figure, position: int, sentence: Sentence) -> Iterator[str]:
    before, after = _word_before(position, sentence), _words_after(position, sentence, {figure.unit})
    if before in _TOTAL and after[:1] not in (["more"], ["fewer"], ["less"], ["up"], ["down"], ["higher"], ["lower"]):
        yield f"{figure.text!r} is a gain, and {before!r} makes it a total"


def _absence(figure: Figure, sentence: Sentence) -> Iterator[str]:
    if not isinstance(figure.formula, NamedFormula) or figure.formula.name != "first_listed":
        return
    words = [token.text for token in sentence.tokens if token.word]
    if not _DENIALS & set(words) or ("with", "it") in set(pairwise(words)):
        yield f"{figure.text!r} counts lists without the item, and the sentence does not say so"


#: After a part: what it is a part of was told before it.
_OF_THEM = (("of", "them"), ("of", "these"), ("of", "which"), ("of", "those"))


def _parts(sentence: Sentence) -> Iterator[str]:
    """In "2,199 stars, 151 of them" and "151 among 2,199 stars" the part is no larger than the whole."""
    for before, position in pairwise(sentence.runs(Figure)):
        one, other = sentence.tokens[before].run, sentence.tokens[position].run
        if not isinstance(one, Figure) or not isinstance(other, Figure):
            continue
        if tuple(_words_after(position, sentence, set())[:2]) in _OF_THEM and _exceeds(other, one):
            yield f"{other.text!r} is more than the {one.text} that it is called a part of"
        if _word_before(before, sentence) == "of" and _exceeds(other, one) and _follows_of(before, position, sentence):
            yield f"{other.text!r} is more than the {one.text} that it is called a part of"
        joint = [token.text for token in sentence.tokens[before + 1 : position] if token.text not in {"the", "first"}]
        if joint[-1:] in (["among"], ["of"]) and _exceeds(one, other):
            yield f"{one.text!r} is more than the {other.text} that it is called a part of"


def _follows_of(before: int, position: int, sentence: Sentence) -> bool:
    """Whether nothing but the unit and a comma stands between: "Of 2,199 stars, 151 came that day"."""
    one = sentence.tokens[before].run
    unit = one.unit if isinstance(one, Figure) else ""
    return {token.text for token in sentence.tokens[before + 1 : position]} <= {unit, ",", "the"}


_NO_PARTS = frozenset({"%", "rank", "date", "time", "times", "days", "lists", "places", ""})


def _exceeds(part: Figure, whole: Figure) -> bool:
    return not {part.unit, whole.unit} & _NO_PARTS and part.value > whole.value


def _word_before(position: int, sentence: Sentence) -> str:
    token = sentence.tokens[position - 1] if position else None
    return token.text if token is not None and token.word else ""


def _words_after(position: int, sentence: Sentence, skipped: AbstractSet[str]) -> list[str]:
    """The words after the figure, up to the next mark or run, without those skipped at the beginning."""
    found: list[str] = []
    for token in sentence.tokens[position + 1 :]:
        if not token.word:
            break
        if found or token.text not in skipped:
            found.append(token.text)
    return found


def _leads_to_a_span(position: int, sentence: Sentence) -> bool:
    """Whether "in seven days" follows the figure at once, but for its unit."""
    following = sentence.tokens[position + 1 : position + 4]
    for at, (token, then) in enumerate(pairwise(following)):
        if token.text == "in" and at <= 1 and isinstance(then.run, Figure) and then.run.unit == "days":
            return True
    return False
