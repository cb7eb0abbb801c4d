"""GitHub's trending page and search, quirk by quirk."""

from __future__ import annotations

import html
from datetime import UTC, datetime
from typing import Any

import pytest

from domain.items import ItemKey, Kind, Source
from domain.readings import Metric
from sources.errors import Unreadable
from sources.github.adapter import search, trending
from tests.unit.sources.readings import AT, HOSTILE, encoded, figures, ids, item, only, ranks

daily, weekly = trending("today", Metric.STARS_TODAY), trending("this week", Metric.STARS_WEEK)


def _row(
    path: str = "/quiet-lab/lantern",
    *,
    description: str | None = "Runs quiet models &amp; small ones",
    language: str | None = "Rust",
    stars: str = "\n <svg></svg>\n 11,139",
    forks: str = "1,636",
    gained: str = "3,975 stars today",
) -> str:
    said = f'<p class="col-9 my-1 tmp-pr-4">\n {description}\n </p>' if description is not None else ""
    spoken = f'<span itemprop="programmingLanguage">{language}</span>' if language is not None else ""
    return f"""<article class="Box-row"><div class="float-right d-flex"><a href="/login?return_to=x">Star</a></div>
    <h2 class="h3 lh-condensed"><a href="{html.escape(path)}"><span>quiet-lab /</span> lantern</a></h2>{said}
    <div class="f6 color-fg-muted mt-2">{spoken}<a href="{html.escape(path)}/stargazers">{stars}</a>
    <a href="{html.escape(path)}/forks">{forks}</a> Built by <img class="avatar" alt="@someone">
    <span class="d-inline-block float-sm-right"><svg></svg> {gained} </span></div></article>"""


def _page(*rows: str) -> bytes:
    return f"<!DOCTYPE html><html><body><main><div data-hpc>{''.join(rows)}</div></main></body></html>".encode()


def test_a_row_is_read() -> None:
    sighting = only(daily(_page(_row()), AT))
    assert sighting.item.key == ItemKey(Source.GITHUB, Kind.REPOSITORY, "quiet-lab/lantern")
    assert sighting.item.url == "https://github.com/quiet-lab/lantern"
    assert sighting.item.title == "quiet-lab/lantern"
    assert sighting.item.publisher == "quiet-lab"
    assert sighting.item.summary == "Runs quiet models & small ones"
    assert sighting.item.tagged("language") == ("Rust",)
    assert sighting.rank == 1
    assert figures(sighting) == {"stars": 11139, "forks": 1636, "stars_today": 3975}


def test_a_repository_without_description_or_language_is_read() -> None:
    caught = daily(_page(_row(description=None, language=None)), AT)
    assert (item(caught).summary, item(caught).tags, caught.flaws) == ("", (), ())


def test_one_star_is_singular() -> None:
    assert figures(only(daily(_page(_row(gained="1 star today")), AT)))["stars_today"] == 1


def test_the_weekly_page_tells_the_stars_of_the_week() -> None:
    assert figures(only(weekly(_page(_row(gained="3,033 stars this week")), AT)))["stars_week"] == 3033


def test_the_gain_of_another_period_is_not_taken_for_this_one() -> None:
    caught = daily(_page(_row(gained="3,033 stars this week")), AT)
    assert figures(only(caught)) == {"stars": 11139, "forks": 1636}
    assert caught.flaws == ("1 × field stars_today",)


def test_a_row_without_a_gain_is_read() -> None:
    caught = daily(_page(_row(gained="")), AT)
    assert figures(only(caught)) == {"stars": 11139, "forks": 1636}
    assert caught.flaws == ()


@pytest.mark.parametrize("wrong", ["1.2k", "-5", "many", "1,1390", "1 139", "٣"])
def test_a_figure_in_another_form_is_left_out_and_told(wrong: str) -> None:
    caught = daily(_page(_row(stars=wrong)), AT)
    assert figures(only(caught)) == {"forks": 1636, "stars_today": 3975}
    assert caught.flaws == ("1 × field stars",)


def test_ranks_count_from_the_top_and_a_stranger_keeps_its_place() -> None:
    caught = daily(_page(_row("/a/one"), _row("/a/../../etc"), _row("/a/one"), _row("/b/two")), AT)
    assert list(zip(ids(caught), ranks(caught), strict=True)) == [("a/one", 1), ("b/two", 3)]
    assert caught.flaws == ("1 × entry without usable address",)


@pytest.mark.parametrize(
    "path",
    [
        "",
        "/",
        "/a",
        "a/b/c",
        "//evil.example/a",
        "https://evil.example/a/b",
        "/a/<b>",
        "/a/b?x",
        "/-a/b",
        "/a/..",
        "javascript:alert(1)",
    ],
)
def test_an_address_that_is_no_repository_is_dropped(path: str) -> None:
    caught = daily(_page(_row(path), _row()), AT)
    assert ids(caught) == ["quiet-lab/lantern"]


