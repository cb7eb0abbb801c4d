"""huggingface.co: the three trending lists and the daily papers."""

from __future__ import annotations

from datetime import date
from http import HTTPStatus
from typing import Final

from sandbox.sources.sites.answer import Answer, Parameters
from sandbox.sources.wire import huggingface as wire
from sandbox.sources.world import Morning

#: The most that one list answer holds.
MOST: Final = 1000


#: The window of the Hub's limits (seconds), and what it allows a caller without a token.
WINDOW: Final = 300
QUOTA: Final = 500

_LIMITS: Final = {
    "ratelimit": f'"api";r={QUOTA - 1};t={WINDOW}',
    "ratelimit-policy": f'"fixed window";"api";q={QUOTA};w={WINDOW}',
}


def refusal(status: int) -> Answer:
    """How the Hub says no."""
    return Answer(wire.error(HTTPStatus(status).phrase), status=status, headers=_LIMITS)


def answer(morning: Morning, path: str, query: Parameters) -> Answer:
    """What the Hub says to ``GET /{path}``."""
    match path:
        case "api/models" | "api/datasets" | "api/spaces":
            return _list(morning, path.removeprefix("api/"), query)
        case "api/daily_papers":
            return _papers(morning, query)
    return _missing()


def _list(morning: Morning, name: str, query: Parameters) -> Answer:
    if query.get("sort", "trendingScore") != "trendingScore":
        return refusal(HTTPStatus.BAD_REQUEST)
    limit = query.whole("limit", MOST, most=MOST)
    full = query.get("full") in {"true", "1"}
    expand = query.many("expand", "expand[]")
    body: bytes | None = None
    match name:
        case "models":
            body = None if morning.models is None else wire.models(morning.models[:limit], full=full, expand=expand)
        case "datasets":
            body = (
                None if morning.datasets is None else wire.datasets(morning.datasets[:limit], full=full, expand=expand)
            )
        case "spaces":
            body = None if morning.spaces is None else wire.spaces(morning.spaces[:limit], full=full, expand=expand)
    return _missing() if body is None else Answer(body, tagged=True, headers=_LIMITS)


def _papers(morning: Morning, query: Parameters) -> Answer:
    if morning.papers is None:
        return _missing()
    try:
        day = date.fromisoformat(query["date"]) if "date" in query else None
    except ValueError:
        return refusal(HTTPStatus.BAD_REQUEST)
    limit = query.whole("limit", 100, most=100)
    return Answer(wire.daily_papers(morning.papers, day, limit), tagged=True, headers=_LIMITS)


def _missing() -> Answer:
    return refusal(HTTPStatus.NOT_FOUND)
