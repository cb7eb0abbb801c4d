from __future__ import annotations

import json
import re
from dataclasses import replace
from typing import Any

import pytest
from aiogram.types import InputRichMessage
from hypothesis import HealthCheck, given, settings

from domain.claims import Quote, house, view
from domain.editions import FRONT, Message
from domain.issue import PAPER_SECTIONS, Issue, Layout, Paper, Section, SectionName, Story
from formatters import phrases
from formatters.layout import sentence
from formatters.rich.edition import rich_pages
from formatters.rich.grammar import flat
from formatters.rich.limits import TEXT_LIMIT, problems
from formatters.rich.measure import measure
from tests.strategies import issues, papers
from tests.unit.formatters.building import (
    AS_OF,
    ITEM,
    LIST,
    article,
    bullet,
    claim,
    issue,
    name,
    numbered,
    row,
    section,
)

PATIENT = settings(max_examples=30, deadline=None, suppress_health_check=list(HealthCheck))
PAPER = Paper(channel="@ai_morning_post")

Block = dict[str, Any]


def _blocks(page: Message) -> list[Block]:
    """The blocks of a page, once the checker and aiogram's model of the Bot API have taken them."""
    blocks: list[Block] = json.loads(page.body)
    if found := problems(blocks, AS_OF):
        pytest.fail(str(found))
    InputRichMessage.model_validate({"blocks": blocks, "skip_entity_detection": True})
    return blocks


def _texts(found: Any) -> list[str]:
    """Every paragraph, heading, cell and caption, without typefaces."""
    if isinstance(found, list):
        return [text for one in found for text in _texts(one)]
    texts = [flat(found[key]) for key in ("text", "summary", "caption", "credit") if key in found]
    inner = (found[key] for key in ("blocks", "items", "cells") if key in found)
    return texts + [text for one in inner for text in _texts(one)]


def _front(*sections: Section) -> list[Block]:
    return _blocks(rich_pages(issue(*sections), PAPER)[FRONT])


def _kinds(blocks: list[Block]) -> list[str]:
    return [block["type"] for block in blocks]


@PATIENT
@given(issues(), papers())
def test_every_page_of_every_issue_keeps_the_rules_of_rich_messages(whole: Issue, paper: Paper) -> None:
    for name_, page in rich_pages(whole, paper).items():
        blocks = json.loads(page.body)
        if found := problems(blocks, whole.coverage.as_of):
            pytest.fail(f"{name_}: {found}")
        InputRichMessage.model_validate({"blocks": blocks, "skip_entity_detection": True})
        assert measure(blocks).text <= TEXT_LIMIT


@PATIENT
@given(issues().map(numbered), papers())
def test_no_sentence_is_cut_and_a_page_that_is_not_shortened_holds_them_all(whole: Issue, paper: Paper) -> None:
    texts = {number: sentence(one).text for number, one in enumerate(whole.claims())}
    pages = {name_: "\n".join(_texts(json.loads(page.body))) for name_, page in rich_pages(whole, paper).items()}
    for text in pages.values():
        begun = map(int, re.findall(r"begin(\d+) ", text))
        assert [number for number in begun if texts[number] not in text] == []
    for part in whole.sections:
        if phrases.SHORTENED not in pages[part.name]:
            assert [one.text for one in part.claims() if sentence(one).text not in pages[part.name]] == []


def test_the_front_page_is_the_whole_paper_under_headings() -> None:
    blocks = _front(
        section(SectionName.LEAD, article("A headline", "Some news.")),
        section(SectionName.NUMBERS, bullet("One.")),
    )
    assert _kinds(blocks) == [
        *("heading", "paragraph", "paragraph", "divider"),
        *("anchor", "heading", "paragraph"),
        *("anchor", "heading", "list"),
        *("paragraph", "footer"),
    ]
    assert [(block["size"], block["text"]) for block in blocks if block["type"] == "heading"] == [
        (1, "The AI Morning Post"),
        (2, "A headline"),
        (2, "By the Numbers"),
    ]


def test_a_paper_of_many_sections_opens_with_links_to_them() -> None:
    parts = (SectionName.NUMBERS, SectionName.TOOLS, SectionName.READING)
    contents = _front(*(section(part, bullet("One.")) for part in parts))[3]
    assert [(link["text"], link["anchor_name"]) for link in contents["text"][::2]] == [
        ("By the Numbers", "numbers"),
        ("Tools of the Week", "tools"),
        ("Weekend Reading", "reading"),
    ]


def test_the_deep_dive_is_folded_in_front_and_open_on_its_page() -> None:
    pages = rich_pages(issue(section(SectionName.DEEPDIVE, article("A headline", "Some depth."))), PAPER)
    folded = next(block for block in _blocks(pages[FRONT]) if block["type"] == "details")
    assert flat(folded["summary"]) == "A headline"
    assert [flat(block["text"]) for block in folded["blocks"]] == ["Some depth."]
    assert "details" not in _kinds(_blocks(pages["deepdive"]))


