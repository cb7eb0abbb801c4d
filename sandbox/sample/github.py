"""The sample's repositories: the trending pages, the search, and OSS Insight's second opinion."""

from __future__ import annotations

from functools import cache
from typing import Any, Final, Literal

from sandbox.sample.course import Course, moment, table
from sandbox.sources.wire.text import number
from sandbox.sources.world import FoundRepository, TrendingRepository, TrendRow

#: How many the pages show, and how many stars a repository needs to be on one.
DAILY: Final = 24
WEEKLY: Final = 25
LEAST: Final = {"daily": 30, "weekly": 150}
#: OSS Insight counts only part of the stars.
SEEN_BY_OSSINSIGHT: Final = 0.4
OSSINSIGHT_ROWS: Final = 24


def trending(
    day: int, since: Literal["daily", "weekly"], language: str | None = None
) -> tuple[TrendingRepository, ...]:
    """A trending page on the morning of ``day``, most gained first."""
    rows = [_trending(row, course, day, since) for row, course in _launched(day) if language in {None, row["language"]}]
    shown = [row for row in rows if (row.gained or 0) >= LEAST[since]]
    ranked = sorted(shown, key=lambda row: (-(row.gained or 0), row.name))
    return tuple(ranked[: DAILY if since == "daily" else WEEKLY])


def search(day: int) -> tuple[FoundRepository, ...]:
    """Everything that the search knows on the morning of ``day``, most starred first."""
    found = [_found(row, course, day) for row, course in _launched(day)]
    return tuple(sorted(found, key=lambda repository: (-repository.stars, repository.name)))


def second_opinion(day: int) -> tuple[TrendRow, ...]:
    """OSS Insight's repositories of the last 24 hours."""
    rows = sorted(_launched(day), key=lambda pair: -pair[1].gain(day))
    return tuple(_trend_row(row, course, day) for row, course in rows[:OSSINSIGHT_ROWS])


def stars(name: str, day: int) -> int | None:
    """The stars of a repository on the morning of ``day``; None before it was there."""
    return next((course.total(day) for row, course in _launched(day) if row["name"] == name), None)


@cache
def _repositories() -> tuple[tuple[dict[str, Any], Course], ...]:
    rows: list[dict[str, Any]] = table("github.toml")["repositories"]
    return tuple((row, Course.of(row["name"], row)) for row in rows)


def _launched(day: int) -> list[tuple[dict[str, Any], Course]]:
    return [(row, course) for row, course in _repositories() if row["launched"] < day]


def _trending(row: dict[str, Any], course: Course, day: int, since: str) -> TrendingRepository:
    # The page's own day does not end when we read it: a quarter of what it calls today was gained the day before.
    today = (3 * course.gain(day) + course.gain(day - 1)) // 4
    stars = course.total(day)
    return TrendingRepository(
        name=row["name"],
        stars=stars,
        gained=today if since == "daily" else course.of_window(day),
        forks=round(stars * row["forks"]),
        description=row["about"] or None,
        language=row["language"] or None,
        built_by=(row["name"].partition("/")[0], "sample-contributor"),
        sponsored=number(row["name"]) % 4 == 0,
    )


def _found(row: dict[str, Any], course: Course, day: int) -> FoundRepository:
    stars = course.total(day)
    return FoundRepository(
        name=row["name"],
        stars=stars,
        forks=round(stars * row["forks"]),
        open_issues=stars // 120,
        description=row["about"] or None,
        language=row["language"] or None,
        topics=tuple(row["topics"].split()),
        licence=row["licence"] or None,
        homepage="",
        created_at=moment(-row["created"], 11),
        updated_at=moment(day, 4),
        pushed_at=moment(day - 1, 20),
    )


def _trend_row(row: dict[str, Any], course: Course, day: int) -> TrendRow:
    stars = max(round(course.gain(day) * SEEN_BY_OSSINSIGHT), 1)
    return TrendRow(
        repo_id=str(number(row["name"])),
        repo_name=row["name"],
        stars=str(stars),
        primary_language=row["language"],
        description=row["about"],
        forks=str(round(stars * row["forks"])),
        pull_requests="" if stars % 3 else str(stars // 20),
        pushes="" if stars % 5 else str(stars // 15),
        total_score=f"{stars * 4.9217:.4f}",
        contributor_logins=row["name"].partition("/")[0],
    )
