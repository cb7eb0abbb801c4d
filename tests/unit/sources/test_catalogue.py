"""The list of feeds: the bundled one, and one's own."""

from __future__ import annotations

from pathlib import Path

import pytest

from sources.errors import FeedsFileWrong
from sources.feeds.catalogue import Feed, FeedKind, bundled_feeds, feeds_from, parse_feeds

GOOD = '[[feed]]\nname = "River Lab"\nurl = "https://lab.example/feed.xml"\nkind = "lab"\n'


def test_at_least_twenty_feeds_of_every_kind_come_with_the_paper() -> None:
    feeds = bundled_feeds()
    assert len(feeds) >= 20
    assert {feed.kind for feed in feeds} == set(FeedKind)
    assert all(feed.url.startswith("https://") for feed in feeds)


def test_a_file_of_feeds_is_read(tmp_path: Path) -> None:
    file = tmp_path / "feeds.toml"
    file.write_text(GOOD)
    assert feeds_from(file) == (Feed("River Lab", "https://lab.example/feed.xml", FeedKind.LAB),)


def test_a_name_becomes_a_slug() -> None:
    assert Feed("MIT News: AI & more!", "https://x.example", FeedKind.PRESS).slug == "mit-news-ai-more"


def test_a_feed_on_this_machine_may_be_listed() -> None:
    assert parse_feeds(GOOD.replace("https://lab.example", "http://127.0.0.1:8099"), "feeds")[0].url.startswith(
        "http://"
    )


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "must hold [[feed]] tables"),
        ("[[feed]", "is not TOML"),
        ("title = 'x'", "must hold [[feed]] tables"),
        ("feed = 'x'", "must hold [[feed]] tables"),
        (GOOD + "[other]\nx = 1\n", "nothing else"),
        ("[[feed]]\n", "feed 1: name is missing; feed 1: url must be"),
        (GOOD.replace("lab.example", "u:p@lab.example"), "url must be an http or https address"),
        (GOOD.replace("https:", "file:"), "url must be an http or https address"),
        (GOOD.replace('"lab"', '"news"'), "kind must be one of lab, press, blog"),
        (GOOD + "rank = 1\n", "unknown rank"),
        (GOOD.replace("River Lab", "x" * 61), "one plain line of at most 60"),
        (GOOD.replace("River Lab", "River \\u202eLab"), "one plain line"),
        (GOOD.replace("River Lab", "!!"), "name is missing"),
        (GOOD.replace('"River Lab"', "7"), "name is missing"),
        (GOOD + GOOD, "two feeds with the same name: river-lab"),
        (GOOD + GOOD.replace("River Lab", "Hill Lab"), "two feeds with the same url"),
        ("feed = [1]", "feed 1: it is no table"),
        (GOOD * 201, "at most 200"),
    ],
)
def test_a_wrong_file_is_told_in_one_line_that_says_what_it_should_be(text: str, told: str) -> None:
    with pytest.raises(FeedsFileWrong) as caught:
        parse_feeds(text, "FEEDS_FILE feeds.toml")
    assert told in str(caught.value)
    assert str(caught.value).startswith("FEEDS_FILE feeds.toml")
    assert "\n" not in str(caught.value)


def test_a_file_that_is_not_there_or_no_text_is_told(tmp_path: Path) -> None:
    with pytest.raises(FeedsFileWrong, match="there is no file"):
        feeds_from(tmp_path / "none.toml")
    (tmp_path / "binary.toml").write_bytes(b"\xff\xfe\x00")
    for path in (tmp_path / "binary.toml", tmp_path):
        with pytest.raises(FeedsFileWrong, match="can't be read"):
            feeds_from(path)
