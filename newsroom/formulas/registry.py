"""The named formulas: what an expression cannot say, each with a name, a version and one exact meaning.

To add one, write a small pure function over ``Given`` in the module of its kind and enter it in that module's
``FORMULAS``; describe it in ``docs/formulas.md``, which a test holds complete. A formula that has been printed is
never changed: it gets a new version, and the old one stays.
"""

from __future__ import annotations

from collections.abc import Mapping

from newsroom.formulas import (
    comparisons,
    histories,
    lists,
    patterns,
    readings,
    records,
    relations,
    sizes,
    stays,
    stories,
)
from newsroom.formulas.definition import Definition
from newsroom.formulas.operands import FormulaError


def _registry(*modules: tuple[Definition, ...]) -> Mapping[tuple[str, int], Definition]:
    entries = {(each.name, each.version): each for module in modules for each in module}
    if len(entries) != sum(len(module) for module in modules):
        raise ValueError("two formulas share a name and a version")
    return entries


#: Every named formula by name and version.
REGISTRY = _registry(
    readings.FORMULAS,
    lists.FORMULAS,
    comparisons.FORMULAS,
    records.FORMULAS,
    patterns.FORMULAS,
    histories.FORMULAS,
    stays.FORMULAS,
    relations.FORMULAS,
    sizes.FORMULAS,
    stories.FORMULAS,
)


def definition(name: str, version: int = 1) -> Definition:
    """The formula of that name and version. Raises FormulaError when there is none."""
    try:
        return REGISTRY[name, version]
    except KeyError:
        raise FormulaError(f"there is no formula {name!r} in version {version}") from None
