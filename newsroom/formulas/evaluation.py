"""The value of a formula over its evidence: the one entrance for expressions and named formulas."""

from __future__ import annotations

import math

from domain.evidence import Expression, Formula
from newsroom.facts import Facts
from newsroom.formulas.expressions import evaluate_expression
from newsroom.formulas.operands import FormulaError, Given, Operands
from newsroom.formulas.registry import definition


def evaluate(formula: Formula, operands: Operands, facts: Facts | None = None) -> float:
    """The exact value, before any rounding.

    Named formulas over whole lists need ``facts``; expressions need them only for a metric that the evidence
    does not carry itself. Raises FormulaError: unknown formula, missing or unfit evidence, no finite value.
    """
    if isinstance(formula, Expression):
        value = evaluate_expression(formula.text, operands, facts)
    else:
        value = float(definition(formula.name, formula.version).compute(Given(operands, formula.args, facts)))
    if not math.isfinite(value):
        raise FormulaError("the value is not finite")
    return value
