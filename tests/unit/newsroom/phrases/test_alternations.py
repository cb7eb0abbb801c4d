from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsroom.phrases.alternations import MOST_WAYS, Phrase
from newsroom.phrases.book import PhraseBook
from newsroom.phrases.templates import PhraseError


def texts(phrase: str, *slots: str) -> list[str]:
    return [way.text for way in Phrase.parse(phrase).ways(frozenset(slots) if slots else None)]


def test_a_phrase_without_brackets_is_one_way() -> None:
    assert texts("{name} gained {gain} stars.") == ["{name} gained {gain} stars."]


def test_every_branch_is_a_way_of_its_own() -> None:
    assert texts("{name} [gained|added] {gain} [stars|of them].") == [
        "{name} gained {gain} stars.",
        "{name} gained {gain} of them.",
        "{name} added {gain} stars.",
        "{name} added {gain} of them.",
    ]


def test_the_bar_of_a_plural_does_not_split_a_branch() -> None:
    assert texts("It rose [in {days:day|days}|since {since}].") == [
        "It rose in {days:day|days}.",
        "It rose since {since}.",
    ]


def test_an_empty_branch_leaves_no_gap() -> None:
    assert texts("{name} [|also] rose [|again].") == [
        "{name} rose.",
        "{name} rose again.",
        "{name} also rose.",
        "{name} also rose again.",
    ]
    assert texts("[|Today] it rose[|, by our own readings].")[0] == "it rose."


def test_words_that_meet_at_a_bracket_are_parted() -> None:
    assert texts("{name} rose[, to {rank}|by {places}|][|again].") == [
        "{name} rose, to {rank}.",
        "{name} rose, to {rank} again.",
        "{name} rose by {places}.",
        "{name} rose by {places} again.",
        "{name} rose.",
        "{name} rose again.",
    ]
    assert texts("{name}['s|’s] {unit}") == ["{name}'s {unit}", "{name}’s {unit}"]


def test_a_branch_whose_slot_is_missing_is_not_said() -> None:
    assert texts("{name} rose [in {days:day|days}|since {since}].", "name", "since") == ["{name} rose since {since}."]
    assert Phrase.parse("{name} rose.").ways(frozenset({"short"})) == ()


def test_a_phrase_knows_the_slots_of_all_its_branches() -> None:
    assert Phrase.parse("{name} [in {days:day|days}|since {since}]").slots == {"name", "days", "since"}


@pytest.mark.parametrize(
    ("phrase", "complaint"),
    [
        ("It [rose|climbed.", "not closed"),
        ("It rose|climbed].", "outside brackets"),
        ("It rose].", "outside brackets"),
        ("It [rose [up|]|fell].", "nest"),
        ("It [rose].", "two branches"),
        ("It {n:a[b|c]} rose.", "inside a slot"),
        ("It [rose 3|fell].", "digit"),
        ("It [{Name}|fell].", "no slot"),
        ("[a|b]" * 9, f"more than {MOST_WAYS}"),
    ],
)
def test_a_phrase_that_cannot_be_read_says_what_to_mend(phrase: str, complaint: str) -> None:
    with pytest.raises(PhraseError, match=complaint):
        Phrase.parse(phrase)


WORDS = st.text("abc ,.", max_size=6)
BRANCHES = st.lists(WORDS, min_size=2, max_size=3)


@given(st.lists(st.one_of(WORDS, BRANCHES), min_size=1, max_size=4))
def test_the_ways_are_all_combinations_of_the_branches_without_gaps(stretches: list[str | list[str]]) -> None:
    written = "".join(each if isinstance(each, str) else f"[{'|'.join(each)}]" for each in stretches)
    expected = 1
    for each in stretches:
        expected *= 1 if isinstance(each, str) else len(each)
    ways = Phrase.parse(written).ways()
    assert len(ways) == expected
    assert not any("  " in way.text or " ," in way.text or " ." in way.text for way in ways)


@given(st.text("ab {}[]|:", max_size=14))
def test_any_text_is_read_or_refused_with_its_words(text: str) -> None:
    try:
        ways = Phrase.parse(text).ways()
    except PhraseError as error:
        told = str(error)
    else:
        told = repr(text) if ways else ""
    assert repr(text) in told


def test_a_book_says_only_what_the_slots_at_hand_can_fill_and_nothing_twice() -> None:
    book = PhraseBook.parse('[a]\nb = ["{name} [rose|rose] [in {days:day|days}|].", "{short} rose."]')
    assert [way.text for way in book.of("a.b", frozenset({"name"}))] == ["{name} rose."]
    assert not book.can_say("a.b", frozenset({"days"}))
