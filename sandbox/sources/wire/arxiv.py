"""arXiv's Atom API and its daily RSS listing, which has no items at weekends."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime

from sandbox.sources.wire.templating import render
from sandbox.sources.wire.text import EASTERN, hexadecimal
from sandbox.sources.world import Preprint


def query(
    papers: Sequence[Preprint], *, at: datetime, text: str, id_list: str, start: int, size: int, total: int
) -> bytes:
    """``/api/query``: one page of ``size`` entries from ``start``, of ``total``; ``at`` is the time of the answer."""
    return render(
        "arxiv_query.xml.jinja",
        papers=papers,
        at=at,
        query=text,
        query_id=hexadecimal(f"{text} {id_list} {start} {size}", 27),
        id_list=id_list,
        start=start,
        size=size,
        total=total,
    )


def error(message: str, *, at: datetime, text: str) -> bytes:
    """A refusal: a feed of one entry titled Error."""
    return render(
        "arxiv_error.xml.jinja", message=message, at=at, query=text, query_id=hexadecimal(f"{text} {message}", 27)
    )


def listing(papers: Sequence[Preprint], *, at: datetime, names: str) -> bytes:
    """``/rss/{names}`` of the day of ``at``: built at 04:00 UTC, dated midnight in New York."""
    day = at.astimezone(UTC)
    return render(
        "arxiv_listing.xml.jinja",
        papers=papers,
        names=names,
        built_at=day.replace(hour=4, minute=0, second=0, microsecond=0),
        announced_at=datetime(day.year, day.month, day.day, tzinfo=EASTERN),
    )
