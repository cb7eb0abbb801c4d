"""What one taps speaks the reader's language, and fits a phone."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.languages.cities import city
from bot.languages.lookup import ENGLISH, LANGUAGES, names, words_of
from bot.languages.words import Words
from bot.subscribers.zones import atlas
from bot.texts import archive, evidence, feedback, for_you, items, reading, search, sections, terms
from domain.editions import CHANNEL, Button, Keyboard, Message, Style
from domain.following import Candidate
from domain.issue import SECTION_TITLES, Issue, Paper, SectionName
from domain.items import Item, ItemKey, Kind, Source
from domain.readings import Lists, Metric
from domain.search import Breadth, Found, Hit, parse_query
from formatters import keyboards, phrases
from formatters.editions import render
from formatters.keyboards import LONGEST, NARROW, fitted, labelled, width
from tests import strategies
from tests.golden.sample_issue import sample_issue
from tests.unit.bot.test_pages_of_readers import pages

TRANSLATED = [code for code in LANGUAGES if code != ENGLISH]
PAPER = Paper(channel="@the_post", bot="the_post_bot")
DAY = date(2026, 7, 4)
SEEN = datetime(2026, 7, 4, tzinfo=UTC)
ROVER = Item(
    ItemKey(Source.GITHUB, Kind.REPOSITORY, "fieldnotes/rover"), "https://github.com/fieldnotes/rover", "", SEEN
)
QUERY = parse_query("open weights", 40)

#: What is the same in a language as in English: words that both have, beside names, signs and numbers.
SHARED = {
    "es": {"Asia", "Australia", "No"},
    "fr": {"Europe", "Pause", "Sources", "Agents"},
    "de": {"Pause", "Tools"},
}


@cache
def conversation(language: str) -> tuple[Message, ...]:
    """The messages with buttons that readers get."""
    return tuple(_messages(words_of(language)))


def _messages(words: Words) -> Iterator[Message]:
    yield from pages(words)
    issue = sample_issue()
    yield evidence.coverage(evidence.Reader(words, "Europe/Berlin"), issue, list(SectionName))
    for number in (0, 1):
        hits = tuple(Hit(DAY, name, "A headline", "A text") for name in list(SectionName)[number * 5 :][:5])
        yield search.findings(words, QUERY, Found(hits, 100, Breadth.ALL), number)
    yield archive.calendar_page(words, DAY, [date(2026, 6, 1), DAY, date(2026, 10, 1)], DAY)
    yield items.choices(words, "rover", [Candidate(1, ROVER)])
    yield from (for_you.for_subscribers(words), for_you.follow_something(words), for_you.nothing_today(words))
    for page in ("front", *SectionName):
        rows = (feedback.feedback_buttons(words, DAY, page), reading.ways(words, DAY, page, date(2026, 7, 5)))
        yield Message(Style.CLASSIC, "", fitted(filter(None, rows)))
    yield Message(Style.CLASSIC, "", search.offer(words, "open weights"))
    yield from (sections.spoken(words, page, PAPER) for page in render(issue, Style.CLASSIC, PAPER).pages.values())


def buttons(keyboard: Keyboard) -> list[Button]:
    return [button for row in keyboard for button in row]


def said(language: str) -> set[str]:
    """The words of all labels: without their signs and numbers, and without names, of languages and of cities."""
    labels = (button.text for page in conversation(language) for button in buttons(page.keyboard))
    words = {label.strip("✓✅▫️✕◀▶0123456789. ") for label in labels}
    names_alone = {*names().values(), *(city(zone, language) for zone in atlas().zones), "<b>&[x](y)", "ليلى"}
    return {word for word in words - names_alone if any(map(str.isalpha, word))}


@pytest.mark.parametrize("language", TRANSLATED)
def test_no_button_of_readers_stays_english(language: str) -> None:
    assert said(language) & said(ENGLISH) <= SHARED.get(language, set())


@pytest.mark.parametrize("language", LANGUAGES)
def test_labels_that_share_a_line_fit_a_phone(language: str) -> None:
    for page in conversation(language):
        for row in page.keyboard:
            widest = max(width(button.text) for button in row)
            if len(row) in {2, 3} and min(width(button.text) for button in row) > 2:
                assert widest <= (NARROW if len(row) == 3 else LONGEST), row
            assert widest <= (64 if len(row) < 4 else 8), row


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_sections_fit_two_in_a_row(language: str) -> None:
    labels = sections.labels(words_of(language))
    assert all(1 <= width(label) <= LONGEST for label in labels.sections.values()), labels
    assert all(1 <= width(label) <= 40 for label in (labels.front, labels.channel, labels.bot)), labels


def test_the_english_words_of_the_conversation_are_those_of_the_paper() -> None:
    words = words_of(ENGLISH)
    assert sections.labels(words) == keyboards.ENGLISH
    assert {name: sections.title(words, name) for name in SectionName} == SECTION_TITLES
    assert {name: sections.short(words, name) for name in SectionName} == phrases.BUTTONS


def test_every_figure_list_kind_and_site_has_a_word() -> None:
    lists = {value for name, value in vars(Lists).items() if name.isupper()}
    assert lists <= set(terms.LISTS)
    assert set(Metric) <= set(terms.COUNTED)
    assert set(terms.KINDS) == set(Kind)
    assert all(terms.site(words_of("ru"), source) for source in Source)


@settings(max_examples=25)
@given(st.sampled_from(TRANSLATED), strategies.issues(), st.sampled_from([Style.CLASSIC, Style.RICH]))
def test_a_page_in_another_language_opens_the_same_and_says_the_same(language: str, issue: Issue, style: Style) -> None:
    labels, english = sections.labels(words_of(language)), keyboards.ENGLISH
    for page in render(issue, style, PAPER).pages.values():
        spoken = labelled(page, labels, PAPER)
        assert replace(spoken, keyboard=()) == replace(page, keyboard=())
        opened = [(button.callback, button.url) for button in buttons(page.keyboard)]
        assert [(button.callback, button.url) for button in buttons(spoken.keyboard)] == opened
        assert labelled(spoken, labels, PAPER) == spoken
        assert labelled(spoken, english, PAPER) == page


@pytest.mark.parametrize(
    ("language", "rows"),
    [
        (
            "ru",
            [
                ["Открыть канал"],
                ["Открыть бота"],
                ["Главное", "Цифры", "Разбор"],
                ["Мнение", "Инструменты", "В тренде"],
                ["Вверх и вниз", "Чтение"],
                ["◀ Первая полоса"],
            ],
        ),
        (
            "ar",
            [
                ["فتح القناة"],
                ["فتح البوت"],
                ["الرئيسي", "الأرقام", "نظرة معمّقة"],
                ["رأي", "أدوات", "الرائج"],
                ["صعود وهبوط", "للقراءة"],
                ["▶ الصفحة الأولى"],
            ],
        ),
        (
            "zh",
            [
                ["打开频道"],
                ["打开机器人"],
                ["头条", "数字", "深度"],
                ["观点", "工具", "热门"],
                ["升降", "阅读"],
                ["◀ 头版"],
            ],
        ),
    ],
)
def test_the_buttons_of_a_page_as_a_reader_sees_them(language: str, rows: list[list[str]]) -> None:
    page = render(sample_issue(), Style.RICH, PAPER).pages["subscribe"]
    keyboard = sections.spoken(words_of(language), page, PAPER).keyboard
    assert [[button.text for button in row] for row in keyboard] == rows


def test_a_channels_buttons_speak_the_papers_language() -> None:
    paper = replace(PAPER, language="ru")
    approved = render(sample_issue(), Style.CLASSIC, paper, labels=sections.labels_of(paper)).pages
    assert [button.text for button in buttons(approved[CHANNEL].keyboard)] == [
        sections.short(words_of("ru"), part.name)
        for part in sample_issue().sections
        if part.name is not SectionName.LEAD
    ]
    assert all("?start=" in (button.url or "") for button in buttons(approved[CHANNEL].keyboard))
    assert sections.spoken(words_of("ru"), approved["lead"], paper) is approved["lead"]


@pytest.mark.parametrize("name", ["@the_post", "the_post"])
def test_the_addresses_of_the_paper_are_known_with_and_without_their_sign(name: str) -> None:
    page = render(sample_issue(), Style.CLASSIC, PAPER).pages["subscribe"]
    spoken = labelled(page, sections.labels(words_of("ru")), replace(PAPER, channel=name))
    assert spoken.keyboard[0][0].text == words_of("ru").plain("Open the channel")
    assert spoken.keyboard[1][0].text == words_of("ru").plain("Open the bot")


def test_what_is_no_page_of_the_paper_keeps_its_words() -> None:
    own = ((Button("Sources", callback="c:20260704"), Button("GitHub", url="https://t.me/another")),)
    assert labelled(Message(Style.CLASSIC, "", own), sections.labels(words_of("ar")), PAPER).keyboard == own
    assert labelled(Message(Style.CLASSIC, ""), sections.labels(words_of("ar")), PAPER) == Message(Style.CLASSIC, "")


@pytest.mark.parametrize(
    ("labels", "rows"),
    [
        (["Lead", "Numbers", "Deep Dive", "Tools"], [3, 1]),
        (["Lead", "In Zahlen heute", "Tools"], [2, 1]),
        (["Lead", "A label that is as long as a sentence"], [1, 1]),
        (["头条新闻", "数字", "深度分析"], [3]),
        (["头条新闻今天的", "数字", "深度分析"], [2, 1]),
        ([], []),
    ],
)
def test_as_many_labels_share_a_line_as_the_longest_allows(labels: list[str], rows: list[int]) -> None:
    made = keyboards.in_rows([Button(label, callback="p:20260704:lead") for label in labels])
    assert [len(row) for row in made] == rows


def test_marks_above_and_below_letters_take_no_room() -> None:
    assert width("हिन्दी") < len("हिन्दी")
    assert width("✅ Tools") == 8
    assert width("中文") == 4
