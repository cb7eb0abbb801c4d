from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.items import Item, Kind, Source
from newsroom.identity import (
    Subjects,
    Voice,
    canonical_url,
    identities,
    model_names,
    nearly_equal,
    normal_title,
    one_story,
    relays,
    voice_of,
)
from newsroom.identity.families import series_of
from tests.unit.newsroom.worlds import model, moment, on, paper, post, repository, story


def joined(*items: Item) -> bool:
    return len(Subjects.group(items)) == 1


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("https://www.example.org/a/", "http://example.org/a"),
        ("https://m.example.org/a", "https://example.org/a"),
        ("https://example.org/a?utm_source=x&fbclid=y#top", "https://example.org/a"),
        ("https://EXAMPLE.org/a/index.html", "https://example.org/a"),
        ("https://example.org/a%20b", "https://example.org/a b"),
        ("https://example.org/a?p=1&id=2", "https://example.org/a?id=2&p=1"),
        ("https://youtu.be/abc?t=30", "https://www.youtube.com/watch?v=abc&list=xyz"),
        ("https://twitter.com/lab/status/1?s=20", "https://x.com/lab/status/1"),
        ("https://web.archive.org/web/20260601000000/https://example.org/a", "https://example.org/a"),
        ("https://example.org/news.php?story=5&utm_source=x", "https://example.org/news.php?story=5"),
    ],
)
def test_one_address_written_in_two_ways_is_one(one: str, other: str) -> None:
    assert canonical_url(one) == canonical_url(other) is not None


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("https://youtube.com/watch?v=abc", "https://youtube.com/watch?v=abd"),
        ("https://news.ycombinator.com/item?id=1", "https://news.ycombinator.com/item?id=2"),
        ("https://blog.example.org/?p=11", "https://blog.example.org/?p=12"),
        ("https://mobile.de/car", "https://de/car"),
        ("https://example.org/a", "https://example.com/a"),
        ("https://example.org/news.php?story=5", "https://example.org/news.php?story=6"),
        ("https://example.org/?page=about", "https://example.org/?page=press"),
        ("https://example.org/a%2541", "https://example.org/aA"),
    ],
)
def test_two_addresses_stay_two(one: str, other: str) -> None:
    assert canonical_url(one) != canonical_url(other)


@pytest.mark.parametrize(
    "text", ["", "javascript:alert(1)", "ftp://example.org/a", "https://[bad/", "/relative", "https://localhost/a"]
)
def test_what_is_no_address_of_the_web_has_no_canonical_form(text: str) -> None:
    assert canonical_url(text) is None


@given(st.text())
def test_any_text_at_all_is_read_without_an_error(text: str) -> None:
    canonical_url(text)
    canonical_url(f"https://example.org/{text}")
    normal_title(text)


def test_a_story_and_the_repository_that_it_links_are_one_subject() -> None:
    repo = repository("Owner-Name/Tool")
    assert joined(repo, story(1, "Show HN: A tool that I made for my garden", "https://github.com/owner-name/tool/"))
    assert joined(repo, story(1, "A tool", "https://github.com/Owner-Name/Tool/tree/main"))


@pytest.mark.parametrize(
    "path", ["owner-name/tool/issues/5", "owner-name/tool/blob/main/README.md", "owner-name", "topics/tool"]
)
def test_a_page_below_a_repository_is_not_the_repository(path: str) -> None:
    assert not joined(repository("owner-name/tool"), story(1, "A thing that happened", f"https://github.com/{path}"))


def test_a_paper_is_one_on_every_site_that_has_it() -> None:
    on_hub = paper("2606.01234", "A Study of Things in Long Rows", "")
    on_arxiv = paper("2606.01234", "A Study of Things in Long Rows", "", source=Source.ARXIV)
    assert joined(on_hub, on_arxiv, story(1, "Things in rows", "https://arxiv.org/pdf/2606.01234v2"))
    assert joined(on_hub, story(2, "Rows", "https://huggingface.co/papers/2606.01234"))


