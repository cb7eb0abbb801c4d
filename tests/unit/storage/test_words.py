"""When the words of an item have changed, and when a list only says less than another."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from storage.words import Words

CREATED = datetime(2026, 6, 1, tzinfo=UTC)
KNOWN = Words("Loom", "https://loom", "Anna", "Weaves", ("language:Python", "license:mit", "llm"), CREATED)

tags = st.lists(st.sampled_from(["llm", "agents", "language:Python", "language:Rust", "license:mit", ""]), max_size=4)
words = st.builds(
    Words,
    *[st.sampled_from(["", "a", "b"])] * 4,
    tags.map(tuple),
    st.sampled_from([None, CREATED]),
)


def test_the_same_words_are_the_same() -> None:
    assert KNOWN.after(KNOWN) is KNOWN


def test_what_is_left_out_stays_known() -> None:
    assert Words("Loom", "https://loom", "", "", (), None).after(KNOWN) == KNOWN


def test_what_is_said_anew_replaces_what_was_known() -> None:
    seen = replace(KNOWN, summary="Knits", tags=("language:Rust", "license:mit", "llm"))
    assert seen.after(KNOWN) == seen


def test_tags_are_left_out_by_name_space() -> None:
    seen = replace(KNOWN, tags=("language:Rust",))
    assert seen.after(KNOWN).tags == ("language:Rust", "license:mit", "llm")


def test_plain_tags_are_one_name_space() -> None:
    seen = replace(KNOWN, tags=("agents",))
    assert seen.after(KNOWN).tags == ("agents", "language:Python", "license:mit")


def test_the_same_tags_in_another_order_are_the_same() -> None:
    seen = replace(KNOWN, tags=tuple(reversed(KNOWN.tags)))
    assert seen.after(KNOWN) == KNOWN


@given(words, words)
def test_hearing_it_twice_is_hearing_it_once(seen: Words, known: Words) -> None:
    heard = seen.after(known)
    assert seen.after(heard) == heard


@given(words, words)
def test_nothing_known_is_ever_blanked(seen: Words, known: Words) -> None:
    heard = seen.after(known)
    for name in ("title", "url", "publisher", "summary", "tags", "created_at"):
        assert bool(getattr(heard, name)) == bool(getattr(seen, name) or getattr(known, name))


@given(words, words)
def test_nothing_is_said_that_no_list_said(seen: Words, known: Words) -> None:
    assert set(seen.after(known).tags) <= {*seen.tags, *known.tags}
