"""Expressions over evidence, read by a small walker of the syntax tree: arithmetic, a dozen functions, nothing else."""

from __future__ import annotations

import ast
import statistics
from collections.abc import Callable, Mapping, Sequence
from datetime import timedelta
from functools import lru_cache

from domain.evidence import Evidence, HarvestEvidence, QuoteEvidence, ReadingEvidence
from newsroom.facts import Facts
from newsroom.formulas.operands import FormulaError, Operands, rank_of, value_of

MAX_LENGTH = 400
MAX_DEPTH = 20

#: What a part of an expression may be on the way to its number.
Value = float | Evidence | tuple[Evidence, ...] | list[float] | list[str]


def evaluate_expression(text: str, operands: Operands, facts: Facts | None = None) -> float:
    """The number that the expression gives over named evidence. Raises FormulaError."""
    walker = _Walker(operands, facts)
    try:
        return _number(walker.visit(parsed(text)))
    except (ZeroDivisionError, OverflowError, statistics.StatisticsError) as error:
        raise FormulaError(f"{text!r} has no value: {error}") from error


@lru_cache(maxsize=1024)
def parsed(text: str) -> ast.expr:
    """The syntax tree of an expression, bounded in length and depth. Raises FormulaError."""
    if len(text) > MAX_LENGTH:
        raise FormulaError(f"the expression is longer than {MAX_LENGTH} characters")
    try:
        tree = ast.parse(text.strip(), mode="eval").body
    except (SyntaxError, ValueError, MemoryError, RecursionError) as error:
        raise FormulaError(f"{text!r} is no expression") from error
    if _depth(tree) > MAX_DEPTH:
        raise FormulaError(f"the expression is nested deeper than {MAX_DEPTH} levels")
    return tree


def _depth(tree: ast.expr) -> int:
    """How deeply the tree is nested, counted level by level, so that a deep one cannot exhaust the stack."""
    depth, level = 0, [tree]
    while level and depth <= MAX_DEPTH:
        depth += 1
        level = [child for node in level for child in ast.iter_child_nodes(node) if isinstance(child, ast.expr)]
    return depth


class _Walker:
    """Computes one expression over its operands."""

    def __init__(self, operands: Operands, facts: Facts | None) -> None:
        self._operands = operands
        self._facts = facts

    def visit(self, node: ast.expr) -> Value:
        match node:
            case ast.Constant(value=bool()):
                raise FormulaError("an expression holds no truth values")
            case ast.Constant(value=int() | float() as number):
                return float(number)
            case ast.Name(id=name):
                return self._named(name)
            case ast.Attribute(value=ast.Name(id=name), attr=attribute):
                return self._attribute(self._named(name), attribute)
            case ast.UnaryOp(op=ast.USub(), operand=operand):
                return -_number(self.visit(operand))
            case ast.BinOp(left=left, op=operator, right=right):
                return self._arithmetic(operator, _number(self.visit(left)), _number(self.visit(right)))
            case ast.Call(func=ast.Name(id=name), args=arguments, keywords=[]):
                return self._call(name, [self.visit(argument) for argument in arguments])
            case _:
                raise FormulaError(f"an expression may not hold {ast.unparse(node)!r}")

    def _named(self, name: str) -> Value:
        try:
            return self._operands[name]
        except KeyError:
            raise FormulaError(f"the operand {name!r} is missing") from None

    def _attribute(self, owner: Value, attribute: str) -> float:
        if isinstance(owner, HarvestEvidence) and attribute == "items":
            return owner.items
        if not isinstance(owner, ReadingEvidence):
            raise FormulaError(f"only a reading has {attribute!r}")
        if attribute == "rank":
            return rank_of(owner)
        if attribute == owner.metric:
            return owner.value
        return self._other_metric(owner, attribute)

    def _other_metric(self, evidence: ReadingEvidence, name: str) -> float:
        """A metric that the evidence does not carry: read from the stored reading."""
        stored = self._facts.reading(evidence.reading_id) if self._facts is not None else None
        shown = {} if stored is None else {str(metric): value for metric, value in stored.metrics.items()}
        if name not in shown:
            raise FormulaError(f"the reading of {evidence.item} shows no {name!r}")
        return shown[name]

    def _arithmetic(self, operator: ast.operator, left: float, right: float) -> float:
        match operator:
            case ast.Add():
                return left + right
            case ast.Sub():
                return left - right
            case ast.Mult():
                return left * right
            case ast.Div():
                return left / right
            case _:
                raise FormulaError("an expression knows only + - * and /")

    def _call(self, name: str, arguments: list[Value]) -> Value:
        if name == "days":
            return _days(arguments)
        if name == "round":
            return _rounded(arguments)
        if name == "abs":
            return abs(_number(_only(name, arguments)))
        if name in {"len", "count"}:
            return float(len(_list(_only(name, arguments))))
        if name == "distinct":
            return _distinct(_only(name, arguments))
        if name in _OVER_NUMBERS:
            return float(_OVER_NUMBERS[name](_numbers(arguments)))
        raise FormulaError(f"there is no function {name!r}")


