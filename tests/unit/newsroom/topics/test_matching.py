"""Which topics an item is on, and which keywords it says: whole words, and nothing hostile does harm."""

from __future__ import annotations

import time
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.items import Item, ItemKey, Kind, Source
from domain.preferences import Refusal, clean_keyword
from domain.text import spelled
from newsroom.topics import said_by, standard_topics, topics_of

SEEN = datetime(2026, 7, 4, tzinfo=UTC)


def story(title: str) -> Item:
    return Item(ItemKey(Source.HACKERNEWS, Kind.STORY, "1"), "https://example.org", title, SEEN)


def repository(name: str, summary: str = "", tags: tuple[str, ...] = ()) -> Item:
    key = ItemKey(Source.GITHUB, Kind.REPOSITORY, name)
    return Item(key, f"https://github.com/{name}", name, SEEN, summary=summary, tags=tags)


@pytest.mark.parametrize(
    ("title", "topics"),
    [
        ("A loom for looms", set()),
        ("", set()),
        ("Robots learn to fold towels", {"robotics"}),
        ("ROBOT learns to fold", {"robotics"}),
        ("Robotswana", set()),
        ("Agents that write unit tests", {"agents", "code"}),
        ("A travel agent in Lisbon", set()),
        ("A travel agent asks an AI agent", {"agents"}),
        ("Dynamic programming for looms", set()),
        ("Our looms at work [video]", set()),
        ("A video of our looms", {"video"}),
        ("Text-to-Speech for Urdu", {"speech", "languages"}),
        ("<b>robots</b>", {"robotics"}),
    ],
)
def test_a_story_is_on_the_topics_of_its_title(title: str, topics: set[str]) -> None:
    assert topics_of(story(title)) == topics


def test_the_owner_of_a_repository_says_nothing_of_its_topic() -> None:
    assert topics_of(repository("robots/loom")) == frozenset()
    assert topics_of(repository("anna/robots")) == {"robotics"}


def test_a_tag_is_enough() -> None:
    assert topics_of(repository("anna/loom", tags=("mcp-server",))) == {"agents"}


def test_what_a_long_description_mentions_at_its_end_is_not_its_topic() -> None:
    assert topics_of(repository("anna/loom", "A loom. " * 20 + "It may drive robots.")) == frozenset()


def test_a_keyword_is_found_in_any_of_an_items_words() -> None:
    said = said_by(repository("anna/LoomLM2", "Weaves <b>open-weights</b> cloth", ("license:mit", "author:Bert Cho")))
    assert all(said.says(spelled(word)) for word in ("anna", "OPEN WEIGHTS", "cloth", "bert cho", "loomlm", "loomlm2"))


def test_a_part_of_a_word_is_not_found() -> None:
    said = said_by(story("Llamas and embeddings"))
    assert not any(said.says(spelled(word)) for word in ("llama", "bed", "ding", "and llamas"))


def test_a_keyword_does_not_run_over_the_edge_of_two_fields() -> None:
    assert not said_by(repository("anna/loom", "weaves", ("cloth",))).says("weaves cloth")


def test_a_license_and_the_feed_say_nothing() -> None:
    said = said_by(repository("anna/loom", tags=("license:apache-2.0", "feed:techcrunch", "kind:press")))
    assert not any(said.says(word) for word in ("apache", "techcrunch", "press"))


@given(st.text(max_size=80), st.text(max_size=200))
def test_no_keyword_and_no_title_does_harm(keyword: str, title: str) -> None:
    kept = clean_keyword(keyword)
    if not isinstance(kept, Refusal):
        assert said_by(story(f"{kept} {title}")).says(spelled(kept)) or " " not in f"{kept} {title}".strip()


@pytest.mark.parametrize("hostile", ["(a+)+$", "a" * 40, "\\b\\w*", "%%%aa", "<script>x</script>", "ａａ"])
def test_a_hostile_keyword_is_looked_for_in_no_time(hostile: str) -> None:
    said = said_by(repository("anna/loom", "a" * 100_000 + "!"))
    began = time.perf_counter()
    for _ in range(1000):
        said.says(spelled(hostile))
    assert time.perf_counter() - began < 1


def test_topics_have_names_for_settings_and_titles_for_readers() -> None:
    topics = standard_topics()
    assert 16 <= len(topics) <= 20
    assert len({topic.title for topic in topics}) == len(topics)
    assert all(topic.name.replace("-", "").isalpha() and topic.name.islower() for topic in topics)
    assert all(len(f"t:{topic.name}".encode()) <= 64 for topic in topics)


def test_no_phrase_of_a_topic_is_struck_out_wherever_it_stands() -> None:
    for topic in standard_topics():
        assert not set(topic.phrases) & set(topic.innocent)
        assert all(phrase.strip() and phrase == f" {spelled(phrase)} " for phrase in topic.phrases + topic.innocent)
