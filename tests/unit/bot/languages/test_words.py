"""Words speak a language whole: its texts, its plurals, its numbers, its direction."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.languages.catalogue import read_catalogue
from bot.languages.conventions import conventions_of
from bot.languages.lookup import LANGUAGES, words_of
from bot.languages.templates import END, ISOLATE, Html
from bot.languages.words import Words, mark

RUSSIAN = """
msgid ""
msgstr ""
"Plural-Forms: nplurals=3; plural=(n%10==1 && n%100!=11 ? 0 : n%10>=2 && n%10<=4 && (n%100<12 || n%100>14) ? 1 : 2);\\n"

msgid "At {hour}"
msgstr "В {hour}"

msgid "{count} reader of {paper}"
msgid_plural "{count} readers of {paper}"
msgstr[0] "{count} читатель {paper}"
msgstr[1] "{count} читателя {paper}"
msgstr[2] "{count} читателей {paper}"
"""


@pytest.fixture
def russian(tmp_path: Path) -> Words:
    path = tmp_path / "ru.po"
    path.write_text(RUSSIAN, encoding="utf-8")
    return Words(read_catalogue(path), conventions_of("ru"))


def test_a_text_is_html_that_is_not_escaped_again_when_it_is_filled_into_another(russian: Words) -> None:
    inner = russian.say("At {hour}", hour="<8>")
    assert inner == "В &lt;8&gt;"
    assert russian.of(mark("At {hour}"), hour=inner) == "В В &lt;8&gt;"
    assert russian.say("At {hour}", hour=str(inner)) == "В В &amp;lt;8&amp;gt;"


def test_a_text_for_a_button_is_not_escaped(russian: Words) -> None:
    assert russian.plain("At {hour}", hour="<8> & more") == "В <8> & more"
    assert russian.plain_of(mark("At {hour}"), hour=8) == "В 8"
    assert not isinstance(russian.plain("At {hour}", hour=8), Html)


@pytest.mark.parametrize(
    ("number", "said"),
    [
        (0, "0 читателей"),
        (1, "1 читатель"),
        (3, "3 читателя"),
        (11, "11 читателей"),
        (21, "21 читатель"),
        (12345, "12\u00a0345 читателей"),
    ],
)
def test_a_count_takes_the_form_of_its_number(russian: Words, number: int, said: str) -> None:
    told = russian.count("{count} reader of {paper}", "{count} readers of {paper}", number, paper="A&B")
    assert told == f"{said} A&amp;B"
    plain = russian.plain_count("{count} reader of {paper}", "{count} readers of {paper}", number, paper="A&B")
    assert plain == f"{said} A&B"


def test_english_counts_by_one_and_many() -> None:
    words = words_of("en")
    said = [words.count("{count} reader", "{count} readers", number) for number in (0, 1, 2, 1000)]
    assert said == ["0 readers", "1 reader", "2 readers", "1,000 readers"]


@pytest.mark.parametrize(
    ("number", "said"),
    [
        (0, "لا أعداد"),
        (1, "عدد واحد"),
        (2, "عددان"),
        (5, "5 أعداد"),
        (11, "11 عددًا"),
        (100, "100 عدد"),
        (103, "103 أعداد"),
    ],
)
def test_arabic_has_six_forms(number: int, said: str) -> None:
    told = words_of("ar").count("{count} issue in this month.", "{count} issues in this month.", number)
    assert told.replace(ISOLATE, "").replace(END, "") == f"{said} في هذا الشهر."


def test_the_arrows_of_buttons_point_as_the_language_reads() -> None:
    english, arabic = words_of("en"), words_of("ar")
    assert (english.back("Settings"), english.onward("More")) == ("◀ Settings", "More ▶")
    assert (arabic.back("الإعدادات"), arabic.onward("المزيد")) == ("▶ الإعدادات", "المزيد ◀")


def test_only_arabic_is_written_from_right_to_left() -> None:
    assert [code for code in LANGUAGES if words_of(code).rtl] == ["ar"]


def test_sentences_stand_behind_each_other_as_the_language_sets_them() -> None:
    assert words_of("de").sentences("<b>Eins.</b>", "", "Zwei.") == "<b>Eins.</b> Zwei."
    assert words_of("zh").sentences("一。", "二。") == "一。二。"