def test_models_that_cite_one_paper_stay_models_of_their_own() -> None:
    cited = "arxiv:2606.01234"
    assert not joined(model("a-lab/first-7B", cited), model("b-lab/second-7B", cited))
    assert not joined(model("a-lab/first-7B", cited), paper("2606.01234", "A Study of Things in Long Rows"))


def test_a_model_and_a_dataset_of_one_name_are_two_things() -> None:
    assert not joined(model("a-lab/garden"), model("a-lab/garden", kind=Kind.DATASET))


def test_a_story_that_links_a_model_is_about_it() -> None:
    assert joined(model("a-lab/Garden-7B"), story(1, "Garden", "https://huggingface.co/a-lab/Garden-7B"))
    assert "model:blog/garden" not in identities(story(1, "Garden", "https://huggingface.co/blog/garden"))


def test_code_and_model_signed_by_one_owner_under_one_name_are_one_project() -> None:
    assert joined(model("a-laboratory/Reader"), repository("A-Laboratory/reader"))
    assert not joined(model("ab/tts"), repository("ab/tts"))


def test_a_paper_and_its_repository_are_one_unless_other_papers_share_it() -> None:
    code = repository("a-lab/rows")
    first = paper("2606.01111", "Rows One and the Same", "", "github:A-Lab/rows")
    second = paper("2606.02222", "Columns Beside the Rows", "", "github:a-lab/rows")
    assert joined(code, first)
    assert len(Subjects.group([code, first, second])) == 3


def test_equal_titles_of_one_week_are_one_story() -> None:
    one = story(1, "Show HN: Reading a whole library in an hour (2026) [pdf]", "https://a.example/x", on(1))
    other = post("lab", "x", "Reading a whole library in an hour", on(3))
    assert joined(one, other)


def test_equal_titles_a_month_apart_are_a_series() -> None:
    one = post("lab", "x", "What we read in our lab this month", on(1))
    other = post("press", "y", "What we read in our lab this month", on(31))
    assert not joined(one, other)


def test_short_titles_join_nothing() -> None:
    assert not joined(post("lab", "x", "Weekly update", on(1)), post("press", "y", "Weekly update", on(1)))


def test_nearly_equal_titles_join_only_with_the_same_figures_and_denials() -> None:
    title = "The garden model reads forty books in a single afternoon"
    one = post("lab", "x", title, on(1))
    typo = story(1, title.replace("single", "singel"), "https://b.example/y", on(1))
    assert joined(one, typo)
    assert not joined(
        post("lab", "x", "Garden-5.1 reads forty books in a single afternoon", on(1)),
        story(1, "Garden-5.2 reads forty books in a single afternoon", "https://b.example/y", on(1)),
    )
    assert not joined(
        post("lab", "x", "The garden model is now safe in all of our tests", on(1)),
        story(1, "The garden model is not safe in all of our tests", "https://b.example/y", on(1)),
    )


def test_two_stories_of_one_source_are_not_joined_by_likeness() -> None:
    title = "The garden model reads forty books in a single afternoon"
    one, other = story(1, title, "https://a.example/x"), story(2, title + "s", "https://b.example/y")
    assert not joined(one, other)


def test_front_doors_of_sites_join_nothing() -> None:
    one = story(1, "A company said a thing today", "https://lab.example.com/")
    other = story(2, "Another thing was said by others", "https://lab.example.com")
    assert not joined(one, other)


def test_the_thing_itself_stands_for_the_subject_before_those_who_speak_of_it() -> None:
    repo = repository("owner-name/tool")
    subjects = Subjects.group([story(1, "A tool", "https://github.com/owner-name/tool"), repo])
    subject = subjects.of(repo.key)
    assert subject.head == repo.key
    assert subject.sources == {Source.GITHUB, Source.HACKERNEWS}


def test_an_item_that_was_not_grouped_is_its_own_subject() -> None:
    assert Subjects.group([]).of(repository("a/b").key).items == (repository("a/b").key,)


