"""export.arxiv.org and rss.arxiv.org: queries by category, date and id, and the day's listing."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import UTC, datetime
from http import HTTPStatus
from typing import Final

from sandbox.sources.sites.answer import Answer, Parameters, html_refusal
from sandbox.sources.wire import arxiv as wire
from sandbox.sources.world import Morning, Preprint

ATOM: Final = "application/atom+xml; charset=utf-8"
RSS: Final = "application/rss+xml; charset=utf-8"

#: The most that one call gives.
MOST: Final = 2000

_CATEGORY: Final = re.compile(r"cat:([\w.-]+)")
_SUBMITTED: Final = re.compile(r"submittedDate:\[(\d{8,14}) TO (\d{8,14})\]")


def api(morning: Morning, path: str, query: Parameters) -> Answer:
    """What export.arxiv.org says to ``GET /{path}``; its refusals are feeds with an entry titled Error."""
    if path != "api/query" or morning.arxiv_recent is None:
        return html_refusal(HTTPStatus.NOT_FOUND)
    text, id_list = query.get("search_query", ""), query.get("id_list", "")
    for name in ("start", "max_results"):
        if not query.get(name, "0").isdigit():
            return Answer(wire.error(f"{name} must be an integer", at=morning.at, text=text), ATOM, status=400)
    found = _found(morning.arxiv_recent, text, id_list)
    if query.get("sortOrder", "descending") == "ascending":
        found.reverse()
    start, size = query.whole("start", 0, most=30_000), query.whole("max_results", 10, most=MOST)
    page = found[start : start + size]
    return Answer(
        wire.query(page, at=morning.at, text=text, id_list=id_list, start=start, size=size, total=len(found)), ATOM
    )


def listing(morning: Morning, path: str, _query: Parameters) -> Answer:
    """What rss.arxiv.org says to ``GET /{path}``: ``rss/cs.AI+cs.CL``."""
    form, _, names = path.partition("/")
    if form != "rss" or not names or morning.arxiv_listing is None:
        return html_refusal(HTTPStatus.NOT_FOUND)
    categories = set(names.replace("+", " ").split())
    papers = [paper for paper in morning.arxiv_listing if categories & set(paper.categories)]
    built = morning.at.astimezone(UTC).replace(hour=4, minute=0, second=0, microsecond=0)
    body = wire.listing(papers, at=morning.at, names=names.replace(" ", "+"))
    return Answer(body, RSS, tagged=True, modified_at=built)


def _found(papers: Sequence[Preprint], text: str, id_list: str) -> list[Preprint]:
    wanted = {identity.partition("v")[0] for identity in id_list.split(",") if identity}
    categories = set(_CATEGORY.findall(text))
    found = [
        paper
        for paper in papers
        if (not wanted or paper.id in wanted)
        and (not categories or categories & set(paper.categories))
        and _submitted_within(paper, text)
    ]
    return sorted(found, key=lambda paper: paper.published_at, reverse=True)


def _submitted_within(paper: Preprint, text: str) -> bool:
    bounds = _SUBMITTED.search(text.replace("+", " "))
    if bounds is None:
        return True
    low, high = bounds.groups()
    return _minutes(low.ljust(12, "0")) <= paper.published_at <= _minutes(high.ljust(12, "9"))


def _minutes(text: str) -> datetime:
    day, hour, minute = text[:8], min(int(text[8:10]), 23), min(int(text[10:12]), 59)
    return datetime.strptime(day, "%Y%m%d").replace(hour=hour, minute=minute, tzinfo=UTC)
