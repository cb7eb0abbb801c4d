"""Which items are about AI: a stated rule, its words kept in numbered editions (``docs/relevance.md``)."""

from newsroom.relevance.rule import EDITION, is_about_ai, why

__all__ = ["EDITION", "is_about_ai", "why"]
