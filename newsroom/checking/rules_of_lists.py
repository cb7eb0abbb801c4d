"""Rules for sites, lists and moments in our words: they are those of the evidence beside them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from domain.claims import Figure
from domain.evidence import Evidence, HarvestEvidence, NamedFormula, QuoteEvidence, ReadingEvidence
from domain.readings import Metric
from newsroom.checking.dossier import Dossier
from newsroom.checking.predicates import Predicates
from newsroom.checking.sentences import Sentence
from newsroom.checking.wording import Phrase

#: Figures that are of no list: dates, times, distances of days.
_OF_TIME = frozenset({"date", "time", "days"})


def lists_named(sentence: Sentence, dossier: Dossier, law: Predicates) -> Iterator[str]:
    """Every site or list that is named without evidence of it, or beside a figure of another."""
    row = [token.text.removesuffix("'s").removesuffix("'") if token.word else None for token in sentence.tokens]
    known = dossier.known(sentence.claim.evidence)
    for position, phrase in law.lists.found(row):
        wanted = law.places[phrase]
        read = (
            [each for each in known if not isinstance(each, QuoteEvidence)] if all(name for _, name in wanted) else []
        )
        if not any(_is_of(each, wanted) for each in read or known):
            yield f"“{' '.join(phrase)}” is named, and nothing that the sentence cites is of it"
            continue
        figure = _figure_on(position, phrase, sentence)
        beside = _counted(figure, dossier) if figure is not None else []
        of_lists = [each for each in beside if not isinstance(each, QuoteEvidence)]
        if (
            figure is not None
            and (of_lists or _counts_a_kind(figure))
            and not any(_is_of(each, wanted) for each in beside)
        ):
            yield f"{figure.text!r} is not a figure of “{' '.join(phrase)}”"


def _counts_a_kind(figure: Figure) -> bool:
    return isinstance(figure.formula, NamedFormula) and "kind" in figure.formula.args


def _counted(figure: Figure, dossier: Dossier) -> Sequence[Evidence]:
    """What the figure rests on; of a count of one kind of things the evidence of that kind only."""
    known = dossier.known(figure.cited())
    if not isinstance(figure.formula, NamedFormula) or "kind" not in figure.formula.args:
        return known
    kind = figure.formula.args["kind"]
    return [each for each in known if not isinstance(each, HarvestEvidence) and each.item.kind == kind]


def _is_of(evidence: Evidence, wanted: Sequence[tuple[str, str]]) -> bool:
    if isinstance(evidence, ReadingEvidence) and evidence.metric == Metric.GITHUB_STARS:
        return ("github", "") in wanted  # of a paper's repository, as another site shows it
    if isinstance(evidence, QuoteEvidence):
        return any(evidence.source == source for source, _ in wanted)
    return any(evidence.source == source and name in {"", evidence.list} for source, name in wanted)


def _is_of_a_list(figure: Figure) -> bool:
    """Figures of time are of no list, but for the days that a list held an item."""
    return figure.unit not in _OF_TIME or "lists" in figure.evidence


def _figure_on(position: int, phrase: Phrase, sentence: Sentence) -> Figure | None:
    """The figure that the list is named for: the nearest before it in its clause, else the first after it."""
    clause = sentence.clauses[position]
    inside = [
        (at, token.run)
        for at, token in enumerate(sentence.tokens)
        if isinstance(token.run, Figure) and _is_of_a_list(token.run) and sentence.clauses[at] == clause
    ]
    before = [figure for at, figure in inside if at < position]
    after = [figure for at, figure in inside if at > position + len(phrase)]
    return before[-1] if before else after[0] if after else None
