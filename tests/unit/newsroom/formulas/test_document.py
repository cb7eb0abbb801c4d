"""docs/formulas.md defines every named formula as the registry has it."""

from __future__ import annotations

from pathlib import Path

import pytest

from newsroom.formulas import REGISTRY, FormulaError, definition
from newsroom.formulas.document import registry_markdown
from newsroom.formulas.expressions import MAX_DEPTH, MAX_LENGTH

DOCUMENT = Path(__file__).resolve().parents[4] / "docs" / "formulas.md"


def test_the_document_ends_with_the_registry_word_for_word() -> None:
    assert DOCUMENT.read_text("utf-8").endswith(registry_markdown())


def test_every_formula_has_its_heading_in_the_document() -> None:
    text = DOCUMENT.read_text("utf-8")
    assert [entry for entry in REGISTRY.values() if f"### `{entry.name}`, version {entry.version}\n" not in text] == []


def test_the_document_states_the_bounds_of_expressions() -> None:
    assert f"at most {MAX_LENGTH} characters and {MAX_DEPTH} levels deep" in DOCUMENT.read_text("utf-8")


def test_an_unknown_formula_or_version_is_an_error() -> None:
    with pytest.raises(FormulaError, match="there is no formula 'streak' in version 9"):
        definition("streak", 9)
