"""How the paper does with its readers: as one picture, and for programs."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from domain.statistics import Statistics
from formatters.charts import Panel, line_chart
from formatters.receipts import receipt_fields


def statistics_picture(statistics: Statistics) -> bytes:
    """Joined, left and opened by day, below each other, as PNG."""
    panels = [
        _panel("Readers who joined", statistics.movement.joined, statistics),
        _panel("Readers who left", statistics.movement.left, statistics),
        _panel("Pages opened", statistics.views.by_day, statistics),
    ]
    return line_chart(f"{statistics.days} days to {statistics.until}, UTC", panels, "UTC")


def _panel(name: str, counts: Mapping[date, int], statistics: Statistics) -> Panel:
    days = [statistics.since + timedelta(days=number) for number in range(statistics.days)]
    points = [(datetime.combine(day, time(), UTC), counts.get(day, 0)) for day in days]
    return Panel(f"{name}: {sum(value for _, value in points):,}", points, bars=True)


def statistics_fields(statistics: Statistics) -> dict[str, Any]:
    """The counts for a program; days as ISO 8601, UTC."""
    movement, opinions = statistics.movement, statistics.opinions
    return {
        "days": statistics.days,
        "until": statistics.until.isoformat(),
        "inactive": statistics.inactive,
        "languages": dict(statistics.languages),
        "layouts": {style.value: readers for style, readers in statistics.styles.items()},
        "campaigns": dict(statistics.campaigns),
        "joined": _by_day(movement.joined),
        "left": _by_day(movement.left),
        "joined_by_campaign": dict(movement.campaigns),
        "left_by_campaign": dict(movement.campaigns_left),
        "opened": {"by_day": _by_day(statistics.views.by_day), "by_page": dict(statistics.views.by_page)},
        "votes": {page: {"up": tally.liked, "down": tally.disliked} for page, tally in opinions.pages.items()},
        "words": opinions.words,
        "reactions": dict(opinions.reactions),
        "issues": [receipt_fields(receipt) for receipt in statistics.issues],
    }


def _by_day(counts: Mapping[date, int]) -> dict[str, int]:
    return {day.isoformat(): count for day, count in counts.items()}
