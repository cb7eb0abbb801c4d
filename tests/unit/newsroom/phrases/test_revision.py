from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from domain.claims import Claim, Figure, Name, Quote, Role, Words
from domain.evidence import EvidenceId, Expression
from domain.issue import Checks, Coverage, Issue, Layout, Section, SectionName, Story
from domain.items import ItemKey, Kind, Source
from newsroom.phrases.book import PhraseBook
from newsroom.phrases.chooser import Chooser
from newsroom.phrases.patterns import pattern, turns
from newsroom.phrases.repetition import Memory
from newsroom.phrases.revision import repetition_of
from newsroom.phrases.templates import Fragment
from tests.unit.newsroom.worlds import moment

DAY = date(2026, 6, 1)
KEY = ItemKey(Source.GITHUB, Kind.REPOSITORY, "owner/tool")
READING = EvidenceId("r1-stars")

BOOK = PhraseBook.parse(
    """
[rise]
sentence = [
    "{name} [gained|added|picked up] {gain} stars [in all|together][| on the list].",
    "[On our list|Here] {name} [gained|won] {gain} stars.",
    "{gain} stars [went|came] to {name} [|on the list of the day].",
    "{name} is on the list.",
]
headline = ["{name} [gains|adds] {gain} stars", "{gain} stars for {name}", "{gain} [more|new] stars: {name}"]
[house]
note = ["We read [the list|it] and [ran nothing|tested none of it].", "Nothing here was [run|tested] by us."]
"""
)


def name() -> Fragment:
    return (Name("owner/tool", KEY, EvidenceId("q1"), "https://github.com/owner/tool"),)


def gain(value: int) -> Fragment:
    return (Figure(str(value), value, "stars", Expression("a"), {"a": READING}),)


def section(chooser: Chooser, gains: Sequence[int]) -> Section:
    """A section whose stories each tell one gain under a headline, with a note."""
    stories = tuple(
        Story(
            (KEY,),
            Layout.ARTICLE,
            headline=chooser.say("rise.headline", {"name": name(), "gain": gain(value)}),
            paragraphs=((chooser.say("rise.sentence", {"name": name(), "gain": gain(value)}),),),
        )
        for value in gains
    )
    return Section(SectionName.LEAD, "Lead Story", stories, notes=(chooser.house("house.note"),))


def issue(day: date, sections: Sequence[Section]) -> Issue:
    return Issue(day, 1, "t", "m", tuple(sections), {}, Coverage(moment(day), ()), Checks(0, 0))


def live_through(days: Sequence[Sequence[int]]) -> list[Issue]:
    """Issues of days that follow each other, each revised, newest first."""
    past: list[Issue] = []
    for number, gains in enumerate(days):
        day = DAY + timedelta(days=number)
        chooser = Chooser(BOOK, day, past)
        past.insert(0, issue(day, chooser.revise([section(chooser, gains)])))
    return past


def claims(sections: Sequence[Section]) -> list[Claim]:
    return [claim for each in sections for claim in each.claims()]


GAINS = st.lists(st.integers(2, 99), min_size=1, max_size=5)


@settings(max_examples=25)
@given(st.lists(GAINS, min_size=1, max_size=3), GAINS)
def test_a_revision_never_repeats_more_and_tells_the_same(days: list[list[int]], gains: list[int]) -> None:
    past = live_through(days)
    chooser = Chooser(BOOK, DAY + timedelta(days=len(days)), past)
    drafted = [section(chooser, gains)]
    revised = chooser.revise(drafted)
    memory = Memory(past)
    assert repetition_of(revised, memory) <= repetition_of(drafted, memory) + 1e-6
    for before, after in zip(claims(drafted), claims(revised), strict=True):
        assert (before.role, set(before.names), before.links) == (after.role, set(after.names), after.links)
        assert [figure.text for figure in before.figures] == [figure.text for figure in after.figures]


@settings(max_examples=25)
@given(st.lists(GAINS, min_size=1, max_size=3))
def test_the_same_days_are_told_in_the_same_words(days: list[list[int]]) -> None:
    told = [[claim.text for each in live_through(days) for claim in each.claims()] for _ in range(2)]
    assert told[0] == told[1]


def test_a_sentence_that_was_not_said_by_the_chooser_stays_as_it_is() -> None:
    chooser = Chooser(BOOK, DAY, ())
    own = Claim((Words("A fixed sentence of the paper."),), Role.HOUSE)
    (revised,) = chooser.revise([Section(SectionName.SUBSCRIBE, "Subscribe", opening=(own,))])
    assert revised.opening == (own,)


def test_a_revision_takes_back_what_a_later_sentence_made_worse() -> None:
    """The first sentence is free to choose; the last has one way only, and the first makes room for it."""
    book = PhraseBook.parse('[a]\nfree = ["The list of the day is long.", "It is long today."]\n')
    fixed = Claim((Words("The list of the day is short."),), Role.HOUSE)
    for number in range(4):
        chooser = Chooser(book, DAY + timedelta(days=number), ())
        (revised,) = chooser.revise(
            [Section(SectionName.TOOLS, "Tools", opening=(chooser.house("a.free"),), notes=(fixed,))]
        )
        assert revised.opening[0].text == "It is long today."


def test_a_headline_is_held_against_those_of_a_month() -> None:
    past = live_through([[5]])
    older = [issue(past[0].date - timedelta(days=age), ()) for age in range(1, 9)]
    shifted = [*older, *past]
    headline = pattern(next(past[0].claims()).runs)
    assert Memory(shifted).cost(headline, headline=True) > Memory(shifted).cost(headline)
    assert Memory([*older * 4, *past]).cost(headline, headline=True) == 0


def test_the_turns_of_a_sentence_are_five_tokens_whatever_fills_it() -> None:
    said = (*name(), Words(" gained "), *gain(7), Words(" stars. It says "), Quote("so", KEY, EvidenceId("q1")))
    assert pattern(said) == ("@", "gained", "#", "stars", ".", "it", "says", '"')
    assert turns(pattern(said))[0] == ("@", "gained", "#", "stars", ".")
    assert turns(("a", "b")) == [("a", "b")]


def test_a_sentence_that_was_refused_is_said_by_another_line_and_tells_the_same() -> None:
    chooser = Chooser(BOOK, DAY, ())
    drafted = chooser.revise([section(chooser, [5, 7])])
    refused = {drafted[0].stories[0].paragraphs[0][0].text}
    for _ in range(2):
        drafted = chooser.rephrase(drafted, refused)
        (said,) = drafted[0].stories[0].paragraphs[0]
        assert said.text not in refused
        assert [figure.value for figure in said.figures] == [5]
        refused.add(said.text)


def test_a_sentence_that_no_other_line_can_say_stays_as_it_is() -> None:
    book = PhraseBook.parse('[a]\nb = ["It [rose|climbed] today."]')
    chooser = Chooser(book, DAY, ())
    drafted = (Section(SectionName.TOOLS, "Tools", opening=(chooser.house("a.b"),)),)
    assert chooser.rephrase(drafted, {drafted[0].opening[0].text}) == drafted
    assert chooser.rephrase(drafted, {"something else"}) == drafted
