"""A whole issue as JSON and back, equal: claims, evidence, formulas and checks are kept for ever in this form.

Unions carry a ``kind``. Defaults are written out, so that a default that changes one day changes no old issue.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from cattrs.preconf.json import JsonConverter, make_converter
from cattrs.strategies import configure_tagged_union

from domain.claims import Figure, Name, Quote, Run, Words
from domain.edits import Edit
from domain.errors import StorageError
from domain.evidence import (
    Evidence,
    Expression,
    Formula,
    HarvestEvidence,
    NamedFormula,
    Operand,
    QuoteEvidence,
    ReadingEvidence,
)
from domain.issue import Issue
from domain.items import ItemKey, Kind, Source

#: A union that stands inside a member of another comes first.
_TAGS: Mapping[Any, Mapping[type, str]] = {
    Formula: {Expression: "expression", NamedFormula: "named"},
    Run: {Words: "words", Figure: "figure", Name: "name", Quote: "quote"},
    Evidence: {ReadingEvidence: "reading", QuoteEvidence: "quote", HarvestEvidence: "harvest"},
}


def _converter() -> JsonConverter:
    converter = make_converter(detailed_validation=False)
    converter.register_structure_hook(float, lambda figure, _: figure)  # 1204 stays 1204
    converter.register_unstructure_hook(ItemKey, lambda key: [key.source, key.kind, key.external_id])
    converter.register_structure_hook(ItemKey, lambda key, _: ItemKey(Source(key[0]), Kind(key[1]), key[2]))
    converter.register_unstructure_hook(Operand, lambda operand: operand)
    converter.register_structure_hook(
        Operand, lambda operand, _: tuple(operand) if isinstance(operand, list) else operand
    )
    for union, tags in _TAGS.items():
        configure_tagged_union(union, converter, tag_generator=tags.__getitem__, tag_name="kind")
    return converter


_CONVERTER = _converter()


def unstructured(value: object, kind: Any) -> Any:
    """A value of a kind as plain JSON values."""
    return _CONVERTER.unstructure(value, unstructure_as=kind)


def structured(plain: Any, kind: Any) -> Any:
    """The value of a kind that plain JSON values hold. Raises whatever its constructors raise."""
    return _CONVERTER.structure(plain, kind)


def issue_to_json(issue: Issue) -> str:
    """The issue as one line of JSON."""
    return json.dumps(_CONVERTER.unstructure(issue), ensure_ascii=False, separators=(",", ":"))


def issue_from_json(text: str) -> Issue:
    """The issue again. Raises StorageError: the text is not one."""
    try:
        return _CONVERTER.structure(json.loads(text), Issue)
    except Exception as error:  # cattrs raises whatever a constructor does
        raise StorageError("A stored issue can't be read: restore the database from a backup.") from error


def edit_to_json(edit: Edit) -> str:
    """An editor's sentence with its evidence as one line of JSON."""
    return json.dumps(_CONVERTER.unstructure(edit), ensure_ascii=False, separators=(",", ":"))


def edit_from_json(text: str) -> Edit:
    """The edit again. Raises StorageError: the text is not one."""
    try:
        return _CONVERTER.structure(json.loads(text), Edit)
    except Exception as error:  # cattrs raises whatever a constructor does
        raise StorageError("A stored edit can't be read: restore the database from a backup.") from error
