"""An editor's hand in an issue: his words, checked like any others, and kept when the issue is written anew."""

from newsroom.editing.keeping import grafted, with_edits
from newsroom.editing.words import UnfitEdit, edit

__all__ = ["UnfitEdit", "edit", "grafted", "with_edits"]
