"""Prose by another hand than the data writer's: the plan of a section, and what becomes of the sentences offered."""

from newsroom.writing.ladder import Asked, rewrite
from newsroom.writing.translating import Translation, translate

__all__ = ["Asked", "Translation", "rewrite", "translate"]
