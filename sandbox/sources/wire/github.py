"""GitHub's trending page (HTML) and its REST search (JSON)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from sandbox.sources.wire.templating import render
from sandbox.sources.wire.text import compact_json, number, seconds
from sandbox.sources.world import FoundRepository, TrendingRepository

#: How each period is called: in the address, in the menu, in the title and in the rows.
PERIODS: Final = {
    "daily": ("Today", "today", "today"),
    "weekly": ("This week", "this week", "this week"),
    "monthly": ("This month", "this month", "this month"),
}

#: The most that one page shows.
PAGE: Final = 25


def trending(listed: Sequence[TrendingRepository], since: str, language: str | None = None) -> bytes:
    """``/trending`` or ``/trending/python``; ``since`` is one of ``PERIODS``."""
    _, in_title, in_row = PERIODS[since]
    return render(
        "github_trending.html.jinja",
        repositories=listed[:PAGE],
        since=since,
        periods=[(value, names[0]) for value, names in PERIODS.items()],
        language=language,
        path=f"/trending/{language.lower()}" if language else "/trending",
        title_period=in_title,
        row_period=in_row,
    )


def search(found: Sequence[FoundRepository], total: int) -> bytes:
    """``/search/repositories``: one page of what was found, of ``total``."""
    return compact_json(
        {"total_count": total, "incomplete_results": False, "items": [_found(repository) for repository in found]}
    )


def error(message: str, status: int, documentation: str = "https://docs.github.com/rest/search/search") -> bytes:
    """The body of the API's refusals."""
    return compact_json({"message": message, "documentation_url": documentation, "status": str(status)})


def _found(repository: FoundRepository) -> dict[str, Any]:
    owner, _, name = repository.name.partition("/")
    page = f"https://github.com/{repository.name}"
    return {
        "id": number(repository.name),
        "node_id": f"R_kgDO{number(repository.name):08x}",
        "name": name,
        "full_name": repository.name,
        "private": False,
        "owner": {"login": owner, "id": number(owner), "html_url": f"https://github.com/{owner}", "type": "User"},
        "html_url": page,
        "description": repository.description,
        "fork": False,
        "url": f"https://api.github.com/repos/{repository.name}",
        "created_at": seconds(repository.created_at) if repository.created_at else None,
        "updated_at": seconds(repository.updated_at) if repository.updated_at else None,
        "pushed_at": seconds(repository.pushed_at) if repository.pushed_at else None,
        "clone_url": f"{page}.git",
        "homepage": repository.homepage,
        "size": 0,
        "stargazers_count": repository.stars,
        "watchers_count": repository.stars,
        "language": repository.language,
        "forks_count": repository.forks,
        "archived": False,
        "disabled": False,
        "open_issues_count": repository.open_issues,
        "license": _licence(repository.licence),
        "has_pull_requests": True,
        "pull_request_creation_policy": "all",
        "topics": list(repository.topics),
        "visibility": "public",
        "forks": repository.forks,
        "open_issues": repository.open_issues,
        "watchers": repository.stars,
        "default_branch": "main",
        "score": 1.0,
    }


def _licence(spdx: str | None) -> dict[str, str] | None:
    if spdx is None:
        return None
    key = spdx.lower()
    return {"key": key, "name": spdx, "spdx_id": spdx, "url": f"https://api.github.com/licenses/{key}"}