def test_hostile_descriptions_are_text() -> None:
    caught = daily(
        _page(_row(description="<script>alert(1)</script>&lt;img src=x onerror=y&gt; \u202eevil" + "x" * 100_000)), AT
    )
    assert item(caught).summary.startswith("<img src=x onerror=y>")
    assert "\u202e" not in item(caught).summary
    assert len(item(caught).summary) <= 2000


def test_right_to_left_and_emoji_descriptions_stay_readable() -> None:
    said = "مدل‌های کوچک 🎉 โมเดล"
    assert item(daily(_page(_row(description=said)), AT)).summary == said.replace("\u200c", "")


@pytest.mark.parametrize(
    "body", [b"", b"{}", b"<html><body><h1>Whoa there!</h1></body></html>", b"\x00\xff\xfe", b"[]"]
)
def test_another_page_is_unreadable(body: bytes) -> None:
    with pytest.raises(Unreadable, match="trending page may have changed"):
        daily(body, AT)


def test_a_page_that_says_that_nothing_trends_is_empty() -> None:
    caught = daily(
        _page('<div class="blankslate"><h3>It looks like we don’t have any trending repositories.</h3></div>'), AT
    )
    assert (caught.sightings, caught.flaws) == ((), ())


def _found(**changes: Any) -> dict[str, Any]:
    repository = {
        "id": 1232094166,
        "full_name": "quiet-lab/lantern",
        "html_url": "https://evil.example/phish",
        "description": "Runs quiet models",
        "fork": False,
        "created_at": "2026-06-20T15:26:07Z",
        "pushed_at": "2026-06-21T05:18:41Z",
        "homepage": "",
        "stargazers_count": 251,
        "watchers_count": 251,
        "forks_count": 26,
        "language": "JavaScript",
        "license": {"key": "mit", "name": "MIT License", "spdx_id": "MIT"},
        "topics": ["ai", "agents"],
        "score": 1.0,
    }
    return {**repository, **changes}


def _answer(*found: Any, **changes: Any) -> bytes:
    return encoded({"total_count": len(found), "incomplete_results": False, "items": list(found), **changes})


def test_a_found_repository_is_read() -> None:
    caught = search(_answer(_found()), AT)
    assert item(caught).url == "https://github.com/quiet-lab/lantern", "built from the name, not taken from the answer"
    assert item(caught).created_at == datetime(2026, 6, 20, 15, 26, 7, tzinfo=UTC)
    assert item(caught).tags == ("language:JavaScript", "license:mit", "ai", "agents")
    assert figures(only(caught)) == {"stars": 251, "forks": 26}
    assert only(caught).rank is None


def test_null_language_description_licence_and_no_topics_are_absent() -> None:
    caught = search(_answer(_found(language=None, description=None, license=None, topics=[])), AT)
    assert (item(caught).tags, item(caught).summary, caught.flaws) == ((), "", ())


@pytest.mark.parametrize("licence", [{"spdx_id": "NOASSERTION"}, {"spdx_id": None}, {}])
def test_a_licence_that_github_does_not_know_is_none(licence: dict[str, Any]) -> None:
    assert item(search(_answer(_found(license=licence)), AT)).tagged("license") == ()


def test_an_incomplete_search_says_so() -> None:
    caught = search(_answer(_found(), incomplete_results=True), AT)
    assert len(caught.sightings) == 1
    assert caught.flaws == ("1 × search cut short by its time limit",)


def test_negative_stars_cost_the_figure_alone() -> None:
    caught = search(_answer(_found(stargazers_count=-3, forks_count="26")), AT)
    assert figures(only(caught)) == {"forks": 26}
    assert caught.flaws == ("1 × field stargazers_count",)


@pytest.mark.parametrize("name", ["../../x", "a", "a/b/c", "a/b\n", "a/<b>", "a b/c", "", None, 5, "a/..", "a/."])
def test_a_name_that_is_not_github_form_is_dropped(name: object) -> None:
    caught = search(_answer(_found(full_name=name), _found()), AT)
    assert ids(caught) == ["quiet-lab/lantern"]
    assert len(caught.flaws) == 1


@pytest.mark.parametrize(
    "body", [b"[]", b"{}", b'{"items": {}}', b'{"message": "API rate limit exceeded"}', b"<html>", b"null"]
)
def test_an_answer_without_items_is_unreadable(body: bytes) -> None:
    with pytest.raises(Unreadable):
        search(body, AT)


def test_a_description_of_100_kb_is_capped() -> None:
    assert len(item(search(_answer(_found(description=HOSTILE)), AT)).summary) <= 2000
