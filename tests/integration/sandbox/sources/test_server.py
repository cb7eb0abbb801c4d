"""The local sources over HTTP: conditional requests, compression, counting, days, and the control addresses."""

from __future__ import annotations

import tomllib
from dataclasses import replace
from datetime import timedelta

import httpx
import pytest

from sandbox.serving import Serving
from sandbox.sources import LocalSources, Morning
from sandbox.sources.world import Entry, Feed, FoundRepository, Model, Story
from tests.integration.sandbox.sources.conftest import AT, Sites

FEED = Feed("Sample Lab", "https://lab.example/", (Entry("One", "https://lab.example/1", AT - timedelta(days=1)),))
FIRST = Morning(
    at=AT,
    models=tuple(Model(f"sample/model-{number}", number, 0, number) for number in range(60)),
    github_search=(FoundRepository("sample/tool", 100),),
    arxiv_listing=(),
    hn_front_page=(Story(1, "One", 10, 2, AT),),
    feeds={"lab": FEED},
)
SECOND = replace(FIRST, at=AT + timedelta(days=1), models=(Model("sample/new", 1, 0, 1),))


@pytest.mark.parametrize(
    "path",
    [
        "/huggingface/api/models",
        "/api.github/search/repositories?q=tool",
        "/arxiv-rss/rss/cs.AI",
        "/feeds/lab",
    ],
)
def test_what_is_known_already_is_not_sent_again(sites: Sites, path: str) -> None:
    sites.on(FIRST)
    first = sites.get(path)
    again = sites.get(path, if_none_match=first.headers["etag"])
    assert (again.status_code, again.content) == (304, b"")
    assert again.headers["etag"] == first.headers["etag"]


def test_a_changed_list_has_another_etag(sites: Sites) -> None:
    old = sites.on(FIRST).get("/huggingface/api/models").headers["etag"]
    answer = sites.on(SECOND).get("/huggingface/api/models", if_none_match=old)
    assert answer.status_code == 200
    assert answer.headers["etag"] != old


@pytest.mark.parametrize("path", ["/github/trending", "/hackernews/api/v1/search?tags=front_page"])
def test_sites_without_etags_have_none_here(sites: Sites, path: str) -> None:
    sites.on(replace(FIRST, github_daily=()))
    answer = sites.get(path, if_none_match='W/"anything"')
    assert answer.status_code == 200
    assert "etag" not in answer.headers


def test_a_feed_is_not_sent_again_to_whoever_has_it_since_its_last_entry(sites: Sites) -> None:
    sites.on(FIRST)
    modified = sites.get("/feeds/lab").headers["last-modified"]
    assert modified == "Wed, 19 Aug 2026 05:30:00 GMT"
    assert sites.get("/feeds/lab", if_modified_since=modified).status_code == 304
    assert sites.get("/feeds/lab", if_modified_since="Tue, 18 Aug 2026 05:30:00 GMT").status_code == 200
    assert sites.get("/feeds/lab", if_modified_since="yesterday").status_code == 200


def test_long_answers_are_compressed_for_whoever_accepts_it(sites: Sites) -> None:
    sites.on(FIRST)
    packed = sites.get("/huggingface/api/models", accept_encoding="gzip")
    plain = sites.get("/huggingface/api/models", accept_encoding="identity")
    assert packed.headers["content-encoding"] == "gzip"
    assert "content-encoding" not in plain.headers
    assert packed.json() == plain.json()


def test_limits_are_told_as_each_site_tells_them(sites: Sites) -> None:
    sites.on(replace(FIRST, ossinsight_day=()))
    hub = sites.get("/huggingface/api/models").headers
    search = sites.get("/api.github/search/repositories?q=tool").headers
    rows = sites.get("/ossinsight/v1/trends/repos/").headers
    assert hub["ratelimit-policy"] == '"fixed window";"api";q=500;w=300'
    assert hub["ratelimit"].startswith('"api";r=')
    assert (search["x-ratelimit-resource"], search["x-ratelimit-limit"]) == ("search", "10")
    assert (rows["x-ratelimit-limit"], rows["x-ratelimit-limit-minute"]) == ("600", "1000")


def test_requests_are_counted_by_site_and_status(sites: Sites) -> None:
    sites.on(FIRST)
    tag = sites.get("/huggingface/api/models").headers["etag"]
    sites.get("/huggingface/api/models", if_none_match=tag, user_agent="a paper")
    sites.get("/feeds/lab")
    assert sites.sources.count("huggingface") == 2
    assert sites.sources.count("huggingface", 304) == 1
    assert sites.sources.count("arxiv") == 0
    seen = sites.sources.requests[1]
    assert (seen.path, seen.headers["user-agent"], seen.headers["if-none-match"]) == ("api/models", "a paper", tag)
    sites.sources.forget_requests()
    assert sites.sources.requests == ()


