"""Rules for counts: a part is of the list whose size stands beside it, and is told with the word that makes it a part.

A count and a size may be whole and right each, and false when they change places: "twelve repositories, 15 about AI",
"the median of those that came" before that of the list, "three of 30 on 12 June" before today's one.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from itertools import combinations, pairwise

from domain.claims import Figure, Name
from domain.evidence import Expression, HarvestEvidence, NamedFormula, QuoteEvidence, ReadingEvidence
from newsroom.checking.dossier import Dossier
from newsroom.checking.marks import marks_of
from newsroom.checking.sentences import Sentence
from newsroom.formulas import FormulaError, Licence, definition

#: What a count of newcomers is told with; "there" alone would say that they stood there before.
_NEW = frozenset({"not", "new", "none", "no", "without", "newcomer", "newcomers", "never", "nor"})
_NEW_COUNTS = frozenset({"new_since", "new_among"})

#: Words that set the median of some items beside that of their list.
_OF_THOSE = (("those", "that"), ("the", "newcomers"), ("these",))

#: Words right before a count that make it the earlier of two; and those of a clause that make it the one or the other.
_EARLIER = frozenset({"after", "against", "from"})
_HAD, _HAS = frozenset({"had", "were", "was", "stood"}), frozenset({"has", "now", "have", "today"})


def counts(sentence: Sentence, dossier: Dossier) -> Iterator[str]:
    """Every count that stands where another one belongs."""
    yield from _wholes(sentence, dossier)
    yield from _about_ai(sentence)
    yield from _newcomers(sentence)
    yield from _medians(sentence)
    yield from _heaviest(sentence, dossier)
    yield from _then_and_now(sentence, dossier)
    yield from _ranges(sentence)
    yield from _by_gain(sentence)


def _figures(sentence: Sentence) -> Iterator[tuple[int, Figure]]:
    tokens = sentence.tokens
    return ((at, run) for at in sentence.runs(Figure) if isinstance(run := tokens[at].run, Figure))


def _lists(figure: Figure, dossier: Dossier) -> list[HarvestEvidence]:
    return [each for each in dossier.known(figure.cited()) if isinstance(each, HarvestEvidence)]


def _size(figure: Figure, dossier: Dossier) -> HarvestEvidence | None:
    """The list of which the figure is the size."""
    found = dossier.known(figure.cited())
    if not isinstance(figure.formula, Expression) or len(found) != 1:
        return None
    return found[0] if isinstance(found[0], HarvestEvidence) else None


def _wholes(sentence: Sentence, dossier: Dossier) -> Iterator[str]:
    """In "three of 30" the three are counted on the list that holds 30."""
    for (at, part), (then, whole) in pairwise(_figures(sentence)):
        between = {token.text for token in sentence.tokens[at + 1 : then]}
        if "of" not in between or not between <= {"of", "the", "all", part.unit}:
            continue
        size, counted = _size(whole, dossier), _lists(part, dossier)
        of_the_list = [each for each in counted if size and (each.source, each.list) == (size.source, size.list)]
        if size is not None and of_the_list and size not in counted:
            yield f"{part.text!r} is counted on another list than the one of {whole.text}"


def _licences(figure: Figure) -> frozenset[Licence]:
    if not isinstance(figure.formula, NamedFormula):
        return frozenset()
    try:
        return definition(figure.formula.name, figure.formula.version).licences
    except FormulaError:
        return frozenset()


def _words_after(position: int, sentence: Sentence) -> Sequence[str]:
    found: list[str] = []
    for token in sentence.tokens[position + 1 :]:
        if not token.word:
            break
        found.append(token.text)
    return found


def _about_ai(sentence: Sentence) -> Iterator[str]:
    """Right before "about AI" stands a count by the rule on what is about AI, not the size of the list."""
    ruled = any(Licence.RULE in _licences(figure) for _, figure in _figures(sentence))
    for position, figure in _figures(sentence):
        if sentence.before(position)[-1:] == ("of",):
            continue
        after = [word for word in _words_after(position, sentence) if word not in {"are", "is"}]
        if ruled and after[:2] == ["about", "ai"] and isinstance(figure.formula, Expression):
            yield f"{figure.text!r} is no count of what is about AI"


def _newcomers(sentence: Sentence) -> Iterator[str]:
    """A count of newcomers with "there" needs a denial beside it: "six of these not there on 18 June"."""
    for position, figure in _figures(sentence):
        if not isinstance(figure.formula, NamedFormula) or figure.formula.name not in _NEW_COUNTS:
            continue
        clause = sentence.clauses[position]
        numbered = zip(sentence.tokens, sentence.clauses, strict=True)
        told = [token.text for token, number in numbered if number == clause]
        words = {word for word, then in pairwise((*told, "")) if (word, then) != ("new", "papers")}
        if "there" in words and not words & _NEW:
            yield f"{figure.text!r} counts newcomers, and the sentence says that they were there"


def _medians(sentence: Sentence) -> Iterator[str]:
    """Beside the median of a list that of some of its items is told with "those": each with its own."""
    found = [(at, figure) for at, figure in _figures(sentence) if _is_median(figure)]
    kinds = {isinstance(figure.formula, Expression) for _, figure in found}
    if len(found) != 2 or len(kinds) != 2:
        return
    words = [token.text if token.word else "" for token in sentence.tokens]
    those = next((at for at in range(len(words)) if any(tuple(words[at : at + len(p)]) == p for p in _OF_THOSE)), None)
    if those is None:
        return
    told = next((figure for at, figure in found if at > those), found[-1][1])
    if not isinstance(told.formula, Expression):
        yield f"{told.text!r} is the median of the list, and is told as that of some of its items"


def _is_median(figure: Figure) -> bool:
    if isinstance(figure.formula, Expression):
        return figure.formula.text.startswith("median(")
    return figure.formula.name == "median_listed"


def _heaviest(sentence: Sentence, dossier: Dossier) -> Iterator[str]:
    """How many the account with the most has stands in the clause that names it or says "most"."""
    for position, figure in _figures(sentence):
        if not isinstance(figure.formula, NamedFormula) or figure.formula.name != "largest_publisher":
            continue
        clause = sentence.clauses[position]
        inside = [token for token, at in zip(sentence.tokens, sentence.clauses, strict=True) if at == clause]
        named = any(isinstance(token.run, Name) and "owner" in marks_of(token.run, dossier) for token in inside)
        if not named and not {token.text for token in inside} & {"most", "account", "largest"}:
            yield f"{figure.text!r} is the count of one account, and stands for that of the list"


def _then_and_now(sentence: Sentence, dossier: Dossier) -> Iterator[str]:
    """Of two counts by one formula the one after "had", "after" and "against" is the earlier one."""
    for (at, one), (then, other) in combinations(_figures(sentence), 2):
        if one.formula != other.formula or not isinstance(one.formula, NamedFormula) or one.unit in {"date", "time"}:
            continue
        moments = _newest(one, dossier), _newest(other, dossier)
        if moments[0] is None or moments[1] is None or moments[0] == moments[1]:
            continue
        earlier = moments[0] < moments[1]
        if (_told_as_earlier(then, sentence) or _HAD & set(sentence.before(then)[-1:])) and earlier:
            yield f"{other.text!r} is the later of two counts, and is told as the earlier one"
        if (_told_as_earlier(at, sentence) or _had_and_has(at, then, sentence)) and not earlier:
            yield f"{one.text!r} is the later of two counts, and is told as the earlier one"


def _ranges(sentence: Sentence) -> Iterator[str]:
    """What lies "between 0.8 and 1.2", and "from 12 to 20 papers a day", tells the least first."""
    for (at, one), (then, other) in pairwise(_figures(sentence)):
        between = [token.text for token in sentence.tokens[at + 1 : then]]
        after = _words_after(then, sentence)
        a_day = ("a", "day") in set(pairwise(after))
        opened = sentence.before(at)[-1:]
        bounds = (opened == ("from",) and between == ["to"] and a_day) or (
            opened == ("between",) and between == ["and"]
        )
        if bounds and one.unit == other.unit and one.unit not in {"date", "rank"} and one.value > other.value:
            yield f"“{one.text} to {other.text}” is a range, and goes from the more to the fewer"


def _by_gain(sentence: Sentence) -> Iterator[str]:
    """After "by gain" stands the place by gain, not the one of the list."""
    for position, figure in _figures(sentence):
        clause = sentence.clauses[position]
        numbered = zip(sentence.tokens, sentence.clauses, strict=True)
        words = [token.text for token, at in numbered if at == clause]
        if figure.unit == "rank" and isinstance(figure.formula, Expression) and words[:2] == ["by", "gain"]:
            yield f"{figure.text!r} is the place on the list, and is told as that by gain"


def _newest(figure: Figure, dossier: Dossier) -> datetime | None:
    read = [each for each in dossier.known(figure.cited()) if not isinstance(each, QuoteEvidence)]
    return max((each.observed_at for each in read), default=None) if not _of_one_item(read) else None


def _of_one_item(read: Sequence[HarvestEvidence | ReadingEvidence]) -> bool:
    return bool(read) and all(isinstance(each, ReadingEvidence) for each in read) and len(read) == 1


def _told_as_earlier(position: int, sentence: Sentence) -> bool:
    return bool(_EARLIER & set(sentence.before(position)[-1:]))


def _had_and_has(at: int, then: int, sentence: Sentence) -> bool:
    """Whether "had" governs the first of two counts and "has" the second."""
    return bool(_HAD & set(sentence.before(at)[-2:])) and bool(_HAS & set(sentence.before(then)[-2:]))
