"""Every recorded series, served again in wire format: what arrives is what was recorded."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from sandbox.replay import SERIES, TECHNOLOGY_FEEDS, mornings, replay, series_mornings
from sandbox.sources import Morning
from tests.integration.sandbox.sources.conftest import AT, Sites
from tests.integration.sandbox.sources.on_the_wire import trending
from tests.integration.sandbox.sources.recorded import check_of

pytestmark = pytest.mark.recordings


def _contents(recordings: Path, folder: str) -> list[bytes]:
    paths = sorted(path for path in (recordings / folder).iterdir() if path.is_file())
    return [_content(path) for path in paths]


def _content(path: Path) -> bytes:
    return gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()


def _some(count: int) -> list[int]:
    return sorted({0, count // 2, count - 1})


@pytest.mark.parametrize(
    "series", [series.name for series in SERIES if series.name != "github-trending/by-language-month"]
)
def test_the_first_a_middle_and_the_last_day_arrive_as_recorded(recordings: Path, sites: Sites, series: str) -> None:
    contents = _contents(recordings, series.partition(":")[0])
    told = list(series_mornings(recordings, series))
    assert len(told) == len(contents)
    for number in _some(len(contents)):
        recorded, served = check_of(series)(contents[number], sites.on(told[number]))
        assert served == recorded


def test_every_day_of_the_python_pages_arrives_as_recorded(recordings: Path, sites: Sites) -> None:
    days = {morning.at.date(): morning for morning in series_mornings(recordings, "github-trending/by-language-month")}
    assert (min(days), max(days), len(days)) == (date(2026, 5, 1), date(2026, 6, 30), 61)
    told = json.loads(_content(recordings / "github-trending/by-language-month/2026-06.json.gz"))
    for day in ("01", "15", "30"):
        languages = told["days"][day]
        rows = next(language["repos"] for language in languages if language["language"] == "Python")
        served = trending(sites.on(days[date(2026, 6, int(day))]), "/python?since=daily")
        assert served == [(row["repo"], row["stars"], row["today"]) for row in rows]


def _whole_run(recordings: Path) -> Iterator[Morning]:
    return mornings(recordings, date(2026, 6, 15), date(2026, 7, 4))


def test_twenty_recorded_mornings_follow_each_other(recordings: Path) -> None:
    run = list(_whole_run(recordings))
    assert [morning.at.date() for morning in run] == [date(2026, 6, 15) + timedelta(days=n) for n in range(20)]
    for morning in run:
        assert len(morning.models or ()) == 30
        assert len(morning.spaces or ()) == 20
        assert len(morning.github_weekly or ()) == 25
        assert len(morning.hn_front_page or ()) > 70
        assert set(morning.feeds) & TECHNOLOGY_FEEDS


def test_a_day_without_a_recorded_page_has_no_page(recordings: Path, sites: Sites) -> None:
    """The trending page was not recorded on 25 June and from 2 to 4 July 2026."""
    missing = [morning.at.date() for morning in _whole_run(recordings) if morning.github_daily is None]
    assert missing == [date(2026, 6, 25), date(2026, 7, 2), date(2026, 7, 3), date(2026, 7, 4)]
    sites.on(replay(recordings, missing[0]))
    assert sites.get("/github/trending?since=daily").status_code == 404
    assert sites.get("/github/trending?since=weekly").status_code == 200


def test_a_file_made_in_the_japanese_morning_belongs_to_the_day_before(recordings: Path) -> None:
    """topic-queries-daily/2026-06-16 was observed at 23:06 UTC on the 15th."""
    told = json.loads(_content(recordings / "github-search/topic-queries-daily/2026-06-16.json.gz"))
    found = replay(recordings, date(2026, 6, 15)).github_search
    assert [repository.stars for repository in found or ()] == [row["stars"] for row in told["items"]]


def test_a_morning_is_observed_when_the_models_were(recordings: Path) -> None:
    told = json.loads(_content(recordings / "huggingface-trending/models30-spaces20-daily/2026-06-20.json.gz"))
    assert replay(recordings, date(2026, 6, 20)).at == datetime.fromisoformat(told["last_updated"]).astimezone(UTC)


def test_upvotes_read_weeks_later_are_not_part_of_a_morning(recordings: Path) -> None:
    assert replay(recordings, date(2026, 4, 20)).papers is None


def test_a_day_without_any_recording_is_told(recordings: Path) -> None:
    with pytest.raises(LookupError, match="nothing was recorded on 2026-07-20"):
        replay(recordings, date(2026, 7, 20))
    assert list(mornings(recordings, date(2026, 7, 18), date(2026, 7, 20))) == []


def test_a_series_that_cannot_be_replayed_is_told(recordings: Path) -> None:
    with pytest.raises(LookupError, match="'reddit/rss-pooled-daily' cannot be replayed"):
        next(series_mornings(recordings, "reddit/rss-pooled-daily"))


def test_every_feed_of_a_replayed_world_has_a_name_of_its_own(recordings: Path, sites: Sites) -> None:
    feeds = {slug: feed for morning in _whole_run(recordings) for slug, feed in morning.feeds.items()}
    names = [feed.name for feed in feeds.values()]
    assert len(names) == len(set(names))
    assert sites.on(Morning(at=AT)).get("/feeds/openai").status_code == 410


def test_a_feed_that_answered_without_entries_is_empty_and_one_that_failed_is_gone(
    recordings: Path, sites: Sites
) -> None:
    """On 25 June 2026 the feed of JETRO had no entries; Microsoft's, which answered 410, is in no file."""
    told = replay(recordings, date(2026, 6, 25))
    assert told.feeds["jetro-news"].entries == ()
    sites.on(told)
    assert sites.get("/feeds/jetro-news").status_code == 200
    assert sites.get("/feeds/microsoft-ai").status_code == 410