_OVER_NUMBERS: Mapping[str, Callable[[Sequence[float]], float]] = {
    "sum": sum,
    "min": min,
    "max": max,
    "mean": statistics.fmean,
    "median": statistics.median,
}


def _number(value: Value) -> float:
    """A value as a number: a list without repeats (``distinct``) counts as how many it holds."""
    if isinstance(value, float | int):
        return float(value)
    if isinstance(value, tuple):
        raise FormulaError("a list stands where a number is needed")
    if isinstance(value, list):
        return float(len(value))
    return float(value_of(value))


def _only(name: str, arguments: list[Value]) -> Value:
    if len(arguments) != 1:
        raise FormulaError(f"{name} takes one argument")
    return arguments[0]


def _list(value: Value) -> Sequence[object]:
    if isinstance(value, tuple | list):
        return value
    if isinstance(value, ReadingEvidence | HarvestEvidence | QuoteEvidence):
        return (value,)
    raise FormulaError("a number stands where a list is needed")


def _numbers(arguments: list[Value]) -> list[float]:
    """The arguments as one list of numbers: lists are laid out one after another."""
    numbers: list[float] = []
    for argument in arguments:
        if isinstance(argument, tuple):
            numbers.extend(value_of(evidence) for evidence in argument)
        elif isinstance(argument, list):
            numbers.extend(_number_of(each) for each in argument)
        else:
            numbers.append(_number(argument))
    if not numbers:
        raise FormulaError("an empty list has no value")
    return numbers


def _number_of(value: float | str) -> float:
    if isinstance(value, str):
        raise FormulaError(f"the quotation {value!r} is no number")
    return value


def _distinct(value: Value) -> list[float] | list[str]:
    """The different values of a list: numbers of readings and lists, words of quotations."""
    evidence = value if isinstance(value, tuple) else (value,)
    quotes = [each.text for each in evidence if isinstance(each, QuoteEvidence)]
    if quotes:
        if len(quotes) != len(evidence):
            raise FormulaError("distinct takes numbers or words, not both")
        return list(dict.fromkeys(quotes))
    return list(dict.fromkeys(_numbers([value])))


def _days(arguments: list[Value]) -> float:
    """The distance in time of two pieces of evidence, in days, never negative."""
    if len(arguments) != 2:
        raise FormulaError("days takes two pieces of evidence")
    first, second = arguments
    known = ReadingEvidence | HarvestEvidence | QuoteEvidence
    if not isinstance(first, known) or not isinstance(second, known):
        raise FormulaError("days takes two pieces of evidence, not numbers or lists")
    return abs((second.observed_at - first.observed_at) / timedelta(days=1))


def _rounded(arguments: list[Value]) -> float:
    if len(arguments) not in {1, 2}:
        raise FormulaError("round takes a number and, if wanted, how many decimals")
    decimals = int(_number(arguments[1])) if len(arguments) == 2 else 0
    return float(round(_number(arguments[0]), decimals))
