"""OSS Insight's rows, where every value is a string."""

from __future__ import annotations

from typing import Any

import pytest

from domain.items import ItemKey, Kind, Source
from sources.errors import Unreadable
from sources.ossinsight.adapter import trends
from tests.unit.sources.readings import AT, encoded, figures, ids, item, only, ranks


def _row(**changes: Any) -> dict[str, Any]:
    row = {
        "repo_id": "1148788086",
        "repo_name": "quiet-lab/lantern",
        "primary_language": "Shell",
        "description": "Runs quiet models",
        "stars": "564",
        "forks": "44",
        "pull_requests": "",
        "pushes": "2",
        "total_score": "2562.0199",
        "contributor_logins": "someone,else",
        "collection_names": "",
    }
    return {**row, **changes}


def _answer(*rows: Any, code: object = 200) -> bytes:
    result = {"code": code, "message": "Query OK!", "row_count": len(rows)}
    return encoded({"type": "sql_endpoint", "data": {"columns": [], "rows": list(rows), "result": result}})


def test_a_row_is_a_repository_and_the_same_as_githubs() -> None:
    sighting = only(trends(_answer(_row()), AT))
    assert sighting.item.key == ItemKey(Source.OSSINSIGHT, Kind.REPOSITORY, "quiet-lab/lantern")
    assert sighting.item.url == "https://github.com/quiet-lab/lantern"
    assert sighting.item.tags == ("github:quiet-lab/lantern", "language:Shell")


def test_stars_are_those_of_the_day_and_forks_of_the_day_are_no_total() -> None:
    assert figures(only(trends(_answer(_row()), AT))) == {"stars_today": 564}


def test_the_order_is_their_ranking() -> None:
    caught = trends(_answer(_row(repo_name="a/one"), _row(repo_name="b/two"), _row(repo_name="a/one")), AT)
    assert list(zip(ids(caught), ranks(caught), strict=True)) == [("a/one", 1), ("b/two", 2)]


def test_the_empty_string_is_unknown() -> None:
    caught = trends(_answer(_row(stars="", primary_language="", description="")), AT)
    assert figures(only(caught)) == {}
    assert item(caught).tags == ("github:quiet-lab/lantern",)
    assert caught.flaws == ()


@pytest.mark.parametrize("code", [1146, "1146", 500, 0])
def test_a_failure_that_comes_as_http_200_is_a_failure(code: object) -> None:
    with pytest.raises(Unreadable, match="error of its own database"):
        trends(_answer(_row(), code=code), AT)


def test_a_code_written_as_text_is_a_code() -> None:
    assert len(trends(_answer(_row(), code="200"), AT).sightings) == 1


@pytest.mark.parametrize(
    "body", [b"[]", b"{}", b'{"data": []}', b'{"data": {"rows": {}}}', b"<html>", b'{"data": null}']
)
def test_an_answer_without_rows_is_unreadable(body: bytes) -> None:
    with pytest.raises(Unreadable):
        trends(body, AT)


@pytest.mark.parametrize("name", ["../x", "", None, "a b/c", 7])
def test_a_name_that_is_no_repository_is_dropped(name: object) -> None:
    caught = trends(_answer(_row(repo_name=name), _row()), AT)
    assert list(zip(ids(caught), ranks(caught), strict=True)) == [("quiet-lab/lantern", 2)]
    assert len(caught.flaws) == 1


@pytest.mark.parametrize("stars", ["-5", "12.5", "many"])
def test_stars_that_are_no_count_are_left_out(stars: str) -> None:
    caught = trends(_answer(_row(stars=stars)), AT)
    assert figures(only(caught)) == {}
    assert caught.flaws == ("1 × field stars",)
