"""The bundled sample: what the demo counts on, and that nothing in it passes for real."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from sandbox import sample
from sandbox.sample.course import Course
from sandbox.sources.world import Dataset, Model, Morning, Space

MORNINGS = sample.mornings()
LAST = MORNINGS[-1]


def test_there_are_eight_mornings_a_day_apart() -> None:
    first = datetime(2026, 8, 15, 5, 30, tzinfo=UTC)
    assert [morning.at for morning in MORNINGS] == [first + timedelta(days=day) for day in range(8)]


@pytest.mark.parametrize(
    ("name", "least"),
    [
        ("models", 30),
        ("datasets", 20),
        ("spaces", 20),
        ("papers", 15),
        ("github_daily", 14),
        ("github_daily_python", 10),
        ("github_weekly", 25),
        ("github_weekly_python", 15),
        ("github_search", 30),
        ("ossinsight_day", 20),
        ("arxiv_recent", 40),
        ("hn_front_page", 25),
        ("hn_search", 60),
    ],
)
def test_every_list_of_the_last_morning_is_well_filled(name: str, least: int) -> None:
    assert len(getattr(LAST, name)) >= least


def test_lists_stand_in_the_order_of_their_scores() -> None:
    for morning in MORNINGS:
        scores = [model.score or 0 for model in morning.models or ()]
        assert scores == sorted(scores, reverse=True)
        stars = [repository.gained or 0 for repository in morning.github_daily or ()]
        assert stars == sorted(stars, reverse=True)


def test_likes_never_fall_and_figures_are_the_same_on_every_run() -> None:
    for earlier, later in pairwise(MORNINGS):
        before = _likes(earlier)
        after = _likes(later)
        assert all(after[name] >= likes for name, likes in before.items())
    sample.mornings.cache_clear()
    assert sample.mornings() == MORNINGS


def _items(morning: Morning) -> list[Model | Dataset | Space]:
    return [*(morning.models or ()), *(morning.datasets or ()), *(morning.spaces or ())]


def _likes(morning: Morning) -> dict[str, int]:
    return {item.id: item.likes for item in _items(morning)}


def _model(morning: Morning, name: str) -> Model | None:
    return next((model for model in morning.models or () if model.id.endswith(f"/{name}")), None)


def _place(morning: Morning, name: str) -> int:
    return [model.id.rpartition("/")[2] for model in morning.models or ()].index(name) + 1


def test_a_family_arrives_on_wednesday_and_takes_many_places() -> None:
    family = [[model.id for model in morning.models or () if "Heron-3" in model.id] for morning in MORNINGS]
    assert [len(names) for names in family[:4]] == [0, 0, 0, 0]
    assert len(family[4]) >= 2
    assert len(family[7]) >= 8
    assert len({name.partition("/")[0] for name in family[7]}) >= 4
    assert _place(LAST, "Heron-3-27B") == 1


def test_the_champion_falls_while_its_likes_still_rise() -> None:
    """Its launch day leaves the seven days that the score is about."""
    friday, saturday = _model(MORNINGS[6], "Basalt-120B-A12B"), _model(LAST, "Basalt-120B-A12B")
    assert friday is not None
    assert saturday is not None
    assert _place(MORNINGS[6], "Basalt-120B-A12B") == 1
    assert _place(LAST, "Basalt-120B-A12B") == 2
    assert (saturday.score or 0) < 0.7 * (friday.score or 0)
    assert saturday.likes > friday.likes


def test_downloads_of_a_new_model_are_late() -> None:
    new = _model(MORNINGS[4], "Heron-3-27B")
    assert new is not None
    assert (new.likes > 0, new.downloads) == (True, 0)


def test_one_story_has_one_address_on_several_sites() -> None:
    stories = {story.url for story in LAST.hn_search or ()}
    posts = {entry.url for feed in LAST.feeds.values() for entry in feed.entries}
    assert "https://northlake.example/blog/heron-3" in stories & posts
    assert "https://slowbench.example/heron-3-on-a-laptop" in stories & posts
    assert "https://github.com/northlake-sample/heron" in stories
    assert "northlake-sample/heron" in {repository.name for repository in LAST.github_daily or ()}
    report = next(paper for paper in MORNINGS[4].papers or () if paper.id == "2608.90412")
    assert report.repository == "https://github.com/northlake-sample/heron"
    assert "https://arxiv.org/abs/2608.90412" in stories
    assert "arxiv:2608.90412" in (_model(LAST, "Heron-3-27B") or Model("", 0, 0, 0)).tags


def test_a_discussion_is_very_long() -> None:
    assert max(story.comments for story in LAST.hn_front_page or ()) > 1000


def test_arxiv_rests_at_weekends_and_two_readings_fail() -> None:
    assert [bool(morning.arxiv_listing) for morning in MORNINGS] == [False, False, True, True, True, True, True, False]
    assert all(morning.arxiv_listing is not None for morning in MORNINGS)
    assert [morning.ossinsight_day is None for morning in MORNINGS].index(True) == 4
    assert [len(MORNINGS[0].feeds) - len(morning.feeds) for morning in MORNINGS] == [0] * 7 + [1]


def test_the_trending_page_has_more_than_ai() -> None:
    names = {repository.name for repository in LAST.github_daily or ()}
    assert {"typeset-sample/folio", "retro-sample/floppy-archive"} <= names


def test_hostile_entries_stand_on_several_lists() -> None:
    posts = [entry for feed in LAST.feeds.values() for entry in feed.entries]
    assert any(entry.url.startswith("javascript:") for entry in posts)
    assert any(len(entry.summary or "") > 100_000 for entry in posts)
    assert any("<script>" in (repository.description or "") for repository in LAST.github_daily or ())
    assert any("\u202e" in story.title for story in LAST.hn_front_page or ())
    assert any("__" in model.id for model in LAST.models or ())


def test_feeds_are_written_in_many_manners() -> None:
    assert len({feed.manner for feed in MORNINGS[0].feeds.values()}) >= 9
    assert {feed.kind for feed in MORNINGS[0].feeds.values()} == {"lab", "press", "blog"}


def test_nothing_is_told_before_it_happened() -> None:
    for morning in MORNINGS:
        moments = [story.created_at for story in morning.hn_search or ()]
        moments += [
            entry.published_at for feed in morning.feeds.values() for entry in feed.entries if entry.published_at
        ]
        moments += [paper.published_at for paper in morning.arxiv_recent or ()]
        moments += [model.created_at for model in morning.models or () if model.created_at]
        assert max(moments) <= morning.at


# --- nothing passes for real -----------------------------------------------------------------------------------------


def _owners() -> Iterator[str]:
    for morning in MORNINGS:
        for item in _items(morning):
            yield item.id.partition("/")[0]
        for repository in morning.github_search or ():
            yield repository.name.partition("/")[0]


def _addresses() -> Iterator[str]:
    for morning in MORNINGS:
        yield from (story.url for story in morning.hn_search or () if story.url)
        for feed in morning.feeds.values():
            yield feed.home
            yield from (entry.url for entry in feed.entries)


def test_every_owner_is_called_a_sample() -> None:
    assert all("sample" in owner.split("-") for owner in _owners())


def test_every_address_is_reserved_for_examples_or_of_a_sample() -> None:
    for address in set(_addresses()) - {"javascript:alert(document.cookie)"}:
        parts = urlsplit(address)
        if parts.hostname == "github.com":
            assert "sample" in parts.path.split("/")[1].split("-"), address
        elif parts.hostname == "arxiv.org":
            assert re.fullmatch(r"/abs/2608\.90\d{3}", parts.path), address
        else:
            assert (parts.hostname or "").endswith(".example"), address


def test_every_publisher_and_every_id_is_a_samples() -> None:
    for morning in MORNINGS:
        assert all("(sample)" in feed.name for feed in morning.feeds.values())
        assert all(paper.id.startswith("2608.90") for paper in morning.arxiv_recent or ())
        assert all(story.id > 900_000_000 for story in morning.hn_search or ())


def test_the_sample_is_small() -> None:
    folder = Path(str(sample.__file__)).parent
    assert sum(path.stat().st_size for path in folder.iterdir() if path.is_file()) < 300_000


# --- the rule of the figures -----------------------------------------------------------------------------------------


def test_a_course_begins_at_its_launch_peaks_on_its_first_whole_day_and_fades() -> None:
    course = Course("key", launched=0, peak=1000, fade=0.5, base=7)
    gains = [course.gain(day) for day in range(5)]
    assert gains[0] == 0
    assert gains[2] == max(gains)
    assert gains[2] > gains[3] > gains[4]
    assert course.total(0) == 7
    assert course.total(4) == 7 + sum(gains)


def test_a_score_forgets_what_is_older_than_seven_days() -> None:
    course = Course("key", launched=0, peak=1000, fade=0.5)
    assert course.of_window(7) == course.total(7)
    assert course.of_window(9) == course.total(9) - course.total(2)


def test_a_spike_comes_once_and_dies_away() -> None:
    course = Course("key", launched=-20, spike_day=3, spike=1000)
    assert course.gain(3) == 0
    assert course.gain(4) > course.gain(5) > course.gain(6) > course.gain(7) > course.gain(8) == 0
