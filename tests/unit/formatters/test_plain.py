from __future__ import annotations

import re

import pytest
from hypothesis import HealthCheck, given, settings
from rich.cells import cell_len

from domain.claims import Name, view
from domain.editions import FRONT
from domain.errors import NotFound
from domain.evidence import EvidenceId
from domain.issue import Issue, Layout, Paper, SectionName, Story
from domain.items import ItemKey, Kind, Source
from formatters.layout import sentence
from formatters.plain import plain_text
from formatters.plain.edition import plain_pages
from formatters.plain.wrapping import centred, wrapped
from tests.strategies import issues, papers
from tests.unit.formatters.building import ITEM, article, bullet, claim, issue, name, row, section

PAPER = Paper()


def _squeezed(text: str) -> str:
    return re.sub(r"\s|\[\d+\]", "", text)


@settings(max_examples=30, deadline=None, suppress_health_check=list(HealthCheck))
@given(issues(), papers())
def test_every_sentence_is_printed_and_only_a_word_longer_than_a_line_overhangs(whole: Issue, paper: Paper) -> None:
    front = plain_text(whole, paper)
    printed = _unquoted(_squeezed(front))
    assert [one.text for one in whole.claims() if _unquoted(_squeezed(sentence(one).text)) not in printed] == []
    for line in front.splitlines():
        assert cell_len(line) <= 78 or len(re.sub(r"^(?:\s*\[\d+\]|•|\s)*", "", line).split()) == 1


def _unquoted(text: str) -> str:
    """Without quotation marks: titles have them where a link can't be seen."""
    return text.replace("“", "").replace("”", "")


def test_a_title_stands_between_quotation_marks_and_a_name_does_not() -> None:
    told = ItemKey(Source.FEEDS, Kind.POST, "bees/1")
    title = Name("How to Keep Bees with a Model", told, EvidenceId("q1"), "https://example.org/bees")
    publisher = Name("Example News", told, EvidenceId("q2"), "https://example.org/bees")
    front = plain_text(issue(section(SectionName.READING, bullet(title, " by ", publisher, "."))), PAPER)
    assert "“How to Keep Bees with a Model” [1] by Example News [1]." in _unwrapped(front)


def _unwrapped(text: str) -> str:
    return " ".join(text.split())


def test_the_front_page_is_the_whole_paper_and_a_page_one_section() -> None:
    whole = issue(section(SectionName.NUMBERS, bullet("One.")), section(SectionName.TOOLS, bullet("A tool.")))
    pages = plain_pages(whole, PAPER)
    assert list(pages) == [FRONT, "numbers", "tools"]
    assert "• One." in pages[FRONT].body
    assert "• A tool." in pages[FRONT].body
    assert "One." not in pages["tools"].body
    assert plain_text(whole, PAPER, SectionName.TOOLS) == pages["tools"].body


def test_a_section_that_the_issue_has_not_is_an_error_that_names_it() -> None:
    with pytest.raises(NotFound, match="The issue of 2026-07-04 has no section movers"):
        plain_text(issue(), PAPER, SectionName.MOVERS)


def test_an_address_is_a_footnote_with_one_number_for_the_whole_page() -> None:
    story = bullet(
        name("a/b", "https://x.org/1"), " and ", name("c/d", "https://x.org/2"), " and ", name("a/b", "https://x.org/1")
    )
    text = plain_text(issue(section(SectionName.TOOLS, story)), PAPER)
    assert "• a/b [1] and c/d [2] and a/b [1]" in text
    assert text.endswith("  [1] https://x.org/1\n  [2] https://x.org/2\n")


def test_a_table_is_aligned_under_its_columns() -> None:
    rows = [row("1", "long-name", "12,099", columns=("Place", "Name", "Likes"), label="Models", group="huggingface")]
    rows += [row("10", "b", "9", columns=("Place", "Name", "Likes"), label="Models", group="huggingface")]
    text = plain_text(issue(section(SectionName.TRENDING, *rows)), PAPER, SectionName.TRENDING)
    assert text.endswith(
        "Hugging Face · Models\nPlace  Name        Likes\n    1  long-name  12,099\n   10  b               9\n"
    )


def test_a_table_too_wide_for_the_page_is_set_in_lines() -> None:
    story = Story((ITEM,), Layout.ROW, cells=(claim("a" * 50), claim("b" * 50)), paragraphs=((claim("More."),),))
    text = plain_text(issue(section(SectionName.TRENDING, story)), PAPER, SectionName.TRENDING)
    assert text.endswith(f"{'a' * 50} ·\n  {'b' * 50}\n  More.\n")


def test_articles_say_what_they_are() -> None:
    story = Story((ITEM,), headline=claim("A headline"), standfirst=claim("Below."), paragraphs=((view("We doubt."),),))
    labelled = Story((ITEM,), label="Analysis", paragraphs=((claim("A fact."),),))
    text = plain_text(issue(section(SectionName.OPINION, story, labelled)), PAPER, SectionName.OPINION)
    assert text.endswith("\n\nA headline\nBelow.\n\nView. We doubt.\n\nAnalysis. A fact.\n")


def test_a_labelled_bullet_begins_with_its_label() -> None:
    movers = section(SectionName.MOVERS, bullet("A climbed.", label="Up"), bullet("B fell.", label="Down"))
    assert "• Up: A climbed.\n• Down: B fell." in plain_text(issue(movers), PAPER)


def test_subscribe_shows_a_code_for_a_phone() -> None:
    part = section(SectionName.SUBSCRIBE, article("Join"))
    text = plain_text(issue(part), Paper(channel="@ai_morning_post"), SectionName.SUBSCRIBE)
    assert "Channel: https://t.me/ai_morning_post\n\nScan to join:\n\n████" in text


def test_subscribe_without_a_public_name_shows_no_code() -> None:
    assert "Scan" not in plain_text(issue(section(SectionName.SUBSCRIBE, article("Join"))), PAPER)


def test_a_headline_of_a_bullet_stands_before_its_text() -> None:
    story = Story((ITEM,), Layout.BULLET, headline=claim("A tool"), paragraphs=((claim("It works."),),))
    assert "• A tool · It works." in plain_text(issue(section(SectionName.TOOLS, story)), PAPER)


def test_wide_characters_take_two_columns() -> None:
    assert wrapped("模型 模型 模型", 9) == "模型 模型\n模型"
    assert centred("模型", 8) == "  模型"


def test_lines_hang_under_their_bullet() -> None:
    assert wrapped("one two three", 7, "• ", "  ") == "• one\n  two\n  three"


def test_no_words_give_an_empty_line() -> None:
    assert wrapped("", 10) == ""
