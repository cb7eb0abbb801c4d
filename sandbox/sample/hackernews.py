"""The sample's Hacker News: points that grow for a day, and a front page that forgets."""

from __future__ import annotations

import math
from datetime import datetime, timedelta
from functools import cache
from typing import Any, Final

from sandbox.sample.course import moment, table
from sandbox.sources.wire.text import number
from sandbox.sources.world import Story

FRONT_PAGE: Final = 30
#: Points below which a story never reaches the front page, and hours after which it has left it.
LEAST: Final = 40
FORGOTTEN: Final = timedelta(hours=52)
#: Hours in which two thirds of the points have come.
RISE: Final = 9.0
#: The first id; the site itself has given none as high.
FIRST_ID: Final = 990_000_000


def front_page(day: int) -> tuple[Story, ...]:
    """The front page on the morning of ``day``, in its order."""
    at = moment(day)
    shown = [story for story in known(day) if story.points >= LEAST and at - story.created_at < FORGOTTEN]
    return tuple(sorted(shown, key=lambda story: _rank(story, at), reverse=True)[:FRONT_PAGE])


def known(day: int) -> tuple[Story, ...]:
    """Every story that was posted before the morning of ``day``, newest first."""
    at = moment(day)
    posted = [_story(row, at) for row in _stories() if moment(row["day"], row["hour"]) < at]
    return tuple(sorted(posted, key=lambda story: (story.created_at, story.id), reverse=True))


@cache
def _stories() -> tuple[dict[str, Any], ...]:
    return tuple(table("hackernews.toml")["stories"])


def _story(row: dict[str, Any], at: datetime) -> Story:
    created = moment(row["day"], row["hour"])
    grown = 1 - math.exp(-_hours(at - created) / RISE)
    return Story(
        id=FIRST_ID + round((row["day"] + 2) * 24_000 + row["hour"] * 1000),
        title=row["title"],
        points=max(round(row["points"] * grown), 1),
        comments=round(row["comments"] * grown),
        created_at=created,
        url=row.get("url"),
        text=row.get("text"),
        author=f"sample_{number(row['title']) % 97}",
    )


def _rank(story: Story, at: datetime) -> float:
    """Hacker News's published formula: (points - 1) ** 0.8 / (hours + 2) ** 1.8."""
    return float(max(story.points - 1, 0) ** 0.8 / (_hours(at - story.created_at) + 2) ** 1.8)


def _hours(span: timedelta) -> float:
    return span.total_seconds() / 3600
