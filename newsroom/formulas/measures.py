"""What the value of a formula measures: a metric, a place, a count, days, a share; the unit printed must fit it."""

from __future__ import annotations

import ast
from dataclasses import dataclass
from enum import StrEnum

from domain.evidence import Evidence, Expression, HarvestEvidence, ReadingEvidence
from newsroom.formulas.expressions import parsed
from newsroom.formulas.operands import FormulaError, Operands


class Measure(StrEnum):
    """A kind of quantity."""

    METRIC = "metric"  # so many likes, stars, points
    RANK = "rank"  # a place on a list
    PLACES = "places"  # a distance of places
    COUNT = "count"  # so many things
    LISTS = "lists"  # so many lists
    DAYS = "days"
    PERCENT = "percent"
    TIMES = "times"  # a multiple
    RATIO = "ratio"  # a bare ratio or coefficient
    DATE = "date"
    TIME = "time"
    NUMBER = "number"  # a constant
    MIXED = "mixed"  # of no use: likes plus stars


@dataclass(frozen=True, slots=True)
class Quantity:
    """A measure; ``metric`` names the metric where it is one."""

    measure: Measure
    metric: str = ""
    hundred: bool = False  # multiplied by a hundred: a ratio becomes per cent


_COUNT, _DAYS, _MIXED = Quantity(Measure.COUNT), Quantity(Measure.DAYS), Quantity(Measure.MIXED)


def quantity_of(expression: Expression, operands: Operands) -> Quantity:
    """What an expression measures, by the rules of dimensions. Raises FormulaError for what is no expression."""
    return _visit(parsed(expression.text), operands)


def quantity_of_evidence(evidence: Evidence) -> Quantity:
    """What a bare name stands for."""
    match evidence:
        case ReadingEvidence(metric="rank"):
            return Quantity(Measure.RANK)
        case ReadingEvidence(metric=metric):
            return Quantity(Measure.METRIC, metric)
        case HarvestEvidence():
            return _COUNT
        case _:
            return _MIXED


def _visit(node: ast.expr, operands: Operands) -> Quantity:
    match node:
        case ast.Constant(value=value):
            found = Quantity(Measure.NUMBER, hundred=value == 100)
        case ast.Name(id=name):
            found = _named(name, operands)
        case ast.Attribute(attr=attribute):
            found = _ATTRIBUTES.get(attribute, Quantity(Measure.METRIC, attribute))
        case ast.UnaryOp(operand=operand):
            found = _visit(operand, operands)
        case ast.BinOp(left=left, op=operator, right=right):
            found = _combined(operator, _visit(left, operands), _visit(right, operands))
        case ast.Call(func=ast.Name(id=name), args=arguments):
            found = _called(name, [_visit(argument, operands) for argument in arguments])
        case _:
            found = _MIXED
    return found


_ATTRIBUTES = {"rank": Quantity(Measure.RANK), "items": _COUNT}


def _named(name: str, operands: Operands) -> Quantity:
    operand = operands.get(name)
    if operand is None:
        raise FormulaError(f"the operand {name!r} is missing")
    quantities = {quantity_of_evidence(each) for each in (operand if isinstance(operand, tuple) else (operand,))}
    return quantities.pop() if len(quantities) == 1 else _MIXED


def _called(name: str, arguments: list[Quantity]) -> Quantity:
    if name in {"len", "count", "distinct"}:
        return _COUNT
    if name == "days":
        return _DAYS
    if name == "round":
        return arguments[0] if arguments else _MIXED
    return arguments[0] if len(set(arguments)) == 1 else _MIXED


def _combined(operator: ast.operator, left: Quantity, right: Quantity) -> Quantity:
    match operator:
        case ast.Sub() if left.measure is right.measure is Measure.RANK:
            return Quantity(Measure.PLACES)
        case ast.Add() | ast.Sub():
            return _sum(left, right)
        case ast.Mult():
            return _product(left, right)
        case ast.Div():
            return _quotient(left, right)
        case _:
            return _MIXED


def _sum(left: Quantity, right: Quantity) -> Quantity:
    if left.measure is Measure.RANK or right.measure is Measure.RANK:
        return _MIXED
    if left == right:
        return left
    ratio = {left.measure, right.measure} == {Measure.RATIO, Measure.NUMBER}
    return Quantity(Measure.RATIO) if ratio else _MIXED


def _product(left: Quantity, right: Quantity) -> Quantity:
    if Measure.NUMBER not in {left.measure, right.measure}:
        return _MIXED
    factor, other = (left, right) if left.measure is Measure.NUMBER else (right, left)
    if other.measure is Measure.RATIO and factor.hundred:
        return Quantity(Measure.PERCENT)
    return Quantity(other.measure, other.metric, hundred=other.hundred or factor.hundred)


def _quotient(left: Quantity, right: Quantity) -> Quantity:
    if right.measure is Measure.NUMBER:
        return left
    if (left.measure, left.metric) == (right.measure, right.metric):
        return Quantity(Measure.PERCENT if left.hundred else Measure.RATIO)
    if left.measure in {Measure.METRIC, Measure.PLACES} and right.measure in {Measure.COUNT, Measure.DAYS}:
        return left
    return _MIXED
