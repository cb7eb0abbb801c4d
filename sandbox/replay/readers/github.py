"""Recorded trending pages and searches of GitHub, and OSS Insight's rows."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date
from itertools import takewhile
from typing import Any

from sandbox.replay.readers import atom
from sandbox.replay.recordings import Recorded, end_of, parse_time
from sandbox.sources.world import FoundRepository, Morning, TrendingRepository, TrendRow

_NUMBER = re.compile(r"[\d,]+")


def daily_page(recorded: Recorded) -> Morning:
    """``daily-json``: the trending page of the day; the run's own time may lie just after midnight."""
    told = recorded.json()
    listed = tuple(
        TrendingRepository(
            name=row["fullName"],
            stars=row["stars"],
            gained=row["todayStars"],
            forks=row["forks"],
            description=row["description"] or None,
            language=row["language"] or None,
        )
        for row in sorted(told["repos"], key=lambda row: int(row["index"]))
    )
    return Morning(at=end_of(date.fromisoformat(told["date"])), github_daily=listed)


def weekly_lists(recorded: Recorded) -> Morning:
    """``weekly-and-daily-lists``: the weekly pages of Python, TypeScript and all languages, run together.

    The first run of Python rows is the Python page as it was. The page of all languages lost its order when rows
    that had come before were left out of it; here it is what gained most, which the page's own order follows nearly.
    """
    told = recorded.json()
    rows = [_shown(row) for row in told["all_trending"]]
    python = tuple(takewhile(lambda row: row.language == "Python", rows))
    most = sorted(rows, key=lambda row: -(row.gained or 0))
    return Morning(
        at=parse_time(told["last_updated"]), github_weekly=tuple(most[:25]), github_weekly_python=python or None
    )


def ai_daily(recorded: Recorded) -> Morning:
    """The AI repositories of the same files' daily pages: another's selection, so not part of a whole morning."""
    told = recorded.json()
    listed = tuple(_shown(row) for row in told["ai_daily"])
    return Morning(at=parse_time(told["last_updated"]), github_daily=listed)


def python_pages(recorded: Recorded) -> Iterator[Morning]:
    """``by-language-month``: the daily Python page of each day of a month; the hour is not recorded."""
    told = recorded.json()
    for day, languages in sorted(told["days"].items()):
        at = end_of(date.fromisoformat(f"{told['month']}-{day}"))
        rows = next(language["repos"] for language in languages if language["language"] == "Python")
        yield Morning(at=at, github_daily_python=tuple(_ranked(rows)))


def daily_atom(recorded: Recorded) -> Morning:
    """``atom-daily``."""
    listed = tuple(_from_atom(row) for row in atom.rows(recorded))
    return Morning(at=atom.updated_at(recorded), github_daily=listed)


def found(recorded: Recorded) -> Morning:
    """``topic-queries-daily``: what twenty searches found together, in the recorder's order."""
    told = recorded.json()
    return Morning(at=parse_time(told["snapshot_at"]), github_search=tuple(_found(row) for row in told["items"]))


def trend_rows(recorded: Recorded) -> Morning:
    """``ossinsight/trends-repos``: the rows as served, by period and language."""
    told = recorded.json()
    buckets = {
        (period, language): tuple(TrendRow(**row) for row in rows)
        for period, languages in told["buckets"].items()
        for language, rows in languages.items()
    }
    day = buckets.pop(("past_24_hours", "All"))
    return Morning(at=parse_time(told["fetchedAt"]), ossinsight_day=day, ossinsight_more=buckets)


def _shown(row: dict[str, Any]) -> TrendingRepository:
    return TrendingRepository(
        name=row["full_name"],
        stars=row["stars"],
        gained=_number(row["trending_stars"]),
        description=row.get("description") or None,
        language=row.get("language") or None,
    )


def _ranked(rows: Sequence[dict[str, Any]]) -> Iterator[TrendingRepository]:
    for row in sorted(rows, key=lambda row: int(row["rank"])):
        description = None if row["desc"] == "No description" else row["desc"]
        yield TrendingRepository(row["repo"], row["stars"], row["today"], row["forks"], description, "Python")


def _from_atom(row: atom.Row) -> TrendingRepository:
    marked = {line[0]: line for line in row.lines if line[:1] in "⭐🍴📈💻"}
    return TrendingRepository(
        name=row.title.replace(" ", ""),
        stars=_number(marked["⭐"]) or 0,
        gained=_number(marked.get("📈", "")),
        forks=_number(marked.get("🍴", "")),
        description=row.lines[0] if row.lines[0] not in marked.values() else None,
        language=marked["💻"][2:] if "💻" in marked else None,
    )


def _number(text: str) -> int | None:
    digits = _NUMBER.search(text)
    return int(digits[0].replace(",", "")) if digits else None


def _found(row: dict[str, Any]) -> FoundRepository:
    return FoundRepository(
        name=row["repo_name"],
        stars=row["stars"],
        forks=row["forks"],
        open_issues=row["open_issues"],
        description=row.get("description"),
        language=row.get("language"),
        topics=tuple(row["topics"]),
        created_at=parse_time(row["created_at"]),
        updated_at=parse_time(row["updated_at"]),
        pushed_at=parse_time(row["pushed_at"]),
    )
