"""Which items are about AI: a stated rule, its words kept in numbered editions (``docs/relevance.md``)."""

from newsroom.relevance.rule import EDITION, EDITIONS, is_about_ai, why

__all__ = ["EDITION", "EDITIONS", "is_about_ai", "why"]
