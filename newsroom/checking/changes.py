"""What changed between two readings that a sentence cites: the sign that its words of direction must have."""

from __future__ import annotations

import ast
from collections.abc import Iterable
from dataclasses import dataclass

from domain.claims import Figure
from domain.evidence import Evidence, Expression, NamedFormula, ReadingEvidence
from domain.items import ItemKey
from newsroom.formulas import FormulaError, Operands
from newsroom.formulas.expressions import parsed

#: The named formula whose value is itself a change, of no single item.
MEDIAN = "median_gain"


@dataclass(frozen=True, slots=True)
class Change:
    """A metric (``rank``: places climbed) of an item on a source, from the earlier to the later reading."""

    item: ItemKey | None  # None: the median of a list
    metric: str
    amount: float

    @property
    def sign(self) -> int:
        """1 up, -1 down, 0 unchanged."""
        return (self.amount > 0) - (self.amount < 0)


def change_between(one: ReadingEvidence, other: ReadingEvidence, metric: str) -> Change | None:
    """The change of a metric between two readings; None when they cannot be compared."""
    earlier, later = sorted((one, other), key=lambda reading: reading.observed_at)
    if one.item != other.item or one.source != other.source or earlier.observed_at == later.observed_at:
        return None
    if metric != "rank":
        amount: float = later.value - earlier.value
    elif earlier.rank is None or later.rank is None or earlier.list != later.list:
        return None
    else:
        amount = earlier.rank - later.rank
    return Change(one.item, metric, amount)


def change_of(figure: Figure, operands: Operands) -> Change | None:
    """The change that a figure prints, where its formula is one over two readings of an item."""
    formula = figure.formula
    if isinstance(formula, NamedFormula) and formula.name == MEDIAN:
        return Change(None, "the median", figure.value)
    pair = _subtracted(formula, operands) if isinstance(formula, Expression) else _named_pair(operands)
    if pair is None:
        return None
    one, other, metric = pair
    return change_between(one, other, metric)


def _named_pair(operands: Operands) -> tuple[ReadingEvidence, ReadingEvidence, str] | None:
    """The readings ``a`` and ``b`` of a named formula: with the metric ``rank`` it tells of places."""
    earlier, later = operands.get("a"), operands.get("b")
    if not isinstance(earlier, ReadingEvidence) or not isinstance(later, ReadingEvidence):
        return None
    return earlier, later, later.metric


def _subtracted(formula: Expression, operands: Operands) -> tuple[ReadingEvidence, ReadingEvidence, str] | None:
    """The first difference of two readings in an expression."""
    try:
        tree = parsed(formula.text)
    except FormulaError:
        return None
    for node in ast.walk(tree):
        if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Sub):
            left, right = _reading(node.left, operands), _reading(node.right, operands)
            if left is not None and right is not None and left[1] == right[1]:
                return left[0], right[0], left[1]
    return None


def _reading(node: ast.expr, operands: Operands) -> tuple[ReadingEvidence, str] | None:
    """A bare name or an attribute of one, with the metric that it reads."""
    attribute = node.attr if isinstance(node, ast.Attribute) else None
    named = node.value if isinstance(node, ast.Attribute) else node
    if not isinstance(named, ast.Name):
        return None
    operand = operands.get(named.id)
    if not isinstance(operand, ReadingEvidence) or attribute not in {None, "rank", operand.metric}:
        return None
    return operand, attribute or operand.metric


def crossed(figure: Figure, operands: Operands) -> bool:
    """Whether the figure subtracts readings that cannot be compared: of other items, sources or lists of places."""
    pair = _subtracted(figure.formula, operands) if isinstance(figure.formula, Expression) else None
    return pair is not None and change_between(*pair) is None


def bare_reading(figure: Figure, operands: Operands) -> tuple[ReadingEvidence, str] | None:
    """The reading that a figure prints as it is, with its metric; None for any other figure."""
    if not isinstance(figure.formula, Expression):
        return None
    try:
        return _reading(parsed(figure.formula.text), operands)
    except FormulaError:
        return None


def changes_among(evidence: Iterable[Evidence]) -> list[Change]:
    """Every change between readings of the same item, metric and list, from the earliest to the latest."""
    by_subject: dict[tuple[ItemKey, str, str], list[ReadingEvidence]] = {}
    for each in evidence:
        if isinstance(each, ReadingEvidence):
            by_subject.setdefault((each.item, each.metric, each.list), []).append(each)
    found = []
    for readings in by_subject.values():
        ordered = sorted(readings, key=lambda reading: reading.observed_at)
        change = change_between(ordered[0], ordered[-1], ordered[0].metric) if len(ordered) > 1 else None
        if change is not None:
            found.append(change)
    return found
