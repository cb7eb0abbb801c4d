"""Formulas put into words: an expression with the numbers that it was computed from, a named one by its meaning."""

from __future__ import annotations

import ast
from collections.abc import Callable, Mapping
from typing import Final

from bot.languages.words import Marked, Words, mark
from domain.claims import Figure
from domain.evidence import Evidence, EvidenceId, Expression, HarvestEvidence, NamedFormula, QuoteEvidence

Meaning = Callable[[NamedFormula], str]

_SIGNS: Final[Mapping[type[ast.operator], str]] = {ast.Add: "+", ast.Sub: "−", ast.Mult: "×", ast.Div: "÷"}

_FUNCTIONS: Final[Mapping[str, Marked]] = {
    "len": mark("the number of {what}"),
    "count": mark("the number of {what}"),
    "distinct": mark("the number of different {what}"),
    "sum": mark("the sum of {what}"),
    "min": mark("the smallest of {what}"),
    "max": mark("the largest of {what}"),
    "mean": mark("the mean of {what}"),
    "median": mark("the median of {what}"),
    "abs": mark("{what}, without its sign"),
    "round": mark("{what}, rounded"),
    "days": mark("the days between {what}"),
}


#: Named formulas that can be written out with the numbers of their readings.
_WRITTEN_OUT: Final[Mapping[tuple[str, int], Expression]] = {
    ("growth_percent", 1): Expression("100 * (b - a) / a"),
}

#: What such a formula prints is a moment of its evidence, which stands there anyway.
_MOMENTS: Final = frozenset({"date", "time"})


def computed(words: Words, figure: Figure, evidence: Mapping[EvidenceId, Evidence], meaning: Meaning) -> str:
    """How a figure was computed, without markup: ``16,444 − 11,020``; empty for what was printed as it was read."""
    formula = figure.formula
    if isinstance(formula, NamedFormula):
        formula = _WRITTEN_OUT.get((formula.name, formula.version), formula)
    if isinstance(formula, NamedFormula):
        if formula.name in _MOMENTS:
            return ""
        given = ", ".join(f"{name} = {value}" for name, value in formula.args.items())
        told = meaning(formula)
        return f"{told} ({given})" if given else told
    return _Told(words, figure, evidence).expression(formula)


class _Told:
    """One expression; its operands are named by the figure."""

    def __init__(self, words: Words, figure: Figure, evidence: Mapping[EvidenceId, Evidence]) -> None:
        self._words = words
        self._operands = figure.evidence
        self._evidence = evidence

    def expression(self, formula: Expression) -> str:
        """The whole of it; a text that is no expression stands as it is."""
        try:
            tree = ast.parse(formula.text, mode="eval").body
        except (SyntaxError, ValueError):
            return formula.text
        return "" if isinstance(tree, ast.Name | ast.Attribute) else self._node(tree)

    def _node(self, node: ast.expr) -> str:
        match node:
            case ast.UnaryOp(op=ast.USub(), operand=operand):
                return f"−{self._node(operand)}"
            case ast.BinOp(left=left, op=operator, right=right) if type(operator) in _SIGNS:
                return f"{self._side(left)} {_SIGNS[type(operator)]} {self._side(right)}"
            case ast.Call(func=ast.Name(id=name), args=arguments) if name in _FUNCTIONS:
                what = self._words.all_of([self._node(one) for one in arguments[: 1 if name == "round" else None]])
                return self._words.plain_of(_FUNCTIONS[name], what=what)
        return self._leaf(node)

    def _leaf(self, node: ast.expr) -> str:
        match node:
            case ast.Constant(value=int() | float() as value):
                return self._number(value)
            case ast.Name(id=name):
                return self._operand(name)
            case ast.Attribute(value=ast.Name(id=name), attr=attribute):
                return self._metric(name, attribute)
        return ast.unparse(node)

    def _side(self, node: ast.expr) -> str:
        told = self._node(node)
        return f"({told})" if isinstance(node, ast.BinOp) else told

    def _operand(self, name: str) -> str:
        cited = self._operands.get(name, ())
        if isinstance(cited, tuple):
            return self._words.plain_count("{count} reading", "{count} readings", len(cited))
        found = self._evidence.get(cited)
        if found is None or isinstance(found, QuoteEvidence):
            return name
        return self._number(found.items if isinstance(found, HarvestEvidence) else found.value)

    def _metric(self, name: str, attribute: str) -> str:
        """A figure of the same reading: the place, the list's size, or another metric."""
        cited = self._operands.get(name)
        found = None if cited is None or isinstance(cited, tuple) else self._evidence.get(cited)
        if isinstance(found, HarvestEvidence) and attribute == "items":
            return self._number(found.items)
        if found is None or isinstance(found, HarvestEvidence | QuoteEvidence):
            return f"{name}.{attribute}"
        if attribute == "rank" and found.rank is not None:
            return self._number(found.rank)
        return self._number(found.value) if attribute == found.metric else attribute.replace("_", " ")

    def _number(self, value: float) -> str:
        return self._words.number(value, 0 if value == int(value) else 2)
