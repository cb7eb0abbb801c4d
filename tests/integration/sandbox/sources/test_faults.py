"""Each fault as a client meets it."""

from __future__ import annotations

import gzip
import json
import time
from dataclasses import replace

import httpx
import pytest

from sandbox.sources import Fault, Morning
from sandbox.sources.world import Model, TrendingRepository
from tests.integration.sandbox.sources.conftest import AT, Sites

MODELS = "/huggingface/api/models?sort=trendingScore"
MORNING = Morning(
    at=AT,
    models=tuple(Model(f"sample/model-{number}", number, 0, number) for number in range(60)),
    github_daily=(TrendingRepository("sample/tool", 5, 1),),
)


@pytest.fixture
def on(sites: Sites) -> Sites:
    return sites.on(MORNING)


@pytest.mark.parametrize(
    ("site", "path", "form"),
    [
        ("huggingface", MODELS, '{"error":"Too Many Requests"}'),
        ("github", "/github/trending", "<h1>429 Too Many Requests</h1>"),
        ("api.github", "/api.github/search/repositories?q=x", '"message":"Too Many Requests"'),
        ("ossinsight", "/ossinsight/v1/trends/repos/", '{"message":"Too Many Requests"}'),
        ("arxiv", "/arxiv/api/query", "<h1>429 Too Many Requests</h1>"),
        ("arxiv-rss", "/arxiv-rss/rss/cs.AI", "<h1>429 Too Many Requests</h1>"),
        ("hackernews", "/hackernews/api/v1/search", '{"status":429,"error":"Too Many Requests"}'),
        ("feeds", "/feeds/any", "<h1>429 Too Many Requests</h1>"),
    ],
)
def test_a_status_comes_in_the_sites_own_form_with_its_pause(on: Sites, site: str, path: str, form: str) -> None:
    on.sources.fail(site, Fault("status", status=429, retry_after=7))
    answer = on.get(path)
    assert (answer.status_code, answer.headers["retry-after"]) == (429, "7")
    assert form in answer.text


def test_a_slow_site_answers_rightly_in_the_end(on: Sites) -> None:
    on.sources.fail("huggingface", Fault("slow", seconds=0.2))
    before = time.monotonic()
    assert len(on.get(MODELS).json()) == 60
    assert time.monotonic() - before >= 0.2


def test_a_hanging_site_never_answers(on: Sites) -> None:
    on.sources.fail("huggingface", Fault("hang"))
    with pytest.raises(httpx.ReadTimeout):
        on.client.get(MODELS, timeout=0.2)


def test_a_dripping_site_sends_byte_by_byte(on: Sites) -> None:
    on.sources.fail("huggingface", Fault("drip", seconds=0.02))
    with on.client.stream("GET", MODELS) as answer:
        pieces = answer.iter_raw()
        assert [len(next(pieces)) for _ in range(3)] == [1, 1, 1]


def test_a_page_comes_for_json(on: Sites) -> None:
    on.sources.fail("huggingface", Fault("html_for_json"))
    answer = on.get(MODELS)
    assert (answer.status_code, answer.headers["content-type"]) == (200, "text/html; charset=utf-8")
    with pytest.raises(json.JSONDecodeError):
        answer.json()


def test_a_truncated_gzip_cannot_be_unpacked(on: Sites) -> None:
    on.sources.fail("github", Fault("truncated_gzip"))
    with on.client.stream("GET", "/github/trending") as answer:
        raw = b"".join(answer.iter_raw())
    assert answer.headers["content-encoding"] == "gzip"
    with pytest.raises(EOFError):
        gzip.decompress(raw)


def test_a_gzip_bomb_is_small_on_the_wire_and_large_inside(on: Sites) -> None:
    on.sources.fail("huggingface", Fault("gzip_bomb", size=3_000_000))
    with on.client.stream("GET", MODELS) as answer:
        raw = b"".join(answer.iter_raw())
    assert len(raw) < 5_000
    assert len(gzip.decompress(raw)) == 3_000_000


def test_a_redirect_loop_never_arrives(on: Sites) -> None:
    on.sources.fail("huggingface", Fault("redirect_loop"))
    with pytest.raises(httpx.TooManyRedirects):
        on.client.get(MODELS, follow_redirects=True)


def test_a_redirect_names_the_address_that_was_asked_for(on: Sites) -> None:
    on.sources.fail("huggingface", Fault("redirect_to", url="http://169.254.169.254/latest/"))
    answer = on.get(MODELS)
    assert (answer.status_code, answer.headers["location"]) == (302, "http://169.254.169.254/latest/")


def test_an_xml_bomb_is_a_kilobyte_of_nested_entities(on: Sites) -> None:
    on.sources.fail("feeds", Fault("xml_bomb"))
    body = on.get("/feeds/any").text
    assert len(body) < 2_000
    assert body.count("<!ENTITY") == 10


def test_an_empty_answer_has_no_byte(on: Sites) -> None:
    on.sources.fail("huggingface", Fault("empty"))
    answer = on.get(MODELS)
    assert (answer.status_code, answer.content) == (200, b"")


def test_a_malformed_answer_breaks_off_in_the_middle(on: Sites) -> None:
    on.sources.fail("huggingface", Fault("malformed"))
    with pytest.raises(ValueError, match="utf-8"):
        on.get(MODELS, accept_encoding="identity").content.decode("utf-8")


def test_an_oversized_answer_has_as_many_bytes_as_asked_for_and_no_length(on: Sites) -> None:
    on.sources.fail("huggingface", Fault("oversized", size=200_001))
    answer = on.get(MODELS)
    assert len(answer.content) == 200_001
    assert "content-length" not in answer.headers


def test_a_fault_spoils_only_as_many_requests_as_it_says(on: Sites) -> None:
    on.sources.fail("huggingface", Fault("status", times=2))
    assert [on.get(MODELS).status_code for _ in range(4)] == [503, 503, 200, 200]


def test_a_fault_spoils_only_the_path_that_it_names(on: Sites) -> None:
    on.sources.turn_to(replace(MORNING, spaces=()))
    on.sources.fail("huggingface", Fault("status", path="api/models"))
    assert on.get(MODELS).status_code == 503
    assert on.get("/huggingface/api/spaces").status_code == 200


def test_a_fault_spoils_only_its_own_site_and_ends_when_healed(on: Sites) -> None:
    on.sources.fail("huggingface", Fault("status"))
    assert on.get("/github/trending").status_code == 200
    on.sources.heal("huggingface")
    assert on.get(MODELS).status_code == 200


@pytest.mark.parametrize(
    ("site", "kind", "said"),
    [
        ("nowhere", "status", "is no site"),
        ("github", "explode", "no kind of fault"),
        ("github", "redirect_to", "a url"),
    ],
)
def test_a_fault_that_cannot_be_is_refused_in_words(on: Sites, site: str, kind: str, said: str) -> None:
    with pytest.raises((LookupError, ValueError), match=said):
        on.sources.fail(site, Fault(kind))  # type: ignore[arg-type]  # what a control request could hold
