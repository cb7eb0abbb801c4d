"""Puts what the series know of a day together into one morning."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import fields, replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any, Final

from sandbox.replay.recordings import files
from sandbox.replay.series import SERIES, Series, named
from sandbox.sources.world import Feed, Morning, Story

#: What the series know together rather than one instead of the other.
_UNITED: Final = frozenset({"at", "hn_search", "feeds", "ossinsight_more"})
_LISTS: Final = tuple(field.name for field in fields(Morning) if field.name not in _UNITED)


def replay(recordings: Path, day: date) -> Morning:
    """The morning that was recorded on ``day`` (UTC), observed when the day's first series was.

    Raises LookupError when nothing was recorded on that day, FileNotFoundError where no recordings are.
    """
    parts = [part for series in SERIES if not series.alone for part in _parts(recordings, series, day)]
    if not parts:
        raise LookupError(f"nothing was recorded on {day}")
    chosen: dict[str, Any] = {name: _first(parts, name) for name in _LISTS}
    if chosen["datasets"] is None:
        chosen["datasets"] = ()
    return Morning(
        at=parts[0].at,
        **chosen,
        ossinsight_more=_first([part for part in parts if part.ossinsight_more], "ossinsight_more") or {},
        hn_search=_united_stories(parts),
        feeds=_united_feeds(parts),
    )


def mornings(recordings: Path, first: date, last: date) -> Iterator[Morning]:
    """The morning of every day from ``first`` to ``last`` on which anything was recorded."""
    for number in range((last - first).days + 1):
        try:
            yield replay(recordings, first + timedelta(days=number))
        except LookupError:
            continue


def series_mornings(recordings: Path, name: str) -> Iterator[Morning]:
    """One series alone, file by file: mornings that hold only what it knows. Raises LookupError for an unknown one."""
    series = named(name)
    for recorded in files(recordings, series.folder):
        yield from series.parts(recorded)


def _parts(recordings: Path, series: Series, day: date) -> list[Morning]:
    """What a series knows of a day, in its last words."""
    found = [recorded for recorded in files(recordings, series.folder) if series.day_of(recorded) == day]
    return [part for recorded in found[-1:] for part in series.parts(recorded)]


def _first(parts: Iterable[Morning], name: str) -> Any:
    return next((getattr(part, name) for part in parts if getattr(part, name) is not None), None)


def _united_stories(parts: Iterable[Morning]) -> tuple[Story, ...] | None:
    """Each story once. Series that are read at different hours differ in points; the first one stands."""
    known = [part.hn_search for part in parts if part.hn_search is not None]
    stories: dict[int, Story] = {}
    for listed in known:
        for story in listed:
            stories[story.id] = _more(stories.get(story.id), story)
    return tuple(stories.values()) if known else None


def _more(known: Story | None, told: Story) -> Story:
    if known is None:
        return told
    return replace(known, author=known.author or told.author, text=known.text or told.text)


def _united_feeds(parts: Iterable[Morning]) -> dict[str, Feed]:
    feeds: dict[str, Feed] = {}
    for part in parts:
        for slug, feed in part.feeds.items():
            feeds.setdefault(slug, feed)
    return feeds
