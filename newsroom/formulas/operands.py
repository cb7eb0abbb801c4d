"""What a formula reads: evidence by name, with the demands that a formula may make on it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from domain.evidence import Evidence, HarvestEvidence, QuoteEvidence, ReadingEvidence
from domain.items import ItemKey
from domain.readings import HarvestStatus, Metric, Reading
from newsroom.facts import Facts

#: Evidence by operand name: one piece, or a list of them.
Operands = Mapping[str, Evidence | tuple[Evidence, ...]]

#: A list in this state was read whole: what is not on it was not listed.
COMPLETE = frozenset({HarvestStatus.OK, HarvestStatus.EMPTY})


class FormulaError(ValueError):
    """The formula has no value over this evidence; the message says why."""


def value_of(evidence: Evidence) -> float:
    """The number that evidence stands for: a reading's value, the size of a list.

    Raises FormulaError for a quotation.
    """
    match evidence:
        case ReadingEvidence():
            return evidence.value
        case HarvestEvidence():
            return evidence.items
        case QuoteEvidence():
            raise FormulaError(f"the quotation {evidence.text!r} is no number")


def rank_of(evidence: Evidence) -> int:
    """The place on the list. Raises FormulaError where the list has no order."""
    if not isinstance(evidence, ReadingEvidence):
        raise FormulaError("only a reading has a place on a list")
    if evidence.rank is None:
        raise FormulaError(f"{evidence.item} has no place: the list {evidence.list} is not ranked")
    return evidence.rank


class Given:
    """The operands and the arguments of one named formula, asked for by name and kind, and the stored facts.

    Every question raises FormulaError where the answer is missing or of another kind.
    """

    def __init__(self, operands: Operands, args: Mapping[str, str | int | float], facts: Facts | None) -> None:
        self._operands = operands
        self._args = args
        self._facts = facts

    @property
    def facts(self) -> Facts:
        """The stored facts."""
        if self._facts is None:
            raise FormulaError("this formula needs the stored lists")
        return self._facts

    def one(self, name: str) -> Evidence:
        """The operand of that name, a single piece of evidence."""
        found = self._operands.get(name)
        if found is None:
            raise FormulaError(f"the operand {name!r} is missing")
        if isinstance(found, tuple):
            raise FormulaError(f"the operand {name!r} must be a single piece of evidence, not a list")
        return found

    def has(self, name: str) -> bool:
        """Whether there is an operand of that name."""
        return name in self._operands

    def many(self, name: str) -> tuple[Evidence, ...]:
        """The operand of that name as a list; a single piece is a list of one."""
        found = self._operands.get(name)
        if found is None:
            raise FormulaError(f"the operand {name!r} is missing")
        return found if isinstance(found, tuple) else (found,)

    def reading(self, name: str) -> ReadingEvidence:
        """The operand as a reading."""
        found = self.one(name)
        if not isinstance(found, ReadingEvidence):
            raise FormulaError(f"the operand {name!r} must be a reading")
        return found

    def item(self, name: str) -> ItemKey:
        """The item of a reading or of a quotation."""
        found = self.one(name)
        if isinstance(found, HarvestEvidence):
            raise FormulaError(f"the operand {name!r} must name an item, not a list")
        return found.item

    def harvest(self, name: str) -> HarvestEvidence:
        """The operand as one whole list."""
        found = self.one(name)
        if not isinstance(found, HarvestEvidence):
            raise FormulaError(f"the operand {name!r} must be a whole list (a harvest)")
        return found

    def complete(self, name: str) -> HarvestEvidence:
        """The operand as a list that was read whole, so that an absence from it means something."""
        return _complete(self.harvest(name))

    def harvests(self, name: str) -> tuple[HarvestEvidence, ...]:
        """The operand as readings of one and the same list, oldest first, each read whole, none twice."""
        found = [_complete(each) for each in self.many(name) if isinstance(each, HarvestEvidence)]
        if len(found) != len(self.many(name)) or not found:
            raise FormulaError(f"the operand {name!r} must hold whole lists (harvests), at least one")
        if len({(each.source, each.list) for each in found}) > 1:
            raise FormulaError(f"the operand {name!r} mixes different lists")
        if len({each.harvest_id for each in found}) < len(found):
            raise FormulaError(f"the operand {name!r} names the same list twice")
        return tuple(sorted(found, key=lambda each: each.observed_at))

    def listed(self, harvest: HarvestEvidence) -> Sequence[Reading]:
        """What stood on a list. Raises FormulaError when storage holds another number of items than the evidence."""
        readings = self.facts.listed(harvest.harvest_id)
        if len(readings) != harvest.items:
            raise FormulaError(
                f"the list {harvest.list} is said to hold {harvest.items} items, and {len(readings)} are stored"
            )
        return readings

    def argued(self, name: str) -> bool:
        """Whether an argument of that name is given."""
        return name in self._args

    def word(self, name: str, default: str | None = None) -> str:
        """An argument as text."""
        found = self._args.get(name, default)
        if not isinstance(found, str) or not found:
            raise FormulaError(f"the argument {name!r} must be a text that is not empty")
        return found

    def number(self, name: str, default: float | None = None) -> float:
        """An argument as a number."""
        found = self._args.get(name, default)
        if isinstance(found, bool) or not isinstance(found, int | float):
            raise FormulaError(f"the argument {name!r} must be a number")
        return found

    def metric(self, name: str = "metric") -> Metric:
        """An argument as a metric."""
        try:
            return Metric(self.word(name))
        except ValueError as error:
            raise FormulaError(f"{self.word(name)!r} is no metric") from error


def _complete(harvest: HarvestEvidence) -> HarvestEvidence:
    if harvest.status not in COMPLETE:
        raise FormulaError(f"the list {harvest.list} was not read whole ({harvest.status}): absence proves nothing")
    return harvest


def same_subject(earlier: ReadingEvidence, later: ReadingEvidence) -> None:
    """Demand two readings of one metric of one item on one source, in order of time. Raises FormulaError."""
    if (earlier.item, earlier.metric, earlier.source) != (later.item, later.metric, later.source):
        raise FormulaError(f"{earlier.metric} of {earlier.item} and {later.metric} of {later.item} cannot be compared")
    if earlier.observed_at >= later.observed_at:
        raise FormulaError("the earlier reading must be older than the later one")
