"""Readers' own issues as pages: each within Telegram's limits, in his order, the same however many were made before."""

from __future__ import annotations

import json
import re
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.combinations import READER_SECTIONS, Combination
from domain.editions import FRONT, Message, Style, parse_page_callback
from domain.issue import PAPER_SECTIONS, Issue, Paper, Section, SectionName
from formatters.classic.edition import ClassicFronts, classic_pages
from formatters.classic.measure import size
from formatters.own import OwnIssues
from formatters.rich.edition import RichFronts, rich_pages
from formatters.rich.limits import require_sound
from tests.strategies import issues
from tests.unit.formatters.building import article, bullet, issue, section

PAPER = Paper(channel="@ai_morning_post", bot="ai_morning_post_bot")
CHATS = [Style.CLASSIC, Style.RICH]
FOR_YOU = section(SectionName.FOR_YOU, bullet("Only for one."))


def own_of(*sections: Section) -> OwnIssues:
    return OwnIssues(lambda _: issue(*sections), issue(*sections), PAPER)


def page(style: Style, *sections: Section, name: str = FRONT) -> Message:
    found = own_of(*sections).page(Combination(), style, name)
    assert found is not None
    return found


def titles(message: Message) -> list[str]:
    """The titles of sections in the order of the page."""
    if message.style is Style.CLASSIC:
        return re.findall(r"<b>([A-Z][A-Z &;]+)</b>", message.body)
    headings = [block for block in json.loads(message.body) if block["type"] == "heading" and block["size"] == 2]
    return [str(block["text"]).upper() for block in headings]


def targets(message: Message) -> list[str]:
    found = (parse_page_callback(button.callback or "") for row in message.keyboard for button in row)
    return [target[1] for target in found if target is not None]


def movers(text: str = "Something.") -> Section:
    return section(SectionName.MOVERS, bullet(text))


def tools(text: str = "A tool.") -> Section:
    return section(SectionName.TOOLS, bullet(text))


LEAD = section(SectionName.LEAD, article("A headline", "Some news."))


@pytest.mark.parametrize("style", CHATS)
def test_the_sections_stand_in_the_readers_order_and_the_first_is_open(style: Style) -> None:
    found = page(style, movers(), FOR_YOU, tools(), LEAD)
    expected = ["BIGGEST MOVERS THIS WEEK", "FOR YOU", "TOOLS OF THE WEEK", "LEAD STORY"]
    assert [title for title in titles(found) if title in expected] == expected
    assert targets(found) == ["foryou", "tools", "lead"]


def test_the_open_section_is_not_folded() -> None:
    body = page(Style.CLASSIC, movers("Rose most."), tools()).body
    assert body.index("Rose most.") < body.index("<blockquote expandable>")


def test_a_long_story_does_not_drive_out_what_is_for_one_reader() -> None:
    long = section(SectionName.LEAD, article("A headline", *["word " * 100] * 30))
    for style in CHATS:
        found = page(style, long, FOR_YOU, tools())
        assert "Only for one." in found.body
        assert "lead" in targets(found)


def test_where_he_chose_the_order_his_first_sections_come_onto_the_page_first() -> None:
    big = "word " * 450
    found = page(Style.CLASSIC, LEAD, movers(big), section(SectionName.NUMBERS, bullet(big)))
    assert "BIGGEST MOVERS" in found.body
    assert "BY THE NUMBERS" not in found.body


def test_an_own_issue_without_a_section_is_a_masthead_and_its_coverage() -> None:
    assert page(Style.CLASSIC).body.count("<blockquote") == 1
    assert titles(page(Style.RICH)) == []


@pytest.mark.parametrize("style", CHATS)
def test_every_button_leads_to_a_page(style: Style) -> None:
    sections = (movers(), FOR_YOU, LEAD)
    for name in (FRONT, *targets(page(style, *sections))):
        for target in targets(page(style, *sections, name=name)):
            assert own_of(*sections).page(Combination(), style, target) is not None


@pytest.mark.parametrize("style", [Style.PLAIN, Style.JSON])
def test_an_own_issue_is_for_chats_alone(style: Style) -> None:
    assert own_of(LEAD).page(Combination(), style, FRONT) is None


def test_a_section_that_is_not_in_it_has_no_page() -> None:
    assert own_of(LEAD).page(Combination(), Style.CLASSIC, "movers") is None


def test_the_paper_as_it_is_is_the_same_bytes_from_pieces_that_were_used_before() -> None:
    whole = issue(*(section(part, bullet("Something.")) for part in PAPER_SECTIONS))
    fronts = ClassicFronts(whole, PAPER)
    fronts.front(whole, own=True)
    assert fronts.front(whole) == classic_pages(whole, PAPER)[FRONT]
    assert RichFronts(whole, PAPER).front(whole) == rich_pages(whole, PAPER)[FRONT]


def rearranged(whole: Issue, wanted: Combination) -> Issue:
    """The sections of an issue that are wanted, in the order in which they are."""
    found = [part for name in wanted.sections if (part := whole.section(SectionName(name))) is not None]
    return replace(whole, sections=tuple(found))


orders = st.lists(st.sampled_from(READER_SECTIONS), unique=True).map(lambda names: Combination(sections=tuple(names)))


@settings(max_examples=12)
@given(issues(), st.lists(orders, min_size=2, max_size=3))
def test_every_own_page_of_every_issue_keeps_the_limits_and_does_not_depend_on_those_before(
    whole: Issue, wishes: list[Combination]
) -> None:
    shared = OwnIssues(lambda wanted: rearranged(whole, wanted), whole, PAPER)
    for wanted in wishes:
        for style in CHATS:
            found = shared.page(wanted, style, FRONT)
            assert found == OwnIssues(lambda each: rearranged(whole, each), whole, PAPER).page(wanted, style, FRONT)
            assert found is not None
            if style is Style.CLASSIC:
                assert size(found.body).fits
            else:
                require_sound(json.loads(found.body), whole.coverage.as_of)