def test_a_title_of_a_hundred_kilobytes_costs_nothing() -> None:
    long = "word " * 20_000
    assert joined(post("lab", "x", long, on(1)), post("press", "y", long, on(1)))


def test_an_item_is_known_by_its_own_id_and_by_its_address() -> None:
    found = identities(replace(model("a-lab/Garden"), seen_at=moment(on(0))))
    assert {"model:a-lab/garden", "url:huggingface.co/a-lab/Garden"} <= found


#: Pieces from which addresses are made that try the reader: doors, archives, escapes, queries.
_PIECES = st.lists(
    st.sampled_from(
        [
            *(
                "https://",
                "http://",
                "www.",
                "m.",
                "www.www.",
                "example.org",
                "a.example.co.jp",
                "youtu.be/",
                "web.archive.org/web/1/",
            ),
            *(
                "/",
                "//",
                "/index.html",
                "/a%2541",
                "/a b",
                "?v=1",
                "&id=2",
                "?utm_source=x",
                "#top",
                "?p=%F0",
                ".php",
                "..",
                ":80",
                "@",
            ),
        ]
    ),
    max_size=9,
).map("".join)


@given(st.one_of(_PIECES, st.text().map("https://example.org/{}".format)))
def test_the_canonical_form_of_an_address_is_its_own_canonical_form(text: str) -> None:
    once = canonical_url(text)
    assert once is None or canonical_url(f"https://{once}") == once


@given(st.text(max_size=400))
def test_a_normal_title_is_its_own_normal_title(text: str) -> None:
    once = normal_title(f"{text} with five more words behind it")
    assert once is None or normal_title(once) == once


@given(st.text(max_size=80), st.text(max_size=80))
def test_likeness_is_the_same_from_both_sides_and_never_fails(one: str, other: str) -> None:
    assert nearly_equal(one, other) == nearly_equal(other, one)
    assert model_names(one) == model_names(one)


def test_one_article_under_two_domains_is_one_story_however_many_comments_moved() -> None:
    """Seen in the recordings: the same title under .gl and .pk, with the comments of one thread moved to the other."""
    title = "Companies destroy physical books, so let us scan rare ones first"
    assert joined(
        story(1, title, "https://library.example.gl/books"), story(2, title, "https://library.example.pk/books")
    )


def test_the_words_of_one_title_in_the_other_make_one_story_whatever_stands_around_them() -> None:
    one = post("lab", "x", "Announcing the garden gateway: charge for any resource behind a hedge", on(1))
    other = story(1, "Garden gateway: Charge for any resource behind a hedge", "https://b.example/y", on(1))
    assert joined(one, other)


def test_parts_of_a_series_in_a_script_without_blanks_stay_apart() -> None:
    """Seen in the recordings: part one and part two of an article differ by one sign."""
    one = post(
        "lab", "x", "庭の水やり、どこから手を付けるか、全社導入のための研修のすべて（前編） を 読む 人 へ", on(1)
    )
    other = post(
        "press", "y", "庭の水やり、どこから手を付けるか、全社導入のための研修のすべて（後編） を 読む 人 へ", on(1)
    )
    assert not joined(one, other)


def test_one_feed_that_repeats_a_title_writes_a_series() -> None:
    title = "What we read in our lab this very week"
    assert not joined(post("lab", "x", title, on(1)), post("lab", "y", title, on(6)))


def test_two_feeds_with_one_article_bring_one_story() -> None:
    title = "The garden company is public: what to know about it"
    assert joined(post("press", "x", title, on(1)), post("press-ai", "y", title, on(1)))


# --- relays -----------------------------------------------------------------------------------------------------------


def relayed(slug: str, title: str, url: str, feed: str = "hacker-news-rss") -> Item:
    return replace(post(feed, slug, title, on(1)), url=url)


