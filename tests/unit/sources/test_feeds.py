"""Feeds of every make, quirk by quirk."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.items import Kind, Source
from domain.text import plain_line
from sources.errors import SourceError, TooMuch, Unreadable
from sources.feeds import adapter
from sources.feeds.catalogue import Feed, FeedKind
from sources.harvesting import Catch
from tests.unit.sources.readings import AT, ids, item

FEED = Feed("River Lab: News", "https://lab.example/blog/feed.xml", FeedKind.LAB)
TODAY = "Fri, 03 Jul 2026 08:00:00 GMT"


def _read(body: bytes | str, at: datetime = AT) -> Catch:
    return adapter.posts(FEED)(body.encode() if isinstance(body, str) else body, at)


def _rss(*items: str, head: str = "") -> str:
    return f"""<?xml version="1.0" encoding="UTF-8"?>{head}<rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/"
    xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel><title>News</title>
    <link>https://example.com/</link>{"".join(items)}</channel></rss>"""


def _item(
    title: str = "A quiet model",
    *,
    link: str = "https://lab.example/blog/quiet",
    guid: str = "https://lab.example/?p=1",
    date: str = f"<pubDate>{TODAY}</pubDate>",
    rest: str = "<description>It is quiet.</description>",
) -> str:
    return f"<item><title>{title}</title><link>{link}</link><guid>{guid}</guid>{date}{rest}</item>"


def test_a_post_is_read() -> None:
    rest = """<description><![CDATA[<p>It is <b>quiet</b>.</p>]]></description><dc:creator>Ada Sample</dc:creator>
    <category><![CDATA[Research]]></category><category>Models</category>"""
    post = item(_read(_rss(_item(rest=rest))))
    assert (post.key.source, post.key.kind) == (Source.FEEDS, Kind.POST)
    assert post.key.external_id.startswith("river-lab-news/")
    assert post.title == "A quiet model"
    assert post.url == "https://lab.example/blog/quiet"
    assert post.publisher == "River Lab: News"
    assert post.summary == "It is quiet."
    assert post.tags == ("feed:river-lab-news", "kind:lab", "author:Ada Sample", "Research", "Models")
    assert post.created_at == datetime(2026, 7, 3, 8, 0, tzinfo=UTC)


def test_an_atom_entry_is_read() -> None:
    atom = """<feed xmlns="http://www.w3.org/2005/Atom"><title>Blog</title><updated>2026-07-03T10:00:00Z</updated>
    <entry><title type="html"><![CDATA[Rivers &amp; <em>LLM</em>s]]></title><id>tag:lab.example,2026:1</id>
    <link rel="alternate" href="https://lab.example/rivers/#atom-everything"/><author><name>Ben Sample</name></author>
    <published>2026-07-03T04:00:00-04:00</published><updated>2026-07-03T09:30:00-04:00</updated>
    <summary type="html">&lt;blockquote&gt;&lt;p&gt;One.&lt;/p&gt;&lt;/blockquote&gt;&lt;p&gt;Two.&lt;/p&gt;</summary>
    <category term="ai-ethics"/></entry></feed>"""
    post = item(_read(atom))
    assert post.title == "Rivers & LLMs"
    assert post.url == "https://lab.example/rivers/"
    assert post.summary == "One. Two."
    assert post.created_at == datetime(2026, 7, 3, 8, 0, tzinfo=UTC), "published, not updated"
    assert "ai-ethics" in post.tags


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("Anthropic&#8217;s plan", "Anthropic’s plan"),
        ("Anthropic&amp;#8217;s plan", "Anthropic’s plan"),
        ("<![CDATA[GPT\u20116 &amp; more]]>", "GPT\u20116 & more"),
        ("A &lt; B", "A < B"),
        ("Use &lt;b&gt;bold&lt;/b&gt; words", "Use bold words"),
        ("  Two\n lines ", "Two lines"),
        ("safe\u202etxt\u200b", "safetxt"),
    ],
)
def test_titles_are_plain_text(written: str, read: str) -> None:
    assert item(_read(_rss(_item(written)))).title == read


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("Mon, 29 Jun 2026 12:00:00 GMT", datetime(2026, 6, 29, 12, 0, tzinfo=UTC)),
        ("Mon, 29 Jun 2026 12:00:00 +0000", datetime(2026, 6, 29, 12, 0, tzinfo=UTC)),
        ("Mon, 29 Jun 2026 12:00:00 -0400", datetime(2026, 6, 29, 16, 0, tzinfo=UTC)),
        ("Mon, 29 Jun 2026 12:00:00 PDT", datetime(2026, 6, 29, 19, 0, tzinfo=UTC)),
        ("29 Jun 2026 12:00:00 GMT", datetime(2026, 6, 29, 12, 0, tzinfo=UTC)),
        ("2026-06-29T12:00:00Z", datetime(2026, 6, 29, 12, 0, tzinfo=UTC)),
        ("2026-06-29T12:00:00.123+02:00", datetime(2026, 6, 29, 10, 0, tzinfo=UTC)),
        ("2026-06-29", datetime(2026, 6, 29, tzinfo=UTC)),
        ("next Tuesday", None),
        ("", None),
        ("Mon, 29 Jun 99999 12:00:00 GMT", None),
    ],
)
def test_dates_are_read_in_every_form_or_not_at_all(written: str, read: datetime | None) -> None:
    assert item(_read(_rss(_item(date=f"<pubDate>{written}</pubDate>")))).created_at == read


