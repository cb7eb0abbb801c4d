"""api.ossinsight.io: the trending repositories of a period and a language."""

from __future__ import annotations

from collections.abc import Sequence
from http import HTTPStatus
from typing import Final

from sandbox.sources.sites.answer import Answer, Parameters
from sandbox.sources.wire import ossinsight as wire
from sandbox.sources.wire.text import compact_json
from sandbox.sources.world import Morning, TrendRow

#: The periods that the site knows.
PERIODS: Final = ("past_24_hours", "past_week", "past_month", "past_3_months")

_LIMITS: Final = {
    "x-ratelimit-limit": "600",
    "x-ratelimit-remaining": "599",
    "x-ratelimit-limit-minute": "1000",
    "x-ratelimit-remaining-minute": "999",
}


def refusal(status: int) -> Answer:
    """How the gateway before the site says no."""
    return Answer(compact_json({"message": HTTPStatus(status).phrase}), status=status, headers=_LIMITS)


def answer(morning: Morning, path: str, query: Parameters) -> Answer:
    """What the site says to ``GET /{path}``; its own refusals come with HTTP 200."""
    if path.rstrip("/") != "v1/trends/repos":
        return refusal(HTTPStatus.NOT_FOUND)
    period = query.get("period", PERIODS[0])
    if period not in PERIODS:
        return Answer(wire.error(400, f"unknown period {period}"), headers=_LIMITS)
    rows = _rows(morning, period, query.get("language", "All"))
    if rows is None:
        return Answer(wire.error(1146, "Table 'gharchive_dev.mv_trends' doesn't exist"), headers=_LIMITS)
    return Answer(wire.trends(rows), headers=_LIMITS)


def _rows(morning: Morning, period: str, language: str) -> Sequence[TrendRow] | None:
    if (period, language) == (PERIODS[0], "All"):
        return morning.ossinsight_day
    return morning.ossinsight_more.get((period, language), ())
