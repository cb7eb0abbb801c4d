from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.items import Item, Kind, Source
from newsroom.identity import Subjects, canonical_url, identities, normal_title
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
