from __future__ import annotations

import json
from datetime import UTC, date, datetime
from typing import Any

import pytest

from sandbox.sources.sites import huggingface, ossinsight
from sandbox.sources.sites.answer import Answer, Parameters
from sandbox.sources.world import Model, Morning, Paper, Space, TrendRow

AT = datetime(2026, 8, 20, 5, 30, tzinfo=UTC)
MORNING = Morning(
    at=AT,
    models=(
        Model("lab/one", 10, 20, 9, "text-generation", "transformers", ("x",), "auto", AT, AT, 7_000_000_000),
        Model("lab/two", 5, None, None),
    ),
    spaces=(Space("lab/try", 3, 2.5, "gradio", models=("lab/one",)),),
    papers=(
        Paper("2608.00001", "One", 4, listed_at=AT),
        Paper("2608.00002", "Two", 2, listed_at=AT.replace(day=19)),
        Paper("2608.00003", "Three", 1),
    ),
    ossinsight_day=(TrendRow("1", "o/n", "30"),),
    ossinsight_more={("past_week", "Go"): (TrendRow("2", "o/g", "300", primary_language="Go"),)},
)


def _answer(path: str, *query: tuple[str, str]) -> Answer:
    return huggingface.answer(MORNING, path, Parameters(list(query)))


def _list(path: str, *query: tuple[str, str]) -> list[Any]:
    listed: list[Any] = json.loads(_answer(path, *query).body)
    return listed


def test_what_a_model_has_not_is_left_out() -> None:
    assert set(_list("api/models")[1]) == {"_id", "id", "likes", "private", "tags", "modelId"}


def test_a_full_list_has_author_gate_and_date_too() -> None:
    model = _list("api/models", ("full", "true"))[0]
    assert (model["author"], model["gated"], model["lastModified"]) == ("lab", "auto", "2026-08-20T05:30:00.000Z")


def test_an_expanded_list_has_what_was_asked_for_and_the_id() -> None:
    asked = [("expand[]", "likes"), ("expand[]", "safetensors"), ("expand[]", "gated"), ("expand[]", "nonsense")]
    first, second = _list("api/models", *asked)
    assert {key: first[key] for key in ("id", "likes", "gated")} == {"id": "lab/one", "likes": 10, "gated": "auto"}
    assert first["safetensors"]["total"] == 7_000_000_000
    assert set(second) == {"_id", "id", "likes", "gated"}


def test_a_space_tells_its_models_and_may_have_half_a_point() -> None:
    space = _list("api/spaces", ("full", "1"))[0]
    assert (space["models"], space["trendingScore"], space["sdk"]) == (["lab/one"], 2.5, "gradio")


@pytest.mark.parametrize(("limit", "count"), [("1", 1), ("50", 2), ("none", 2), ("", 2)])
def test_a_limit_is_kept(limit: str, count: int) -> None:
    assert len(_list("api/models", ("limit", limit))) == count


def test_papers_are_of_the_day_asked_for_where_their_day_is_known() -> None:
    assert [row["paper"]["id"] for row in _list("api/daily_papers")] == ["2608.00001", "2608.00002", "2608.00003"]
    of_day = _list("api/daily_papers", ("date", str(date(2026, 8, 19))))
    assert [row["paper"]["id"] for row in of_day] == ["2608.00002", "2608.00003"]


@pytest.mark.parametrize(
    ("path", "query"),
    [("api/models", ("sort", "beauty")), ("api/daily_papers", ("date", "today"))],
)
def test_a_wrong_parameter_is_refused_in_the_hubs_form(path: str, query: tuple[str, str]) -> None:
    answer = _answer(path, query)
    assert (answer.status, json.loads(answer.body)) == (400, {"error": "Bad Request"})


@pytest.mark.parametrize(
    ("query", "rows"),
    [
        ([], ["o/n"]),
        ([("period", "past_24_hours"), ("language", "All")], ["o/n"]),
        ([("period", "past_week"), ("language", "Go")], ["o/g"]),
        ([("period", "past_month"), ("language", "Go")], []),
    ],
)
def test_oss_insight_answers_by_period_and_language(query: list[tuple[str, str]], rows: list[str]) -> None:
    envelope = json.loads(ossinsight.answer(MORNING, "v1/trends/repos/", Parameters(query)).body)
    assert [row["repo_name"] for row in envelope["data"]["rows"]] == rows
    assert envelope["data"]["result"]["code"] == 200
    assert all(isinstance(value, str) for row in envelope["data"]["rows"] for value in row.values())


def test_oss_insight_refuses_an_unknown_period_with_http_200() -> None:
    answer = ossinsight.answer(MORNING, "v1/trends/repos", Parameters([("period", "today")]))
    assert answer.status == 200
    assert json.loads(answer.body)["data"]["result"]["code"] == 400
