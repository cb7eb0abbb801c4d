"""Recorded papers of arXiv's API and of its daily listing."""

from __future__ import annotations

import re
from datetime import date, datetime
from email.utils import parsedate_to_datetime
from typing import Any, Literal, cast

from sandbox.replay.recordings import Recorded, end_of, parse_time
from sandbox.sources.world import Morning, Preprint

Announced = Literal["new", "cross", "replace", "replace-cross"]

#: How an abstract begins in the daily listing.
_ANNOUNCEMENT = re.compile(r"arXiv:(?P<id>[\w./-]+?)v(?P<version>\d+) Announce Type: (?P<kind>\S+)\s+Abstract:\s*")
_VERSION = re.compile(r"v(\d+)$")


def of_three_days(recorded: Recorded) -> Morning:
    """``api-72h-daily``: the API's papers, and on some days the listing's among them, known by their announcement.

    Of the listing's only those of the same day are kept: the others were announced before, and no longer stood there.
    """
    told = recorded.json()
    at = parse_time(told["fetched_at"])
    rows = told["collections"]["papers"]["items"]
    listed = [_announced(row, row["published_at"], row["summary"]) for row in rows if _is_listing(row["summary"])]
    today = tuple(paper for paper in listed if paper.published_at.date() == at.date())
    recent = tuple(_of_api(row) for row in rows if not _is_listing(row["summary"]))
    return Morning(at=at, arxiv_recent=recent, arxiv_listing=today or None)


def of_a_submission_day(recorded: Recorded) -> Morning:
    """``api-by-submission-day``: all that was sent in on a day, in thirteen categories; asked for weeks later."""
    told = recorded.json()
    papers = tuple(
        Preprint(
            id=row["id"],
            version=_version(row["pdf_url"]),
            title=row["title"],
            summary=row["abstract"],
            authors=tuple(row["authors"]),
            categories=_primary_first(row["primary_category"], row["categories"]),
            published_at=parse_time(row["published"]),
            updated_at=parse_time(row["updated"]),
        )
        for row in told["papers"]
    )
    return Morning(at=end_of(date.fromisoformat(told["date"])), arxiv_recent=papers)


def newest_thousand(recorded: Recorded) -> Morning:
    """``api-recent-1000``."""
    told = recorded.json()
    papers = tuple(
        Preprint(
            id=_VERSION.sub("", row["arxivId"]),
            version=_version(row["arxivId"]),
            title=row["title"],
            summary=row["summary"],
            authors=tuple(row["authors"]),
            categories=_primary_first(row["primaryCategory"], row["categories"]),
            published_at=parse_time(row["publishedAt"]),
            updated_at=parse_time(row["updatedAt"]),
        )
        for row in told["papers"]
    )
    return Morning(at=parse_time(told["fetchedAt"]), arxiv_recent=papers)


def mixed_preprint(row: dict[str, Any]) -> Preprint:
    """A paper of ``mixed-feeds``: from the listing, without authors, its abstract cut to two hundred characters."""
    return _announced(
        {**row, "authors": [], "category": _MIXED[row["source_id"]]}, row["published"], row["description"]
    )


#: Which listing a source of ``mixed-feeds`` was read from.
_MIXED = {"arxiv-ai": "cs.AI", "arxiv-ml": "cs.LG"}


def _is_listing(summary: str) -> bool:
    return _ANNOUNCEMENT.match(summary) is not None


def _announced(row: dict[str, Any], published: str, summary: str) -> Preprint:
    told = _ANNOUNCEMENT.match(summary)
    if told is None:
        raise ValueError(f"{row['url']} bears no announcement")
    return Preprint(
        id=told["id"],
        version=int(told["version"]),
        title=row["title"],
        summary=summary[told.end() :],
        authors=tuple(row["authors"]),
        categories=(row["category"],),
        published_at=_either(published),
        announced=cast("Announced", told["kind"]),
        announced_at=_either(published),
    )


def _of_api(row: dict[str, Any]) -> Preprint:
    return Preprint(
        id=_VERSION.sub("", row["id"]),
        version=_version(row["id"]),
        title=row["title"],
        summary=row["summary"],
        authors=tuple(row["authors"]),
        categories=(row["category"],),
        published_at=_either(row["published_at"]),
    )


def _either(text: str) -> datetime:
    return parsedate_to_datetime(text) if "," in text else parse_time(text)


def _version(text: str) -> int:
    told = _VERSION.search(text)
    return int(told[1]) if told else 1


def _primary_first(primary: str, categories: list[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys([primary, *categories]))
