from __future__ import annotations

import re

import pytest
from hypothesis import HealthCheck, given, settings

from domain.claims import Figure, Quote, house
from domain.editions import FRONT, Message
from domain.evidence import Expression
from domain.issue import PAPER_SECTIONS, Issue, Paper, Section, SectionName
from formatters import phrases
from formatters.classic.edition import classic_pages
from formatters.classic.measure import ENTITY_LIMIT, TEXT_LIMIT, size, visible_text
from formatters.layout import sentence
from tests.strategies import issues, papers
from tests.tdlib import entity_count, judge
from tests.unit.formatters.building import ITEM, LIST, article, bullet, claim, issue, name, numbered, row, section

PATIENT = settings(max_examples=30, deadline=None, suppress_health_check=list(HealthCheck))
PAPER = Paper()


def _sound(page: Message) -> str:
    """The text that a reader sees, once Telegram has taken the page without a loss."""
    verdict = judge(page.body)
    if verdict.error or verdict.losses:
        pytest.fail(f"{verdict.error} {verdict.losses}")
    assert verdict.text == visible_text(page.body).strip(" \n")
    assert verdict.units <= TEXT_LIMIT
    assert entity_count(verdict) <= min(ENTITY_LIMIT, size(page.body).entities)
    assert not [entity for entity in verdict.linked_unasked if entity[0] != "BotCommand"]
    return verdict.text


def _front(*sections: Section, paper: Paper = PAPER) -> str:
    return _sound(classic_pages(issue(*sections), paper)[FRONT])


@PATIENT
@given(issues(), papers())
def test_telegram_takes_every_page_of_every_issue_without_a_loss(whole: Issue, paper: Paper) -> None:
    for page in classic_pages(whole, paper).values():
        _sound(page)


@PATIENT
@given(issues().map(numbered), papers())
def test_no_sentence_is_cut_and_a_page_that_is_not_shortened_holds_them_all(whole: Issue, paper: Paper) -> None:
    texts = {number: sentence(one).text for number, one in enumerate(whole.claims())}
    pages = {name: visible_text(page.body) for name, page in classic_pages(whole, paper).items()}
    for text in pages.values():
        begun = map(int, re.findall(r"begin(\d+) ", text))
        assert [number for number in begun if texts[number] not in text] == []
    for part in whole.sections:
        if phrases.SHORTENED not in pages[part.name]:
            assert [one.text for one in part.claims() if sentence(one).text not in pages[part.name]] == []


def test_the_front_page_names_the_paper_the_day_and_the_number_first() -> None:
    text = _front(section(SectionName.LEAD, article("A headline", "Some news.")))
    assert text.splitlines()[:5] == [
        "THE AI MORNING POST",
        "Artificial Intelligence • Machine Learning • Future Tech",
        "Saturday 4 July 2026 · No. 20",
        "",
        "A headline",
    ]


def test_an_issue_without_a_section_is_a_masthead_and_its_coverage() -> None:
    assert _front().endswith("SOURCES\nAs of 4 July 2026, 05:31 UTC. Read in full: GitHub.")


def test_sections_are_folded_in_the_order_of_the_paper() -> None:
    sections = [section(part, bullet("Something.")) for part in PAPER_SECTIONS]
    body = classic_pages(issue(*sections), PAPER)[FRONT].body
    titles = re.findall(r"<blockquote expandable><b>(.*?)</b>", body)
    assert titles == [
        "BY THE NUMBERS",
        "DEEP DIVE",
        "OPINION &amp; ANALYSIS",
        "TOOLS OF THE WEEK",
        "TRENDING",
        "BIGGEST MOVERS THIS WEEK",
        "WEEKEND READING",
        "SOURCES",
    ]


def test_a_section_that_does_not_fit_whole_is_left_to_its_button() -> None:
    long = section(SectionName.NUMBERS, *(bullet("word " * 200) for _ in range(4)))
    text = _front(section(SectionName.LEAD, article("A headline")), long, section(SectionName.TOOLS, bullet("A tool.")))
    assert "BY THE NUMBERS" not in text
    assert "TOOLS OF THE WEEK" in text


def test_of_two_sections_that_do_not_fit_both_the_one_read_at_a_glance_stays() -> None:
    text = _front(*(section(part, bullet("word " * 450)) for part in (SectionName.DEEPDIVE, SectionName.TRENDING)))
    assert "TRENDING" in text
    assert "DEEP DIVE" not in text


def test_a_lead_that_fits_no_message_loses_its_last_paragraphs_and_gets_a_button() -> None:
    lead = section(SectionName.LEAD, article("A headline", *("paragraph " * 90 for _ in range(8))))
    page = classic_pages(issue(lead), PAPER)[FRONT]
    text = _sound(page)
    assert phrases.MORE in text
    assert text.count("paragraph " * 89) == 4
    assert [button.text for row in page.keyboard for button in row] == ["Lead"]


def test_a_lead_that_stands_whole_needs_no_button() -> None:
    page = classic_pages(issue(section(SectionName.LEAD, article("A headline"))), PAPER)[FRONT]
    assert page.keyboard == ()


