from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

import pytest

from sandbox.sources.sites import github
from sandbox.sources.sites.answer import Parameters
from sandbox.sources.world import FoundRepository, Morning

AT = datetime(2026, 8, 20, 5, 30, tzinfo=UTC)


def _made(name: str, stars: int, day: int, topics: str, **more: Any) -> FoundRepository:
    moment = datetime(2026, 8, day, 12, tzinfo=UTC)
    return FoundRepository(
        f"sample/{name}", stars, topics=tuple(topics.split()), created_at=moment, pushed_at=moment, **more
    )


MORNING = Morning(
    at=AT,
    github_search=(
        _made("old", 900, 1, "llm rag", language="Python"),
        _made("young", 120, 15, "llm", language="Go", description="A gateway for language models"),
        _made("tiny", 4, 18, "ai-agents", language="Python"),
        _made("other", 50, 16, "chess"),
    ),
)


def _search(**query: str) -> Any:
    return json.loads(github.api(MORNING, "search/repositories", Parameters(list(query.items()))).body)


def _names(**query: str) -> list[str]:
    return [item["name"] for item in _search(**query)["items"]]


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("topic:llm", ["old", "young"]),
        ("topic:LLM stars:>=500", ["old"]),
        ("stars:<50", ["tiny"]),
        ("stars:10..200", ["young", "other"]),
        ("stars:200..*", ["old"]),
        ("stars:50", ["other"]),
        ("topic:llm created:>=2026-08-10", ["young"]),
        ("created:2026-08-15..2026-08-16", ["young", "other"]),
        ("pushed:>2026-08-16", ["tiny"]),
        ("language:python", ["old", "tiny"]),
        ("topic:rag OR topic:chess", ["old", "other"]),
        ("-topic:llm", ["tiny", "other"]),
        ('"language models"', ["young"]),
        ("gateway archived:false in:description", ["young"]),
        ('unbalanced"', []),
        ("created:>2027-01-01", []),
    ],
)
def test_qualifiers_narrow_the_search(asked: str, found: list[str]) -> None:
    assert _names(q=asked) == found


def test_results_are_sorted_and_paged_as_asked() -> None:
    assert _names(q="stars:>0", sort="stars") == ["old", "young", "other", "tiny"]
    assert _names(q="stars:>0", sort="stars", order="asc", per_page="2", page="2") == ["young", "old"]
    assert _names(q="stars:>0", per_page="2", page="9") == []
    assert _search(q="stars:>0", per_page="2")["total_count"] == 4


def test_a_search_for_nothing_is_refused_in_githubs_form() -> None:
    answer = github.api(MORNING, "search/repositories", Parameters([("q", " ")]))
    assert answer.status == 422
    assert json.loads(answer.body)["status"] == "422"


def test_an_unknown_period_is_the_day() -> None:
    page = github.page(Morning(at=AT, github_daily=()), "trending", Parameters([("since", "yearly")]))
    assert page.status == 200
    assert "trending repositories for your choices" in page.body.decode()
