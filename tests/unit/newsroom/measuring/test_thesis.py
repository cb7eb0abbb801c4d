from __future__ import annotations

from datetime import date, timedelta

from domain.issue import Issue
from domain.measures import Measure
from newsroom.measuring.thesis import cosine, vector
from tests.unit.newsroom.measuring.papers import DAY, figure, found, issue, item, lead, named, said

HERON, WREN, FINCH = item("birds/heron"), item("nests/wren"), item("seeds/finch")
KILN, BASALT, SLATE = item("clay/kiln"), item("lava/basalt"), item("roof/slate")
BEFORE = DAY - timedelta(days=3)

TALE = (
    "Specialised models took most of the places on the list.",
    "Small teams publish narrow models for law, for medicine and for finance.",
)
SAME_TALE = (
    "Most places on the list went to specialised models.",
    "Narrow models for finance, medicine and law come from small teams.",
)
OTHER_TALE = (
    "A coding agent drew more comments than any story of the day.",
    "Readers argue about the price of its licence.",
)


def told(*sentences: str, day: date = DAY) -> Issue:
    first, *others = (said(sentence) for sentence in sentences)
    return issue(lead(first, *others, about=HERON), day=day)


def test_an_issue_without_a_lead_has_no_thesis() -> None:
    assert found(Measure.THESIS, issue(), told(*TALE, day=BEFORE)).found is None
    assert found(Measure.THESIS, told(*TALE), issue(day=BEFORE)).found is None


def test_texts_without_words_are_alike_to_nothing() -> None:
    assert vector("") == vector("12 % , 7") == {}
    assert cosine(vector(""), vector("a model")) == 0


def test_the_same_thesis_in_other_words_is_seen() -> None:
    finding = found(Measure.THESIS, told(*TALE), told(*SAME_TALE, day=BEFORE))
    assert finding.found is not None
    assert finding.found >= 0.34
    assert not finding.met
    assert str(BEFORE) in finding.note
    assert "specialised" in finding.note


def test_another_thesis_is_not() -> None:
    finding = found(Measure.THESIS, told(*TALE), told(*OTHER_TALE, day=BEFORE))
    assert finding.found is not None
    assert finding.found < 0.1


def test_two_leads_on_the_same_list_about_other_names_are_two_theses() -> None:
    one = lead(
        said(named(HERON), " climbed to ", figure("No. 1"), " on Hugging Face's trending list of models"),
        said("It has ", figure("1,204"), " likes; ", named(WREN, linked=False), " and ", named(FINCH), " follow."),
        about=HERON,
    )
    two = lead(
        said(named(KILN), " stands at ", figure("No. 1"), " on Hugging Face's trending list of models"),
        said("Ahead of ", named(BASALT), " and ", named(SLATE), ", it counts ", figure("17"), " likes more."),
        about=KILN,
    )
    assert found(Measure.THESIS, issue(one), issue(two, day=BEFORE)).met


def test_figures_and_dates_are_no_thesis() -> None:
    one = lead(said("Heron gained ", figure("12 August")), about=HERON)
    other = lead(said("Kiln lost ", figure("12 August")), about=KILN)
    assert found(Measure.THESIS, issue(one), issue(other, day=BEFORE)).found == 0
