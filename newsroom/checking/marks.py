"""What a printed run can license: marks such as ``rank``, ``stars``, ``kind:model`` or ``tag:language``.

A mark says what the evidence of the run is, never what the sentence says of it; ``predicates.toml`` tells which marks
a word of ours needs beside it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from domain.claims import Figure, Name, Quote, Run
from domain.evidence import Evidence, Expression, NamedFormula, QuoteEvidence, ReadingEvidence
from domain.items import Kind, Source
from domain.readings import Lists
from newsroom.checking.changes import change_of
from newsroom.checking.dossier import Dossier
from newsroom.checking.units import quantity
from newsroom.formulas import FormulaError, Operands, definition
from newsroom.formulas.measures import Measure

#: What stands on the lists that hold one kind of thing.
KINDS_OF_LISTS: Mapping[str, Kind] = {
    Lists.MODELS: Kind.MODEL,
    Lists.DATASETS: Kind.DATASET,
    Lists.SPACES: Kind.SPACE,
    Lists.DAILY_PAPERS: Kind.PAPER,
}

_KINDS_OF_SOURCES: Mapping[Source, Kind] = {
    Source.GITHUB: Kind.REPOSITORY,
    Source.OSSINSIGHT: Kind.REPOSITORY,
    Source.ARXIV: Kind.PAPER,
    Source.HACKERNEWS: Kind.STORY,
    Source.FEEDS: Kind.POST,
    Source.POLL: Kind.OPTION,
}

#: Named formulas whose names stand for what they count.
_NAMED: Mapping[str, frozenset[str]] = {
    "pattern_count": frozenset({"pattern"}),
    "share": frozenset({"pattern"}),
    "share_of_sum": frozenset({"pattern"}),
    "sum_matching": frozenset({"pattern"}),
    "record_pattern_count": frozenset({"pattern"}),
    "distinct_publishers": frozenset({"publishers", "owner"}),
    "largest_publisher": frozenset({"publishers", "owner"}),
    "titles_with": frozenset({"titles", "pattern"}),
    "quoted_count": frozenset({"tag", "mention"}),
    "named_count": frozenset({"mention"}),
    "one_story_sites": frozenset({"mention"}),
    "said_count": frozenset({"tag", "mention"}),
    "words_with": frozenset({"pattern", "mention"}),
    "distinct_owners": frozenset({"publishers", "owner"}),
    "owners_held": frozenset({"publishers", "owner"}),
    "owner_items": frozenset({"owner"}),
    "owner_lists": frozenset({"owner"}),
    "steadiest_owner": frozenset({"owner"}),
    "sizes_named": frozenset({"size_said"}),
    "median_named": frozenset({"size_said"}),
    "largest_named": frozenset({"size_said"}),
    "smallest_named": frozenset({"size_said"}),
    "named_size": frozenset({"size_said"}),
    "gained_count": frozenset({"between"}),
    "lost_count": frozenset({"between"}),
    "gained_sum": frozenset({"between"}),
    "share_of_gains": frozenset({"between"}),
    "per_gain_count": frozenset({"between"}),
    "growth_percent": frozenset({"growth", "change"}),
    "largest_growth": frozenset({"growth", "change"}),
    "highest_listed": frozenset({"size"}),
    "lowest_listed": frozenset({"size"}),
}


def marks_of(run: Run, dossier: Dossier) -> frozenset[str]:
    """Everything that the run can license."""
    if isinstance(run, Figure):
        return frozenset(_of_figure(run, dossier))
    if isinstance(run, Name):
        return frozenset(_of_name(run, dossier))
    if isinstance(run, Quote):
        return frozenset(_of_quote(run, dossier))
    return frozenset()


def marks_of_evidence(evidence: Evidence) -> Iterator[str]:
    """What a piece of evidence licenses wherever it is cited: its site, its list, the kind of its item, its metric."""
    yield f"source:{evidence.source}"
    if isinstance(evidence, QuoteEvidence):
        yield f"kind:{evidence.item.kind}"
        return
    yield f"list:{evidence.list}"
    yield "list"
    if isinstance(evidence, ReadingEvidence):
        yield f"kind:{evidence.item.kind}"
    elif evidence.list in KINDS_OF_LISTS:
        yield f"kind:{KINDS_OF_LISTS[evidence.list]}"
    elif evidence.source in _KINDS_OF_SOURCES:
        yield f"kind:{_KINDS_OF_SOURCES[evidence.source]}"


def _of_figure(figure: Figure, dossier: Dossier) -> Iterator[str]:
    operands = dossier.operands(figure)
    yield from _of_quantity(figure, operands)
    for evidence in dossier.known(figure.cited()):
        yield from marks_of_evidence(evidence)
        if isinstance(evidence, ReadingEvidence):
            yield evidence.metric
        if isinstance(evidence, QuoteEvidence) and evidence.field == "tags":
            yield "tag"
            yield from _kinds_of_tag(evidence, dossier)
    formula = figure.formula
    if change_of(figure, operands) is not None:
        yield "change"
    if isinstance(formula, Expression):
        if "median" in formula.text:
            yield "median"
        if "max(" in formula.text or "min(" in formula.text:
            yield "size"
        return
    yield from _of_formula(formula)


def _of_quantity(figure: Figure, operands: Operands) -> Iterator[str]:
    try:
        found = quantity(figure, operands)
    except FormulaError:
        return
    yield str(found.measure)
    if found.measure is Measure.PLACES:
        yield "change"
    if found.measure is Measure.METRIC:
        yield found.metric


def _of_formula(formula: NamedFormula) -> Iterator[str]:
    yield formula.name
    yield from _NAMED.get(formula.name, ())
    if "median" in formula.name:
        yield "median"
    yield from (str(formula.args[name]) for name in ("metric", "one", "other") if name in formula.args)
    if formula.args.get("field") == "owner":
        yield "owner"
    try:
        yield from map(str, definition(formula.name, formula.version).licences)
    except FormulaError:
        return


def _of_name(name: Name, dossier: Dossier) -> Iterator[str]:
    evidence = dossier.get(name.evidence)
    if evidence is None:
        return
    yield from marks_of_evidence(evidence)
    if isinstance(evidence, QuoteEvidence):
        yield from _of_words(name, evidence, dossier)
    else:
        yield "label"


def _of_words(name: Name, evidence: QuoteEvidence, dossier: Dossier) -> Iterator[str]:
    """By the field that the name was cut from, and whether it is the whole of it."""
    stored = dossier.facts.item(evidence.version)
    match evidence.field:
        case "tags":
            yield "tag"
            yield from _kinds_of_tag(evidence, dossier)
        case "publisher":
            yield "publisher"
        case "external_id":
            whole = evidence.text == name.item.external_id
            yield "label" if whole else "part"
            if not whole and name.item.external_id.startswith(f"{evidence.text}/"):
                yield "owner"
        case "title":
            whole = stored is not None and stored.title == evidence.text
            yield "title" if whole else "mention"
            yield "label" if whole else "part"
        case _:
            yield "mention"


def _kinds_of_tag(evidence: QuoteEvidence, dossier: Dossier) -> Iterator[str]:
    """``tag:license`` for what stands in the tags behind "license:"."""
    stored = dossier.facts.item(evidence.version)
    tags = stored.tags if stored is not None else ()
    yield from (f"tag:{tag.partition(':')[0]}" for tag in tags if tag.partition(":")[2] == evidence.text)


def _of_quote(quote: Quote, dossier: Dossier) -> Iterator[str]:
    evidence = dossier.get(quote.evidence)
    yield "quote"
    if isinstance(evidence, QuoteEvidence):
        yield from marks_of_evidence(evidence)
        yield f"quote:{evidence.field}"
        if evidence.start == 0 and evidence.field == "summary":
            yield "opening"