def test_a_post_without_a_date_is_kept_without_one() -> None:
    assert item(_read(_rss(_item(date="")))).created_at is None


def test_a_post_dated_in_the_future_is_of_unknown_date() -> None:
    assert item(_read(_rss(_item(date="<pubDate>Fri, 03 Jul 2099 08:00:00 GMT</pubDate>")))).created_at is None


def test_of_a_whole_archive_only_the_recent_posts_are_taken() -> None:
    def on(day: int) -> str:
        moment = AT - timedelta(days=day)
        return _item(f"Day {day}", guid=f"g{day}", date=f"<pubDate>{moment:%a, %d %b %Y %H:%M:%S} GMT</pubDate>")

    caught = _read(_rss(*(on(day) for day in range(900))))
    assert [sighting.item.title for sighting in caught.sightings] == [f"Day {day}" for day in range(31)]


def test_a_feed_of_very_many_posts_gives_the_newest_in_its_own_order() -> None:
    def at(minute: int) -> str:
        moment = AT - timedelta(minutes=minute)
        return _item(f"Post {minute}", guid=f"g{minute}", date=f"<pubDate>{moment:%a, %d %b %Y %H:%M:%S} GMT</pubDate>")

    caught = _read(_rss(*(at(minute) for minute in reversed(range(120)))))
    assert [sighting.item.title for sighting in caught.sightings] == [
        f"Post {minute}" for minute in reversed(range(50))
    ]


def test_posts_without_dates_are_capped_from_the_top() -> None:
    caught = _read(_rss(*(_item(f"Post {number}", guid=f"g{number}", date="") for number in range(80))))
    assert [sighting.item.title for sighting in caught.sightings] == [f"Post {number}" for number in range(50)]


def test_a_feed_of_old_posts_alone_is_empty() -> None:
    caught = _read(_rss(_item(date="<pubDate>Wed, 18 Feb 2026 23:25:52 GMT</pubDate>")))
    assert (caught.sightings, caught.flaws) == ((), ())


def test_relative_links_are_joined_to_the_feed() -> None:
    assert item(_read(_rss(_item(link="../2026/quiet.html")))).url == "https://lab.example/2026/quiet.html"


def test_a_post_whose_id_is_its_address_needs_no_link() -> None:
    caught = _read(_rss(_item(link="", guid="https://lab.example/only-guid")))
    assert item(caught).url == "https://lab.example/only-guid"


@pytest.mark.parametrize(
    "link",
    ["javascript:alert(1)", "data:text/html,x", "file:///etc/passwd", "https://u:p@x.example/", "mailto:a@b.example"],
)
def test_a_link_off_the_web_costs_the_post(link: str) -> None:
    caught = _read(_rss(_item(link=link), _item("Another", guid="g2")))
    assert [sighting.item.title for sighting in caught.sightings] == ["Another"]
    assert caught.flaws == ("1 × entry without usable link and title",)


def test_a_post_without_a_title_is_dropped() -> None:
    caught = _read(_rss("<item><link>https://lab.example/a</link></item>", _item()))
    assert len(caught.sightings) == 1
    assert len(caught.flaws) == 1


def test_the_id_of_a_post_stays_the_same_when_its_words_change() -> None:
    before, after = _read(_rss(_item("A quiet model"))), _read(_rss(_item("A quieter model")))
    assert ids(before) == ids(after)


def test_without_a_guid_the_link_is_the_id_whatever_tracking_it_carries() -> None:
    def of(link: str) -> list[str]:
        return ids(_read(_rss(f"<item><title>T</title><link>{link}</link></item>")))

    assert of("https://lab.example/a?utm_source=x") == of("https://lab.example/a#top") != of("https://lab.example/b")


def test_the_same_guid_in_two_feeds_is_two_posts() -> None:
    other = Feed("Other Lab", FEED.url, FeedKind.BLOG)
    body = _rss(_item()).encode()
    assert ids(adapter.posts(other)(body, AT)) != ids(adapter.posts(FEED)(body, AT))


