from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.issue import SectionName
from domain.search import MOST_TERMS, Query, entries, excerpt, marked, parse_query
from domain.text import spelled
from tests.golden.sample_issue import sample_issue


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("", ""),
        ('"" * () - :', ""),
        ("the", "the"),
        ("the robots", "robots"),
        ("robots ROBOTS", "robots"),
        ("Qwen3.8", '"qwen 3.8"'),
        ('say "exact words" now', 'say "exact words" now'),
        ("«точные слова»", '"точные слова"'),
        ('an "unclosed quotation', "unclosed quotation"),
        ("owner/name", '"owner name"'),
    ],
)
def test_a_query_is_its_telling_words(written: str, read: str) -> None:
    assert parse_query(written).text == read


def test_of_a_thousand_words_the_first_are_looked_for() -> None:
    assert len(parse_query(" ".join(f"word{letter}" for letter in "abcdefghijklmnop" * 60)).terms) == MOST_TERMS


@given(st.text(max_size=200), st.integers(2, 40))
def test_a_query_never_exceeds_its_room_and_reads_back_as_itself(written: str, room: int) -> None:
    query = parse_query(written, room)
    assert len(query.text.encode()) <= room
    assert parse_query(query.text) == query


@pytest.mark.parametrize(
    ("text", "query", "expected"),
    [
        ("Robots fold", "robot", "[Robots] fold"),
        ("Two stories", "story", "Two [stories]"),
        ("A story", "stories", "A [story]"),
        ("llm and LLMs, not llmx", "llm", "[llm] and [LLMs], not llmx"),
        ("The Qwen3.8-GGUF runs", "qwen 3.8", "The [Qwen][3.8]-GGUF runs"),
        ("The Qwen3.8-GGUF runs", '"qwen 3.8"', "The [Qwen3.8]-GGUF runs"),
        ("see northwind/Kestrel-8B.", "northwind/kestrel", "see [northwind/Kestrel]-8B."),
        ("ﬁne models", "fine", "[ﬁne] models"),
        ("人工智能工具", "智能", "人工[智能]工具"),
        ("<b>bold</b>", "bold", "<b>[bold]</b>"),
    ],
)
def test_what_was_looked_for_is_marked(text: str, query: str, expected: str) -> None:
    pieces = marked(text, parse_query(query))
    assert "".join(f"[{piece}]" if found else piece for piece, found in pieces) == expected


@given(st.text(max_size=80), st.text(max_size=40))
def test_marking_changes_no_letter(text: str, query: str) -> None:
    assert "".join(piece for piece, _ in marked(text, parse_query(query))) == text


@given(st.text(alphabet="abcd .-3", max_size=60))
def test_every_text_that_says_a_word_has_it_marked(text: str) -> None:
    for word in spelled(text).split():
        assert any(found for _, found in marked(text, parse_query(word)))


def test_an_excerpt_begins_near_the_first_word_that_was_found() -> None:
    text = "Before it stands a long sentence that says nothing of it. " * 3 + "Here a robot folds shirts all day long."
    shown = excerpt(text, parse_query("robot"), 60)
    assert len(shown) <= 60
    assert shown.startswith("…")
    assert "robot" in shown
    assert excerpt("Short.", parse_query("robot"), 60) == "Short."


@given(st.text(max_size=300), st.text(max_size=20), st.integers(5, 100))
def test_an_excerpt_never_exceeds_its_limit(text: str, query: str, limit: int) -> None:
    assert len(excerpt(text, parse_query(query), limit)) <= limit


def test_every_section_but_the_addresses_is_searched() -> None:
    issue = sample_issue()
    found = list(entries(issue))
    assert {entry.section for entry in found} == {part.name for part in issue.sections} - {SectionName.SUBSCRIBE}
    assert [entry.place for entry in found] == list(range(len(found)))
    said = spelled(" ".join(f"{entry.headline} {entry.text}" for entry in found))
    for section in issue.sections:
        for claim in section.claims():
            assert section.name is SectionName.SUBSCRIBE or spelled(claim.text) in said


def test_a_row_of_a_table_is_headed_by_its_name() -> None:
    rows = [entry for entry in entries(sample_issue()) if entry.section is SectionName.TRENDING]
    assert rows[0].headline == "northwind/Kestrel-8B"
    assert rows[0].text.startswith("1 · northwind/Kestrel-8B · =")


def test_a_query_without_terms_is_empty() -> None:
    assert parse_query("…") == Query(())
