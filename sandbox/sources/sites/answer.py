"""What a site answers, before faults, compression and conditional requests are applied."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from http import HTTPStatus
from typing import Final

JSON: Final = "application/json; charset=utf-8"
HTML: Final = "text/html; charset=utf-8"


@dataclass(frozen=True, slots=True)
class Answer:
    """A whole answer. ``tagged``: the site sends an ETag and honours If-None-Match."""

    body: bytes
    media_type: str = JSON
    status: int = 200
    tagged: bool = False
    modified_at: datetime | None = None
    headers: Mapping[str, str] = field(default_factory=dict)


def html_refusal(status: int) -> Answer:
    """How a site without a form of its own says no: with a page."""
    words = f"{status} {HTTPStatus(status).phrase}"
    page = f"<!DOCTYPE html><html><head><title>{words}</title></head><body><h1>{words}</h1></body></html>"
    return Answer(page.encode(), HTML, status=status)


class Parameters(dict[str, str]):
    """The query of a request; a repeated name keeps its last value, ``many`` keeps the values of lists."""

    def __init__(self, pairs: list[tuple[str, str]]) -> None:
        super().__init__(pairs)
        self._pairs = pairs

    def many(self, *names: str) -> tuple[str, ...]:
        """Every value of these names, in order."""
        return tuple(value for name, value in self._pairs if name in names)

    def whole(self, name: str, default: int, *, most: int) -> int:
        """A whole number from 0 to ``most``; what is not one gives the default."""
        text = self.get(name, "")
        return min(int(text), most) if text.isascii() and text.isdigit() else default
