"""Formulas over evidence: expressions written out, and named ones; every printed figure is the value of one."""

from newsroom.formulas.definition import Definition, Licence
from newsroom.formulas.evaluation import evaluate
from newsroom.formulas.operands import FormulaError, Operands
from newsroom.formulas.registry import REGISTRY, definition

__all__ = ["REGISTRY", "Definition", "FormulaError", "Licence", "Operands", "definition", "evaluate"]
