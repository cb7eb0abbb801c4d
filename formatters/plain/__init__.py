"""The plain edition: text for a terminal and for golden files."""

from formatters.plain.edition import plain_text

__all__ = ["plain_text"]
