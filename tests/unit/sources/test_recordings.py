"""Every recorded body of a source parses, with as many entries as were recorded."""

from __future__ import annotations

import gzip
import json
import re
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from domain.items import Kind
from domain.readings import Metric
from sources.arxiv import adapter as arxiv
from sources.feeds import adapter as feeds
from sources.feeds.catalogue import Feed, FeedKind
from sources.github import adapter as github
from sources.hackernews import adapter as hackernews
from sources.harvesting import Catch
from sources.huggingface import adapter as huggingface
from sources.ossinsight import adapter as ossinsight
from sources.repositories import REPOSITORY
from tests.unit.sources.readings import Parse, encoded, figures, ranks

pytestmark = pytest.mark.recordings

FEED = Feed("Recorded", "https://recorded.example/feed.xml", FeedKind.LAB)
WHOLE_ARCHIVE = feeds.posts(FEED, recent=timedelta(days=9000), most=1000)


def _body(path: Path) -> bytes:
    """The bytes inside a recorded file."""
    content = path.read_bytes()
    return gzip.decompress(content) if path.suffix == ".gz" else content


def _caught(recordings: Path, pattern: str, parse: Parse, at: datetime | None = None) -> Catch:
    """What the parser reads from the one file of that name, on the day in its name."""
    (path,) = recordings.glob(pattern)
    day = re.search(r"(\d{4})-(\d{2})-(\d{2})", path.name)
    assert day is not None
    return parse(_body(path), at or datetime(int(day[1]), int(day[2]), int(day[3]), 12, tzinfo=UTC))


@pytest.mark.parametrize(
    ("pattern", "parse", "entries"),
    [
        ("huggingface-trending/wire/api-models-limit3*", huggingface.repositories(Kind.MODEL), 3),
        ("huggingface-papers/wire/api-daily_papers-limit10*", huggingface.daily_papers, 10),
        ("github-trending/wire/trending-python-daily*", github.trending("today", Metric.STARS_TODAY), 20),
        ("github-search/wire/search-repositories*", github.search, 30),
        ("arxiv/wire/api-query-*", arxiv.recent, 25),
        ("arxiv/wire/rss-cs.AI-3items*", arxiv.listing, 3),
        ("arxiv/wire/rss-cs.CL-3items*", arxiv.listing, 3),
        ("arxiv/wire/rss-cs.CL-weekend-empty*", arxiv.listing, 0),
        ("hackernews/wire/algolia-search-LLM*", hackernews.stories, 50),
        ("hackernews/wire/algolia-search_by_date-3*", hackernews.stories, 3),
    ],
)
def test_a_recorded_body_parses_whole(recordings: Path, pattern: str, parse: Parse, entries: int) -> None:
    caught = _caught(recordings, pattern, parse)
    assert len(caught.sightings) == entries
    assert caught.flaws == ()


@pytest.mark.parametrize(
    ("pattern", "entries"),
    [
        ("bair.*", 3), ("google-deepmind.*", 100), ("huggingface-blog.*", 3), ("openai-raw-head-6items.*", 6),
        ("openai.2026*", 3), ("simonwillison-*", 2), ("techcrunch-ai.*", 20), ("the-gradient.*", 3),
    ],
)  # fmt: skip
def test_a_recorded_feed_parses_whole(recordings: Path, pattern: str, entries: int) -> None:
    caught = _caught(recordings, f"feeds/wire/{pattern}", WHOLE_ARCHIVE)
    assert len(caught.sightings) == entries
    assert caught.flaws == ()
    for sighting in caught.sightings:
        assert not re.search(r"</?[a-z]+[ >]|&#\d+;|&amp;", sighting.item.title + sighting.item.summary)
        assert sighting.item.created_at is not None


def test_every_generated_feed_parses_whole(recordings: Path) -> None:
    paths = sorted((recordings / "feeds" / "generated-rss").glob("*/2026-0[567]-*"))[::7]
    assert paths
    for path in paths:
        body = _body(path)
        caught = WHOLE_ARCHIVE(body, datetime(2026, 7, 5, tzinfo=UTC))
        assert caught.flaws == (), path.name
        assert len(caught.sightings) == len(set(re.findall(rb"<item>.*?<link>([^<]+)</link>", body, re.DOTALL))), (
            path.name
        )


def test_the_recorded_trending_page_tells_its_figures(recordings: Path) -> None:
    caught = _caught(recordings, "github-trending/wire/*", github.trending("today", Metric.STARS_TODAY))
    assert ranks(caught) == list(range(1, 21))
    assert all(set(figures(sighting)) == {"stars", "forks", "stars_today"} for sighting in caught.sightings)
    assert figures(caught.sightings[0]) == {"stars": 11139, "forks": 1636, "stars_today": 3975}


def test_the_recorded_models_are_ranked_by_their_score(recordings: Path) -> None:
    caught = _caught(recordings, "huggingface-trending/wire/*", huggingface.repositories(Kind.MODEL))
    scores = [figures(sighting)["score"] for sighting in caught.sightings]
    assert scores == sorted(scores, reverse=True)
    assert ranks(caught) == [1, 2, 3]


def test_half_of_the_recorded_papers_name_their_repository(recordings: Path) -> None:
    caught = _caught(recordings, "huggingface-papers/wire/*", huggingface.daily_papers)
    assert sum(bool(sighting.item.tagged("github")) for sighting in caught.sightings) == 5
    assert sum("github_stars" in figures(sighting) for sighting in caught.sightings) == 2


def test_recorded_text_posts_link_to_their_own_page(recordings: Path) -> None:
    caught = _caught(recordings, "hackernews/wire/algolia-search-LLM*", hackernews.stories)
    own = [sighting for sighting in caught.sightings if sighting.item.url.startswith("https://news.ycombinator.com/")]
    assert len(own) == 7
    assert all(sighting.item.summary for sighting in own)


def test_recorded_rows_of_oss_insight_parse_in_their_envelope(recordings: Path) -> None:
    paths = sorted((recordings / "ossinsight" / "trends-repos").iterdir())
    for path in paths:
        rows = json.loads(_body(path))["buckets"]["past_24_hours"]["All"]
        caught = ossinsight.trends(encoded({"data": {"rows": rows, "result": {"code": 200}}}), datetime.now(UTC))
        assert caught.flaws == (), path.name
        assert len(caught.sightings) == len({row["repo_name"] for row in rows})


def test_every_recorded_name_is_in_the_form_that_we_take_for_the_sites(recordings: Path) -> None:
    (path,) = recordings.glob("huggingface-trending/list1000-models/2026-05-02*")
    names = [model["id"] for model in json.loads(_body(path))["models"]]
    listed = encoded([{"id": name} for name in names])
    assert len(huggingface.repositories(Kind.MODEL)(listed, datetime.now(UTC)).sightings) == len(names) == 1000
    for path in sorted((recordings / "github-trending" / "daily-json").iterdir())[::5]:
        assert all(REPOSITORY.fullmatch(repo["fullName"]) for repo in json.loads(_body(path))["repos"])