def test_a_folded_piece_of_opinion_says_in_its_summary_what_it_is() -> None:
    story = Story((ITEM,), headline=claim("A headline"), paragraphs=((view("We doubt it."),),), label="Analysis")
    folded = next(block for block in _front(section(SectionName.OPINION, story)) if block["type"] == "details")
    assert flat(folded["summary"]) == "Analysis: A headline"
    assert _texts(folded["blocks"]) == ["View. We doubt it."]


def test_all_that_follows_a_headline_is_folded_under_it() -> None:
    part = Story((ITEM,), label="How many", paragraphs=((claim("Eight of nine."),),))
    stories = (part, article("A headline", "Some depth."), part, bullet("A line."))
    whole = replace(section(SectionName.DEEPDIVE, *stories), notes=(house("A note."),))
    blocks = _front(whole)
    folded = next(block for block in blocks if block["type"] == "details")
    assert _texts(folded["blocks"]) == ["Some depth.", "How many. Eight of nine.", "A line.", "A note."]
    assert flat(blocks[blocks.index(folded) - 1]["text"]) == "How many. Eight of nine."


def test_an_article_without_text_is_not_folded() -> None:
    assert "details" not in _kinds(_front(section(SectionName.DEEPDIVE, article("A headline"))))


def test_a_table_aligns_its_figures_to_the_right() -> None:
    rows = [
        row(str(place), name("a/b", "https://x.org/"), columns=("Place", "Name"), label="Models") for place in (1, 2)
    ]
    table = next(block for block in _front(section(SectionName.TRENDING, *rows)) if block["type"] == "table")
    assert table["caption"] == "Models"
    assert [[(flat(cell["text"]), cell["align"], "is_header" in cell) for cell in line] for line in table["cells"]] == [
        [("Place", "right", True), ("Name", "left", True)],
        [("1", "right", False), ("a/b", "left", False)],
        [("2", "right", False), ("a/b", "left", False)],
    ]


def test_a_table_of_more_columns_than_telegram_takes_becomes_a_list() -> None:
    wide = row(*(f"cell {number}" for number in range(21)))
    kinds = _kinds(_front(section(SectionName.TRENDING, wide)))
    assert "list" in kinds
    assert "table" not in kinds


def test_what_is_said_of_a_row_stands_below_its_table() -> None:
    story = Story((ITEM,), Layout.ROW, cells=(claim("a"),), paragraphs=((claim("More of it."),),))
    blocks = _front(section(SectionName.TRENDING, story))
    assert flat(blocks[_kinds(blocks).index("table") + 1]["text"]) == "More of it."


def test_a_quotation_of_the_lead_is_set_apart_with_its_source() -> None:
    quote = Quote("a small model for long documents", ITEM, LIST)
    lead = section(SectionName.LEAD, bullet("By ", name("owner/name", "https://x.org/"), ": ", quote, "."))
    pulled = next(block for block in _front(lead) if block["type"] == "pullquote")
    assert flat(pulled["text"]) == "“a small model for long documents”"
    assert flat(pulled["credit"]) == "owner/name"


@pytest.mark.parametrize("words", ["too few words", "a quotation without any name beside it"])
def test_a_quotation_that_is_short_or_whose_source_has_no_name_is_not_set_apart(words: str) -> None:
    named = [name("owner/name")] if words == "too few words" else []
    lead = section(SectionName.LEAD, bullet(*named, Quote(words, ITEM, LIST)))
    assert "pullquote" not in _kinds(_front(lead))


def test_what_does_not_fit_is_left_to_the_buttons_by_name() -> None:
    sections = [section(part, article("A headline", "word " * 280)) for part in PAPER_SECTIONS]
    blocks = _front(*sections)
    text = "\n".join(_texts(blocks))
    assert measure(blocks).text <= TEXT_LIMIT
    assert "Behind the buttons: Deep Dive · Opinion & Analysis · Biggest Movers This Week · Weekend Reading" in text


def test_a_section_that_does_not_fit_whole_shows_its_first_stories() -> None:
    tools = section(SectionName.TOOLS, *(bullet(f"Tool {number}. " + "word " * 200) for number in range(1, 10)))
    text = "\n".join(_texts(_front(tools)))
    assert [number for number in range(1, 10) if f"Tool {number}." in text] == [1, 2, 3, 4, 5, 6]
    assert phrases.MORE in text


def test_a_lead_too_long_for_the_page_is_shortened_and_has_a_button() -> None:
    page = rich_pages(issue(section(SectionName.LEAD, article("A", *("word " * 500 for _ in range(5))))), PAPER)[FRONT]
    assert phrases.MORE in "\n".join(_texts(_blocks(page)))
    assert page.keyboard[0][0].text == "Lead"


def test_opinion_and_notes_are_told_apart() -> None:
    part = Section(SectionName.OPINION, "Opinion", opening=(view("We doubt it."),), notes=(house("A note."),))
    texts = _texts(_blocks(rich_pages(issue(part), PAPER)["opinion"]))
    assert texts[-2:] == ["View. We doubt it.", "A note."]


def test_a_sample_is_marked_on_every_page() -> None:
    whole = issue(section(SectionName.LEAD, article("A headline")))
    marked = replace(whole, sample=True)
    assert all(phrases.SAMPLE in _texts(_blocks(page)) for page in rich_pages(marked, PAPER).values())
