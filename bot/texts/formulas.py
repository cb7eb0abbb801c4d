"""Formulas put into words: an expression with the numbers that it was computed from, a named one by its meaning."""

from __future__ import annotations

import ast
from collections.abc import Container, Iterator, Mapping
from typing import Final

from bot.languages.templates import places
from bot.languages.words import Marked, Words, mark
from bot.texts import terms
from bot.texts.meanings import CHOSEN, DETAILS, MEANINGS, SILENT, SIZES
from bot.texts.terms import KINDS
from domain.claims import Figure
from domain.evidence import Evidence, EvidenceId, Expression, HarvestEvidence, NamedFormula, QuoteEvidence
from domain.items import Kind
from domain.text import plain_line

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

#: Arguments that name a metric.
_METRICS: Final = frozenset({"metric", "one", "other"})

#: What is said of a formula that this paper no longer, or not yet, has words for.
_UNKNOWN: Final = mark("computed from the readings below")

#: What such a formula prints is a moment of its evidence, which stands there anyway.
MOMENTS: Final = frozenset({"date", "time"})


def computed(words: Words, figure: Figure, evidence: Mapping[EvidenceId, Evidence]) -> str:
    """How a figure was computed, without markup: ``16,444 − 11,020``; empty for what was printed as it was read."""
    told = _Told(words, figure, evidence)
    formula = figure.formula
    if not isinstance(formula, NamedFormula):
        return plain_line(told.expression(formula))
    return "" if formula.name in MOMENTS else told.named(formula)


def _is_span(tree: ast.expr) -> bool:
    """Whether it is the days between two readings, whose moments stand below anyway."""
    return isinstance(tree, ast.Call) and isinstance(tree.func, ast.Name) and tree.func.id == "days"


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
        return "" if isinstance(tree, ast.Name | ast.Attribute) or _is_span(tree) else self._node(tree)

    def named(self, formula: NamedFormula) -> str:
        """What a named formula computes, its arguments filled in, and behind it those that the text leaves out."""
        text = MEANINGS.get((formula.name, formula.version), _UNKNOWN)
        within = {place: self._filling(formula, place) for place in places(text)}
        told = self._words.plain_of(text, **within)
        details = [*self._details(formula, within), *self._sizes(within)]
        if not details:
            return told
        return self._words.plain("{formula} ({details})", formula=told, details=" · ".join(details))

    def _filling(self, formula: NamedFormula, place: str) -> str:
        if place in formula.args:
            return self._argument(place, formula.args[place])
        name, _, attribute = place.partition("_")
        return self._metric(name, attribute) if attribute else self._operand(name)

    def _details(self, formula: NamedFormula, said: Container[str]) -> Iterator[str]:
        for name, value in formula.args.items():
            if name in DETAILS and name not in said and (name, value) not in SILENT:
                yield self._words.plain_of(DETAILS[name], value=self._argument(name, value))

    def _sizes(self, said: Container[str]) -> Iterator[str]:
        """How many entries a list has, and how many lists were looked at."""
        for name, cited in self._operands.items():
            if name not in SIZES or name in said:
                continue
            found = None if isinstance(cited, tuple) else self._evidence.get(cited)
            size = len(cited) if isinstance(cited, tuple) else found.items if isinstance(found, HarvestEvidence) else 0
            if size and isinstance(cited, tuple) is (name == "lists"):
                yield self._words.plain_of(SIZES[name], value=self._number(size))

    def _argument(self, name: str, value: str | float) -> str:
        chosen = CHOSEN.get((name, str(value)))
        if chosen is not None:
            return self._words.plain_of(chosen)
        if isinstance(value, str):
            return self._word(name, value)
        return self._number(value)

    def _word(self, name: str, value: str) -> str:
        if name in _METRICS:
            return terms.counted(self._words, value)
        if name == "kind" and value in KINDS:
            return terms.kind(self._words, Kind(value))
        return plain_line(", ".join(value.split("|")) if name == "pattern" else value)

    def _node(self, node: ast.expr) -> str:
        match node:
            case ast.UnaryOp(op=ast.USub(), operand=operand):
                return f"−{self._node(operand)}"
            case ast.BinOp(left=left, op=operator, right=right) if type(operator) in _SIGNS:
                return f"{self._side(left)} {_SIGNS[type(operator)]} {self._side(right)}"
            case ast.Call(func=ast.Name(id=name), args=arguments) if name in _FUNCTIONS:
                told = self._day if name == "days" else self._node
                what = self._words.all_of([told(one) for one in arguments[: 1 if name == "round" else None]])
                return self._words.plain_of(_FUNCTIONS[name], what=what)
        return self._leaf(node)

    def _day(self, node: ast.expr) -> str:
        """The day (UTC) on which an operand was read."""
        cited = self._operands.get(node.id, ()) if isinstance(node, ast.Name) else ()
        found = None if isinstance(cited, tuple) else self._evidence.get(cited)
        return self._node(node) if found is None else self._words.date(found.observed_at.date())

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
        cited = self._operands.get(name)
        if isinstance(cited, tuple):
            return self._words.plain_count("{count} reading", "{count} readings", len(cited))
        found = None if cited is None else self._evidence.get(cited)
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
        return self._number(found.value) if attribute == found.metric else terms.counted(self._words, attribute)

    def _number(self, value: float) -> str:
        return self._words.number(value, 0 if value == int(value) else 2)
