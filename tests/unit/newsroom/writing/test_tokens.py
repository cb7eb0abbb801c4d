from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsroom.writing.tokens import faults_of_form, tidied, tokens
from tests.strategies import hostile


def faults(text: str) -> list[str]:
    line = tidied(text)
    return list(faults_of_form(line, tokens(line), {"f1.list": 5}))


@pytest.mark.parametrize(
    "text",
    [
        "{a.name} climbed {f1.places} places since {f1.since}.",
        "1. {a.name} climbed {f1.places} places since {f1.since}",
        "E1: {a.name} climbed {f1.places} places since {f1.since}.",
        "“{a.name} climbed” is what {f1.list} says of it.",
        "{a.name} climbed on {f1.list}.",  # a slot prints its words
    ],
)
def test_a_sentence_in_good_form_has_no_fault(text: str) -> None:
    assert faults(text) == []


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("{a.name} climbed 8 places since {f1.since} on it.", "digit"),
        ("{a.name} climbed _eight_ places since {f1.since} on it.", "no word"),
        ("{a.name} climbed ٨ places since {f1.since} on it.", "digit"),
        ("{a.name} climbed on the list, see www.example.org for it.", "link"),
        ("{a.name} climbed on the list at https://example.org/x today.", "link"),
        ("{a.name} climbed on the list. It stands at {f1.rank}.", "one sentence"),
        ("{a.name} climbed on the list, did it not?", "one sentence"),
        ("{a.name} climbed.", "at least"),
        ("{a.name}" + " and on" * 30 + ".", "at most"),
        ("{a.name} climbed {places} places on the list today.", "braces"),
        ("{a.name} climbed {f1.places!r} places on the list today.", "braces"),
        ("{a.name} climbed {f1.__class__.x} places on the list.", "braces"),
        ("{{a.name}} climbed {f1.places} places on the list today.", "braces"),
        ("{a.name} climbed\u202e {f1.places} places on the list.", "does not print"),
        ("{a.name} climbed\u200b {f1.places} places on the list.", "does not print"),
        ("{a.name} climbed {f1.places} places 🚀 on the list.", "does not print"),
        ("x" * 700, "longer than"),
    ],
)
def test_a_sentence_in_bad_form_is_refused_with_its_reason(text: str, why: str) -> None:

    assert any(re.search(why, fault) for fault in faults(text)), faults(text)


@given(hostile())
def test_any_text_is_taken_apart_without_a_crash(text: str) -> None:
    line = tidied(text[:2000])
    for token in tokens(line):
        assert line[token.start : token.end] == (f"{{{token.text}}}" if token.slot else token.text)


@given(st.text(max_size=60))
def test_tidying_twice_is_tidying_once(text: str) -> None:
    assert tidied(tidied(text)) == tidied(text)
