"""Whatever a site answers, a parser returns a catch that keeps the laws of the domain, or raises a SourceError."""

from __future__ import annotations

import json
from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.items import Kind
from domain.readings import Metric
from domain.text import plain_line
from sources import words
from sources.arxiv import adapter as arxiv
from sources.errors import SourceError
from sources.github import adapter as github
from sources.hackernews import adapter as hackernews
from sources.harvesting import Catch
from sources.huggingface import adapter as huggingface
from sources.ossinsight import adapter as ossinsight
from sources.wire import LARGEST_COUNT
from tests.unit.sources.readings import AT, Parse

JSON_PARSERS = {
    "models": huggingface.repositories(Kind.MODEL),
    "datasets": huggingface.repositories(Kind.DATASET),
    "spaces": huggingface.repositories(Kind.SPACE),
    "daily papers": huggingface.daily_papers,
    "github search": github.search,
    "oss insight": ossinsight.trends,
    "hacker news": hackernews.stories,
}
OTHER_PARSERS = {
    "trending": github.trending("today", Metric.STARS_TODAY),
    "arxiv api": arxiv.recent,
    "arxiv listing": arxiv.listing,
}

_FIELDS = """
    id likes downloads trendingScore tags gated createdAt pipeline_tag library_name sdk cardData safetensors total
    paper title summary authors name hidden publishedAt upvotes ai_keywords githubRepo githubStars organization
    numComments items full_name description topics stargazers_count license spdx_id created_at data rows result code
    repo_name stars hits objectID url story_text points num_comments _tags author short_description
"""
_KEYS = st.sampled_from(_FIELDS.split())
_VALUES = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(allow_nan=False, allow_infinity=False),
    st.text(max_size=30),
    st.sampled_from(
        [
            "quiet-lab/lantern",
            "2608.16887",
            "48073246",
            "17",
            "-3",
            "2026-07-04T05:30:00Z",
            "javascript:alert(1)",
            "auto",
            "https://github.com/a/b",
            "\ud800",
            "\u202e<b>",
            "../../x",
            "x" * 5000,
        ]
    ),
)
_JSON = st.recursive(
    _VALUES, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(_KEYS, inner, max_size=8), max_leaves=25
)


def _entries(draw: st.DrawFn) -> object:
    """An answer in the right envelope with entries of any shape."""
    entries = draw(st.lists(st.dictionaries(_KEYS, _JSON, max_size=10), max_size=4))
    wrap = draw(st.sampled_from(["list", "items", "hits", "rows", "paper"]))
    if wrap == "rows":
        return {"data": {"rows": entries}}
    if wrap == "paper":
        return [{"paper": entry, "numComments": 1} for entry in entries]
    return entries if wrap == "list" else {wrap: entries}


_ANSWERS = _JSON | st.composite(_entries)()


@settings(max_examples=60)
@given(_ANSWERS)
def test_any_json_is_a_lawful_catch_or_a_source_error(answer: object) -> None:
    for parse in JSON_PARSERS.values():
        _lawful(parse, json.dumps(answer).encode())


@pytest.mark.parametrize(
    "parse", [*JSON_PARSERS.values(), *OTHER_PARSERS.values()], ids=[*JSON_PARSERS, *OTHER_PARSERS]
)
@settings(max_examples=25)
@given(body=st.binary(max_size=200))
def test_any_bytes_are_a_lawful_catch_or_a_source_error(parse: Parse, body: bytes) -> None:
    _lawful(parse, body)


_PIECES = st.sampled_from(
    [
        '<article class="Box-row">',
        "</article>",
        '<h2><a href="/a/b">',
        "</a></h2>",
        '<a href="/x/stargazers">',
        "1,234",
        "<p>",
        '<span class="float-sm-right">',
        "5 stars today",
        "</span>",
        "<script>",
        "&lt;",
        "\u202e",
        "<svg>",
        '<a href="',
        "-7",
    ]
)


@settings(max_examples=60)
@given(st.lists(_PIECES, max_size=30))
def test_any_page_is_a_lawful_catch_or_a_source_error(pieces: list[str]) -> None:
    _lawful(OTHER_PARSERS["trending"], "".join(pieces).encode())


def _lawful(parse: Parse, body: bytes) -> None:
    with suppress(SourceError):
        _keeps_the_laws(parse(body, AT))


def _keeps_the_laws(caught: Catch) -> None:
    keys = [sighting.item.key for sighting in caught.sightings]
    assert len(keys) == len(set(keys))
    ranked = [sighting.rank for sighting in caught.sightings if sighting.rank is not None]
    assert ranked == sorted(set(ranked))
    for sighting in caught.sightings:
        said = sighting.item
        assert type(said.key).parse(str(said.key)) == said.key
        assert said.url.startswith(("https://", "http://"))
        assert said.title == plain_line(said.title) != ""
        assert len(said.title) <= words.TITLE_LIMIT
        assert said.summary == plain_line(said.summary)
        assert len(said.summary) <= words.SUMMARY_LIMIT
        assert all(tag == plain_line(tag) for tag in said.tags)
        assert all(0 <= figure <= LARGEST_COUNT for figure in sighting.metrics.values())
        assert said.created_at is None or said.created_at.utcoffset() is not None