def test_a_section_page_leads_to_the_other_sections_and_back() -> None:
    sections = [section(part, bullet("Something.")) for part in (SectionName.LEAD, SectionName.TOOLS)]
    keyboard = classic_pages(issue(*sections), PAPER)["tools"].keyboard
    assert [[(button.text, button.callback) for button in row] for row in keyboard] == [
        [("Lead", "p:20260704:lead")],
        [("◀ Front page", "p:20260704:front")],
    ]


def test_a_section_too_long_for_a_message_loses_whole_stories_from_its_end_and_says_so() -> None:
    stories = [bullet(f"Story {number}: " + "word " * 300) for number in range(1, 6)]
    text = _sound(classic_pages(issue(section(SectionName.TOOLS, *stories)), PAPER)["tools"])
    assert [number for number in range(1, 6) if f"Story {number}:" in text] == [1, 2]
    assert text.endswith(phrases.SHORTENED)


def test_one_monster_among_stories_costs_only_itself() -> None:
    stories = [bullet("The first."), bullet("x" * 100_000), bullet("The last.")]
    text = _sound(classic_pages(issue(section(SectionName.TOOLS, *stories)), PAPER)["tools"])
    assert "The first." in text
    assert "The last." in text
    assert text.endswith(phrases.SHORTENED)


def test_a_section_of_one_monster_says_that_it_was_shortened() -> None:
    text = _sound(classic_pages(issue(section(SectionName.TOOLS, bullet("x" * 100_000))), PAPER)["tools"])
    assert text.splitlines()[-1] == phrases.SHORTENED


def test_a_name_is_a_link_and_what_telegram_would_link_is_code() -> None:
    quote = Quote("Read the README.md, or ask @someone", ITEM, LIST)
    story = bullet("See ", name("x.ai", "https://x.ai/"), ": ", quote, ".")
    body = classic_pages(issue(section(SectionName.TOOLS, story)), PAPER)["tools"].body
    assert body.endswith(
        '• See <a href="https://x.ai/">x.ai</a>: “Read the <code>README.md</code>, or ask <code>@someone</code>”.'
    )


@pytest.mark.parametrize("url", ["javascript:alert(1)", "http://localhost/", "/about", "tel:+1", "//x.org"])
def test_an_address_that_is_not_on_the_public_web_is_no_link(url: str) -> None:
    body = classic_pages(issue(section(SectionName.TOOLS, bullet(name("a name", url)))), PAPER)["tools"].body
    assert "href" not in body
    assert "a name" in body


def test_the_first_figure_of_each_number_is_bold_and_no_other() -> None:
    figure = Figure("12", 12, "stars", Expression("h"), {"h": LIST})
    story = bullet(figure, " stars, ", figure, " in all.")
    pages = classic_pages(issue(section(SectionName.NUMBERS, story), section(SectionName.TOOLS, story)), PAPER)
    assert pages["numbers"].body.endswith("• <b>12</b> stars, 12 in all.")
    assert pages["tools"].body.endswith("• 12 stars, 12 in all.")


def test_a_ranked_table_shows_places_names_and_what_is_counted() -> None:
    columns = ("Place", "Name", "Change", "Likes")
    rows = [
        row("1", name("a/b"), "=", "12,099", columns=columns, group="huggingface", label="Models"),
        row("3", name("c/d"), "▲4", "966", columns=columns, group="huggingface", label="Models"),
    ]
    text = _sound(classic_pages(issue(section(SectionName.TRENDING, *rows)), PAPER)["trending"])
    assert text.endswith("Hugging Face · Models · Change · Likes\n1. a/b · = · 12,099\n3. c/d · ▲4 · 966")


def test_an_empty_cell_is_a_dash() -> None:
    text = _sound(classic_pages(issue(section(SectionName.TRENDING, row("a", "\u200b"))), PAPER)["trending"])
    assert text.endswith("a · –")


def test_opinion_is_marked_as_a_view() -> None:
    pieces = Section(SectionName.OPINION, "Opinion", opening=(claim("A fact."),), notes=(house("A note."),))
    assert "View." not in _sound(classic_pages(issue(pieces), PAPER)["opinion"])


def test_a_command_in_our_own_words_may_be_pressed() -> None:
    part = Section(SectionName.SUBSCRIBE, "Subscribe", opening=(house("Send /subscribe."),))
    verdict = judge(classic_pages(issue(part), PAPER)["subscribe"].body)
    assert [(kind, text) for kind, text, _ in verdict.linked_unasked] == [("BotCommand", "/subscribe")]


def test_a_command_in_words_from_outside_can_not_be_pressed() -> None:
    part = section(SectionName.TOOLS, bullet(Quote("Send /subscribe", ITEM, LIST)))
    assert judge(classic_pages(issue(part), PAPER)["tools"].body).linked_unasked == ()


def test_subscribe_says_where_the_paper_can_be_had() -> None:
    paper = Paper(channel="@ai_morning_post", bot="ai_morning_post_bot")
    part = Section(SectionName.SUBSCRIBE, "Subscribe", opening=(house("Every morning."),))
    page = classic_pages(issue(part), paper)["subscribe"]
    assert _sound(page).endswith("Every morning.\n\nChannel @ai_morning_post · Bot @ai_morning_post_bot")
    assert [row[0].url for row in page.keyboard[:2]] == [
        "https://t.me/ai_morning_post",
        "https://t.me/ai_morning_post_bot",
    ]
