"""Rules for words that say which way a figure went: they agree with the sign of the change that is cited."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from domain.claims import Figure, Name
from newsroom.checking.changes import Change, bare_reading, change_of, changes_among
from newsroom.checking.dossier import Dossier
from newsroom.checking.sentences import Sentence
from newsroom.checking.wording import Wording
from newsroom.rounding import parse_figure

#: "164 more than": a word of direction this close after a figure belongs to it.
_CLOSE = 2


@dataclass(frozen=True, slots=True)
class _Said:
    """A word of direction at its position; ``after``: it belongs to the figure before it."""

    position: int
    word: str
    sign: int
    after: bool = False


def directions(sentence: Sentence, dossier: Dossier, wording: Wording) -> Iterator[str]:
    """Every word of direction that is wrong or proved by nothing, and every fall that is printed as none."""
    said = list(_said(sentence, wording))
    used: set[int] = set()
    for position in sentence.runs(Figure):
        figure = sentence.tokens[position].run
        change = change_of(figure, dossier.operands(figure)) if isinstance(figure, Figure) else None
        if change is None or not isinstance(figure, Figure):
            continue
        word = _governing(position, said, sentence)
        if word is not None:
            used.add(word.position)
        yield from _against(figure, change, word)
    for word in said:
        if word.position not in used:
            yield from _unbound(word, sentence, dossier)
    yield from _from_to(sentence, dossier)


def _said(sentence: Sentence, wording: Wording) -> Iterator[_Said]:
    row = [token.text if token.word else None for token in sentence.tokens]
    idle = wording.idle.covered(row) | _inside(row, wording)
    for phrases, sign in ((wording.up, 1), (wording.down, -1)):
        for position, phrase in phrases.found(row):
            if position not in idle and not _belongs(position, sentence):
                yield _Said(position, " ".join(phrase), sign)
    for words, sign in ((wording.after_up, 1), (wording.after_down, -1)):
        for position, token in enumerate(sentence.tokens):
            if token.word and token.text in words and _follows_figure(position, sentence):
                yield _Said(position, token.text, sign, after=True)


def _inside(row: Sequence[str | None], wording: Wording) -> frozenset[int]:
    """The positions inside a phrase of direction but for its first: the "up" of "gave up" says nothing itself."""
    hits = [*wording.up.found(row), *wording.down.found(row)]
    return frozenset(inside for at, phrase in hits for inside in range(at + 1, at + len(phrase)))


def _belongs(position: int, sentence: Sentence) -> bool:
    """Whether it is "falls to" of what belongs to somebody; "falls to No. 13" is a movement."""
    window = sentence.tokens[position : position + 3]
    if [token.text for token in window[:2]] not in (["fall", "to"], ["falls", "to"]):
        return False
    return not (len(window) > 2 and isinstance(window[2].run, Figure) and window[2].run.unit == "rank")


def _follows_figure(position: int, sentence: Sentence) -> bool:
    """Whether the word belongs to a figure right before it; "more than any other" belongs to none."""
    if [token.text for token in sentence.tokens[position + 1 : position + 3]] in (["than", "any"], ["than", "every"]):
        return False
    for token in reversed(sentence.tokens[max(position - _CLOSE, 0) : position]):
        if token.run is not None or token.mark:
            return isinstance(token.run, Figure) and token.run.unit not in {"date", "time"}
    return False


def _governing(position: int, said: list[_Said], sentence: Sentence) -> _Said | None:
    """The word that says which way the figure went: right after it, else the nearest before it."""
    close = [word for word in said if word.after and position < word.position <= position + _CLOSE]
    if close:
        return close[0]
    before = [word for word in said if not word.after and word.position < position]
    if before:
        return max(before, key=lambda word: word.position)
    clause = sentence.clauses[position]
    after = [word for word in said if word.position > position and sentence.clauses[word.position] == clause]
    return min(after, key=lambda word: word.position) if after else None


def _against(figure: Figure, change: Change, word: _Said | None) -> Iterator[str]:
    printed = parse_figure(figure.text)
    sign = printed.sign if printed is not None else 0
    if sign and sign != change.sign:
        yield f"{figure.text!r} bears the wrong sign: {change.metric} changed by {change.amount:g}"
    if word is not None and word.sign != change.sign:
        yield f"{word.word!r} is wrong: {change.metric} of {change.item or 'the list'} changed by {change.amount:g}"
    if word is None and not sign and change.sign < 0:
        yield f"{figure.text!r} is a fall of {change.metric}, and the sentence does not say so"


def _unbound(word: _Said, sentence: Sentence, dossier: Dossier) -> Iterator[str]:
    """A direction without a figure of change: the readings of its clause, else any cited, must have gone that way."""
    changes = _changes_beside(word, sentence, dossier)
    if not changes:
        yield f"{word.word!r} is proved by no two readings"
    elif word.sign not in {change.sign for change in changes}:
        yield f"{word.word!r} is wrong: {', '.join(f'{each.metric} changed by {each.amount:g}' for each in changes)}"


def _changes_beside(word: _Said, sentence: Sentence, dossier: Dossier) -> list[Change]:
    cited = dossier.known(sentence.claim.evidence)
    changes = changes_among(cited) + _printed_changes(sentence, dossier)
    clause = sentence.clauses[word.position]
    beside: set[tuple[object, str]] = set()
    for position in sentence.runs(Figure):
        figure = sentence.tokens[position].run
        if sentence.clauses[position] == clause and isinstance(figure, Figure):
            bare = bare_reading(figure, dossier.operands(figure))
            if bare is not None:
                beside.add((bare[0].item, bare[1]))
    return [change for change in changes if (change.item, change.metric) in beside] or changes


def _printed_changes(sentence: Sentence, dossier: Dossier) -> list[Change]:
    found = (change_of(figure, dossier.operands(figure)) for figure in sentence.claim.figures)
    return [change for change in found if change is not None]


def _from_to(sentence: Sentence, dossier: Dossier) -> Iterator[str]:
    """In "from a to b" and "to b, from a", b was read after a, of one item, metric and source; so with days."""
    for first, second in pairwise(sentence.runs(Figure)):
        ends = _ends(first, second, sentence)
        if ends is None:
            continue
        start, end = (_observed(each, sentence, dossier) for each in ends)
        if (start is None) != (end is None) and _printed_unit(first, sentence) == _printed_unit(second, sentence):
            yield "“from … to …” joins a reading and a change"
        if start is None or end is None:
            continue
        if start[0] != end[0]:
            yield "“from … to …” joins figures that are not of one item and metric"
        elif start[1] >= end[1]:
            yield "“from … to …” stands the wrong way round"


def _ends(first: int, second: int, sentence: Sentence) -> tuple[int, int] | None:
    """The positions of the earlier and the later figure of a "from … to …" or a "to …, from …"."""
    before, between = sentence.before(first), sentence.before(second)
    if before[-1:] == ("from",) and "to" in between[-2:]:
        return first, second
    one_clause = sentence.clauses[first] == sentence.clauses[second]
    alike = _is_date(first, sentence) == _is_date(second, sentence)
    at_once = set(between) <= {",", "from", "up", "down", sentence.tokens[first].text, _printed_unit(first, sentence)}
    named = any(isinstance(token.run, Name) for token in sentence.tokens[first:second])
    if before[-1:] == ("to",) and between[-1:] == ("from",) and one_clause and alike and at_once and not named:
        return second, first
    return None


def _printed_unit(position: int, sentence: Sentence) -> str:
    run = sentence.tokens[position].run
    return run.unit if isinstance(run, Figure) else ""


def _is_date(position: int, sentence: Sentence) -> bool:
    run = sentence.tokens[position].run
    return isinstance(run, Figure) and run.unit == "date"


def _observed(position: int, sentence: Sentence, dossier: Dossier) -> tuple[object, float] | None:
    """Of what a figure tells, and when it was read; a date tells of time itself."""
    figure = sentence.tokens[position].run
    if not isinstance(figure, Figure):
        return None
    if figure.unit == "date":
        return "date", figure.value
    bare = bare_reading(figure, dossier.operands(figure))
    return None if bare is None else ((bare[0].item, bare[1]), bare[0].observed_at.timestamp())