def test_a_post_listed_twice_counts_once() -> None:
    assert len(_read(_rss(_item(), _item())).sightings) == 1


def test_a_whole_article_as_description_is_cut_to_a_summary() -> None:
    article = "&lt;!-- twitter --&gt;&lt;meta name='x' content='no'&gt;&lt;style&gt;p {}&lt;/style&gt;" + (
        "&lt;p&gt;Many quiet words.&lt;/p&gt;" * 5000
    )
    summary = item(_read(_rss(_item(rest=f"<description>{article}</description>")))).summary
    assert summary.startswith("Many quiet words. Many quiet words.")
    assert len(summary) <= 2000


def test_markup_in_a_summary_that_calls_itself_plain_is_read_too() -> None:
    atom = """<feed xmlns="http://www.w3.org/2005/Atom"><title>B</title><entry><title>T</title><id>i</id>
    <link href="https://lab.example/a"/><summary>Score: 5&lt;br/&gt;By: someone</summary></entry></feed>"""
    assert item(_read(atom)).summary == "Score: 5 By: someone"


def test_without_a_description_the_content_is_summarised() -> None:
    rest = "<content:encoded><![CDATA[<h2>Preface</h2><p>Whole text.</p>]]></content:encoded>"
    assert item(_read(_rss(_item(rest=rest)))).summary == "Preface Whole text."


def test_a_post_may_say_nothing_but_its_title() -> None:
    assert item(_read(_rss(_item(rest="<description/>")))).summary == ""


def test_a_feed_cut_in_the_middle_is_read_as_far_as_it_goes_and_told() -> None:
    body = _rss(_item("First", guid="g1"), _item("Second", guid="g2"), _item("Third", guid="g3"))
    caught = _read(body[: body.index("Third")])
    assert [sighting.item.title for sighting in caught.sightings][:2] == ["First", "Second"]
    assert "1 × place where the XML is not well-formed" in caught.flaws


def test_malformed_xml_without_end_is_not_read() -> None:
    with pytest.raises(TooMuch, match="not well-formed"):
        _read(_rss()[:-20] + "<item><title>&" * 60_000)


@pytest.mark.parametrize(
    "body",
    [b"", b"<html><body>Not found</body></html>", b"{}", b"hello", b"\x00\xff", b"https://127.0.0.1:1/feed", b"404"],
)
def test_what_is_no_feed_is_unreadable(body: bytes) -> None:
    with pytest.raises(Unreadable, match="is no feed"):
        _read(body)


def test_a_body_that_names_a_file_opens_no_file(tmp_path: Path) -> None:
    file = tmp_path / "secret.xml"
    file.write_text(_rss(_item("Secret")))
    with pytest.raises(Unreadable):
        _read(str(file))


BOMB = '<!DOCTYPE r [<!ENTITY a "lol"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;">]>'
THIEF = '<!DOCTYPE r [<!ENTITY f SYSTEM "file:///etc/passwd">]>'


@pytest.mark.parametrize("head", [BOMB, THIEF])
def test_entities_of_its_own_cost_a_feed_everything(head: str) -> None:
    with pytest.raises(Unreadable, match="declares entities"):
        _read(_rss(_item("&c;"), head=head))


def test_a_bomb_in_an_encoding_that_expat_does_not_know_opens_to_nothing() -> None:
    body = _rss(_item("&amp;b;" + "&b;" * 1000), head=f'<!DOCTYPE r [<!ENTITY b "{"x" * 10_000}">]>')
    caught = _read(body.replace("UTF-8", "utf-7", 1))
    assert all(len(sighting.item.title) <= 300 for sighting in caught.sightings)


def test_a_doctype_of_another_age_is_read() -> None:
    head = (
        '<!DOCTYPE rss PUBLIC "-//Netscape Communications//DTD RSS 0.91//EN" "http://my.netscape.example/rss-0.91.dtd">'
    )
    assert len(_read(_rss(_item(), head=head)).sightings) == 1


@settings(max_examples=60, deadline=None)
@given(st.text(alphabet=st.characters(exclude_categories=["Cs"]), max_size=200), st.binary(max_size=100))
def test_any_words_and_any_bytes_are_a_catch_or_a_source_error(text: str, noise: bytes) -> None:
    for body in (noise, _rss(_item(f"<![CDATA[{text}]]>", link=text)).encode(), _rss(text).encode() + noise):
        try:
            caught = _read(body)
        except SourceError:
            continue
        for sighting in caught.sightings:
            assert sighting.item.title == plain_line(sighting.item.title)
            assert sighting.item.url.startswith(("http://", "https://"))
