"""What a slot means, in words of ours: nothing here comes from a source."""

from __future__ import annotations

from collections.abc import Mapping

from domain.claims import Claim, Figure
from domain.evidence import Evidence, EvidenceId, NamedFormula, ReadingEvidence
from domain.items import ItemKey, Kind, Source
from newsroom.checking.changes import bare_reading, change_of
from newsroom.formulas import FormulaError, definition

_SITES: Mapping[Source, str] = {
    Source.HUGGINGFACE: "Hugging Face",
    Source.GITHUB: "GitHub",
    Source.HACKERNEWS: "Hacker News",
    Source.ARXIV: "arXiv",
}

_KINDS: Mapping[Kind, str] = {
    Kind.MODEL: "a model",
    Kind.DATASET: "a dataset",
    Kind.SPACE: "a Space",
    Kind.PAPER: "a paper",
    Kind.REPOSITORY: "a repository",
    Kind.STORY: "a story",
    Kind.POST: "a post",
    Kind.OPTION: "an answer of a poll of ours",
}


def meaning_of_item(item: ItemKey, *, short: bool) -> str:
    """``a model on Hugging Face``; with how it is printed."""
    site = _SITES.get(item.source)
    what = f"{_KINDS[item.kind]} on {site}" if site else _KINDS[item.kind]
    return f"{what}, by its short name" if short else f"{what}, in full and linked"


def meaning_of_name(slot: str) -> str:
    """A name that is no item's own: a publisher, a tag, a word that names share."""
    return f"a name: the {slot.replace('_', ' ')}"


def meaning_of_figure(slot: str, figure: Figure, claim: Claim, evidence: Mapping[EvidenceId, Evidence]) -> str:
    """What a figure measures: the metric and which of two readings, the change, or the formula's own meaning."""
    label = slot.replace("_", " ")
    if isinstance(figure.formula, NamedFormula):
        try:
            meaning = definition(figure.formula.name, figure.formula.version).meaning
        except FormulaError:
            return label
        return f"{label}: {meaning.partition(';')[0].partition(' (')[0]}"
    operands = {
        name: tuple(evidence[each] for each in operand) if isinstance(operand, tuple) else evidence[operand]
        for name, operand in figure.evidence.items()
    }
    change = change_of(figure, operands)
    if change is not None:
        went = "rose" if change.sign > 0 else "fell" if change.sign < 0 else "did not change"
        return f"{label}: how much its {change.metric} {went} between the two readings"
    bare = bare_reading(figure, operands)
    return f"{label}: {_which(bare[0], claim, evidence)}its {bare[1]}" if bare else label


def _which(reading: ReadingEvidence, claim: Claim, evidence: Mapping[EvidenceId, Evidence]) -> str:
    """Whether the reading is the earlier or the later one of what the sentence cites."""
    cited = (evidence[each] for each in claim.evidence if each in evidence)
    same = [each.observed_at for each in cited if isinstance(each, ReadingEvidence) and each.item == reading.item]
    if min(same) == max(same):
        return ""
    return "at the later reading, " if reading.observed_at == max(same) else "at the earlier reading, "
