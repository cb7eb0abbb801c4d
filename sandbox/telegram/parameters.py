"""The parameters of one call, read as telegram-bot-api reads them: every value may come as text, JSON or a file."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qsl

from sandbox.telegram.errors import Refusal, bad_request

_TRUE = frozenset(("true", "yes", "1"))


@dataclass(frozen=True, slots=True)
class Upload:
    """A file that came in a multipart body."""

    name: str
    content: bytes
    media_type: str


@dataclass(frozen=True, slots=True)
class Parameters:
    """The values of one call by name, and its files by the name of their part."""

    values: Mapping[str, Any]
    files: Mapping[str, Upload] = field(default_factory=dict)

    def __contains__(self, name: object) -> bool:
        return name in self.values

    def text(self, name: str) -> str:
        """A value as text; empty when it was not given."""
        value = self.values.get(name)
        if value is None:
            return ""
        if isinstance(value, str):
            return value
        return json.dumps(value, ensure_ascii=False)

    def integer(self, name: str, default: int, least: int | None = None, most: int | None = None) -> int:
        """A whole number, moved into the bounds without a word, as the real server does."""
        try:
            value = int(self.text(name))
        except ValueError:
            value = default
        if least is not None:
            value = max(value, least)
        return value if most is None else min(value, most)

    def flag(self, name: str) -> bool:
        """True for true, yes and 1 in any case; everything else is false."""
        return self.text(name).strip().lower() in _TRUE

    def structure(self, name: str, what: str) -> Any:
        """The JSON value of a parameter, None when not given; refused with "can't parse ``what`` JSON object"."""
        value = self.values.get(name)
        if value is None or value == "":
            return None
        if not isinstance(value, str):
            return value
        try:
            return json.loads(value)
        except ValueError as broken:
            raise bad_request(f"can't parse {what} JSON object") from broken

    def message_id(self, name: str = "message_id") -> int:
        """A message id; refused where none is given."""
        value = self.integer(name, 0)
        if value <= 0:
            raise bad_request("message identifier is not specified")
        return value


def from_query(query: bytes) -> dict[str, Any]:
    """The values of a query string or of a urlencoded body."""
    return dict(parse_qsl(query.decode("utf-8", "replace"), keep_blank_values=True))


def from_json(body: bytes) -> dict[str, Any]:
    """The values of a JSON body, which must be an object."""
    try:
        values = json.loads(body)
    except ValueError as broken:
        raise Refusal(400, "Bad Request: can't parse JSON object") from broken
    if not isinstance(values, dict):
        raise Refusal(400, "Bad Request: object expected")
    return values
