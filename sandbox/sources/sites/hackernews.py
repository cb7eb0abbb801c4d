"""hn.algolia.com: search by relevance and by date, with tags, words and numeric filters."""

from __future__ import annotations

import operator
import re
from collections.abc import Callable, Sequence
from http import HTTPStatus
from typing import Final
from urllib.parse import urlencode

from sandbox.sources.sites.answer import Answer, Parameters
from sandbox.sources.wire import hackernews as wire
from sandbox.sources.world import Morning, Story

#: The most that one page holds, and that all pages of a query reach.
MOST: Final = 1000

_FILTER: Final = re.compile(r"(created_at_i|points|num_comments)(<=|>=|<|>|=)(\d+)")
_COMPARISONS: Final[dict[str, Callable[[int, int], bool]]] = {
    ">=": operator.ge,
    "<=": operator.le,
    ">": operator.gt,
    "<": operator.lt,
    "=": operator.eq,
}
_WORD: Final = re.compile(r"[^\W_]+")


def refusal(status: int, message: str = "") -> Answer:
    """How Algolia says no."""
    return Answer(wire.error(message or HTTPStatus(status).phrase, status), status=status)


def answer(morning: Morning, path: str, query: Parameters) -> Answer:
    """What Algolia says to ``GET /{path}``."""
    match path.removeprefix("api/v1/").partition("/"):
        case ("search" | "search_by_date") as kind, "", "":
            return _search(morning, query, by_date=kind == "search_by_date")
        case "items", "/", identity:
            return _item(morning, identity)
    return refusal(HTTPStatus.NOT_FOUND)


def _search(morning: Morning, query: Parameters, *, by_date: bool) -> Answer:
    wanted = query.get("tags", "")
    if (morning.hn_front_page if "front_page" in wanted else morning.hn_search) is None:
        return refusal(HTTPStatus.NOT_FOUND)
    try:
        tests = _numeric(query.get("numericFilters", ""))
    except ValueError as refused:
        return refusal(HTTPStatus.BAD_REQUEST, str(refused))
    front = frozenset(story.id for story in morning.hn_front_page or ())
    words = query.get("query", "")
    found = [
        story
        for story in _stories(morning)
        if _filed_under(wire.tags(story, story.id in front), wanted)
        and all(test(story) for test in tests)
        and _speaks_of(story, words, query.get("restrictSearchableAttributes", ""))
    ]
    if by_date:
        found.sort(key=lambda story: (story.created_at, story.id), reverse=True)
    size = query.whole("hitsPerPage", 20, most=MOST)
    page = query.whole("page", 0, most=MOST)
    body = wire.answer(
        found[page * size : (page + 1) * size],
        front=front,
        at=morning.at,
        query=words,
        params=urlencode([*query.items(), ("advancedSyntax", "true"), ("analyticsTags", "backend")]),
        page=page,
        size=size,
        total=len(found),
    )
    return Answer(body)


def _item(morning: Morning, identity: str) -> Answer:
    for story in _stories(morning):
        if str(story.id) == identity:
            return Answer(wire.item(story))
    return refusal(HTTPStatus.NOT_FOUND)


def _stories(morning: Morning) -> Sequence[Story]:
    """The front page in its order, then what only the search knows; a story of both has the front page's figures."""
    by_id: dict[int, Story] = {}
    for story in (*(morning.hn_front_page or ()), *(morning.hn_search or ())):
        by_id.setdefault(story.id, story)
    return tuple(by_id.values())


def _filed_under(filed: Sequence[str], wanted: str) -> bool:
    """``a,b`` asks for both, ``(a,b)`` for one of them."""
    for group in re.findall(r"\(([^)]*)\)|([^,()]+)", wanted):
        either = [tag for tag in (group[0] or group[1]).split(",") if tag]
        if either and not any(tag in filed for tag in either):
            return False
    return True


def _numeric(text: str) -> list[Callable[[Story], bool]]:
    return [_numeric_test(condition) for condition in text.split(",") if condition]


def _numeric_test(condition: str) -> Callable[[Story], bool]:
    parsed = _FILTER.fullmatch(condition.replace(" ", ""))
    if parsed is None:
        raise ValueError(f"invalid numeric filter: {condition}")
    name, sign, bound = parsed.groups()
    holds, limit = _COMPARISONS[sign], int(bound)
    return lambda story: holds(_figure(story, name), limit)


def _figure(story: Story, name: str) -> int:
    figures = {
        "created_at_i": int(story.created_at.timestamp()),
        "points": story.points,
        "num_comments": story.comments,
    }
    return figures[name]


def _speaks_of(story: Story, query: str, only_in: str) -> bool:
    """Each word of the query begins a word of the story, or of the attributes named in ``only_in``."""
    attributes = {"title": story.title, "url": story.url, "story_text": story.text, "author": story.author}
    searched = [text or "" for name, text in attributes.items() if not only_in or name in only_in.split(",")]
    known = _WORD.findall(" ".join(searched).lower())
    return all(any(word.startswith(asked) for word in known) for asked in _WORD.findall(query.lower()))
