"""OSS Insight's own words: every value is a string, the empty one for unknown."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import BeforeValidator

from sources.errors import Unreadable
from sources.wire import Count, Text, Wire, read_json

SITE = "OSS Insight"


def _unknown(value: object) -> object:
    return None if value == "" else value


class RepositoryWire(Wire):
    """A row of the trends. ``stars`` is what was gained in the period, not the total."""

    repo_name: Text
    primary_language: Text | None = None
    description: Text | None = None
    stars: Annotated[Count | None, BeforeValidator(_unknown)] = None


def rows(body: bytes) -> list[Any]:
    """The rows of an answer. Raises Unreadable: no such envelope, or a failure that came as HTTP 200."""
    value = read_json(body, SITE)
    data = value.get("data") if isinstance(value, dict) else None
    if not isinstance(data, dict) or not isinstance(data.get("rows"), list):
        raise Unreadable(f"{SITE} sent JSON without rows; its API may have changed")
    result = data.get("result")
    code = result.get("code") if isinstance(result, dict) else None
    if code is not None and str(code) != "200":
        raise Unreadable(f"{SITE} answered with an error of its own database; it is asked again next time")
    return list(data["rows"])
