from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise

import pytest

from domain.claims import Claim, Figure, Name, Quote, Role, Words
from domain.evidence import EvidenceId, Expression
from domain.issue import Checks, Coverage, Issue, Section, SectionName, Story
from domain.items import ItemKey, Kind, Source
from newsroom.phrases.book import PhraseBook, standard_book
from newsroom.phrases.chooser import Chooser
from newsroom.phrases.templates import Fragment, PhraseError, Template
from tests.unit.newsroom.worlds import moment

KEY = ItemKey(Source.GITHUB, Kind.REPOSITORY, "owner/tool")
DAY = date(2026, 6, 1)


def figure(value: float, text: str = "") -> Fragment:
    evidence = EvidenceId("r1-stars")
    return (Figure(text or f"{value:g}", value, "stars", Expression("a"), {"a": evidence}),)


def name(text: str = "owner/tool") -> Fragment:
    return (Name(text, KEY, EvidenceId("q1")),)


def text_of(runs: Fragment) -> str:
    return Claim(runs, also=(EvidenceId("q1"),)).text


def test_slots_are_filled_and_words_joined() -> None:
    way = Template.parse("{name} gained {gain} {unit}.")
    runs = way.fill({"name": name(), "gain": figure(12), "unit": (Words("stars"),)})
    assert text_of(runs) == "owner/tool gained 12 stars."
    assert [type(run) for run in runs] == [Name, Words, Figure, Words]


@pytest.mark.parametrize(("value", "said"), [(1, "1 place"), (2, "2 places"), (0, "0 places")])
def test_a_noun_agrees_with_its_figure(value: float, said: str) -> None:
    assert text_of(Template.parse("{n:place|places}").fill({"n": figure(value)})) == said


@pytest.mark.parametrize(("value", "said"), [(1, "1 of 20 is new."), (2, "2 of 20 are new."), (0, "0 of 20 are new.")])
def test_a_verb_agrees_with_a_figure_that_stands_apart(value: float, said: str) -> None:
    way = Template.parse("{n} of {size} {n?is|are} new.")
    assert text_of(way.fill({"n": figure(value), "size": figure(20)})) == said
    assert way.text == "{n} of {size} {n?is|are} new."


def test_a_noun_needs_a_figure_to_agree_with() -> None:
    with pytest.raises(PhraseError, match="agree"):
        Template.parse("{n:place|places}").fill({"n": name()})


def test_a_sentence_begins_with_a_capital_but_never_in_a_name() -> None:
    assert text_of(Template.parse("{n} of them.").fill({"n": figure(7, "seven")})) == "Seven of them."
    assert text_of(Template.parse("{name} grew.").fill({"name": name("tiny")})) == "tiny grew."
    assert text_of(Template.parse("{list} grew.").fill({"list": (Words("our list"),)})) == "Our list grew."
    assert text_of(Template.parse("{list} grew.").fill({"list": (Words("arXiv's list"),)})) == "arXiv's list grew."


@pytest.mark.parametrize("ending", [".", "!", "?", "…"])
def test_a_quotation_or_title_that_ends_by_itself_gets_no_second_full_stop(ending: str) -> None:
    way = Template.parse("It says: {quote}.")
    quote = (Quote(f"Read this{ending}", KEY, EvidenceId("q1")),)
    assert text_of(way.fill({"quote": quote})) == f"It says: “Read this{ending}”"
    assert text_of(Template.parse("Read {name}.").fill({"name": name(f"Why{ending}")})) == f"Read Why{ending}"


@pytest.mark.parametrize(
    "text", ["The first 3 places.", "{name} has {Stars}.", "An { open brace", "{name} has ４ stars"]
)
def test_a_phrase_with_a_digit_or_a_loose_brace_is_refused(text: str) -> None:
    with pytest.raises(PhraseError):
        Template.parse(text)


def test_a_book_refuses_a_key_written_twice_or_without_a_way() -> None:
    with pytest.raises(PhraseError):
        PhraseBook.parse('[a]\nb = ["x"]', '[a]\nb = ["y"]')
    with pytest.raises(PhraseError):
        PhraseBook.parse("[a]\nb = []")


def test_only_ways_whose_slots_are_at_hand_are_said() -> None:
    book = PhraseBook.parse('[a]\nb = ["{name} has {stars}.", "{name} is there."]')
    chooser = Chooser(book, DAY, ())
    assert chooser.say("a.b", {"name": name()}).text == "owner/tool is there."
    with pytest.raises(PhraseError, match=r"a\.b"):
        chooser.say("a.b", {})


def issue_saying(day: date, *claims: Claim) -> Issue:
    section = Section(SectionName.LEAD, "Lead Story", (Story((), paragraphs=(claims,)),))
    return Issue(day, 1, "t", "m", (section,), {}, Coverage(moment(day), ()), Checks(0, 0))


BOOK = PhraseBook.parse('[a]\nb = ["{name} rose quickly.", "Up went {name} today.", "It was {name} that climbed."]')


def test_the_same_day_and_past_give_the_same_way() -> None:
    said = {Chooser(BOOK, DAY, ()).say("a.b", {"name": name()}).text for _ in range(5)}
    assert len(said) == 1


def test_within_an_issue_every_way_is_used_before_one_comes_back() -> None:
    chooser = Chooser(BOOK, DAY, ())
    assert len({chooser.say("a.b", {"name": name()}).text for _ in range(3)}) == 3


def test_the_way_of_yesterday_is_not_said_today_while_there_are_others() -> None:
    past: list[Issue] = []
    for number in range(12):
        day = DAY + timedelta(days=number)
        claim = Chooser(BOOK, day, past).say("a.b", {"name": name()})
        assert not past or claim.text != next(past[0].claims()).text
        past.insert(0, issue_saying(day, claim))


def test_what_was_drafted_and_not_printed_wears_nothing_out() -> None:
    chooser = Chooser(BOOK, DAY, ())
    begun = chooser.checkpoint()
    first = chooser.say("a.b", {"name": name()})
    chooser.restore(begun)
    assert chooser.say("a.b", {"name": name()}) == first


def test_a_house_sentence_carries_that_role() -> None:
    assert Chooser(standard_book(), DAY, ()).house("lead.again").role is Role.HOUSE


def test_neighbours_do_not_begin_alike_while_there_is_another_way() -> None:
    book = PhraseBook.parse('[a]\nb = ["Today {name} rose.", "Today {name} fell back.", "{name} went up."]')
    chooser = Chooser(book, DAY, ())
    said = [chooser.say("a.b", {"name": name()}).text.split()[0] for _ in range(4)]
    assert all(one != other for one, other in pairwise(said))


def test_a_claim_of_the_past_is_known_whatever_filled_its_slots() -> None:
    said = Chooser(BOOK, DAY, ()).say("a.b", {"name": name()})
    renamed = replace(
        said,
        runs=tuple(Name("other/thing", KEY, EvidenceId("q2")) if isinstance(run, Name) else run for run in said.runs),
    )
    again = Chooser(BOOK, DAY, [issue_saying(DAY - timedelta(days=1), renamed)]).say("a.b", {"name": name()})
    assert again.text != said.text


def test_one_thing_is_not_said_in_the_plural_while_there_is_another_way() -> None:
    book = PhraseBook.parse('[a]\nb = ["{n} stars for {name}.", "{name} has {n:star|stars}, as we read it today."]')
    for number in range(4):
        chooser = Chooser(book, DAY + timedelta(days=number), ())
        assert (
            chooser.say("a.b", {"name": name(), "n": figure(1)}).text == "owner/tool has 1 star, as we read it today."
        )