def test_the_entry_of_a_relay_is_the_story_itself_and_no_other_source() -> None:
    told = story(1, "Watering plants while we sleep at night", "https://plants.example/a")
    passed_on = relayed("1", "Watering plants while we sleep", "https://www.plants.example/a/")
    (subject,) = Subjects.group([told, passed_on])
    assert set(subject.items) == {told.key, passed_on.key}
    assert subject.head == told.key
    assert subject.sources == {Source.HACKERNEWS}
    assert subject.voices == {Voice.TALK}


def test_a_relay_is_known_by_its_name_by_its_site_or_by_leading_everywhere() -> None:
    own = [post("lab", str(number), f"Our garden note number {number}", on(1)) for number in range(5)]
    everywhere = [
        relayed(str(number), f"Note {number}", f"https://site-{number}.example/", "some-feed") for number in range(5)
    ]
    subreddit = relayed("1", "A garden", "https://www.reddit.com/r/gardens/1", "gardens")
    assert relays([*own, *everywhere, subreddit]) == {*(item.key for item in everywhere), subreddit.key}
    assert relays([relayed("1", "A garden", "https://plants.example/a")])


def test_a_repository_on_two_lists_of_stars_and_a_paper_on_two_of_papers_are_one_voice() -> None:
    on_github, on_oss = repository("owner-name/tool"), repository("owner-name/tool")
    on_oss = replace(on_oss, key=replace(on_oss.key, source=Source.OSSINSIGHT))
    (subject,) = Subjects.group([on_github, on_oss])
    assert subject.voices == {Voice.CODE}
    assert {voice_of(paper("1", "T", source=source).key) for source in (Source.ARXIV, Source.HUGGINGFACE)} == {
        Voice.PAPERS
    }


def test_what_joins_two_items_of_a_subject_can_be_shown_step_by_step() -> None:
    code = repository("a-lab/rows")
    on_hub = paper("2606.01111", "Rows One and the Same", "", "github:A-Lab/rows")
    told = story(1, "Rows, again", "https://arxiv.org/abs/2606.01111")
    subjects = Subjects.group([code, on_hub, told])
    assert subjects.between(code.key, told.key) == (code.key, on_hub.key, told.key)
    assert subjects.between(code.key, repository("x/y").key) == ()
    assert one_story([code, on_hub, told])
    assert not one_story([code, told])


# --- names of models --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "families"),
    [
        ("GPT 5.6, GPT-5.6, gpt5.6 and GPT\u20115.6-mini", ["gpt 5.6"] * 4),
        ("unsloth/Qwen3.8-27B-GGUF", ["qwen 3.8"]),
        ("Qwen3.6 against Qwen 3.8 27B", ["qwen 3.6", "qwen 3.8"]),
        ("Kimi K3 and moonshotai/Kimi-K3", ["kimi k3"] * 2),
        ("gemma-4-12B-it", ["gemma 4"]),
        ("Claude Opus 4.8, Opus 4.8, claude-opus-4-8", ["opus 4.8"] * 3),
        ("DeepSeek-V4-Pro and DeepSeek R2", ["deepseek 4", "deepseek r2"]),
        ("Lightricks/LTX-2.5", ["ltx 2.5"]),
    ],
)
def test_a_model_is_known_again_however_it_is_spelt(text: str, families: list[str]) -> None:
    assert [name.family for name in model_names(text, series_of(["Lightricks/LTX-2.5"]))] == families


@pytest.mark.parametrize(
    "text", ["Llama 70B", "Step 3: water the plants", "Gemini, 2026", "chatgptish 5", "gpt-oss-120b", "GPT 2026", ""]
)
def test_a_size_a_year_or_a_step_is_no_version(text: str) -> None:
    assert model_names(text) == ()


def test_a_model_name_is_an_exact_span_of_the_text() -> None:
    text = "We ran Qwen 3.8 27B at home"
    (name,) = model_names(text)
    assert text[name.start : name.start + len(name.text)] == name.text == "Qwen 3.8"
