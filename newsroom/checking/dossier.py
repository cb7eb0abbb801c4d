"""The evidence of one issue held against what is stored, once for each piece, and the values of its formulas."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from domain.claims import Figure
from domain.evidence import Evidence, EvidenceId, HarvestEvidence, QuoteEvidence, ReadingEvidence
from domain.items import Item, ItemKey
from domain.readings import Harvest, Reading
from newsroom.facts import Facts
from newsroom.formulas import FormulaError, evaluate

#: What a quotation may be cut from.
QUOTED_FIELDS = frozenset({"title", "summary", "publisher", "url", "external_id", "tags"})


@dataclass(frozen=True, slots=True)
class Value:
    """The value of a figure's formula over stored facts, or why it has none."""

    number: float | None
    fault: str = ""


class Dossier:
    """Answers for the evidence of one issue; every answer is computed from ``facts`` once and kept."""

    def __init__(self, evidence: Mapping[EvidenceId, Evidence], facts: Facts) -> None:
        self.facts = facts
        self._evidence = evidence
        self._faults: dict[EvidenceId, str] = {}
        self._addresses = _addresses(evidence.values(), facts)

    def get(self, cited: EvidenceId) -> Evidence | None:
        """The evidence of that id, if the issue carries it."""
        return self._evidence.get(cited)

    def known(self, cited: Iterable[EvidenceId]) -> list[Evidence]:
        """The evidence of those ids, leaving out what the issue does not carry."""
        return [self._evidence[each] for each in cited if each in self._evidence]

    def fault(self, cited: EvidenceId) -> str:
        """How the evidence of that id differs from what is stored, in words; empty when it does not."""
        if cited not in self._faults:
            self._faults[cited] = self._compared(cited)
        return self._faults[cited]

    def addresses(self, item: ItemKey) -> frozenset[str]:
        """The item's own addresses, as stored with the words of it that the issue cites."""
        return self._addresses.get(item, frozenset())

    def words(self, items: Collection[ItemKey]) -> list[Item]:
        """The items in the stored words that the issue cites; those of which it cites none are left out."""
        cited = (each for each in self._evidence.values() if isinstance(each, QuoteEvidence) and each.item in items)
        versions = {each.item: each.version for each in cited}
        return [stored for version in versions.values() if (stored := self.facts.item(version)) is not None]

    def operands(self, figure: Figure) -> Mapping[str, Evidence | tuple[Evidence, ...]]:
        """The evidence of a figure by operand. Raises KeyError for what the issue does not carry."""
        return {
            name: tuple(self._evidence[each] for each in operand)
            if isinstance(operand, tuple)
            else self._evidence[operand]
            for name, operand in figure.evidence.items()
        }

    def value(self, figure: Figure) -> Value:
        """The figure's formula over the stored facts."""
        try:
            return Value(evaluate(figure.formula, self.operands(figure), self.facts))
        except KeyError as error:
            return Value(None, f"its evidence {error} is missing")
        except FormulaError as error:
            return Value(None, str(error))

    def _compared(self, cited: EvidenceId) -> str:
        match self._evidence.get(cited):
            case None:
                return f"the evidence {cited} is missing from the issue"
            case ReadingEvidence() as evidence:
                return self._reading_fault(cited, evidence)
            case QuoteEvidence() as evidence:
                return self._quote_fault(cited, evidence)
            case HarvestEvidence() as evidence:
                return _harvest_fault(cited, evidence, self.facts.harvest(evidence.harvest_id))

    def _reading_fault(self, cited: EvidenceId, evidence: ReadingEvidence) -> str:
        stored = self.facts.reading(evidence.reading_id)
        if stored is None:
            return f"the reading of {cited} is not stored"
        harvest = self.facts.harvest(stored.harvest_id)
        if harvest is None or (harvest.source, harvest.list) != (evidence.source, evidence.list):
            return f"the reading of {cited} is not of the list {evidence.source} {evidence.list}"
        if cited != f"r{stored.id}-{evidence.metric}":
            return f"the id {cited} is not that of its reading and metric"
        if self.addresses(evidence.item) and evidence.url not in {"", *self.addresses(evidence.item)}:
            return f"the address of {cited} is not the stored one of {evidence.item}"
        return _reading_difference(cited, evidence, stored)

    def _quote_fault(self, cited: EvidenceId, evidence: QuoteEvidence) -> str:
        stored = self.facts.item(evidence.version)
        if stored is None:
            return f"the words of {cited} are not stored"
        if (stored.key, stored.key.source) != (evidence.item, evidence.source):
            return f"the words of {cited} are those of {stored.key}, not of {evidence.item}"
        if evidence.url != stored.url:
            return f"the address of {cited} is not the stored one of {evidence.item}"
        if not _is_span(evidence, stored):
            return f"{evidence.text!r} does not stand in the {evidence.field} of {evidence.item}"
        return ""


def _addresses(evidence: Iterable[Evidence], facts: Facts) -> Mapping[ItemKey, frozenset[str]]:
    """Each item's addresses, from the stored versions that its quotations cite."""
    found: dict[ItemKey, set[str]] = {}
    for each in evidence:
        stored = facts.item(each.version) if isinstance(each, QuoteEvidence) else None
        if stored is not None:
            found.setdefault(stored.key, set()).add(stored.url)
    return {item: frozenset(addresses) for item, addresses in found.items()}


def _reading_difference(cited: EvidenceId, evidence: ReadingEvidence, stored: Reading) -> str:
    shown = {str(metric): value for metric, value in stored.metrics.items()}
    value = stored.rank if evidence.metric == "rank" else shown.get(evidence.metric)
    if stored.item != evidence.item:
        return f"the reading of {cited} is of {stored.item}, not of {evidence.item}"
    if value != evidence.value:
        return f"{cited} says {evidence.value}, the stored reading {value}"
    if stored.rank != evidence.rank:
        return f"{cited} says place {evidence.rank}, the stored reading {stored.rank}"
    if stored.observed_at != evidence.observed_at:
        return f"{cited} says {evidence.observed_at}, the stored reading {stored.observed_at}"
    return ""


def _harvest_fault(cited: EvidenceId, evidence: HarvestEvidence, stored: Harvest | None) -> str:
    if stored is None:
        return f"the list of {cited} is not stored"
    if cited != f"h{stored.id}":
        return f"the id {cited} is not that of its list"
    stated = (evidence.source, evidence.list, evidence.items, evidence.status, evidence.observed_at)
    if stated != (stored.source, stored.list, stored.items, stored.status, stored.observed_at):
        return f"{cited} differs from the stored list"
    return ""


def _is_span(evidence: QuoteEvidence, stored: Item) -> bool:
    if evidence.field not in QUOTED_FIELDS or not evidence.text:
        return False
    if evidence.field == "tags":
        return any(evidence.text in {tag, tag.partition(":")[2]} for tag in stored.tags)
    held = stored.key.external_id if evidence.field == "external_id" else str(getattr(stored, evidence.field))
    return evidence.start >= 0 and held[evidence.start : evidence.start + len(evidence.text)] == evidence.text
