"""The JSON edition: the contract for auditors."""

from formatters.json.edition import edition_json

__all__ = ["edition_json"]
