"""github.com's trending page, and api.github.com's repository search with the qualifiers that matter here."""

from __future__ import annotations

import operator
import shlex
from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime
from http import HTTPStatus
from typing import Final

from sandbox.sources.sites.answer import HTML, Answer, Parameters, html_refusal
from sandbox.sources.wire import github as wire
from sandbox.sources.world import FoundRepository, Morning, TrendingRepository

#: Requests a minute that the search allows without a token, as its headers say.
SEARCH_LIMIT: Final = 10
#: Results that a query can reach at all.
REACHABLE: Final = 1000

Test = Callable[[FoundRepository], bool]


def api_refusal(status: int) -> Answer:
    """How api.github.com says no."""
    return Answer(wire.error(HTTPStatus(status).phrase, status), status=status)


def page(morning: Morning, path: str, query: Parameters) -> Answer:
    """What github.com says to ``GET /{path}``."""
    site, _, language = path.partition("/")
    since = query.get("since", "daily")
    since = since if since in wire.PERIODS else "daily"
    rows = _rows(morning, since, language) if site == "trending" else None
    if rows is None:
        return html_refusal(HTTPStatus.NOT_FOUND)
    return Answer(wire.trending(rows, since, language.title() or None), HTML)


def _rows(morning: Morning, since: str, language: str) -> Sequence[TrendingRepository] | None:
    lists = {
        ("daily", ""): morning.github_daily,
        ("daily", "python"): morning.github_daily_python,
        ("weekly", ""): morning.github_weekly,
        ("weekly", "python"): morning.github_weekly_python,
    }
    return lists.get((since, language.lower()), ())


def api(morning: Morning, path: str, query: Parameters) -> Answer:
    """What api.github.com says to ``GET /{path}``."""
    if path != "search/repositories" or morning.github_search is None:
        return api_refusal(HTTPStatus.NOT_FOUND)
    if not query.get("q", "").strip():
        return api_refusal(HTTPStatus.UNPROCESSABLE_ENTITY)
    found = _sorted(_matching(morning.github_search, query["q"]), query.get("sort", ""))
    if query.get("order") == "asc":
        found.reverse()
    size = query.whole("per_page", 30, most=100)
    start = (max(query.whole("page", 1, most=REACHABLE), 1) - 1) * size
    headers = {
        "x-ratelimit-limit": str(SEARCH_LIMIT),
        "x-ratelimit-remaining": str(SEARCH_LIMIT - 1),
        "x-ratelimit-reset": str(int(morning.at.timestamp()) + 60),
        "x-ratelimit-resource": "search",
    }
    return Answer(wire.search(found[start : start + size], len(found)), tagged=True, headers=headers)


def _sorted(found: list[FoundRepository], by: str) -> list[FoundRepository]:
    earliest = datetime.min.replace(tzinfo=UTC)
    match by:
        case "stars":
            return sorted(found, key=lambda repository: -repository.stars)
        case "forks":
            return sorted(found, key=lambda repository: -repository.forks)
        case "updated":
            return sorted(found, key=lambda repository: repository.updated_at or earliest, reverse=True)
    return found


def _matching(repositories: Sequence[FoundRepository], text: str) -> list[FoundRepository]:
    """Those that every term allows; terms joined by OR are one of which any will do."""
    groups = _groups(text)
    return [
        repository for repository in repositories if all(any(test(repository) for test in group) for group in groups)
    ]


def _groups(text: str) -> list[list[Test]]:
    groups: list[list[Test]] = []
    joined = False
    for term in _terms(text):
        if term == "OR":
            joined = True
            continue
        if term in {"AND", "(", ")"}:
            continue
        test = _test(term.strip("()"))
        if joined and groups:
            groups[-1].append(test)
        else:
            groups.append([test])
        joined = False
    return groups


def _terms(text: str) -> list[str]:
    try:
        return shlex.split(text)
    except ValueError:
        return text.split()


def _test(term: str) -> Test:
    if term.startswith("-") and len(term) > 1:
        allowed = _test(term[1:])
        return lambda repository: not allowed(repository)
    name, colon, value = term.partition(":")
    if not colon or name not in _QUALIFIERS:
        return lambda repository: _speaks_of(repository, term.lower())
    qualifier = _QUALIFIERS[name]
    return lambda repository: qualifier(repository, value)


def _speaks_of(repository: FoundRepository, words: str) -> bool:
    return words in f"{repository.name} {repository.description or ''} {' '.join(repository.topics)}".lower()


def _has_topic(repository: FoundRepository, value: str) -> bool:
    return value.lower() in repository.topics


def _in_language(repository: FoundRepository, value: str) -> bool:
    return (repository.language or "").lower() == value.lower()


def _has_stars(repository: FoundRepository, value: str) -> bool:
    return _within(value, repository.stars, int)


def _created(repository: FoundRepository, value: str) -> bool:
    return repository.created_at is None or _within(value, repository.created_at.toordinal(), _ordinal)


def _pushed(repository: FoundRepository, value: str) -> bool:
    return repository.pushed_at is None or _within(value, repository.pushed_at.toordinal(), _ordinal)


def _is_allowed(_repository: FoundRepository, _value: str) -> bool:
    return True


def _ordinal(text: str) -> int:
    return date.fromisoformat(text[:10]).toordinal()


def _within(text: str, value: int, read: Callable[[str], int]) -> bool:
    low, dots, high = text.partition("..")
    if dots:
        return (low == "*" or read(low) <= value) and (high == "*" or value <= read(high))
    for sign, holds in _COMPARISONS.items():
        if text.startswith(sign):
            return holds(value, read(text.removeprefix(sign)))
    return value == read(text)


#: The longer signs first, so that ``>=`` is not read as ``>``.
_COMPARISONS: Final[dict[str, Callable[[int, int], bool]]] = {
    ">=": operator.ge,
    "<=": operator.le,
    ">": operator.gt,
    "<": operator.lt,
}

#: Qualifiers that narrow the search; the others that GitHub knows let everything pass here.
_QUALIFIERS: Final[dict[str, Callable[[FoundRepository, str], bool]]] = {
    "topic": _has_topic,
    "language": _in_language,
    "stars": _has_stars,
    "created": _created,
    "pushed": _pushed,
    "archived": _is_allowed,
    "fork": _is_allowed,
    "in": _is_allowed,
    "is": _is_allowed,
}