def test_a_world_has_a_base_for_every_setting_and_a_list_of_all_its_feeds(sites: Sites) -> None:
    other = replace(FIRST, feeds={"press": replace(FEED, name='Press "A"', kind="press")})
    sources = LocalSources([FIRST, other])
    with Serving(sources) as server:
        for name, address in sources.addresses(server.url).items():
            assert name.endswith("_URL")
            assert httpx.get(f"{address}/nothing").status_code == 404
        listed = tomllib.loads(sources.feeds_toml(server.url))["feed"]
        only = tomllib.loads(sources.feeds_toml(server.url, only={"press"}))["feed"]
        assert [(feed["name"], feed["kind"]) for feed in listed] == [("Sample Lab", "blog"), ('Press "A"', "press")]
        assert [feed["name"] for feed in only] == ['Press "A"']
        assert httpx.get(listed[0]["url"]).status_code == 200
        assert httpx.get(listed[1]["url"]).status_code == 410  # not there on the first morning


def test_a_world_turns_to_its_mornings_by_day() -> None:
    sources = LocalSources([FIRST, SECOND])
    assert sources.morning is FIRST
    assert sources.turn_to_day(SECOND.at.date()) is SECOND
    assert sources.morning is SECOND
    with pytest.raises(LookupError, match=r"no morning of 2026-08-25; it has 2026-08-20, 2026-08-21"):
        sources.turn_to_day(AT.date() + timedelta(days=5))


def test_a_world_without_mornings_is_refused() -> None:
    with pytest.raises(ValueError, match="at least one morning"):
        LocalSources([])


@pytest.mark.parametrize(
    "path",
    [
        "/huggingface/api/models",
        "/huggingface/api/datasets",
        "/huggingface/api/spaces",
        "/huggingface/api/daily_papers",
        "/github/trending",
        "/github/trending/python?since=weekly",
        "/api.github/search/repositories?q=x",
        "/arxiv/api/query",
        "/arxiv-rss/rss/cs.AI",
        "/hackernews/api/v1/search?tags=front_page",
        "/hackernews/api/v1/search_by_date?tags=story",
        "/nowhere/at/all",
    ],
)
def test_a_list_that_could_not_be_read_that_day_is_refused(sites: Sites, path: str) -> None:
    assert sites.get(path).status_code == 404


def test_oss_insight_refuses_with_a_code_in_its_envelope(sites: Sites) -> None:
    answer = sites.get("/ossinsight/v1/trends/repos/?period=past_24_hours")
    assert answer.status_code == 200
    assert answer.json()["data"]["result"]["code"] == 1146


def test_another_process_can_turn_the_day_and_count_requests() -> None:
    with Serving(LocalSources([FIRST, SECOND])) as server, httpx.Client(base_url=server.url) as client:
        turned = client.post("/_sandbox/turn", json={"date": "2026-08-21"})
        assert turned.json() == {"at": "2026-08-21T05:30:00+00:00"}
        assert [model["id"] for model in client.get("/huggingface/api/models").json()] == ["sample/new"]
        state = client.get("/_sandbox/").json()
        assert (state["at"], state["requests"]["huggingface"]) == ("2026-08-21T05:30:00+00:00", 1)
        assert client.get("/_sandbox/requests").json()[0]["path"] == "api/models"
        assert client.delete("/_sandbox/requests").status_code == 204
        assert client.get("/_sandbox/requests").json() == []
        assert tomllib.loads(client.get("/_sandbox/feeds.toml").text)["feed"][0]["url"] == f"{server.url}/feeds/lab"


def test_another_process_can_break_and_heal_a_site() -> None:
    with Serving(LocalSources(FIRST)) as server, httpx.Client(base_url=server.url) as client:
        fault = {"site": "huggingface", "kind": "status", "status": 429}
        assert client.post("/_sandbox/faults", json=fault).status_code == 204
        assert client.get("/huggingface/api/models").status_code == 429
        assert client.get("/_sandbox/").json()["faults"] == {"huggingface": "status"}
        assert client.delete("/_sandbox/faults").status_code == 204
        assert client.get("/huggingface/api/models").status_code == 200


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("/_sandbox/turn", {"date": "tomorrow"}),
        ("/_sandbox/turn", {"day": "2026-08-21"}),
        ("/_sandbox/turn", {"date": "1999-01-01"}),
        ("/_sandbox/faults", {"kind": "status"}),
        ("/_sandbox/faults", {"site": "github", "kind": "explode"}),
        ("/_sandbox/faults", {"site": "github", "kind": "status", "colour": "red"}),
    ],
)
def test_a_wrong_control_request_is_told_what_is_wrong(sites: Sites, path: str, body: dict[str, str]) -> None:
    answer = sites.client.post(path, json=body)
    assert answer.status_code == 400
    assert answer.json()["error"]
