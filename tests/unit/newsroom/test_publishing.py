from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsroom.publishing import is_decent, is_scraped, publisher_name


@pytest.mark.parametrize("name", ["Hacker News RSS", "Hacker News", "Lobsters RSS feed", "Reddit (generated)", ""])
def test_a_site_that_passes_on_what_others_wrote_is_no_publisher(name: str) -> None:
    assert publisher_name(name) == ""


@pytest.mark.parametrize(
    ("feed", "publisher"),
    [
        ("Meadow Labs (generated)", "Meadow Labs"),
        ("Meadow Labs - AI (generated)", "Meadow Labs"),
        ("The Meadow | Meadow.AI (generated)", "The Meadow | Meadow.AI"),
        ("Meadow Blog RSS", "Meadow Blog"),
        ("Meadow (Norway)", "Meadow (Norway)"),
        ("Meadow AI", "Meadow AI"),
    ],
)
def test_how_a_feed_was_made_is_not_who_publishes(feed: str, publisher: str) -> None:
    assert publisher_name(feed) == publisher


@given(st.text(max_size=60))
def test_a_publisher_is_a_span_of_what_the_feed_calls_itself(text: str) -> None:
    assert publisher_name(text) in text


@pytest.mark.parametrize(
    "title",
    [
        "Jun 26, 2026Field ResearchA report on meadows",
        "Field ResearchJune 3, 2026A report on meadows",
        "[NOTICE] This feed is no longer maintained",
        "untitled",
    ],
)
def test_a_title_glued_to_its_surroundings_is_refused(title: str) -> None:
    assert is_scraped(title)


@pytest.mark.parametrize(
    "title", ["What we saw in June 2026", "The week of June 3, 2026", "Notice how models learn", "null pointers, again"]
)
def test_a_title_with_a_date_in_it_is_not_refused(title: str) -> None:
    assert not is_scraped(title)


@pytest.mark.parametrize("name", ["lab/PornMaster-8B", "lab/some_nsfw_model", "lab/nude-maker", "A hentai dataset"])
def test_a_name_that_nobody_reads_out_at_breakfast_is_left_out(name: str) -> None:
    assert not is_decent(name)


@pytest.mark.parametrize(
    "name", ["lab/Essex-7B", "lab/denuded-forest", "lab/Uncensored-GGUF", "A model of sexagenarians"]
)
def test_a_name_that_only_holds_the_letters_of_such_a_word_stands(name: str) -> None:
    assert is_decent(name)
