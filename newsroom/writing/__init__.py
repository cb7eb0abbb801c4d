"""Prose by another hand than the data writer's: the plan of a section, and what becomes of the sentences offered."""

from newsroom.writing.ladder import Asked, rewrite

__all__ = ["Asked", "rewrite"]
