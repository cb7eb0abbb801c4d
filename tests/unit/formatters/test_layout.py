from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from domain.claims import Figure, Quote, Words
from domain.evidence import Expression
from domain.issue import Layout, Paper, SectionName, Story
from formatters import layout
from formatters.views import AddressView, ArticleView, BulletsView, Run, RunKind, TableView
from tests.unit.formatters.building import ITEM, LIST, bullet, claim, issue, name, row, section


def test_a_date_is_written_in_full() -> None:
    assert layout.long_date(date(2026, 7, 4)) == "Saturday 4 July 2026"


def test_a_run_is_cleaned_and_keeps_its_kind() -> None:
    figure = Figure("1\u200b2", 12, "", Expression("h"), {"h": LIST})
    runs = layout.sentence(claim("A\t\tname: ", name("x\u202ey", "javascript:x"), figure, Quote("so", ITEM, LIST))).runs
    assert runs == (
        Run(RunKind.WORDS, "A name: "),
        Run(RunKind.NAME, "xy"),
        Run(RunKind.FIGURE, "12"),
        Run(RunKind.QUOTE, "“so”"),
    )


def test_where_two_blanks_meet_one_goes() -> None:
    assert layout.sentence(claim(" We read ", Words(" \u200b "), Words(" it."))).text == "We read it."


def test_a_mark_that_telegram_deletes_is_not_printed_but_a_letter_with_a_ring_is() -> None:
    assert layout.sentence(claim("x\u030a y\u0333 a\u030a")).text == "x y å"


def test_bullets_under_one_label_run_on_in_one_bullet() -> None:
    view = layout.section(section(SectionName.MOVERS, bullet("A.", label="Up"), bullet("B.", label="Up"), bullet("C.")))
    (entry,) = view.entries
    assert isinstance(entry, BulletsView)
    assert [(one.label, [part.text for part in one.sentences]) for one in entry.bullets] == [
        ("Up", ["A.", "B."]),
        ("", ["C."]),
    ]


def test_bullets_with_headlines_stay_apart_under_one_label() -> None:
    story = Story((ITEM,), Layout.BULLET, headline=claim("A"), label="Up")
    (entry,) = layout.section(section(SectionName.MOVERS, story, story)).entries
    assert isinstance(entry, BulletsView)
    assert len(entry.bullets) == 2


def test_rows_with_the_same_label_and_columns_are_one_table() -> None:
    first, second, other = (row("1", columns=("Place",), label=label) for label in ("A", "A", "B"))
    entries = layout.section(section(SectionName.TRENDING, first, second, other)).entries
    assert [len(entry.rows) for entry in entries if isinstance(entry, TableView)] == [2, 1]


def test_the_columns_of_a_row_that_has_others_are_not_printed() -> None:
    (entry,) = layout.section(section(SectionName.TRENDING, row("a", "b", columns=("Place",)))).entries
    assert isinstance(entry, TableView)
    assert entry.columns == ()
    assert entry.counted == ()


def test_a_row_without_cells_is_a_bullet() -> None:
    story = Story((ITEM,), Layout.ROW, paragraphs=((claim("Words alone."),),))
    (entry,) = layout.section(section(SectionName.TRENDING, story)).entries
    assert isinstance(entry, BulletsView)


@pytest.mark.parametrize("text", ["12", "1,204", "+5%", "▲4", "−3", "=", "–", "new", "back", "3.2M"])
def test_figures_and_movements_make_a_column_of_figures(text: str) -> None:
    (entry,) = layout.section(section(SectionName.TRENDING, row(text))).entries
    assert isinstance(entry, TableView)
    assert entry.numeric == (True,)


def test_cells_of_an_article_are_its_first_paragraph() -> None:
    story = Story((ITEM,), cells=(claim("A."),), paragraphs=((claim("B."),), ()))
    (entry,) = layout.section(section(SectionName.LEAD, story)).entries
    assert isinstance(entry, ArticleView)
    assert [paragraph[0].text for paragraph in entry.paragraphs] == ["A.", "B."]


def test_public_names_become_addresses_and_numbers_do_not() -> None:
    paper = Paper(channel="@ai_morning_post", bot="ai_morning_post_bot")
    assert layout.addresses(paper) == (
        AddressView("Channel", "@ai_morning_post", "https://t.me/ai_morning_post"),
        AddressView("Bot", "@ai_morning_post_bot", "https://t.me/ai_morning_post_bot"),
    )
    assert layout.addresses(Paper(channel="-1001234567890")) == ()


@pytest.mark.parametrize(("label", "run_in"), [("How many", "How many."), ("Who?", "Who?")])
def test_a_label_without_a_headline_runs_into_the_text(label: str, run_in: str) -> None:
    story = Story((ITEM,), paragraphs=((claim("Eight."),),), label=label)
    (entry,) = layout.section(section(SectionName.DEEPDIVE, story)).entries
    assert isinstance(entry, ArticleView)
    assert (entry.label, [one.text for one in entry.paragraphs[0]]) == ("", [run_in, "Eight."])


def test_an_opening_of_a_sentence_for_each_table_is_set_below_the_tables() -> None:
    tables = section(SectionName.TRENDING, row("1", label="A"), row("1", label="B"))
    view = layout.section(replace(tables, opening=(claim("Of A."), claim("Of B."))))
    assert view.opening == ()
    assert [entry.note[0].text for entry in view.entries if isinstance(entry, TableView)] == ["Of A.", "Of B."]


def test_an_opening_of_another_number_of_sentences_stays_above() -> None:
    tables = section(SectionName.TRENDING, row("1", label="A"), row("1", label="B"))
    assert [one.text for one in layout.section(replace(tables, opening=(claim("Of both."),))).opening] == ["Of both."]


def test_what_has_nothing_to_show_is_not_set() -> None:
    invisible = section(SectionName.TOOLS, bullet("\u200b", label="Up"), bullet("Seen."))
    (entry,) = layout.section(invisible).entries
    assert isinstance(entry, BulletsView)
    assert [one.sentences[0].text for one in entry.bullets] == ["Seen."]
    assert layout.section(section(SectionName.TOOLS, bullet("\u200b"))).entries == ()


def test_a_section_without_a_sentence_has_no_place_on_the_front_page() -> None:
    whole = issue(section(SectionName.TOOLS), section(SectionName.READING, bullet("A paper.")))
    assert [part.name for part in layout.opening_and_rest(whole)[1]] == [SectionName.READING]
